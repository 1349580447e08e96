"""Single points of time as people write them: a day, a ten-day part, a month, a quarter, a festival, 即日.

A point is only what stands in the words; `dates` gives it a year and joins points into windows.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dianping.base.day_words import WEEKDAYS
from dianping.base.numerals import SIGNS, ZEROS, numeral
from dianping.notices.rules.seasons import NAMES, festival, lunar_day

_CN = "一二三四五六七八九"
# A month: 3, 03, 12, 十一, 元 (any two figures, so that a slip is seen).
_MONTH = rf"(?:1[0-2]|0?[1-9]|\d{{2}}|十[一二]|[{_CN}十元])"
# A day of the month: 5, 05, 30, 三十, 廿五, 卅一.
_DAY = rf"(?:\d{{1,2}}|[二三]十[{_CN}]?|十[{_CN}]?|廿[{_CN}]?|卅一?|[{ZEROS}]?[{_CN}]|[{ZEROS}]\d)"
# What leads from one point to another: 至, 到, a dash of any make.
TO = r"(?:-{1,2}|—{1,2}|–|－|~|～|―|─|至|到)"
# Before: 前, 之前; not within 前后, 前期, 前往.
BEFORE = r"(?:之前|以前|前(?![后期往来述列景进面段任几两三]|提(?![交供出前报])))"
# A part of a month: 上旬, 中、下旬 (read as its end), 初, 底.
_PART = r"上、?中旬|中、?下旬|上旬|中旬|下旬|初|底|末"
# Words whose 上 is no part of a year: 原则上年底前, 总体上半年一次.
_UPON = r"(?<!原则)(?<!总体)(?<!大体)(?<!基本)(?<!一般)(?<!实际)(?<!会议)(?<!大会)(?<!以)"
# A point of time, by the branch it is of. Before it a year, or nothing: 2010年, 10年, 今年. Then, in the order of the
# lines: 即日, 明天; 本周五; 2010-06-30; 6年30日 (a slip); 上半年; 二季度末; 春节; 农历正月十五; 6月底, 6月30日,
# 6月30月前 (a slip); 6月30前; 下月5日; 年底; 月底; 6 of 6至8月; 1 of 1-15日; 6.30; 30日; 中旬.
_POINT = re.compile(
    rf"(?:(?P<y>(?<!\d)(?:[12一二][{SIGNS}]{{3}}|\d{{2}}(?=年\d{{1,2}}月)))年[的度]?"
    rf"|(?P<yw>今年|本年度?|明年|来年|去年|次年|翌年|当年|同年|{_UPON}上年))?(?:"
    r"(?P<now>现在|即日|目前(?=起|开始))|(?P<today>[今明](?:[日天]|[晚早](?!会)))"
    rf"|(?P<week>[本这下]个?|{_UPON}上个?|(?<![每逢各双单隔一两三四五六七八九十\d])(?=(?:周|星期)[{_CN}日天](?:之?前|以前|[上下]午前?|下班)))(?:周|星期)(?P<wday>[{_CN}日天]|末?(?=内|之内|前|之前|以前))"
    r"|(?<![\d.-])(?P<dy>(?:19|20)\d\d)(?P<sep>[-./])(?P<dm>\d{1,2})(?:(?P=sep)(?P<dd>\d{1,2}))?(?![\d%./])[日号]?"
    rf"|(?<!\d)(?P<ry>20\d\d)(?P<rm>0[1-9]|1[0-2])(?P<rd>[0-2]\d|3[01])日?(?={BEFORE}|止|截止)"
    r"|(?P<sm>\d{1,2})(?P<sign>[年日])(?P<sd>\d{1,2})日"
    rf"|年?(?P<half>{_UPON}[上下]半年)(?!度)"
    r"|(?:年?第)?(?P<quarter>[一二三四1-4])季度(?P<qpart>初|末|底)?"
    rf"|[“\"]?(?P<season>{'|'.join(NAMES)})(?![月日])[”\"]?(?:节(?:日|假期)?)?"
    rf"|(?:农历(?P<lm>[正腊冬{_CN}]|十[一二]?)|(?P<lunar>[正腊冬]))月(?P<ld>初[{_CN}十]|{_DAY})日?"
    rf"|(?<![\d个])(?<!\d\d\.)(?P<m>{_MONTH})月(?!度)份?(?:(?P<part>{_PART})|(?P<d>{_DAY})(?P<unit>[日号]|月(?={BEFORE}))"
    rf"|(?P<bare>{_DAY})(?={BEFORE}|{TO}|、\d{{1,2}}日))?"
    rf"|(?P<mw>本月|这个月|当月|下个?月|次月|{_UPON}上个?月)(?:(?P<mpart>{_PART})|(?P<md>{_DAY})[日号])?"
    r"|(?P<ypart>年?[底末初]|年?内)|(?P<monthly>月[底末])"
    rf"|(?<![\d.])(?P<mo>{_MONTH})(?={TO}{_MONTH}月(?!\d))"
    rf"|(?<![\d.])(?P<do>\d{{1,2}})(?={TO}\d{{1,2}}日)"
    r"|(?<![\d./])(?P<pm>\d{1,2})[./](?P<pd>\d{1,2})(?![\d%./月年])日?"
    r"|(?<![\d.])(?P<only>\d{1,2}|[二三]?十[一二三四五六七八九]?)[日号]"
    r"|(?P<tenth>上旬|中旬|下旬))"
)
_WEEKDAYS = {**{sign: at for at, sign in enumerate(WEEKDAYS)}, "天": 6}
_TENTHS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "初": (1, 10),
    "底": (31, 31),
    "末": (31, 31),
}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_YEAR_WORDS = {"明年": 1, "来年": 1, "去年": -1, "上年": -1}
_AFTER_START = {"次年": 1, "翌年": 1, "当年": 0, "同年": 0}


@dataclass(frozen=True, slots=True)
class TimePoint:
    """One point of time in a sentence. `year` is None when it is left out, as `month` may be.

    `kind` says what it is: day, month, part, half, quarter, season, lunar, end (of a year or month), now, week, dot
    (12.15, which may be anything), only (15日) or tenth (中旬): the last three mean something beside others only.
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    year_word: str = ""
    month: int | None = None
    first: int = 1
    last: int = 31
    name: str = ""
    slip: str = ""

    @property
    def ends(self) -> bool:
        """Whether the point is the end of a stretch: 底, 末, 年内."""
        return self.kind == "end" or (self.kind == "part" and self.first == 31)

    def span(self, year: int, month: int | None = None) -> tuple[date, date] | None:
        """First and last day in a year; None when there is no such day."""
        try:
            return self._span(year, self.month or month)
        except (ValueError, OverflowError):
            return None

    def _span(self, year: int, month: int | None) -> tuple[date, date] | None:
        if self.kind == "season":
            day = festival(self.name, year)
            return (day, day) if day else None
        if self.kind == "lunar":
            day = lunar_day(year, self.month or 1, self.first)
            return day, day
        if month is None:
            return None
        length = monthrange(year, month)[1]
        if self.kind in ("half", "quarter"):
            months = 6 if self.kind == "half" else 3
            final = month + months - 1
            return date(year, month, 1), date(year, final, monthrange(year, final)[1])
        if self.kind in ("day", "only", "dot") and self.last > length:
            return None
        return date(year, month, min(self.first, length)), date(year, month, min(self.last, length))


