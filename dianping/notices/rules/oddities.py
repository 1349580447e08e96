"""Doubts a single sentence raises: a word too many, a meeting by the wrong name, two times at once."""

import re
from collections.abc import Iterator, Sequence

from dianping.notices.rules.model import Doubt, Moment
from dianping.notices.rules.text import PlainText, Sentence

# A 对 too many: 听取对党支部书记的述职.
_STRAY = re.compile(r"听取(?P<stray>对)[^。；，]{2,60}(?:汇报|述职)")
# A meeting of members by the name of the leaders' one: 党员民主生活会.
_MEMBERS_MEETING = re.compile(r"(?<!领导干部)(?<!班子)党员民主生活会")
# Soon, but no day: 近期, 尽快.
_SOON = re.compile(r"近期|近日|尽快|尽早|抓紧时间|即将")


def oddities_in(plain: PlainText, sentence: Sentence, moments: Sequence[Moment]) -> Iterator[Doubt]:
    """Every doubt of one sentence, its dates given."""
    for match in _STRAY.finditer(sentence.text):
        quote = plain.quote(sentence.start + match.start(), sentence.start + match.end(), sentence.clause)
        why = "“听取对……汇报”多一个“对”字：是听取各单位的汇报。"
        yield Doubt(quote, "stray word", match[0].replace("对", "", 1), why)
    for match in _MEMBERS_MEETING.finditer(sentence.text):
        quote = plain.quote(sentence.start + match.start(), sentence.start + match.end(), sentence.clause)
        why = "民主生活会是领导班子的会，普通党员开的是组织生活会；名称照录。"
        yield Doubt(quote, "meeting", "党员组织生活会", why)
    soon = _SOON.search(sentence.text)
    dated = next((moment for moment in moments if moment.binds and moment.due), None)
    if soon and dated:
        end = sentence.start + len(sentence.text.rstrip("\n"))
        why = f"同一句里既有“{dated.text}”又有“{soon[0]}”；后者只是催促。"
        yield Doubt(
            plain.quote(sentence.start, end, sentence.clause), "two times", f"以 {dated.due} 为准", why
        )
