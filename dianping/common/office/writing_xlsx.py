"""Sheets as one workbook. Every text is stored as text: nothing a person typed can become a formula or a link.

A text that a spreadsheet would take for a formula once somebody edits its cell also carries the quote prefix.
The same sheets give the same bytes.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from dianping.base.papers.layout import (
    column_widths,
    fits_one_page,
    paper_of,
    printable,
    row_height,
    sizes_of,
)
from dianping.base.papers.table import Cell, Sheet
from dianping.common.colours import colour

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_A4 = 9
_MM_PER_CHARACTER = 1.9  # a column-width unit of a workbook in its usual type
_POINTS_PER_MM = 72 / 25.4
_LONGEST = 32_767  # characters a workbook's cell can hold
_CUT = "……（本格未完，全文见 Word 或 PDF）"
_LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NAME_LIMIT = 31
_LOOSE, _LOWEST, _TALLEST = 1.1, 18, 409  # of a row, in points; 409 is the most there is
_HATCH = 14  # the number of the pattern

_STYLES: dict[str, dict[str, object]] = {
    "title": {"font_name": "宋体", "bold": True, "align": "center"},
    "plain": {"font_size": 10},
    "header": {
        "font_name": "黑体",
        "align": "center",
        "border": 1,
        "bg_color": colour("print-heading"),
        "text_wrap": True,
    },
    "section": {"font_name": "黑体", "border": 1, "bg_color": colour("print-section")},
    "cell": {"border": 1, "text_wrap": True},
    "missing": {
        "border": 1,
        "text_wrap": True,
        "font_color": colour("print-missing"),
        "pattern": _HATCH,
        "fg_color": colour("print-hatch"),
        "bg_color": colour("paper"),
    },
}


def write_xlsx(sheets: Sequence[Sheet], path: Path) -> None:
    """Write every sheet to one workbook at `path`, each on a page set up as A4. Raises ValueError for no sheets."""
    if not sheets:
        raise ValueError("没有可写入的表：至少要有一张表才能生成工作簿。")
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "宋体", "font_size": 10, "valign": "vcenter"},
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        first = sheets[0]
        book.set_properties(
            {
                "title": printable(first.title if len(sheets) == 1 else f"{first.organisation}台账"),
                "author": printable(first.organisation),
                "created": datetime(*first.filled_on.timetuple()[:3]),  # noqa: DTZ001 - a workbook knows no zone
            }
        )
        taken: set[str] = set()
        for sheet in sheets:
            _Page(book, sheet, _name(sheet.title, taken)).write()


def _name(title: str, taken: set[str]) -> str:
    plain = "".join(" " if c in "[]:*?/\\'" else c for c in printable(title)).strip() or "表"
    name, number = plain[:_NAME_LIMIT], 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _NAME_LIMIT - 5]}（{number}）"
    taken.add(name.casefold())
    return name


class _Page:
    """One worksheet being written, row by row."""

    def __init__(self, book: "Workbook", sheet: Sheet, name: str) -> None:
        self.book, self.sheet = book, sheet
        self.page = book.add_worksheet(name)
        self.last = len(sheet.columns) - 1
        self.widths, self.sizes = column_widths(sheet), sizes_of(sheet)
        self.formats: dict[tuple[str, str, str, bool], Format] = {}
        self.row = 0

    def write(self) -> None:
        for at, width in enumerate(self.widths):
            self.page.set_column(at, at, width / _MM_PER_CHARACTER)
        self.line(self.sheet.title, "title", height=30)
        for start in range(0, len(self.sheet.head), 3):
            pairs = self.sheet.head[start : start + 3]
            self.line("　　".join(f"{label}：{value}" for label, value in pairs), "plain", height=18)
        top = self.row
        self.header()
        self.set_up(top, self.row - 1)
        for cells in self.sheet.rows:
            self.cells(cells)
        self.foot()

    def set_up(self, first: int, last: int) -> None:
        """Paper, margins, and the header lines that stay on screen and on every page."""
        paper, page = paper_of(self.sheet), self.page
        page.set_paper(_A4)
        if self.sheet.landscape:
            page.set_landscape()
        inches = [margin / 25.4 for margin in (paper.left, paper.right, paper.top, paper.bottom)]
        page.set_margins(left=inches[0], right=inches[1], top=inches[2], bottom=inches[3])
        page.fit_to_pages(1, 1 if self.sheet.one_page and fits_one_page(self.sheet) else 0)
        page.repeat_rows(first, last)
        page.freeze_panes(last + 1, 0)
        page.set_footer("&C第 &P 页　共 &N 页")

    def header(self) -> None:
        lines = self.sheet.header()
        free = {(n, at) for n in range(len(lines)) for at in range(self.last + 1)}
        for n, line in enumerate(lines):
            for cell in line:
                at = min(place for number, place in free if number == n)
                area = {(n + down, at + over) for down in range(cell.lines) for over in range(cell.columns)}
                free -= area
                style = self.style("header")
                if len(area) > 1:
                    end = (self.row + n + cell.lines - 1, at + cell.columns - 1)
                    self.page.merge_range(self.row + n, at, *end, "", style)
                self.text(self.row + n, at, cell.title, "header")
        if len(lines) == 2:
            self.page.set_row(self.row + 1, 30)
        self.row += len(lines)

    def cells(self, cells: Sequence[Cell]) -> None:
        at = 0
        for cell in cells:
            name, align = _style_name(cell), self.sheet.align(cell, at)
            if cell.span > 1:
                self.page.merge_range(self.row, at, self.row, at + cell.span - 1, "", self.style(name, align))
            if cell.number is not None and not cell.missing:
                number_format = "0.0%" if cell.text.endswith("%") else ""
                self.page.write_number(self.row, at, cell.number, self.style(name, align, number_format))
            else:
                shown = "\n".join(part for part in (cell.shown, cell.missing) if part)
                self.text(self.row, at, shown, name, align)
            at += cell.span
        # Not every spreadsheet program fits the height of a row it has not edited, and none does for merged cells.
        height = row_height(cells, self.widths, self.sizes) * _POINTS_PER_MM
        self.page.set_row(self.row, min(max(height * _LOOSE, _LOWEST), _TALLEST))
        self.row += 1

    def foot(self) -> None:
        sheet = self.sheet
        if sheet.signatures:
            self.line(
                "　　　　".join(f"{label}：{name}　　　" for label, name in sheet.signatures),
                "plain",
                height=24,
            )
        notes = [f"{number}. {note}" for number, note in enumerate(sheet.notes, start=1)]
        for n, note in enumerate(notes):
            self.line(("注：" if n == 0 else "　　") + note, "plain")
        if sheet.basis:
            self.line(f"依据：{sheet.basis}", "plain")

    def line(self, text: str, style: str, *, height: float | None = None) -> None:
        """A line across the whole table, outside it."""
        if self.last > 0:
            self.page.merge_range(self.row, 0, self.row, self.last, "", self.style(style))
        self.text(self.row, 0, text, style)
        if height:
            self.page.set_row(self.row, height)
        self.row += 1

    def text(self, row: int, at: int, text: str, name: str, align: str = "") -> None:
        """A text, always as text."""
        said = printable(text)
        if len(said) > _LONGEST:
            said = said[: _LONGEST - len(_CUT)] + _CUT
        style = self.style(name, align, quoted=said.lstrip().startswith(_LIVE))
        if said:
            self.page.write_string(row, at, said, style)
        else:
            self.page.write_blank(row, at, None, style)

    def style(self, name: str, align: str = "", number_format: str = "", quoted: bool = False) -> "Format":
        key = (name, align, number_format, quoted)
        if key not in self.formats:
            properties = {"valign": "vcenter", "font_name": "宋体", "font_size": self.size(name)} | _STYLES[
                name
            ]
            properties |= {"align": align} if align else {}
            properties |= {"num_format": number_format} if number_format else {}
            properties |= {"quote_prefix": True} if quoted else {}
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def size(self, name: str) -> float:
        """The type size of a style, in points."""
        return {"title": self.sizes.title, "missing": self.sizes.small}.get(name, self.sizes.body)


def _style_name(cell: Cell) -> str:
    if cell.missing:
        return "missing"
    return "section" if cell.strong else "cell"
