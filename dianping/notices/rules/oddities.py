"""Doubts a single sentence raises: a word too many, a meeting by the wrong name, two times at once, a broken day."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from dianping.notices.rules.model import Doubt, Moment
from dianping.notices.rules.text import PlainText, Sentence

# A 对 too many: 听取对党支部书记的述职.
_STRAY = re.compile(r"听取(?P<stray>对)[^。；，]{2,60}(?:汇报|述职)")
# A meeting of members by the name of the leaders' one: 党员民主生活会.
_MEMBERS_MEETING = re.compile(r"(?<!领导干部)(?<!班子)党员民主生活会")
# Soon, but no day: 近期, 尽快.
_SOON = re.compile(r"近期|近日|尽快|尽早|抓紧时间|即将")
# A day whose 年 and 月 were lost: 2013115日前.
_RUN_TOGETHER = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<rest>\d{2,4})日(?:之?前|以前|止|起|内)?")
_BLANK = r"[□_×xX○◯Ο△*…]{1,6}"
# A day left blank: □月□日前, X月X日前, 3月__日.
_LEFT_BLANK = re.compile(
    rf"(?:(?:\d{{4}}|{_BLANK})年)?(?:{_BLANK}月(?:{_BLANK}|\d{{1,2}})|\d{{1,2}}月{_BLANK})日(?:之?前|以前|止|起|内)?"
)


def _ways(year: str, rest: str) -> list[str]:
    """The days a run of figures may stand for: 2013-01-15 and 2013-11-05 for 2013 and 115."""
    days = []
    for cut in range(1, len(rest)):
        if cut > 2 or len(rest) - cut > 2:
            continue
        try:
            days.append(date(int(year), int(rest[:cut]), int(rest[cut:])).isoformat())
        except ValueError:
            continue
    return days


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
    for match in _RUN_TOGETHER.finditer(sentence.text):
        quote = plain.quote(sentence.start + match.start(), sentence.start + match.end(), sentence.clause)
        days = " 或 ".join(_ways(match["year"], match["rest"]))
        yield Doubt(
            quote, "date", days or "读不出日期", "日期里的“年”“月”丢了，没有读作期限；请对照原件补上。"
        )
    for match in _LEFT_BLANK.finditer(sentence.text):
        quote = plain.quote(sentence.start + match.start(), sentence.start + match.end(), sentence.clause)
        yield Doubt(quote, "date", "读不出日期", "日期空着，没有读作期限；请问清是哪一天。")
    soon = _SOON.search(sentence.text)
    dated = next((moment for moment in moments if moment.binds and moment.due), None)
    if soon and dated:
        end = sentence.start + len(sentence.text.rstrip("\n"))
        why = f"同一句里既有“{dated.text}”又有“{soon[0]}”；后者只是催促。"
        yield Doubt(
            plain.quote(sentence.start, end, sentence.clause), "two times", f"以 {dated.due} 为准", why
        )
