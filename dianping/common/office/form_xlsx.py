"""A workbook to be filled in without the system: printed columns, drop-down lists, date cells, every cell typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter

from dianping.common.colours import colour


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: heading, width in characters, the words allowed (none: free), whether it takes a date,
    whether the system fills it in and nobody should."""

    title: str
    width: int = 14
    choices: tuple[str, ...] = ()
    is_date: bool = False
    printed: bool = False


def write_form_workbook(
    *,
    path: Path,
    sheet: str,
    title: str,
    hint: str,
    columns: Sequence[FormColumn],
    rows: Sequence[Sequence[str | int]],
    made: datetime,
) -> None:
    """Write the workbook. `rows` fill the printed columns, which come first; the rest is left to be written."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": title, "created": made.replace(tzinfo=None)})
        page = book.add_worksheet(sheet)
        style = {name: book.add_format(BASE | more) for name, more in STYLES.items()}
        page.merge_range(0, 0, 0, len(columns) - 1, title, style["title"])
        page.merge_range(1, 0, 1, len(columns) - 1, hint, style["hint"])
        page.set_row(1, 15 * (hint.count("\n") + 1))
        last = 3 + max(len(rows), 1) - 1
        for at, column in enumerate(columns):
            page.set_column(at, at, column.width)
            page.write_string(2, at, column.title, style["head"])
            if column.choices:
                page.data_validation(
                    3,
                    at,
                    last,
                    at,
                    {
                        "validate": "list",
                        "source": list(column.choices),
                        "error_title": column.title,
                        "error_message": f"应为{'、'.join(column.choices)}之一。",
                    },
                )
        for line, row in enumerate(rows, 3):
            for at, column in enumerate(columns):
                name = "printed" if column.printed else "date" if column.is_date else "free"
                if at < len(row):
                    value = row[at]
                    page.write_number(line, at, value, style[name]) if isinstance(
                        value, int
                    ) else page.write_string(line, at, value, style[name])
                else:
                    page.write_blank(line, at, None, style[name])
        page.freeze_panes(3, sum(1 for column in columns if column.printed))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)


BASE: dict[str, object] = {"valign": "vcenter", "text_wrap": True, "font_size": 10}
STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16, "align": "center"},
    "hint": {"font_color": colour("form-hint")},
    "head": {"bold": True, "border": 1, "align": "center", "bg_color": colour("form-head")},
    "printed": {"border": 1, "bg_color": colour("form-printed")},
    "free": {"border": 1},
    "date": {"border": 1, "num_format": "yyyy-mm-dd", "align": "center"},
}
