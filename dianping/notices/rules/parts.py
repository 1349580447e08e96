"""A text taken apart into notices, and each notice into head, title, addressees, body and signature.

A cover notice and the notice it forwards stand in one text; what parts them is a signature with its date, followed by
another letterhead, number or title (both documents of the winter of 2010 are printed so).
"""

import re
from dataclasses import dataclass, field

from dianping.notices.rules.numbers import number_in, numbers_in
from dianping.notices.rules.text import HEAD, PlainText
from dianping.notices.rules.time_points import points_in
from dianping.notices.rules.words import KINDS

Span = tuple[int, int]
# The end of a notice's title: 通知, 意见（试行）.
_TITLE_END = re.compile(rf"(?:{'|'.join(KINDS)})(?:（[^）]{{1,12}}）)?$")
# A part's number: 一、, （二）, 3..
_NUMBERED = re.compile(HEAD)
# A sign that ends a sentence.
_STOPPED = re.compile(r"[。；！？]")
# Who signs, to the end: 签发人：王明.
_SIGNER = re.compile(r"(?:签发人|会签人)：.*$")
# Secrecy, haste and the copy's number at the beginning: 机密★特急, 000123.
_SECRET = re.compile(r"^(?:机密|秘密|绝密|特急|加急|急件|★|[A-Z]?\d{6,})+")
# What stands before the first colon, whom the notice is addressed to: 各县（市、区）党委，市直各单位：.
_ADDRESSED = re.compile(r"([^。！？；：]{2,300})：")
# What stands below the text: 附件, 抄送, 主题词, （此件公开发布）, 联系电话.
_ATTACHED = re.compile(r"附件|附表|附：|抄送|主题词|（?此件|（?联系人|联系电话")
_MOST_TITLE_LINES = 5
_MOST_SIGNATURE = 40
_MOST_HEAD_LINES = 6


@dataclass(slots=True)
class Parts:
    """The places of one notice's parts in the plain text; (0, 0) where a part is missing."""

    start: int
    end: int
    head: list[Span] = field(default_factory=list)
    number: Span | None = None
    title: list[Span] = field(default_factory=list)
    addressed: Span | None = None
    body: Span = (0, 0)
    signature: list[Span] = field(default_factory=list)
    dated: Span | None = None


def parts_in(plain: PlainText) -> list[Parts]:
    """The notices of a text in order; a text without any structure is one notice that is all body."""
    lines = list(plain.lines())
    starts = _starts(plain, lines)
    parts = []
    for at, first in enumerate(starts):
        after = starts[at + 1] if at + 1 < len(starts) else len(lines)
        parts.append(_parts_of(plain, lines[first:after]))
    return parts or [Parts(0, 0)]


def _starts(plain: PlainText, lines: list[Span]) -> list[int]:
    """The first line of every parts."""
    starts, since, closed = [0], 0, -1
    has_body = False
    for at, (start, end) in enumerate(lines):
        text = plain.text[start : min(end, start + 400)]
        if end - start > 80 or _STOPPED.search(text):
            has_body = True
            if _NUMBERED.match(text) or closed < 0:
                continue
        if _is_dated(plain, (start, end)) and has_body:
            closed = at
        elif has_body and _is_number(plain, (start, end)):
            first = closed + 1 if closed >= since else _head_above(plain, lines, at, since)
            starts.append(first)
            since, has_body, closed = first, False, -1
        elif has_body and closed >= since and _opens(plain, lines, at, at == closed + 1):
            starts.append(at)
            since, has_body, closed = at, False, -1
    return starts


def _opens(plain: PlainText, lines: list[Span], at: int, at_once: bool) -> bool:
    """Whether a line after a signature begins another parts: a letterhead at once, or a title with a body."""
    text = plain.text[slice(*lines[at])]
    if len(text) > 80 or _ATTACHED.match(text):
        return False
    return (at_once and text.endswith("文件")) or (_is_title(text) and _has_body(plain, lines, at))


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


def _is_number(plain: PlainText, span: Span) -> bool:
    text = _SIGNER.sub("", plain.text[span[0] : min(span[1], span[0] + 80)])
    number = next(iter(numbers_in(text)), None)
    return bool(number) and number is not None and number[0] <= 1 and len(text) - number[1] <= 1


def _is_title(text: str) -> bool:
    # A sign no title has.
    return len(text) <= 80 and bool(_TITLE_END.search(text)) and not re.search(r"[。；：]", text)


def _is_dated(plain: PlainText, span: Span) -> bool:
    return _date_in(plain, span) is not None


def _date_in(plain: PlainText, span: Span) -> Span | None:
    """The day a line ends with, when the line is a date or a signature with its date and nothing else."""
    text = plain.text[span[0] : span[1]]
    # A sign no line with just a date has.
    if len(text) > 60 or _NUMBERED.match(text) or re.search(r"[。；，：《]", text):
        return None
    bare = text.rstrip("）印发 ")
    for point in points_in(text, None):
        if point.kind == "day" and point.year and point.end >= len(bare) and point.start <= _MOST_SIGNATURE:
            return span[0] + point.start, span[0] + point.end
    return None


