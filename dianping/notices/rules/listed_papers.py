"""Papers told apart from their verb: in a list under it (请于20日前报送以下材料：1.…；2.…), and in fields of their own
(交回时间：9月29日; 报送地点：行政楼201) or by what is said of all above (以上材料于月底前报党委办公室).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dianping.notices.rules.model import DeliverableRead, Moment
from dianping.notices.rules.paper_names import copies_of, is_medium, is_paper, trimmed
from dianping.notices.rules.receivers import receiver_in
from dianping.notices.rules.slim import Slim, slim_of
from dianping.notices.rules.subjects import is_named, numbering, subject_of
from dianping.notices.rules.text import PlainText, Sentence

# A verb of handing in that ends with a colon, whatever stands between: 请于20日前向组织部报送以下材料：, 请勾选后交回：.
_HEADS = re.compile(
    r"(?:报送|上报|提交|递交|上交|交回|报|交|送)(?P<to>[^，。；：]{0,20}?)(?:的)?(?:以下|下列|如下)?(?:[一二两三四五六七八九十\d]{1,2}[项种份样类])?(?:书面|有关|相关)?(?:材料|资料|表格|报表|内容|附件)?(?:包括|有|为|如下|主要有)?：\n?$"
)
# The same with the list behind the colon.
_HEADS_LIST = re.compile(_HEADS.pattern.removesuffix("\\n?$") + r"(?=[^\n])")
# What a field says of handing in, which is no paper: 报送要求, 报送时间.
_OF_IT = re.compile(r"(?:要求|时间|日期|期限|地点|地址|方式|单位|部门|对象|人|范围|程序|邮箱|电话)$")
# A verb of handing in, so that a line says more than a name.
_HANDED = re.compile(
    r"报送|前[报交送]|填报|上报|提交|上交|[报交送发](?=[至到给])|[将把][^，。；]{2}|发[^，。；]{1,10}邮箱"
)
# The same as a heading of its own: 报送材料：, 需上报的材料：.
_HEADING = re.compile(
    r"(?:应|需|须|所需)?(?:报送|上报|提交|上交)的?(?:材料|资料|表格|内容)(?:清单|目录)?(?:：|$)"
)
# The receiver before the verb: 向组织部.
_TOWARDS = re.compile(r"向(?P<to>[^，。；：向]{1,30}?)$")
# Where they go, told behind the list: ，4月20日前送党建办.
_SENT_BEHIND = re.compile(
    r"，[^，。；]{0,16}?(?:报送?|[交送发])(?:至|到|给)?(?P<to>[^，。；]{2,20})[。；\n]*$"
)
# What parts the papers of one line: □, 、, ；.
_JOINTS = re.compile(r"[□☐○■●◆；。\n]+|(?<=[》表册单书录案告结料片])[、，](?=[《\u4e00-\u9fff])")
# A field that says when or where: 交回时间：, 报送地点：.
_WHEN = re.compile(r"(?:交回|报送|上报|提交|上交|收[取表件])的?(?:截止)?(?:时间|日期|期限|时限)(?:：|为)")
# The same of where, up to the next field.
_WHERE = re.compile(
    r"(?:交回|报送|上报|提交|上交|收[取表件]|接收)的?(?:地点|地址|单位|部门|对象|方式|至)(?:：|为)(?P<to>[^，。；：\n]{2,24}?)(?=[，。；\n]|$|[\u4e00-\u9fff]{2,4}：)"
)
# All that was asked for above: 以上材料.
_ABOVE = re.compile(r"(?:以上|上述)(?:各项|所有|有关)?(?:材料|表格|资料|报表|内容|[一二两三四五\d]项)")
# A remark in brackets at the end: （一式两份）, （加盖公章）.
_REMARK = re.compile(r"（[^（）]{0,30}）$")


@dataclass(frozen=True, slots=True)
class Lead:
    """What a verb says of the papers listed under it."""

    by: str = ""
    to: str = ""
    due: date | None = None
    until: str = ""


def lead_in(sentence: Sentence, moments: Sequence[Moment]) -> Lead | None:
    """The verb over a list of papers, where a sentence is one."""
    text = slim_of(sentence.text).text
    bare = text[numbering(text) :].strip("\n")
    if _HEADING.fullmatch(bare):
        return Lead()
    heads = _HEADS.search(text)
    if not heads or _OF_IT.search(heads["to"]):
        return None
    return _lead(text[: heads.start()], heads["to"], moments)


def _lead(left: str, right: str, moments: Sequence[Moment]) -> Lead:
    towards = _TOWARDS.search(left)
    to = towards["to"] if towards else receiver_in(right)[0] if right else ""
    bound = [moment for moment in moments if moment.binds and moment.due]
    due, until = (bound[-1].due, bound[-1].text) if bound else (None, "")
    return Lead(subject_of(left[: towards.start()] if towards else left), to, due, until)


def listed_in(plain: PlainText, sentence: Sentence, lead: Lead) -> Iterator[DeliverableRead]:
    """The papers one line of such a list names; nothing where it is no line of it."""
    slim = slim_of(sentence.text)
    if not _HANDED.search(slim.text):
        yield from _named(plain, sentence, slim, 0, lead)


def listed_behind(plain: PlainText, sentence: Sentence, moments: Sequence[Moment]) -> list[DeliverableRead]:
    """The papers of a list that stands in the sentence of its verb: 需报送材料：方案、记录、清单."""
    slim = slim_of(sentence.text)
    heads = _HEADS_LIST.search(slim.text)
    if not heads or _OF_IT.search(heads["to"]) or _HANDED.search(slim.text, heads.end()):
        return []
    lead = _lead(slim.text[: heads.start()], heads["to"], moments)
    if not lead.to and (behind := _SENT_BEHIND.search(slim.text, heads.end())) and is_named(behind["to"]):
        lead = replace(lead, to=behind["to"])
    return list(_named(plain, sentence, slim, heads.end(), lead))


def _named(
    plain: PlainText, sentence: Sentence, slim: Slim, since: int, lead: Lead
) -> Iterator[DeliverableRead]:
    for piece in _pieces(slim.text[since:]):
        begin = slim.text.find(piece, since)
        since = begin + len(piece)
        field = _WHEN.search(piece) or _WHERE.search(piece)
        bare = piece[numbering(piece) : field.start() if field else len(piece)]
        name = trimmed(_REMARK.sub("", bare.partition("，")[0]))
        if not is_paper(name) or is_medium(name) or len(name) > 40:
            continue
        place = sentence.start + slim.place(begin)
        quote = plain.quote(place, sentence.start + slim.end(since), sentence.clause)
        yield DeliverableRead(
            quote,
            slim.full(name),
            lead.by,
            lead.to,
            lead.due,
            lead.until,
            copies_of(slim.full(name), sentence.text),
        )


def _pieces(text: str) -> Iterator[str]:
    last = 0
    for joint in _JOINTS.finditer(text):
        if text[last : joint.start()]:
            yield text[last : joint.start()]
        last = joint.end()
    if text[last:]:
        yield text[last:]


def heads_papers(words: str) -> bool:
    """Whether the words before a clause are a heading over papers: 一、报送内容."""
    return any(_HEADING.fullmatch(line[numbering(line) :]) for line in words.split("\n") if line)


def heads_limit(heading: str) -> bool:
    """Whether a clause is about when papers are handed in: 报送时间."""
    # Words of such a heading: 报送时间, 上报截止时限.
    return bool(re.search(r"(?:报送|上报|提交|上交)(?:截止)?(?:时间|时限|期限)", heading))


def told_of_all(
    sentence: Sentence, moments: Iterable[Moment], papers: list[DeliverableRead], *, limit: bool = False
) -> list[DeliverableRead]:
    """The papers above with the day and the place a field, a heading (`limit`) or 以上材料 tells for those that have none."""
    where = _WHERE.search(sentence.text)
    if not (limit or where or _WHEN.search(sentence.text) or _ABOVE.search(sentence.text)):
        return papers
    day = next((moment for moment in moments if moment.binds and moment.due), None)
    done = []
    for paper in papers:
        if day and not paper.due and not paper.until:
            paper = replace(paper, due=day.due, until=day.text)
        done.append(replace(paper, to=where["to"]) if where and not paper.to else paper)
    return done
