"""A workbook sheet as it was read, and how a fault in it is told."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class SheetLike(Protocol):
    """A sheet as read: `rows[i]` is row `first_row + i` as the spreadsheet program numbers it.

    Cells are str, int, float, bool, date, datetime, time or timedelta; an empty row may be an empty list.
    """

    @property
    def name(self) -> str: ...
    @property
    def first_row(self) -> int: ...
    @property
    def rows(self) -> Sequence[Sequence[object]]: ...


class Problem(NamedTuple):
    """One fault. `row` is 0 when the whole sheet is meant; `column` is the heading as the sheet writes it.

    `message` is a sentence: what was found, what was expected, what to do. Identity numbers are masked. `code` names the fault
    as a refusal's does.
    """

    sheet: str
    row: int
    column: str
    found: str
    message: str
    code: str

    def __str__(self) -> str:
        place = f"「{self.sheet}」" if self.sheet else ""
        place += f"第 {self.row} 行" if self.row else ""
        place += f"「{self.column}」" if self.column else ""
        return f"{place}：{self.message}" if place else self.message
