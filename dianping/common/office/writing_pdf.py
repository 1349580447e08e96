"""A sheet as PDF: A4, Chinese fonts embedded (PDF/A-2u), the same facts giving the same bytes.

Measured against the paper in `dianping.base.papers.layout`; drawn by sheet.typ beside this file.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

from dianping.base.papers.layout import (
    air_of,
    column_widths,
    ems,
    may_break,
    paper_of,
    printable,
    room_of,
    sizes_of,
)
from dianping.base.papers.table import Align, Cell, Sheet
from dianping.common.colours import for_typst
from dianping.common.office.fonts import Faces, find_faces

STANDARD: Literal["a-2u"] = "a-2u"
GETA = "〓"  # what a printer sets for a character it has no type for
_TEMPLATE = Path(__file__).with_name("sheet.typ")
_TAGGED_UP_TO = (
    1000  # rows; tags make a long register ten times as large, and the screen serves a reader better
)
_LONG_WORD = 6  # ems; a longer run that has no place to break may be broken anywhere, to stay inside its cell
_WHOLE_DAY = 4.5  # ems; in a cell at least this wide a month and its day stay on one line
_CLOSING, _OPENING = frozenset("，。、；：？！）》」』】〉”’…—％·"), frozenset("（《「『【〈“‘")
_BREAK_HERE = "\u200b"


def write_pdf(sheet: Sheet, path: Path, *, own_fonts: Path | None = None) -> tuple[str, ...]:
    """Write one sheet to `path`. Raises NoChineseFont, before anything is written.

    Returns the characters no font holds; each is printed as 〓 and a note under the table says which they are.
    own_fonts: a folder of fonts the office owns, tried before the shipped ones.
    """
    faces = find_faces(own_fonts)
    lacking = faces.lacking(_texts(sheet))
    content = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={
            "sheet": json.dumps(_drawn(sheet, faces, lacking), ensure_ascii=False),
            "paint": for_typst(),
        },
        font_paths=faces.collection,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[STANDARD],
        timestamp=datetime(*sheet.filled_on.timetuple()[:3], tzinfo=UTC),
        pdf_tags=len(sheet.rows) <= _TAGGED_UP_TO,
    )
    path.write_bytes(content)
    return lacking


def _texts(sheet: Sheet) -> list[str]:
    outside = [sheet.title, sheet.organisation, sheet.period, sheet.basis, *sheet.notes]
    outside += [part for pair in (*sheet.head, *sheet.signatures) for part in pair]
    return outside + [
        printable(text) for row in sheet.rows for cell in row for text in (cell.shown, cell.missing)
    ]


def _drawn(sheet: Sheet, faces: Faces, lacking: tuple[str, ...]) -> dict[str, object]:
    """The sheet as plain values for the template."""
    widths, sizes, paper = column_widths(sheet), sizes_of(sheet), paper_of(sheet)
    geta = str.maketrans(dict.fromkeys(lacking, GETA))

    def said(text: str) -> str:
        return printable(text).translate(geta)

    def row(cells: Sequence[Cell]) -> tuple[bool, list[tuple[str, str, int, bool, Align, bool]]]:
        drawn, at = [], 0
        for cell in cells:
            room = room_of(sum(widths[at : at + cell.span]), sizes.body)
            drawn.append(
                (
                    _softened(said(cell.shown), room),
                    _softened(said(cell.missing), room_of(sum(widths[at : at + cell.span]), sizes.small)),
                    cell.span,
                    cell.strong,
                    sheet.align(cell, at),
                    room >= _WHOLE_DAY,
                )
            )
            at += cell.span
        return may_break(cells, widths, sizes, paper), drawn

    return {
        "title": said(sheet.title),
        "organisation": said(sheet.organisation),
        "period": said(sheet.period),
        "filled_on": sheet.filled_on.timetuple()[:3],
        "head": [[said(label), said(value)] for label, value in sheet.head],
        "columns": widths,
        "header": [[(cell.title, cell.columns, cell.lines) for cell in line] for line in sheet.header()],
        "rows": [row(cells) for cells in sheet.rows],
        "notes": [said(note) for note in (*sheet.notes, *_geta_note(lacking))],
        "signatures": [[said(label), said(name)] for label, name in sheet.signatures],
        "basis": said(sheet.basis),
        "faces": {"title": faces.title, "body": faces.body, "head": faces.head, "small": faces.small},
        "air": air_of(sheet),
        "sizes": {"title": sizes.title, "head": sizes.head, "body": sizes.body, "small": sizes.small},
        "paper": {
            "width": paper.width,
            "height": paper.height,
            "top": paper.top,
            "bottom": paper.bottom,
            "left": paper.left,
            "right": paper.right,
        },
    }


def _softened(text: str, room: float) -> str:
    """A text for a cell `room` ems wide whose long runs without a place to break (Latin words, figures, signs that may not begin
    or end a line) may be broken anywhere, so that none runs out of its cell."""
    most = min(_LONG_WORD, room)
    if ems(text) <= most:
        return text
    out, run, before = [], 0.0, " "
    for character in text:
        wide = ems(character)
        run = run + wide if _held_together(before, character) else wide
        if run > most and not before.isspace():
            out.append(_BREAK_HERE)
            run = wide
        out.append(character)
        before = character
    return "".join(out)


def _held_together(before: str, character: str) -> bool:
    """Whether no line may end between two characters."""
    if before.isspace() or character.isspace():
        return False
    latin = before.isascii() and character.isascii()
    return latin or character in _CLOSING or before in _OPENING


def _geta_note(lacking: tuple[str, ...]) -> tuple[str, ...]:
    if not lacking:
        return ()
    codes = "、".join(f"U+{ord(character):04X}" for character in lacking)
    return (
        f"字体中没有 {len(lacking)} 个字（{codes}），表中印作“{GETA}”；把含这些字的字体放入字体文件夹后可重印。",
    )
