"""Find the heading row of a sheet, and from it what kind of sheet this is and which column holds what."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dianping.base.chinese_text import squeezed, unwrapped
from dianping.orgs.rules.roster.words import SHEET_KINDS, Field, words

ROWS_SEARCHED = 20
_FROM_TITLE = ("branch_name", "organisation_name")
_LONGEST = 100  # characters a heading may have
# Words in brackets of any make: “(必填)” of 姓名(必填), 【必填】.
_IN_BRACKETS = re.compile(r"[(\[【〔<《{].*?[)\]】〕>》}]")
# Marks and numbers at the beginning, marks at the end: *姓名, 1.姓名, 姓名:.
_MARKS = re.compile(r"^[*★☆※#0-9.、]+|[*★☆※:：。]+$")


class Column(NamedTuple):
    """Where a field stands in a sheet and how its heading is written there."""

    field: Field
    at: int
    heading: str


class Layout(NamedTuple):
    """How a sheet is laid out. `heading_row` counts from 0 within the sheet's rows; data follow it."""

    kind: str
    heading_row: int
    columns: dict[str, Column]
    unknown: list[str]
    not_kept: list[str]
    headings: list[str]

    def missing(self) -> list[Field]:
        """Fields this kind of sheet cannot do without and does not have. What may stand in the title is asked later."""
        return [
            f
            for f in words().fields[self.kind].values()
            if f.needs_column and f.name not in self.columns and f.name not in _FROM_TITLE
        ]


def plain_heading(cell: object) -> str:
    """A heading without line breaks, spaces, brackets like （必填）, stars and colons."""
    text = squeezed(unwrapped(cell)) if isinstance(cell, str) and len(cell) <= _LONGEST else ""
    bare = _MARKS.sub("", _IN_BRACKETS.sub("", text))
    return bare or text


def find_layout(rows: Sequence[Sequence[object]]) -> Layout | None:
    """The best reading of the first rows as headings; None when no row looks like headings at all.

    A row may also be read together with the one below it, for headings in two tiers.
    """
    best: tuple[int, Layout] | None = None
    head = rows[: ROWS_SEARCHED + 1]
    for at, row in enumerate(head[:ROWS_SEARCHED]):
        if sum(1 for cell in row if isinstance(cell, str) and cell) < 2:
            continue
        candidates = [(at, list(row))]
        if at + 1 < len(head) and head[at + 1]:
            candidates.append((at + 1, _two_tiers(row, head[at + 1])))
        for last, cells in candidates:
            found = _best_kind(last, cells)
            if found and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best else None


def _two_tiers(upper: Sequence[object], lower: Sequence[object]) -> list[object]:
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    found: list[object] = []
    group: object = ""
    for over, under in zip(above, below, strict=True):
        group = over if plain_heading(over) else group
        found.append(_of_two(over, under, group))
    return found


def _of_two(over: object, under: object, group: object) -> object:
    """One heading of two tiers: the lower where it stands by itself, else both together (积极分子, 确定时间)."""
    lower, upper = plain_heading(under), plain_heading(group)
    if not lower:
        return over
    if upper and lower != upper and lower not in _every_heading() and upper + lower in _every_heading():
        return upper + lower
    return under


@cache
def _every_heading() -> frozenset[str]:
    return frozenset(text for kind in SHEET_KINDS for text in _known(kind))


def _best_kind(heading_row: int, cells: list[object]) -> tuple[int, Layout] | None:
    headings = [plain_heading(cell) for cell in cells]
    best: tuple[int, Layout] | None = None
    for kind in SHEET_KINDS:
        fields = words().fields[kind]
        columns = _columns(fields, headings, cells)
        telling = sum(column.field.telling for column in columns.values())
        if "name" not in columns or not telling:
            continue
        score = 2 * len(columns) + telling
        if best is None or score > best[0]:
            best = score, _layout(kind, heading_row, columns, headings, cells)
    return best


def _columns(fields: dict[str, Field], headings: list[str], cells: list[object]) -> dict[str, Column]:
    """For every field the column whose heading ranks best; the leftmost of equals. One that only ends alike comes last."""
    columns: dict[str, Column] = {}
    for field in fields.values():
        ranked = [(field.ranks[text], at) for at, text in enumerate(headings) if text in field.ranks]
        if ranked:
            _, at = min(ranked)
            columns[field.name] = Column(field, at, squeezed(str(cells[at])))
    known = {text for field in fields.values() for text in field.ranks}
    for field in fields.values():
        if field.name not in columns and field.endings:
            alike = [at for at, text in enumerate(headings) if text not in known and _ends_as(field, text)]
            if alike:
                columns[field.name] = Column(field, alike[0], squeezed(str(cells[alike[0]])))
    return columns


def _ends_as(field: Field, heading: str) -> bool:
    return heading.endswith(field.endings) and not any(word in heading for word in words().of_another)


def _layout(
    kind: str, heading_row: int, columns: dict[str, Column], headings: list[str], cells: list[object]
) -> Layout:
    taken = {column.at for column in columns.values()}
    left = [at for at, text in enumerate(headings) if text and at not in taken]
    not_kept = [squeezed(str(cells[at])) for at in left if headings[at] in words().not_kept]
    unknown = [squeezed(str(cells[at])) for at in left if headings[at] not in words().not_kept]
    return Layout(kind, heading_row, columns, unknown, not_kept, [squeezed(str(cell)) for cell in cells])


def parts_side_by_side(rows: Sequence[Sequence[object]], layout: Layout) -> list[tuple[int, int]] | None:
    """Where each person's columns begin and end, when the headings stand in a row twice or more; [] when they do not.

    None when names stand twice and the columns between them do not repeat: nobody can tell which belongs to whom.
    """
    cells = rows[layout.heading_row]
    headings = [plain_heading(cell) for cell in cells]
    name = plain_heading(layout.columns["name"].heading)
    names = [at for at, text in enumerate(headings) if text == name]
    if len(names) < 2 or layout.kind != "members":
        return []
    first = next(at for at, text in enumerate(headings) if text)
    starts = [at - (names[0] - first) for at in names]
    if any(headings[start] != headings[first] for start in starts):
        return None
    ends = [*starts[1:], len(headings)]
    parts = list(zip(starts, ends, strict=True))
    left = {text for text in headings[starts[0] : ends[0]] if text in _known(layout.kind)}
    if any(left - set(headings[start:end]) for start, end in parts):
        return None
    return parts


def layout_of_part(layout: Layout, cells: Sequence[object]) -> Layout:
    """The layout of one person's columns among several side by side."""
    fields = words().fields[layout.kind]
    headings = [plain_heading(cell) for cell in cells]
    columns = _columns(fields, headings, list(cells))
    return _layout(layout.kind, layout.heading_row, columns, headings, list(cells))


def _known(kind: str) -> set[str]:
    return {heading for field in words().fields[kind].values() for heading in field.ranks}
