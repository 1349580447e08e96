"""Deadlines and windows in a sentence: points of time given their year, joined into ranges, told from mere mentions.

Basis: decision 0002 (a deadline includes its day; a festival's 前 ends on the day before it). A date without a year
is the first such day on or after the day the paper was issued (平学院创组文〔2010〕1号 3: 1月10前).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dianping.rules.notice.model import Moment
from dianping.rules.notice.points import BEFORE, TO, Point, points_in
from dianping.rules.notice.relative import events_in
from dianping.rules.notice.seasons import LUNAR
from dianping.rules.notice.text import Plain, Sentence

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_CLOCK = (
    rf"(?:(?:上午|下午|晚上?|中午|早上?|凌晨|傍晚)?{_NUMBER}(?:：\d{{2}}分?|[点时](?:{_NUMBER}分?|半|整|钟)?)"
    r"|上午|下午|中午|晚上|下班|上班|当[日天])"
)
_TAIL = re.compile(
    r"(?P<wd>（?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])）?)?"
    rf"(?P<clock>（?{_CLOCK}(?:{TO}{_CLOCK})?(?:左右|正)?）?)?"
    rf"(?P<suffix>{BEFORE}|为止|止(?!步)|截止|之?内|以后|之后|后(?![勤来续进])|起|开始|始|以来|期间|夕)?"
)
_UNTIL = frozenset({"之前", "以前", "前", "为止", "止", "截止", "内", "之内"})
_SINCE = frozenset({"起", "开始", "始", "后", "以后", "之后"})
_BEGUN = frozenset({"起", "开始", "始"})
_GAP = re.compile(rf"[，、]?(?:{TO}|截?至|截止到?|直到|直至|延至|一直到)?(?:至|到)?")
_LOOSE_GAP = re.compile(r"[，、]?(?:于|到|至|并于|并在)?")
_LISTED = re.compile(r"[、和及]")
_LIMIT = re.compile(
    r"(?:截止(?:时间|日期|期限)?|最迟|至迟|最晚|不得?晚于|不得?迟于|时限|期限|时间限)(?:不得?[晚迟]于|为|是|：|到|至|于|在|截至)*$"
)
_SINCE_BEFORE = re.compile(r"(?:从|自|自从)$")
_TOWARDS = re.compile(r"(?:到|至|延续到)$")
_AS_OF = re.compile(r"(?:截[至止](?:到|至|于)?|计算[到至]|统计[到至])$")
_COUNTED = re.compile(r"已[有经]?|共|现有|累计|为准|在册|年报|统计数|年龄|组织关系|任现职|[全各][省市县区校]")
_HANDED = re.compile(r"报送|上报|报名|提交|交|完成|结束|填报|推荐|征集|反馈|截止(?:时间|日期|期限)|申报|办理|日前")
_HISTORY = re.compile(r"以来|成立|入党|转正|出生|参加工作|任职|施行|实施的|印发的|下发的|召开的|以后(?:入|参加|发展|成立)")
_BASIS = re.compile(r"(?:根据|按照|依据|依照|贯彻|落实|传达|学习)[^，。]{0,6}$")
_MEETING = re.compile(r"[^，。]{0,14}(?:会议|精神|讲话|文件|通知|部署)")
_EACH = re.compile(r"每(?:年|月|季度?|个?季度|学期|半年|两个?月|个月)?(?:度|的|末|底)?$|逐年$|逐月$|各$|历年$|按$")


@dataclass(frozen=True, slots=True)
class _Told:
    """A point with what follows it."""

    point: Point
    end: int
    suffix: str
    weekday: str


@dataclass(slots=True)
class Calendar:
    """What dates without a year are counted from: the day of issue, else the last full date read."""

    issued: date | None
    last: date | None = None

    @property
    def anchor(self) -> date | None:
        """The day to count from."""
        return self.issued or self.last


def moments_in(plain: Plain, sentence: Sentence, calendar: Calendar) -> Iterator[Moment]:
    """Every date of a sentence, mentions included, in order."""
    text = _masked(sentence.text)
    told = list(_told(text, calendar))
    at = 0
    yield from events_in(plain, sentence, text)
    while at < len(told):
        until = _partner(text, told, at)
        moment = _moment(plain, sentence, text, told, at, until, calendar)
        if moment:
            yield moment
        at = until + 1


def _masked(text: str) -> str:
    """The sentence with the titles in it blotted out, the places unchanged."""
    if "《" not in text:
        return text
    return re.sub(r"《[^》]*》?", lambda found: "□" * len(found[0]), text)


def _told(text: str, calendar: Calendar) -> Iterator[_Told]:
    for point in points_in(text, calendar.issued):
        tail = _TAIL.match(text, point.end)
        assert tail
        if _EACH.search(text, max(0, point.start - 6), point.start):
            continue
        suffix = tail["suffix"] or ""
        yield _Told(point, tail.end() if suffix or tail["wd"] or tail["clock"] else point.end, suffix, tail["weekday"] or "")


def _partner(text: str, told: list[_Told], at: int) -> int:
    """The place of the point that ends the range begun at `at`; `at` itself when there is none."""
    if at + 1 == len(told):
        return at
    here, there = told[at], told[at + 1]
    gap = text[here.end : there.point.start]
    if here.suffix and here.suffix not in _BEGUN and here.suffix != "以后":
        return at
    if len(gap) > 6 or here.point.kind == "tenth":
        return at
    if gap and _GAP.fullmatch(gap) and gap.strip("，、"):
        return at + 1
    if here.suffix in _BEGUN and _LOOSE_GAP.fullmatch(gap) and there.suffix not in _BEGUN:
        return at + 1
    return at


def _moment(
    plain: Plain, sentence: Sentence, text: str, told: list[_Told], at: int, until: int, calendar: Calendar
) -> Moment | None:
    one, two = told[at], told[until]
    before, after = text[: one.point.start], text[two.end :]
    single = at == until
    if single and not _stands_alone(one, before):
        return None
    past = _is_past(text, one, two, before, after)
    reach = _single(one, calendar, past) if single else _range(one.point, two.point, two.suffix, calendar)
    suffix, slip = two.suffix, one.point.slip or two.point.slip
    if one.point.slip == "缺“日”字" and not (single and suffix in _UNTIL):
        slip = two.point.slip
    if slip == "缺“日”字" and suffix not in _UNTIL:
        slip = ""
    start = one.point.start - (1 if before.endswith(("从", "自")) else 0)
    quote = plain.quote(sentence.start + start, sentence.start + two.end, sentence.clause)
    if reach is None:
        return _unreadable(quote, one, two, suffix, calendar) if calendar.anchor or one.point.year else None
    opens, due = reach
    if two.weekday and due.weekday() != "一二三四五六日".index(two.weekday.replace("天", "日")):
        slip = slip or f"weekday {two.weekday}"
    calendar.last = due
    role, opens_or, due_or = _role(told, at, until, text, before, after, (opens, due))
    if past or (role != "deadline" and calendar.issued and due < calendar.issued and len(text) > two.end + 1 and single):
        role = "past"
    return Moment(quote, opens_or, due_or, role, slip, _asks(one, two, suffix))


def _stands_alone(one: _Told, before: str) -> bool:
    kind = one.point.kind
    if kind in ("tenth", "now") and one.suffix not in _BEGUN:
        return False
    if kind == "dot":
        return one.suffix in ("前", "之前", "以前")
    if kind == "only":
        return one.suffix in ("前", "之前", "以前") and (not before or before[-1] in "，。；：、于在请务必定须（到至" )
    if kind == "season":
        return bool(one.suffix)
    return kind != "tenth"


def _is_past(text: str, one: _Told, two: _Told, before: str, after: str) -> bool:
    if two.suffix == "以来" or one.point.year_word in ("去年", "上年"):
        return True
    if _BASIS.search(before[-20:]) and _MEETING.match(after[:30]):
        return True
    if two.suffix in ("后", "以后", "之后", "起", "") and _HISTORY.match(after[:8]):
        return True
    if before.endswith(("成立于", "始于", "生于", "创建于", "组建于", "印发于")):
        return True
    if two.suffix not in _UNTIL and re.match(r"[^，。]{0,12}(?:以来|施行)", after[:16]):
        return True
    return two.suffix not in _UNTIL and bool(re.search(r"已于|曾于|曾在|已在$", before[-4:]))


def _single(one: _Told, calendar: Calendar, past: bool) -> tuple[date, date] | None:
    found = _in_year(one.point, one.suffix, calendar, past)
    return found


def _in_year(point: Point, suffix: str, calendar: Calendar, past: bool = False) -> tuple[date, date] | None:
    anchor = calendar.anchor
    month = point.month
    if point.kind == "only" and anchor:
        return _next_day_of_month(point, calendar.last or anchor)
    if point.year is not None:
        return _until(point, point.span(point.year, month), suffix)
    if anchor is None:
        return None
    years = (anchor.year, anchor.year - 1) if past else range(anchor.year, anchor.year + 9)
    for year in years:
        reach = _until(point, point.span(year, month), suffix)
        if reach and (reach[0] <= anchor if past else reach[1] >= anchor):
            return reach
    return None


def _until(point: Point, reach: tuple[date, date] | None, suffix: str) -> tuple[date, date] | None:
    """A festival's 前 ends the day before it; everything else includes its last day."""
    if reach and point.kind in ("season", "lunar") and suffix in ("前", "之前", "以前", "夕"):
        return reach[0] - timedelta(days=1), reach[1] - timedelta(days=1)
    if reach and point.name == "春节" and suffix == "期间":
        return reach[0] - timedelta(days=1), reach[1] + timedelta(days=6)
    return reach