def _parts_of(plain: PlainText, lines: list[Span]) -> Parts:
    if not lines:
        return Parts(0, 0)
    parts = Parts(lines[0][0], lines[-1][1])
    at = _read_head(plain, lines, parts)
    at = _read_title(plain, lines, at, parts)
    at = _read_addressees(plain, lines, at, parts)
    last = _read_signature(plain, lines, at, parts)
    if at < last:
        first = parts.addressed[1] if parts.addressed and parts.addressed[1] > lines[at][0] else lines[at][0]
        parts.body = (first, lines[last - 1][1])
    return parts


def _read_head(plain: PlainText, lines: list[Span], parts: Parts) -> int:
    for at, span in enumerate(lines[:_MOST_HEAD_LINES]):
        if _is_number(plain, span):
            parts.head, parts.number = lines[:at], span
            return at + 1
        text = plain.text[span[0] : span[1]]
        # A sign no line of a letterhead has.
        if len(text) > 80 or re.search(r"[。；：]", text):
            break
    for at, (start, end) in enumerate(lines[:3]):
        text = plain.text[start : min(end, start + 120)]
        # A letterhead's end: 中共洛阳市委组织部文件.
        if re.search(r"文件$", text) and len(text) <= 40:
            parts.head = lines[: at + 1]
            return at + 1
        number = number_in(plain, start, min(end, start + 80)) if "文件" in text[:60] else None
        if number and len(lines) > 1 and end - number[1] <= 1:
            parts.head, parts.number = [*lines[:at], (start, number[0])], (number[0], end)
            return at + 1
    return 0


def _read_title(plain: PlainText, lines: list[Span], at: int, parts: Parts) -> int:
    for last in range(at, min(at + _MOST_TITLE_LINES, len(lines))):
        start, end = lines[last]
        text = plain.text[start : min(end, start + 200)]
        if _STOPPED.search(text) or text.endswith("：") or _NUMBERED.match(text) or end - start > 150:
            break
        if _TITLE_END.search(text) and (parts.number or len(lines) > 1):
            parts.title = lines[at : last + 1]
            return last + 1
    return at


def _read_addressees(plain: PlainText, lines: list[Span], at: int, parts: Parts) -> int:
    if at >= len(lines) or not (parts.title or parts.number):
        return at
    start, end = lines[at]
    match = _ADDRESSED.match(plain.text, start, end)
    # Words of a sentence, not of whom it is addressed to: 现将有关事项通知如下：.
    if not match or _NUMBERED.match(plain.text, start) or re.search(r"如下|通知|事项", match[1]):
        return at
    parts.addressed = (start, match.end())
    return at + 1 if match.end() >= end else at


def _read_signature(plain: PlainText, lines: list[Span], at: int, parts: Parts) -> int:
    """Note the closing date and who signs; the first line that is no longer body."""
    closing = next((n for n in range(len(lines) - 1, at, -1) if _closes(plain, lines[n])), None)
    if closing is None:
        tail = [
            n for n in range(at + 1, len(lines)) if _ATTACHED.match(plain.text[lines[n][0] : lines[n][1]])
        ]
        return tail[0] if tail else len(lines)
    parts.dated = _date_in(plain, lines[closing])
    assert parts.dated
    before = (lines[closing][0], parts.dated[0])
    first = closing
    if before[1] - before[0] > 3:
        parts.signature = [before]
    else:
        while first - 1 >= max(at, closing - 3) and _is_signer(plain, lines[first - 1]):
            first -= 1
        parts.signature = lines[first:closing]
    attached = [n for n in range(at + 1, first) if _ATTACHED.match(plain.text[lines[n][0] : lines[n][1]])]
    return attached[0] if attached and attached[0] >= first - 12 else first


def _closes(plain: PlainText, span: Span) -> bool:
    """Whether a line is the day of signing; the day of printing (…印发) below it is not."""
    return _is_dated(plain, span) and not plain.text.endswith("印发", 0, span[1])


def _is_signer(plain: PlainText, span: Span) -> bool:
    text = plain.text[span[0] : span[1]]
    return (
        len(text) <= _MOST_SIGNATURE
        # A sign no signature has.
        and not re.search(r"[。；：，！？《]", text)
        and not _NUMBERED.match(text)
        and not _ATTACHED.match(text)
    )


def letterhead(plain: PlainText, parts: Parts) -> tuple[str, bool]:
    """The issuer as printed over the number, and whether it stands as a letterhead (…文件)."""
    name = _SECRET.sub("", "".join(plain.text[start:end] for start, end in parts.head))
    return name.removesuffix("文件"), name.endswith("文件")


def addressees(plain: PlainText, parts: Parts) -> tuple[str, ...]:
    """Those the notice is sent to, one by one; what stands in brackets is not taken apart."""
    if not parts.addressed:
        return ()
    names, depth, last = [], 0, ""
    for sign in plain.text[parts.addressed[0] : parts.addressed[1]].rstrip("："):
        depth += (sign == "（") - (sign == "）")
        if sign in "、，；" and depth <= 0:
            names.append(last)
            last = ""
        else:
            last += sign
    return tuple(name for name in (*names, last) if name)
