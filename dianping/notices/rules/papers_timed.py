"""Papers that are owed without a verb of handing in: their day is set (报送时间仍为9月30日), they are
brought along (每人带小结2份), or a body fills them in by a day (机关党委于10月28日前填报清单)."""

import re
from collections.abc import Iterator, Sequence

from dianping.notices.rules.model import DeliverableRead, Moment
from dianping.notices.rules.paper_names import copies_of, is_medium, is_paper, told_apart, trimmed
from dianping.notices.rules.slim import Slim, slim_of
from dianping.notices.rules.subjects import numbering, subject_of
from dianping.notices.rules.text import PlainText, Sentence

# When papers are handed in: 的报送时间为, 上报截止时间仍为; what is moved (推迟到) is a change, and no paper of its own.
_TIME_OF = re.compile(
    r"(?P<what>[^，。；：]{0,40}?)的?(?:报送|上报|提交|上交|递交|交回|报|交)的?(?:截止)?(?:时间|日期|期限|时限)，?"
    r"(?:也|一律|统一|仍然?|相应)*(?:定为|定[在于]|为|是)"
)
# Where they go, told beside it: 地点改为组织部.
_PLACE_OF = re.compile(
    r"(?:地点|单位|部门|对象)(?:也|仍然?|相应)?(?:改|变更|调整|定)?(?:为|到|至|在)(?P<to>[^，。；：（]{2,24})"
)
# Papers brought along: 每人带小结2份, 随身携带述职报告.
_BROUGHT = re.compile(
    r"(?:携带?|自带|(?<![附一地连热纽])带(?!头|领|动|队|好头|病|着|有|班|薪|教|队))(?:来|上|好|齐)?(?P<what>[^，。；：]{2,30}?)(?=[，。；\n]|前?来|到会|参会|参加|报到|入场|$)"
)
# Each of those named before: 学员每人.
_EACH = re.compile(r"(?:每人|各自|自行|人手|务必|须|请|应|要|需|届时|参会时|到会时|随身)*$")
# A body fills in papers by a day, and nobody is named to get them: 于10月28日前填报问题清单、任务清单.
_FILLED = re.compile(r"(?:填报|填写|填好|报)(?P<what>[^，。；：]{2,40})[。；\n]*$")


def timed_in(
    plain: PlainText, sentence: Sentence, moments: Sequence[Moment], made: tuple[str, ...] = ()
) -> Iterator[DeliverableRead]:
    """The papers a sentence of such a kind owes; `made` are those of the sentence before, whose time may be told."""
    slim = slim_of(sentence.text)
    yield from (
        _set(plain, sentence, slim, moments, made)
        or _brought(plain, sentence, slim, moments)
        or _filled(plain, sentence, slim, moments)
    )


def _set(
    plain: PlainText, sentence: Sentence, slim: Slim, moments: Sequence[Moment], made: tuple[str, ...]
) -> list[DeliverableRead]:
    told = _TIME_OF.search(slim.text)
    if not told:
        return []
    what = told["what"][numbering(told["what"]) :]
    what = trimmed(what.rpartition("将")[2])
    names = told_apart(what) if is_paper(what) else list(made) if not what else []
    place = _PLACE_OF.search(slim.text, told.end())
    day = _day(plain, sentence, slim, moments, told.end())
    if not day:
        return []
    return _papers(plain, sentence, slim, names, "", place["to"] if place else "", day)


def _brought(
    plain: PlainText, sentence: Sentence, slim: Slim, moments: Sequence[Moment]
) -> list[DeliverableRead]:
    told = _BROUGHT.search(slim.text)
    what = trimmed(told["what"]) if told else ""
    if not told or not is_paper(what):
        return []
    left = _EACH.sub("", slim.text[: told.start()])
    day = next((moment for moment in moments if moment.binds and moment.due), None)
    return _papers(plain, sentence, slim, told_apart(what), subject_of(left), "", day)


def _filled(
    plain: PlainText, sentence: Sentence, slim: Slim, moments: Sequence[Moment]
) -> list[DeliverableRead]:
    told = _FILLED.search(slim.text)
    if not told or not is_paper(trimmed(told["what"])):
        return []
    by = subject_of(slim.text[: told.start()])
    day = next((moment for moment in moments if moment.role == "deadline" and moment.due), None)
    if not by or not day or "，" in slim.text[: told.start()]:
        return []
    return _papers(plain, sentence, slim, told_apart(trimmed(told["what"])), by, "", day)


def _day(
    plain: PlainText, sentence: Sentence, slim: Slim, moments: Sequence[Moment], since: int
) -> Moment | None:
    """The first day that binds behind a place of the words."""
    place = sentence.start + slim.place(since - 1)
    first = plain.quote(place, place + 1).start
    return next(
        (moment for moment in moments if moment.binds and moment.due and moment.quote.start >= first), None
    )


def _papers(
    plain: PlainText,
    sentence: Sentence,
    slim: Slim,
    names: Sequence[str],
    by: str,
    to: str,
    day: Moment | None,
) -> list[DeliverableRead]:
    stop = sentence.start + len(sentence.text.rstrip("\n"))
    quote = plain.quote(sentence.start, stop, sentence.clause)
    due, until = (day.due, day.text) if day else (None, "")
    return [
        DeliverableRead(quote, slim.full(name), by, to, due, until, copies_of(slim.full(name), sentence.text))
        for name in names
        if not is_medium(name)
    ]
