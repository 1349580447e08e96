"""附件: the names in the list under a notice, as they are printed there, joined over broken lines."""

import re
from collections.abc import Iterator

from dianping.base.numerals import numeral
from dianping.notices.rules.head_lines import ATTACHED, Parts, Span, is_dated
from dianping.notices.rules.model import AttachmentRead
from dianping.notices.rules.subjects import is_named
from dianping.notices.rules.tables import CELL
from dianping.notices.rules.text import PlainText
from dianping.notices.rules.words import DOCUMENTS, PAPERS

# Where a list begins, or one of its lines that says 附件 itself: 附件：, 附：, 附件1：, 附件【附件1：.
_BEGINS = re.compile(
    r"[【\[（]?(?:相关)?附(?:件|表)?[】\]]?(?:下载|列表|清单|名称)?(?P<nth>\d{1,2}|[一二三四五六七八九十])?(?:[：.、\-—]|(?=[【\[]))(?P<again>[【\[]附件\d{0,2}[：.、])?"
    r"|附[件表](?P<file>\d{1,2})(?=[^。；：，\n]{2,60}(?:\n|\Z))"
)
# A number before a name: 1., 2、, （3）, ④, 五、; not that of 1.5.
_NUMBER = re.compile(
    r"(?P<ar>\d{1,2})(?:[、，](?!\d)|\.(?!\d{1,2}(?:\D|$)))|（(?P<arp>\d{1,2})）|(?P<ring>[①-⑳])|(?P<cn>[一二三四五六七八九十]{1,3})、|（(?P<cnp>[一二三四五六七八九十]{1,3})）"
)
# What is no part of a name: 附件1：, [下载], .docx, (21KB), 已下载12次, （略）, one 份.
_WASTE = re.compile(
    r"^(?:附件\d{0,2}[：.、]?)|[\[【](?:点击)?下载[\]】]|\.(?:docx?|xlsx?|pdf|wps|et|rar|zip|pptx?|jpe?g|png)(?=$|[（\[【\]】])"
    r"|（[\d.]+(?:KB|MB|K|M|字节|B)）|(?:已下载|下载次数：?|下载：?)\d+次?|（(?:略|另发|另附|另行印发|见网站|此件从略|电子版另发)）|(?<=.)(?:各|共)?[一二两三四五\d]{1,2}份$|^[【\[]|[】\]]$",
    re.I,
)
_STOPS = "。；，、 "
# The last word of a name: 表, 台账, 办法, with its brackets.
_WHOLE = re.compile(
    rf"(?:{'|'.join(sorted({*DOCUMENTS, *PAPERS, '说明', '模板', '图', '样式'}, key=len, reverse=True))})(?:（[^）]*）)?$"
)
# No name: 无, 如文, 见后, 1-3 略.
_NONE = re.compile(r"无|如文|见后|同上|略|[\d\-—至、]*（?略?）?")
_LONGEST = 80
_MOST_LINES = 40


def attachments_in(plain: PlainText, parts: Parts) -> tuple[AttachmentRead, ...]:
    """The names in the lists of one notice, each once, in order."""
    lines = list(_lines(plain, parts.start, parts.end))
    found: dict[str, AttachmentRead] = {}
    at, listed = 0, False
    while at < len(lines):
        begins = _BEGINS.match(plain.text, *lines[at])
        if not begins:
            at += 1
            continue
        if begins["file"] and listed:
            at += 1  # 附件1 over the form itself, whose name the list has
            continue
        listed = listed or not begins["file"]
        spans, at = _listed(plain, lines, at, begins)
        for start, end in spans:
            name = _cleaned(plain.text[start:end])
            if 1 < len(name) <= _LONGEST and not _NONE.fullmatch(name):
                found.setdefault(name, AttachmentRead(plain.quote(start, end, "附"), name))
    return tuple(found.values())


def _lines(plain: PlainText, start: int, end: int) -> Iterator[Span]:
    # A line that is not empty.
    for line in re.compile(r"[^\n]+").finditer(plain.text, start, end):
        yield line.span()


def _listed(plain: PlainText, lines: list[Span], at: int, begins: re.Match[str]) -> tuple[list[Span], int]:
    """The places of the names of one list, and the first line behind it."""
    line, end = lines[at]
    spans = _names(plain, begins.end(), end, None)
    if begins["nth"] or begins["again"] or begins["file"]:
        return spans[:1], at + 1
    style, last = _style(plain, begins.end(), end), len(spans)
    for after in range(at + 1, min(at + _MOST_LINES, len(lines))):
        start, stop = lines[after]
        head = _NUMBER.match(plain.text, start, stop)
        if head and (style is None or head.lastgroup == style) and _nth(head) == last + 1:
            style = style or head.lastgroup
            more = _names(plain, start, stop, style, last + 1)
            spans += more
            last += len(more)
        elif head and spans and head.lastgroup != style:
            continue  # what a form asks for, below its name
        elif spans and _goes_on(plain, spans[-1], (start, stop)):
            spans[-1] = (spans[-1][0], stop)
        else:
            return spans, after
    return spans, len(lines)


def _style(plain: PlainText, start: int, end: int) -> str | None:
    head = _NUMBER.match(plain.text, start, end)
    return head.lastgroup if head else None


def _nth(head: re.Match[str]) -> int:
    sign = head[head.lastgroup or 0]
    return ord(sign) - ord("①") + 1 if head.lastgroup == "ring" else numeral(sign) or 0


def _names(plain: PlainText, start: int, end: int, style: str | None, nth: int = 1) -> list[Span]:
    """The names on one line, parted by their numbers, else by ； and between titles by 、."""
    heads: list[re.Match[str]] = []
    for head in _NUMBER.finditer(plain.text, start, end):
        if (
            _nth(head) == nth
            and (style is None or head.lastgroup == style)
            and (heads or head.start() == start)
        ):
            heads.append(head)
            style, nth = head.lastgroup, nth + 1
    if heads:
        ends = [head.start() for head in heads[1:]] + [end]
        return [(head.end(), stop) for head, stop in zip(heads, ends, strict=True)]
    spans, since = [], start
    for place in [at for at in range(start, end) if _parts(plain.text, at)] + [end]:
        if place > since:
            spans.append((since, place))
        since = place + 1
    return spans


def _parts(text: str, at: int) -> bool:
    """Whether a sign parts two names: ；, or 、 between titles."""
    return text[at] == "；" or (text[at] in "、，" and text[at - 1] == "》" and text[at + 1 : at + 2] == "《")


def _goes_on(plain: PlainText, name: Span, line: Span) -> bool:
    """Whether a line is the rest of the name before it."""
    before, text = plain.text[slice(*name)], plain.text[slice(*line)]
    return (
        not _WHOLE.search(_cleaned(before))
        and len(text) <= _LONGEST // 2
        # A sign no name has, and what is no name.
        and not re.search(r"[。；：，]", text)
        and not before.endswith(("。", "；"))
        and not text.startswith("（")
        and CELL not in text
        and not ATTACHED.match(text)
        and not is_named(text)
        and not is_dated(plain, line)
    )


def _cleaned(name: str) -> str:
    for _ in range(4):
        shorter = _WASTE.sub("", name).strip(_STOPS)
        if shorter == name:
            break
        name = shorter
    return name
