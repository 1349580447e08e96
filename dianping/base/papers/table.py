"""A sheet: the plain table every form is drawn as, before any paper, screen or file format is thought of.

Units: column widths are relative (a column of 20 is twice as wide as one of 10). Text may hold line ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

Align = Literal["left", "center", "right"]

NOT_APPLICABLE = "—"
LEGEND = "斜纹格表示此处应有而尚缺，格内小字写明所缺的是哪一件事。"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it prints.

    text: what is read; number: the same as a number, for a workbook (a share is kept as 0.959 with the text
    "95.9%"); missing: the act whose absence leaves the cell wanting, in Chinese; record: an opaque key such as
    "review:123" that a page may link; span: how many columns it covers; strong: a heading inside the table; left: a
    text set from the left although it covers several columns.
    A cell may hold both text and missing: what is there, and what it still lacks.
    """

    text: str = ""
    number: int | float | None = None
    missing: str = ""
    record: str = ""
    span: int = 1
    strong: bool = False
    left: bool = False

    @property
    def shown(self) -> str:
        """The text to print, numbers included; empty when there is nothing but a missing act."""
        if self.text or self.number is None:
            return self.text
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Neighbours with the same non-empty `group` stand under one common heading."""

    title: str
    width: float
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One cell of the printed header: `columns` wide and `lines` high."""

    title: str
    columns: int = 1
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form, drawn. Raises ValueError when a row does not cover the columns exactly.

    head: (label, value) pairs printed above the table; signatures: (label, name) pairs below it, an empty name
    leaves room for a hand; compact sets the table in small type; one_page sets it in the largest type in
    which it fits one page, as far down as can still be read; filled_on dates the file too, so that the same facts give the same bytes.
    """

    key: str
    title: str
    organisation: str
    period: str
    filled_on: date
    head: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[str, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()
    landscape: bool = False
    compact: bool = False
    one_page: bool = False
    basis: str = ""

    def __post_init__(self) -> None:
        wanted = len(self.columns)
        for number, row in enumerate(self.rows, start=1):
            covered = sum(cell.span for cell in row)
            if covered != wanted:
                raise ValueError(
                    f"《{self.title}》第 {number} 行占 {covered} 栏，本表有 {wanted} 栏，两者应当相等。"
                )

    def align(self, cell: Cell, at: int) -> Align:
        """How a cell that begins in column `at` is set: a heading left, a sentence or a dash in a figure's place
        in the middle, the rest as its column."""
        if cell.strong or cell.left:
            return "left"
        column = self.columns[at].align
        lone = cell.shown == NOT_APPLICABLE or (column == "right" and not cell.shown)
        return "center" if cell.span > 1 or lone else column

    @property
    def grouped(self) -> bool:
        """Whether the header has two lines."""
        return any(column.group for column in self.columns)

    def header(self) -> tuple[tuple[HeaderCell, ...], ...]:
        """The header as one line of cells, or two where columns are grouped; spanned places are left out."""
        if not self.grouped:
            return (tuple(HeaderCell(column.title) for column in self.columns),)
        upper: list[HeaderCell] = []
        lower: list[HeaderCell] = []
        for group, members in groupby(self.columns, key=lambda column: column.group):
            titles = [column.title for column in members]
            if group:
                upper.append(HeaderCell(group, columns=len(titles)))
                lower.extend(HeaderCell(title) for title in titles)
            else:
                upper.extend(HeaderCell(title, lines=2) for title in titles)
        return tuple(upper), tuple(lower)


def legend(rows: Iterable[Sequence[Cell]]) -> tuple[str, ...]:
    """The note that explains hatched cells, when there are any."""
    return (LEGEND,) if any(cell.missing for row in rows for cell in row) else ()


def filled(text: str, *, missing: str, record: str = "") -> Cell:
    """A cell with its text, or, where that is empty, with the act that is missing."""
    return Cell(text=text, record=record) if text.strip() else Cell(missing=missing, record=record)


def absent_row(columns: Sequence[Column], sentence: str) -> tuple[Cell, ...]:
    """One row across the whole table that says what has not been done yet."""
    return (Cell(missing=sentence, span=len(columns)),)
