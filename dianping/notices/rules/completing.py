"""What the rest of a notice says of a paper: who goes on being meant, where all of them go, what 附件1 is called."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dianping.notices.rules.model import AttachmentRead, DeliverableRead
from dianping.notices.rules.recurring import first_of
from dianping.notices.rules.subjects import ENDING
from dianping.notices.rules.text import PlainText, Sentence

# Papers named above go to one receiver: 以上材料均报党委办公室.
_ABOVE = re.compile(
    rf"(?:以上|上述)(?:各项|材料|表格|资料|两项|内容|报表)*(?:请)?(?:均|一并|统一|全部|都)?(?:请|须|应|书面)?(?:报送?|发送?|送|交|提交)(?:至|到|给)?(?P<to>[^，。；：（）]{{1,24}}?{ENDING})(?=[，。；（）\n]|$)"
)


def by_the_same(
    plain: PlainText, sentence: Sentence, told: Sequence[DeliverableRead], papers: Iterable[DeliverableRead]
) -> Iterator[DeliverableRead]:
    """各单位…报送方案；此后每季度报送统计表: who goes on being meant behind a ；."""
    before = told[-1].by if told else ""
    goes_on = (
        bool(before)
        and plain.text[sentence.start - 1 : sentence.start] == "；"
        and sentence.text.startswith(("此后", "以后", "今后", "之后", "同时", "并", "每"))
    )
    # A beginning that counts from what stands before: 此后, ，并今后.
    after = (
        told[-1].due if told and re.match(r"[，并且]*(?:此后|以后|今后|之后|其后)", sentence.text) else None
    )
    for paper in papers:
        if after and (first := first_of(paper.until, after)):
            paper = replace(paper, due=first[0])  # counted from the first one, not from the notice
        yield replace(paper, by=before) if goes_on and not paper.by else paper


def completed(
    papers: Iterable[DeliverableRead], text: str, attachments: tuple[AttachmentRead, ...]
) -> tuple[DeliverableRead, ...]:
    """What the rest of the notice says of its papers: where 以上 all go, and the name of 附件1."""
    above = _ABOVE.search(text)
    done = []
    for paper in papers:
        to = paper.to or (above["to"] if above else "")
        # A paper called by its number only: 附件1.
        number = re.fullmatch(r"附件(\d{1,2})", paper.what)
        nth = int(number[1]) if number else 0
        what = f"{attachments[nth - 1].name}（附件{nth}）" if 0 < nth <= len(attachments) else paper.what
        done.append(replace(paper, to=to, what=what))
    return tuple(done)