def points_in(text: str, issued: date | None) -> Iterator[TimePoint]:
    """Every point of time in a sentence, in order."""
    for match in _POINT.finditer(text):
        point = _point(match, issued)
        if point:
            yield point


def _point(match: re.Match[str], issued: date | None) -> TimePoint | None:
    start, end = match.span()
    told = {name: value for name, value in match.groupdict().items() if value}
    year, word = _year(told, issued)
    if "now" in told or "today" in told or {"week", "wday"} & told.keys():
        return _near(told, start, end, issued)
    if "season" in told:
        if told["season"] == "十一" and not match[0].endswith("”") and "节" not in match[0]:
            return None
        return TimePoint(start, end, "season", year, word, name=told["season"])
    if "ld" in told:
        name = told.get("lm") or told["lunar"]
        month = _LUNAR_MONTHS.get(name) or numeral(name)
        day = numeral(told["ld"].removeprefix("初"))
        return (
            TimePoint(start, end, "lunar", year, word, month, day or 1, day or 1) if month and day else None
        )
    if "half" in told:
        return TimePoint(start, end, "half", year, word, 1 if told["half"][0] == "上" else 7)
    if "quarter" in told:
        return _quarter(told, start, end, year, word)
    if "ypart" in told:
        return _year_part(match, told["ypart"], year, word)
    if "monthly" in told:
        return (
            TimePoint(start, end, "end", issued.year, "", issued.month, 31, name="月底")
            if issued and not word
            else None
        )
    if "mw" in told:
        return _month_word(told, start, end, issued)
    if "tenth" in told:
        first, last = _TENTHS[told["tenth"]]
        return TimePoint(start, end, "tenth", None, "", None, first, last)
    return _day(told, start, end, year, word)


