"""Time counted from an event (述职后1个月内, 会前3天): kept as words, since the event has no day yet. What is counted from
the notice itself (自通知之日起15日内, 收到本通知后3日内) has one: the day it is dated, the first day not counted."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from dianping.base.numerals import numeral
from dianping.notices.rules.model import Moment
from dianping.notices.rules.text import PlainText, Sentence

# A stretch of time: 10个工作日, 两周, 半个月.
_SPAN = r"(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})个?(?:工作日|日|天|周|星期|月|年)"
# A stretch counted from an event, up to one, or from nothing told: 收到通知后10日内; 会议前3天; 5个工作日内.
_EVENT = re.compile(
    rf"(?P<event>[\u4e00-\u9fff]{{1,12}}?)(?:之日)?(?:以后|之后|后|起)的?(?P<span>{_SPAN})(?:之|以)?内"
    rf"|(?P<ahead>[\u4e00-\u9fff]{{1,12}}?)前(?P<before>{_SPAN})"
    rf"|(?P<bare>{_SPAN})(?:之|以)?内"
)
_LEAD = re.compile(r".*[在于要应须将把请]")  # who and how before the event


# The event is the notice itself: 自本通知印发, 接到通知, 发文.
_NOTICE = re.compile(
    r"(?:^|[自从在接到收此本该于])(?:此|本|该)?(?:通知|文件?|方案|意见)(?:印发|下发|发布|公布|发出|发文|收到|传达)?$|(?:发文|印发|下发)$"
)
# A stretch of time, number and unit: 10个工作日, 两周, 半个月.
_LENGTH = re.compile(r"(?P<n>\d{1,3}|[一二三四五六七八九十两半]{1,3})个?(?P<unit>工作日|日|天|周|星期|月|年)")


def _counted(issued: date, span: str) -> date | None:
    """The last day of a stretch counted from a day; None for working days, whose calendar is not known here."""
    told = _LENGTH.fullmatch(span)
    if not told or told["unit"] == "工作日":
        return None
    if told["n"] == "半":
        count, unit = {"年": (6, "月"), "月": (15, "日")}.get(told["unit"], (0, ""))
    else:
        count, unit = numeral(told["n"]) or 0, told["unit"]
    if not count:
        return None
    if unit in ("日", "天", "周", "星期"):
        return issued + timedelta(days=count * (7 if unit in ("周", "星期") else 1))
    months = issued.year * 12 + issued.month - 1 + count * (12 if unit == "年" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(issued.day, monthrange(year, month)[1]))


# From the day of the paper itself on, and no stretch behind it: 自本通知印发之日起.
_FROM_NOTICE = re.compile(
    rf"自?(?:本|此)?(?:通知|文件?|方案|意见|办法|规定|细则)?(?:印发|下发|发布|公布|发文)之日起(?!的?{_SPAN}(?:之|以)?内)"
)


def events_in(plain: PlainText, sentence: Sentence, text: str, issued: date | None) -> Iterator[Moment]:
    """Every stretch counted from an event, and what begins with the notice."""
    for match in _FROM_NOTICE.finditer(text) if issued else ():
        quote = plain.quote(sentence.start + match.start(), sentence.start + match.end(), sentence.clause)
        yield Moment(quote, issued, None, "start")
    if not any(sign in text for sign in ("内", "前")):
        return
    for match in _EVENT.finditer(text):
        lead = _LEAD.match(match["event"] or match["ahead"] or "")
        start = match.start() + (lead.end() if lead else 0)
        quote = plain.quote(sentence.start + start, sentence.start + match.end(), sentence.clause)
        due = _counted(issued, match["span"]) if issued and _NOTICE.search(match["event"] or "") else None
        if due:
            yield Moment(quote, None, due, "deadline", asks="counted")
        else:
            yield Moment(quote, None, None, "after")
