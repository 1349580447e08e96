"""Time counted from an event (述职后1个月内, 会前3天): kept as words, since the event has no day yet."""

import re
from collections.abc import Iterator

from dianping.rules.notice.model import Moment
from dianping.rules.notice.text import Plain, Sentence

_SPAN = r"(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})个?(?:工作日|日|天|周|星期|月|年)"
_EVENT = re.compile(
    rf"(?P<event>[\u4e00-\u9fff]{{1,12}}?)(?:之日)?(?:以后|之后|后|起)的?(?P<span>{_SPAN})(?:之|以)?内"
    rf"|(?P<ahead>[\u4e00-\u9fff]{{1,12}}?)前(?P<before>{_SPAN})"
    rf"|(?P<bare>{_SPAN})(?:之|以)?内"
)
_LEAD = re.compile(r".*[在于要应须将把请]")  # who and how before the event


def events_in(plain: Plain, sentence: Sentence, text: str) -> Iterator[Moment]:
    """Every stretch counted from an event."""
    if not any(sign in text for sign in ("内", "前")):
        return
    for found in _EVENT.finditer(text):
        lead = _LEAD.match(found["event"] or found["ahead"] or "")
        start = found.start() + (lead.end() if lead else 0)
        quote = plain.quote(sentence.start + start, sentence.start + found.end(), sentence.clause)
        yield Moment(quote, None, None, "after")
