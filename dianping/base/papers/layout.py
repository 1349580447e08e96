"""The paper a sheet is set on, and how tall a row will come out: enough to decide where a row may break.

Portrait takes the margins of GB/T 9704-2012 (天头 37 mm, 订口 28 mm, 版心 156 x 225 mm). A compact form keeps the
binding edge of 28 mm, which is the left one, and the top one of a landscape table, and narrows the others: a
register has sixteen columns, and a return should lie on one page. Lengths are millimetres, type sizes points.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from dianping.base.papers.table import Cell, Sheet

MM_PER_POINT = 25.4 / 72
LINE = 1.32  # a line of table text, in its own size
INSET = 1.1  # between a cell's text and the rules beside it
_SHORT = 24  # no more rows than this are set with more air


@dataclass(frozen=True, slots=True)
class Paper:
    """A4 as it lies, with its margins."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def measure(self) -> float:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """Height of the type area."""
        return self.height - self.top - self.bottom


PORTRAIT = Paper(210, 297, top=37, bottom=35, left=28, right=26)
COMPACT = Paper(210, 297, top=25, bottom=24, left=28, right=22)
ONE_PAGE = Paper(210, 297, top=18, bottom=16, left=25, right=15)
LANDSCAPE = Paper(297, 210, top=28, bottom=20, left=18, right=18)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes of a sheet: 2号 for the title, 5号 or 小5 in the table, smaller for what is missing."""

    title: float
    head: float
    body: float
    small: float


def paper_of(sheet: Sheet) -> Paper:
    """The paper a sheet is set on."""
    if sheet.one_page:
        return ONE_PAGE
    if sheet.landscape:
        return LANDSCAPE
    return COMPACT if sheet.compact else PORTRAIT


# From 5号 by 小5 down to 六号, the smallest a form is printed in.
_TO_FIT = (
    Sizes(title=22, head=10.5, body=10.5, small=8.5),
    Sizes(title=20, head=10.5, body=9, small=7.5),
    Sizes(title=18, head=10.5, body=8.25, small=7),
    Sizes(title=18, head=10.5, body=7.5, small=6.75),
)
_TIGHT = {10.5: 1.1, 9: 1.1, 8.25: 0.8, 7.5: 0.5}  # the air above and below a text in these sizes
_HEAD, _FOOT, _NOTE = (
    24.0,
    15.0,
    4.6,
)  # millimetres: title with the lines under it, signatures with the basis, a line of a note


def sizes_of(sheet: Sheet) -> Sizes:
    """The type sizes a sheet is set in."""
    if sheet.one_page:
        return next(
            (sizes for sizes in _TO_FIT if height_of(sheet, sizes) <= paper_of(sheet).depth), _TO_FIT[-1]
        )
    if sheet.compact:
        return Sizes(title=20, head=10.5, body=9, small=7.5)
    return Sizes(title=22, head=10.5, body=10.5, small=8.5)


def height_of(sheet: Sheet, sizes: Sizes) -> float:
    """How tall a sheet comes out on one page in these sizes, title, notes and signatures included; on the generous side."""
    widths, measure = column_widths(sheet), paper_of(sheet).measure
    spared = 2 * (INSET - _TIGHT[sizes.body])
    rows = sum(row_height(row, widths, sizes) - spared for row in sheet.rows)
    header = sizes.body * LINE * MM_PER_POINT + 2 * INSET - spared
    per_line = measure / MM_PER_POINT / 9 - 2
    notes = sum(line_count(note, per_line) for note in (*sheet.notes, sheet.basis))
    return _HEAD + header + rows + notes * _NOTE + _FOOT


def fits_one_page(sheet: Sheet) -> bool:
    """Whether a sheet meant for one page goes on it in the smallest type there is."""
    return height_of(sheet, _TO_FIT[-1]) <= paper_of(sheet).depth


def air_of(sheet: Sheet) -> float:
    """The room above and below a cell's text: a short form may breathe, a register may not."""
    if sheet.one_page:
        return _TIGHT[sizes_of(sheet).body]
    if sheet.compact:
        return 1.1
    return 2.2 if len(sheet.rows) <= _SHORT else 1.1


def column_widths(sheet: Sheet) -> tuple[float, ...]:
    """Each column's width, filling the type area."""
    whole = sum(column.width for column in sheet.columns)
    return tuple(column.width * paper_of(sheet).measure / whole for column in sheet.columns)


@lru_cache(maxsize=8192)
def _em(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.55


def ems(text: str) -> float:
    """How wide a text runs, in its own size; a Chinese character is 1."""
    return sum(map(_em, text))


def line_count(text: str, room: float) -> int:
    """How many lines a text takes where `room` ems fit on one; 0 for no text."""
    if not text:
        return 0
    return sum(max(1, ceil(ems(line) / max(room, 1.0))) for line in text.split("\n"))


def room_of(width: float, size: float) -> float:
    """How many ems of a type size fit on a line of a cell this wide."""
    return (width - 2 * INSET) / MM_PER_POINT / size


def cell_height(cell: Cell, width: float, sizes: Sizes) -> float:
    """Height of a cell in a column of this width, an estimate on the generous side."""
    lines = (
        line_count(cell.shown, room_of(width, sizes.body)) * sizes.body
        + line_count(cell.missing, room_of(width, sizes.small)) * sizes.small
    )
    return lines * LINE * MM_PER_POINT + 2 * INSET


def row_height(row: Sequence[Cell], widths: Sequence[float], sizes: Sizes) -> float:
    """Height of a row: that of its tallest cell."""
    tallest, at = 0.0, 0
    for cell in row:
        tallest = max(tallest, cell_height(cell, sum(widths[at : at + cell.span]), sizes))
        at += cell.span
    return tallest


def may_break(row: Sequence[Cell], widths: Sequence[float], sizes: Sizes, paper: Paper) -> bool:
    """Whether a row may run over a page's end: only one taller than half the page may."""
    return row_height(row, widths, sizes) > paper.depth / 2


def printable(text: str) -> str:
    """A text without the characters no format can carry: controls other than line ends, and lone surrogates."""
    if text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        c
        for c in plain
        if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
    )
