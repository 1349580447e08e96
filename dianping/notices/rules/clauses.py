"""The body of a notice cut into clauses, named as a clerk would cite them: 一, 三.1, 四（二）, 转 for a forwarding opening."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dianping.base.numerals import numeral
from dianping.notices.rules.model import Clause
from dianping.notices.rules.text import DOT, PlainText

_CN = "一二三四五六七八九十"
# The number of a part, its kind by the group: 第一章, 第三条, 一、, （二）, 3., （4）, ⑤.
_HEAD = re.compile(
    rf"(?:第(?P<chapter>[{_CN}]{{1,3}})章|第(?P<article>[{_CN}]{{1,3}})条|(?P<cn>[{_CN}]{{1,3}})(?:[、，]|\.(?!\d))"
    rf"|（(?P<cnp>[{_CN}]{{1,3}})）|(?P<ar>\d{{1,2}})(?:、|{DOT})|（(?P<arp>\d{{1,2}})）|(?P<ring>[①-⑳]))"
)
# A number inside a line: after 。；： any (2、, （三）), between characters only the first of its kind (1、, （一）).
_INLINE = re.compile(
    rf"(?<=[。；：])(?:[{_CN}]{{1,3}}、|（[{_CN}]{{1,3}}）|\d{{1,2}}(?:、|{DOT})|（\d{{1,2}}）|[①-⑳])"
    r"|(?<=[\u4e00-\u9fff])(?:1、|（一）)(?=[\u4e00-\u9fff])"
)
_NEAR = 20  # letters of a heading that swallowed the line end before its first part
# A short heading up to 。, ： or the line end: 工作要求.
_HEADING = re.compile(r"[^。；：，\n]{1,24}(?=[。：\n]|$)")
_MOST_DEEP = 5


@dataclass(slots=True)
class _Head:
    """A numbering found: its style, its ordinal, and where it stands."""

    style: str
    nth: int
    label: str
    start: int
    end: int


def clauses_in(plain: PlainText, start: int, end: int, opening: str) -> Iterator[Clause]:
    """Every clause of the body. `opening` names what stands before the first numbering."""
    if start >= end:
        return
    heads = list(_heads(plain, start, end))
    first = heads[0].start if heads else end
    if plain.text[start:first].strip("\n"):
        yield _clause(plain, start, first, opening, 0, "")
    path: list[_Head] = []
    for at, head in enumerate(heads):
        path = [*_above(path, head), head][-_MOST_DEEP:]
        stop = heads[at + 1].start if at + 1 < len(heads) else end
        heading = _HEADING.match(plain.text, head.end, min(stop, head.end + 60))
        only_heading = (
            bool(heading) and heading is not None and not plain.text[heading.end() : stop].strip("\n。：")
        )
        goes_deeper = at + 1 < len(heads) and heads[at + 1].style not in {outer.style for outer in path}
        if only_heading and goes_deeper:
            continue
        yield _clause(plain, head.start, stop, _name(path), len(path), heading[0] if heading else "")


def _clause(plain: PlainText, start: int, stop: int, name: str, level: int, heading: str) -> Clause:
    while stop > start and plain.text[stop - 1] == "\n":
        stop -= 1
    return Clause(plain.quote(start, stop, name), name, level, heading)


def _heads(plain: PlainText, start: int, end: int) -> Iterator[_Head]:
    """Numberings at the beginning of a line, and inside one where they go on counting."""
    last: dict[str, int] = {}
    for first, stop in _lines(plain, start, end):
        match = _HEAD.match(plain.text, first, stop)
        near = first - _NEAR
        if match:
            head = _head(match)
            last[head.style], near = head.nth, head.end
            yield head
        for place in _INLINE.finditer(plain.text, first + 1, stop):
            inner = _HEAD.match(plain.text, place.start(), stop)
            if not inner or (plain.text[place.start() - 1] not in "。；：" and place.start() - near > _NEAR):
                continue
            head = _head(inner)
            if head.nth == 1 or head.nth == last.get(head.style, -1) + 1:
                last[head.style], near = head.nth, head.end
                yield head


def _lines(plain: PlainText, start: int, end: int) -> Iterator[tuple[int, int]]:
    # A line that is not empty.
    for line in re.compile(r"[^\n]+").finditer(plain.text, start, end):
        yield line.span()


def _head(match: re.Match[str]) -> _Head:
    style = match.lastgroup or ""
    sign = match[style]
    nth = ord(sign) - ord("①") + 1 if style == "ring" else numeral(sign) or 0
    label = f"（{sign}）" if style in ("cnp", "arp") else sign
    return _Head(style, nth, label, *match.span())


def _above(path: list[_Head], head: _Head) -> list[_Head]:
    for at, outer in enumerate(path):
        if outer.style == head.style:
            return path[:at]
    return path


def _name(path: list[_Head]) -> str:
    name = ""
    for head in path:
        name += head.label if not name or head.label.startswith("（") else f".{head.label}"
    return name