def _day(told: dict[str, str], start: int, end: int, year: int | None, word: str) -> TimePoint | None:
    if "dy" in told:
        month, day = int(told["dm"]), int(told.get("dd", 0))
        if not 1 <= month <= 12 or day > 31 or (told["sep"] != "-" and not day and month > 12):
            return None
        if not day and told["sep"] == "-":
            return None  # 2011-12 may be a school year or a number
        return TimePoint(start, end, "day", int(told["dy"]), "", month, day or 1, day or 31)
    if "ry" in told:
        day = int(told["rd"])
        return TimePoint(
            start, end, "day", int(told["ry"]), "", int(told["rm"]), day, day, slip="缺“年”“月”字"
        )
    if "sm" in told:
        if year is None:
            return None
        slip = f"“{told['sign']}”应为“月”"
        return TimePoint(
            start, end, "day", year, word, int(told["sm"]), int(told["sd"]), int(told["sd"]), slip=slip
        )
    if "only" in told or "do" in told:
        day = numeral(told.get("only") or told["do"]) or 0
        return TimePoint(start, end, "only", None, "", None, day, day)
    if "pm" in told:
        month, day = int(told["pm"]), int(told["pd"])
        return (
            TimePoint(start, end, "dot", year, word, month, day, day) if month <= 12 and day <= 31 else None
        )
    month = numeral(told.get("m") or told.get("mo") or "") or 0
    if "part" in told:
        first, last = _TENTHS[told["part"].replace("、", "")]
        return TimePoint(start, end, "part", year, word, month, first, last)
    if "d" in told or "bare" in told:
        day = numeral(told.get("d") or told["bare"]) or 0
        slip = "“月”应为“日”" if told.get("unit") == "月" else ""
        if "bare" in told:
            slip = "缺“日”字"
        return TimePoint(start, end, "day", year, word, month, day, day, slip=slip)
    return TimePoint(start, end, "month", year, word, month)


def _year(told: dict[str, str], issued: date | None) -> tuple[int | None, str]:
    if "y" in told:
        year = numeral(told["y"])
        return (year + 2000 if year is not None and year < 100 else year), ""
    word = told.get("yw", "")
    if not word:
        return None, ""
    if word in _AFTER_START:
        return None, word
    return (issued.year + _YEAR_WORDS.get(word, 0), "") if issued else (None, word)


def _near(told: dict[str, str], start: int, end: int, issued: date | None) -> TimePoint | None:
    if issued is None:
        return TimePoint(start, end, "now") if "now" in told else None
    if {"week", "wday"} & told.keys():  # 本周内 is to the end of its Sunday; 周五前 is the next one
        step = {"下": 7, "上": -7}.get(told.get("week", "")[:1], 0)
        if "week" not in told and _WEEKDAYS.get(told.get("wday", ""), 6) < issued.weekday():
            step = 7
        day = (
            issued
            - timedelta(days=issued.weekday())
            + timedelta(days=step + _WEEKDAYS.get(told.get("wday", ""), 6))
        )
    else:
        day = issued + timedelta(days=int(told.get("today", "").startswith("明")))
    kind = "now" if "now" in told else "week"
    return TimePoint(start, end, kind, day.year, "", day.month, day.day, day.day)


def _quarter(told: dict[str, str], start: int, end: int, year: int | None, word: str) -> TimePoint:
    month = (numeral(told["quarter"]) or 1) * 3 - 2
    if told.get("qpart") in ("末", "底"):
        return TimePoint(start, end, "end", year, word, month + 2, 31)
    if told.get("qpart"):
        return TimePoint(start, end, "part", year, word, month, 1, 10)
    return TimePoint(start, end, "quarter", year, word, month)


def _year_part(match: re.Match[str], part: str, year: int | None, word: str) -> TimePoint | None:
    if year is None and not word and not part.startswith("年"):
        return None
    # A number of years, not this one: 三年内.
    if (
        year is None
        and not word
        and re.search(r"[一二三四五六七八九十两几半数\d]$", match.string[: match.start()][-1:])
    ):
        return None
    if part.endswith("初"):
        return TimePoint(*match.span(), "month", year, word, 1, name="" if year or word else "年初")
    return TimePoint(*match.span(), "end", year, word, 12, 31)


def _month_word(told: dict[str, str], start: int, end: int, issued: date | None) -> TimePoint | None:
    if issued is None:
        return None
    step = {"下": 1, "次": 1, "上": -1}.get(told["mw"][0], 0)
    months = issued.year * 12 + issued.month - 1 + step
    year, month = months // 12, months % 12 + 1
    if "mpart" in told:
        first, last = _TENTHS[told["mpart"].replace("、", "")]
        return TimePoint(start, end, "part", year, "", month, first, last)
    if "md" in told:
        day = numeral(told["md"]) or 0
        return TimePoint(start, end, "day", year, "", month, day, day)
    return TimePoint(start, end, "month", year, "", month)