def _next_day_of_month(point: Point, anchor: date) -> tuple[date, date] | None:
    for step in range(3):
        months = anchor.year * 12 + anchor.month - 1 + step
        reach = point.span(months // 12, months % 12 + 1)
        if reach and reach[1] >= anchor:
            return reach
    return None


def _range(one: Point, two: Point, suffix: str, calendar: Calendar) -> tuple[date, date] | None:
    """First and last day of a range whose halves borrow from each other what they leave out."""
    if one.kind == "now" and one.year is None:
        return None
    if one.year is not None and (one.month or one.kind == "season"):
        begin = one.span(one.year)
        return _closing(begin, two, suffix) if begin else None
    if one.kind in ("only", "mo") and one.month is None:
        one = replace(one, month=two.month)
    last = _in_year(two, suffix, calendar) if two.kind not in ("only", "tenth") else None
    if last is None and two.kind in ("only", "tenth") and one.month:
        begin = _in_year(replace(one, last=31, kind="month"), "", calendar)
        begin = one.span(begin[0].year) if begin else None
        closing = _closing(begin, two, suffix) if begin else None
        if closing and calendar.issued and closing[1] < calendar.issued:
            begin = one.span(closing[0].year + 1)
            closing = _closing(begin, two, suffix) if begin else None
        return closing
    if last is None:
        return None
    for year in (last[1].year, last[1].year - 1):
        begin = one.span(year, last[0].month)
        if begin and begin[0] <= last[1]:
            return begin[0], last[1]
    return None


def _closing(begin: tuple[date, date], two: Point, suffix: str) -> tuple[date, date] | None:
    year = two.year
    if year is None:
        year = begin[0].year + (1 if two.year_word in ("次年", "翌年") else 0)
    for one in (year, year + 1):
        last = _until(two, two.span(one, begin[0].month), suffix)
        if last and last[1] >= begin[0]:
            return begin[0], last[1]
        if two.year is not None:
            break
    return None


def _role(
    told: list[_Told], at: int, until: int, text: str, before: str, after: str, reach: tuple[date, date]
) -> tuple[str, date | None, date | None]:
    one, two = told[at], told[until]
    opens, due = reach
    if at != until:
        return "window", opens, due
    if _AS_OF.search(before[-6:]) and not (_HANDED.search(text) and not _COUNTED.search(text)):
        return "as of", opens, due
    if before.endswith("以") and "为准" in after:
        return "as of", opens, due
    limit = _LIMIT.search(before[-12:]) or _AS_OF.search(before[-6:]) or _TOWARDS.search(before[-3:])
    if two.suffix in _UNTIL or two.suffix == "夕" or limit or (one.point.ends and two.suffix not in _SINCE):
        return "deadline", None, due
    if two.suffix in _SINCE or _SINCE_BEFORE.search(before[-2:]):
        return "start", opens, None
    if _listed_deadline(told, at, text):
        return "deadline", None, due
    return "window", opens, due


def _listed_deadline(told: list[_Told], at: int, text: str) -> bool:
    """3月10日、6月10日前: the 前 of the last holds for all."""
    while at + 1 < len(told) and _LISTED.fullmatch(text, told[at].end, told[at + 1].point.start):
        at += 1
        if told[at].suffix:
            return told[at].suffix in _UNTIL
    return False


def _unreadable(quote: "Moment | object", one: _Told, two: _Told, suffix: str, calendar: Calendar) -> Moment | None:
    """A day that is in no calendar (2月30日): kept with the last day of its month as the likely reading."""
    from dianping.rules.notice.model import Quote

    assert isinstance(quote, Quote)
    point = two.point
    if point.kind != "day" or point.last <= 28:
        return Moment(quote, None, None, "past", "不是日期") if point.kind == "day" else None
    rest = _in_year(replace(point, kind="part", first=31), "", calendar)
    if rest is None:
        return Moment(quote, None, None, "past", "不是日期")
    opens = None if suffix in _UNTIL else rest[1]
    return Moment(quote, opens, rest[1], "deadline" if opens is None else "window", "没有这一天")


def _asks(one: _Told, two: _Told, suffix: str) -> str:
    if two.point.name in LUNAR:
        return "lunar"
    if one.point.kind == "part" and one is two and suffix not in _UNTIL and not one.point.ends:
        return "day"
    if one.point.kind == "month" and one is two and suffix in ("前", "之前", "以前"):
        return "month"
    return ""
