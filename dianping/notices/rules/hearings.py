"""听取汇报: units are heard on their work, and those who spoke for them reviewed there. Basis: 平学院创组文〔2010〕1号 4."""

import re
from collections.abc import Iterator

from dianping.notices.rules.model import Hearing, Moment
from dianping.notices.rules.subjects import ENDING, subject_of
from dianping.notices.rules.text import PlainText, Sentence, without_titles

# Reports that are heard, up to the report: 集中听取对各党总支、直属党支部活动开展情况汇报.
_HEARS = re.compile(
    r"(?:集中|分别|专题|逐一|当面|统一|专门|要|将|会议){0,3}听取(?!了)(?P<stray>对)?(?P<what>[^，。；]{0,60}?)(?:汇报|述职|报告)"
)
# The units at its beginning: 各党总支、直属党支部 of 各党总支、直属党支部活动开展情况.
_UNITS = re.compile(
    rf"(?P<units>[^，。；]{{1,50}}?{ENDING}(?:（[^）]{{1,20}}）)?)的?"
    r"(?=活动|开展|工作|关于|述职|履|抓|党建|创先争优|情况|专题|书面|口头|年度|半年|第|落实|整改|$)"
)
# Reviewed together there: 进行集中点评, 集体点评.
_COLLECTIVE = re.compile(r"(?:集中|集体|统一)(?:进行)?点评|集中、?逐一点评")
# Heard on the way to something else, or of the crowd: 听取群众汇报, 在听取汇报的基础上.
_BY_THE_WAY = re.compile(r"群众|的?基础上|采取|通过|方式|形式")


def hearings_in(plain: PlainText, sentence: Sentence, moments: list[Moment]) -> Iterator[Hearing]:
    """The hearing a sentence orders. `moments` are the dates of the same sentence."""
    text = without_titles(sentence.text)
    match = _HEARS.search(text) if "听取" in text else None
    if not match or _BY_THE_WAY.search(text[max(0, match.start() - 10) : match.end() + 4]):
        return
    told = _UNITS.match(match["what"])
    units = told["units"].strip("的") if told else ""
    window = next((moment for moment in moments if moment.binds and moment.due), None)
    hearer = subject_of(text[: match.start()])
    if not hearer or not (units or window):
        return
    begin = min(
        text.find(hearer),
        match.start() if window is None else _place_in(plain, sentence, window, match.start()),
    )
    stop = len(text.rstrip("\n"))
    quote = plain.quote(sentence.start + max(begin, 0), sentence.start + stop, sentence.clause)
    yield Hearing(
        quote,
        hearer,
        units,
        window.opens if window else None,
        window.due if window else None,
        bool(_COLLECTIVE.search(text, match.end())),
    )


def _place_in(plain: PlainText, sentence: Sentence, moment: Moment, most: int) -> int:
    """Where the words of a date begin in a sentence, if before `most`."""
    return min(max(plain.place(moment.quote)[0] - sentence.start, 0), most)
