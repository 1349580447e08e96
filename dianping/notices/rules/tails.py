"""What follows a point of time: weekday, hour, and 前, 起, 止 or 后, which make it a deadline or a beginning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dianping.notices.rules.time_points import BEFORE, TO, TimePoint, points_in

# A small number: 8, 十二.
_NUMBER = r"(?:\d{1,2}|[零一二三四五六七八九十两]{1,3})"
# An hour, or a part of the day: 上午9：30, 下午三点半, 下班, 当天.
_CLOCK = (
    rf"(?:(?:上午|下午|晚上?|中午|早上?|凌晨|傍晚)?{_NUMBER}(?:：\d{{2}}分?|[点时](?:{_NUMBER}分?|半|整|钟)?)"
    r"|上午|下午|中午|晚上|下班|上班|当[日天])"
)
# What may follow a point, each may be missing: （星期五）; （含当日）, （农历正月十二）; 下午5时; 前, 截止, 起.
_TAIL = re.compile(
    r"(?P<wd>（?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])）?)?"
    r"(?P<note>（(?:含[^）]{0,3}|农历[^）]{1,6}|[正腊][^）]{1,5}|“?[^）]{1,4}节”?)）)?"
    rf"(?P<clock>（?{_CLOCK}(?:{TO}{_CLOCK}|[上下]班)?(?:左右|正)?）?)?"
    rf"(?P<suffix>{BEFORE}|为止|止(?!步)|截止|之?内|以后|之后|后(?![勤来续进])|起|开始|始|以来|期间|夕)?"
)
UNTIL = frozenset({"之前", "以前", "前", "为止", "止", "截止", "内", "之内"})
SINCE = frozenset({"起", "开始", "始", "后", "以后", "之后"})
BEGUN = frozenset({"起", "开始", "始"})
# Each or every, right before the point: 每年, 每季度, 历年.
_EACH = re.compile(
    r"每(?:年|月|季度?|个?季度|学期|半年|两个?月|个月)?(?:度|的|末|底)?$|逐年$|逐月$|各$|历年$|按$"
)
# A month counted from one that is not told: 次月5日前, 当月工作.
_OF_ROUND = re.compile(r"次月|当月|翌月")
# What is told of such a month: 当月 (工作).
_OF_MONTH = re.compile(r"的?(?:工作|情况|履职|党费|点评|表现)")
# What joins points in a list: 每年6月、12月.
_LISTED = re.compile(r"[、和及]")
# Short words in brackets: （9月13日）.
_SPELT = re.compile(r"（([^）]{3,12})）")


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A point with what follows it; `end` is the end of both."""

    point: TimePoint
    end: int
    suffix: str
    weekday: str


def told_in(text: str, issued: date | None) -> Iterator[TimePhrase]:
    """Every point of a sentence with its tail, except what comes round every month or year."""
    last, each = 0, -1
    for point in points_in(text, issued):
        if (told := _OF_ROUND.match(text, point.start)) and (not last or _OF_MONTH.match(text, told.end())):
            continue
        if point.start < last:
            continue  # inside the brackets of the one before: 2月14日（农历正月十二）前
        inside = _SPELT.match(text, point.end) if point.kind == "week" else None
        day = next(points_in(inside[1], issued), None) if inside else None
        if (
            inside and day and day.kind in ("day", "dot")
        ):  # 本周五（9月13日）: the day in brackets is the same day
            point = replace(day, kind="day", start=point.start, end=inside.end())
        tail = _TAIL.match(text, point.end)
        assert tail
        if _EACH.search(text, max(0, point.start - 6), point.start) or (
            each >= 0 and _LISTED.fullmatch(text, each, point.start)
        ):
            each = point.end
            continue
        suffix = tail["suffix"] or ""
        last = tail.end() if suffix or tail["wd"] or tail["note"] or tail["clock"] else point.end
        yield TimePhrase(point, last, suffix, tail["weekday"] or "")
