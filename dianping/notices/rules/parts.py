"""A text taken apart into notices; the parts of each are found by `heads`.

A cover notice and the notice it forwards stand in one text; what parts them is a signature with its date, followed by
another letterhead, number or title (both documents of the winter of 2010 are printed so), or the very title the cover names.
"""

import re

from dianping.notices.rules.head_lines import (
    ATTACHED,
    NUMBERED,
    STOPPED,
    Parts,
    Span,
    is_dated,
    is_number,
    is_title,
)
from dianping.notices.rules.heads import known_title, parts_of
from dianping.notices.rules.text import PlainText

# A title a cover may name: 《领导点评工作暂行办法》.
_NAMED = re.compile(r"《([^《》\n]{4,80})》")
# What a cover does with the paper it names.
_HANDS_ON = re.compile("印发|转发|批转|下发")
_NAMED_WITHIN = 1500  # characters of a cover looked at for such titles
_MOST_HEAD_LINES = 6


def parts_in(plain: PlainText) -> list[Parts]:
    """The notices of a text in order; a text without any structure is one notice that is all body."""
    lines = list(plain.lines())
    known = _known(plain, lines)
    starts = _starts(plain, lines, known)
    parts = []
    for at, first in enumerate(starts):
        after = starts[at + 1] if at + 1 < len(starts) else len(lines)
        parts.append(parts_of(plain, lines[first:after], known if at else frozenset()))
    return parts or [Parts(0, 0)]


def _known(plain: PlainText, lines: list[Span]) -> frozenset[str]:
    """The titles a cover names that hands papers on."""
    opening = plain.text[:_NAMED_WITHIN]
    return (
        frozenset(match[1] for match in _NAMED.finditer(opening))
        if _HANDS_ON.search(opening)
        else frozenset()
    )


def _starts(plain: PlainText, lines: list[Span], known: frozenset[str]) -> list[int]:
    """The first line of every notice."""
    starts, since, closed = [0], 0, -1
    has_body = False
    for at, (start, end) in enumerate(lines):
        text = plain.text[start : min(end, start + 400)]
        if end - start > 80 or STOPPED.search(text):
            has_body = True
            if NUMBERED.match(text) or closed < 0:
                continue
        if is_dated(plain, (start, end)) and has_body:
            closed = at
        elif has_body and is_number(plain, (start, end)):
            first = closed + 1 if closed >= since else _head_above(plain, lines, at, since)
            starts.append(first)
            since, has_body, closed = first, False, -1
        elif has_body and (
            known_title(plain, lines, at, known)
            or (closed >= since and _opens(plain, lines, at, at == closed + 1))
        ):
            starts.append(at)
            since, has_body, closed = at, False, -1
    return starts


def _opens(plain: PlainText, lines: list[Span], at: int, at_once: bool) -> bool:
    """Whether a line after a signature begins another notice: a letterhead at once, or a title with a body."""
    text = plain.text[slice(*lines[at])]
    if len(text) > 80 or ATTACHED.match(text):
        return False
    return (at_once and text.endswith("文件")) or (is_title(text) and _has_body(plain, lines, at))


def _has_body(plain: PlainText, lines: list[Span], at: int) -> bool:
    return any("。" in plain.text[start:end] for start, end in lines[at + 1 : at + 12])


def _head_above(plain: PlainText, lines: list[Span], at: int, since: int) -> int:
    """The first line of the letterhead over a number."""
    first = at
    while first - 1 > since and at - first < _MOST_HEAD_LINES:
        start, end = lines[first - 1]
        # A sign of a sentence; no line of a letterhead has one.
        if end - start > 40 or re.search(r"[。；：，！？]", plain.text[start:end]):
            break
        first -= 1
    return first
