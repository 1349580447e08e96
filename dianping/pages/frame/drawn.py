"""A sheet on the desk: its cells as they print, each with a link to its record (pages/frame/_sheet.html)."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dianping.base.papers.table import Cell
from dianping.ledgers.rules import Sheet

RECORDS = {
    "review": "reviews:review",
    "duty": "duties:duty",
    "item": "rectification:item",
    "report": "rectification:report",
    "poll": "polls:poll",
}


def drawn(
    sheet: Sheet, *, before: int = 0, part: bool = False, figures: Callable[[str], str] | None = None
) -> dict[str, object]:
    """The context of pages/frame/_sheet.html. `before`: rows that stand on earlier pages; `part`: it is one of several pages;
    `figures`: the address of the records behind a figure, by its key ("on_time/2")."""
    return {
        "sheet": sheet,
        "rows": [_cells(row, before, figures) for row in sheet.rows],
        "groups": [list(line) for line in sheet.header()],
        "widths": _widths(sheet),
        "head": sheet.head[:3] if part else sheet.head,
    }


def _cells(row: Sequence[Cell], before: int, figures: Callable[[str], str] | None) -> list[SafeString]:
    """The cells of a row, each with a link to its record; row numbers go on from the page before."""
    cells = []
    for at, cell in enumerate(row):
        shown = cell.shown
        if at == 0 and isinstance(cell.number, int) and not cell.text:
            shown = str(cell.number + before)
        if cell.record.startswith("figure:"):
            url = figures(cell.record.removeprefix("figure:")) if figures else ""
        else:
            url = _address(cell.record)
        cells.append(_cell(cell, shown, url))
    return cells


def _cell(cell: Cell, shown: str, url: str) -> SafeString:
    """One cell as it prints. Put together here: six hundred of them through a template take three times as long."""
    classes = " ".join(
        name
        for name, holds in (
            ("missing", cell.missing),
            ("strong", cell.strong),
            ("num", cell.number is not None),
        )
        if holds
    )
    body = linebreaksbr(shown) if shown else ""
    lacking = format_html("<small>{}</small>", cell.missing) if cell.missing else ""
    if url and body:
        body = format_html('<a href="{}">{}</a>', url, body)
    if url and lacking:
        lacking = format_html('<a href="{}">{}</a>', url, lacking)
    if cell.span > 1:
        return format_html('<td colspan="{}" class="{}">{}{}</td>', cell.span, classes, body, lacking)
    return format_html('<td class="{}">{}{}</td>', classes, body, lacking)


@lru_cache(maxsize=4096)  # the cells of a row come from one or two records; an address is dear to make
def _address(record: str) -> str:
    kind, _, key = record.partition(":")
    return reverse(RECORDS[kind], args=[key]) if kind in RECORDS else ""


def _widths(sheet: Sheet) -> list[str]:
    """Column widths in per cent of the table."""
    whole = sum(column.width for column in sheet.columns)
    return [f"{100 * column.width / whole:.2f}" for column in sheet.columns]
