"""From the sheets of a workbook to tables by kind; what is not read is told, sheet by sheet."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from dianping.base.chinese_text import clean, is_blank, squeezed
from dianping.base.sheets import SheetLike
from dianping.orgs.rules.roster.committees import Committees, committees_on
from dianping.orgs.rules.roster.feet import names_no_person
from dianping.orgs.rules.roster.headings import (
    Layout,
    find_layout,
    layout_of_part,
    parts_side_by_side,
    plain_heading,
)
from dianping.orgs.rules.roster.problems import Problems, shown
from dianping.orgs.rules.roster.sections import sections_of
from dianping.orgs.rules.roster.standing import adopt_standing
from dianping.orgs.rules.roster.table import Table
from dianping.orgs.rules.roster.words import words

_ROWS_TURNED = 60  # rows looked at for headings that stand below one another
_FEWEST_TURNED = 3  # such headings
_HEADING = re.compile(r"[\u4e00-\u9fff]{2}")  # what a heading of a second table must hold
_MOST_TITLES = 4  # different texts in a row of title
_FEWEST_HEADINGS, _FEWEST_OTHERS = (
    3,
    2,
)  # headings of a second table on a sheet, and those the first does not have


def tables_of(
    sheets: Sequence[SheetLike], problems: Problems, notes: list[str]
) -> tuple[dict[str, list[Table]], list[Committees]]:
    """Every sheet with recognisable headings, by kind, and lists of branch committees; what was left out is said in the
    notes. Hidden sheets are not read."""
    tables: dict[str, list[Table]] = {kind: [] for kind in words().fields}
    committees: list[Committees] = []
    for sheet in sheets:
        if not any(sheet.rows):
            continue
        if getattr(sheet, "hidden", False):
            notes.append(
                f"工作表「{sheet.name}」是隐藏的，没有读取。如果其中的内容也要导入，请取消隐藏后再传一次。"
            )
            continue
        for at, block in enumerate(_blocks(sheet)):
            layout = find_layout(block.rows)
            if layout is not None:
                _tell_missing(block, layout, problems)
                tables[layout.kind] += _tables_on(block, layout, problems)
            elif at:
                notes.append(
                    f"「{sheet.name}」第 {block.first_row} 行起是另一张表（“{_first_words(block)}”），不是党员、党组织或班子成员的名册，没有读取。"
                )
            elif (found := committees_on(sheet)) is not None:
                committees.append(found)
            else:
                _tell_unread(sheet, problems, notes)
    return tables, committees


class _Block(NamedTuple):
    """A part of a sheet that is a table of its own."""

    name: str
    first_row: int
    rows: Sequence[Sequence[object]]


def _blocks(sheet: SheetLike) -> list[_Block]:
    """The tables that stand below one another on a sheet: where 姓名 heads a column again, under other headings than before."""
    rows = sheet.rows
    layout = find_layout(rows)
    if layout is None:
        return [_Block(sheet.name, sheet.first_row, rows)]
    at = layout.columns["name"].at
    name = plain_heading(layout.columns["name"].heading)
    first = {plain_heading(cell) for cell in layout.headings} - {""}
    starts = [0]
    for n in range(layout.heading_row + 1, len(rows)):
        row = rows[n]
        if at >= len(row) or not isinstance(row[at], str) or plain_heading(row[at]) != name:
            continue
        headings = {text for cell in row if _HEADING.search(text := plain_heading(cell))}
        if len(headings) >= _FEWEST_HEADINGS and len(headings - first) >= _FEWEST_OTHERS:
            starts.append(_begin(rows, n, starts[-1] + 1, at))
            first = headings
    ends = [*starts[1:], len(rows)]
    return [_Block(sheet.name, sheet.first_row + a, rows[a:b]) for a, b in zip(starts, ends, strict=True)]


def _begin(rows: Sequence[Sequence[object]], heading: int, earliest: int, name: int) -> int:
    """Where the table of a heading row begins: with the lines of title right over it."""
    at = heading
    while at > earliest and _is_title(rows[at - 1], name):
        at -= 1
    return at


def _is_title(row: Sequence[object], name: int) -> bool:
    """Whether a row says one thing only, and that is nobody's name."""
    texts = {cell for cell in row if _says(cell)}
    cell = row[name] if name < len(row) else ""
    return len(texts) == 1 and (not _says(cell) or names_no_person(squeezed(str(cell))))


def _first_words(block: _Block) -> str:
    return shown(
        next((clean(cell) for row in block.rows for cell in row if _says(cell) and isinstance(cell, str)), "")
    )


def _tell_unread(sheet: SheetLike, problems: Problems, notes: list[str]) -> None:
    """A sheet without headings: one that is turned on its side would lose its people, any other is only told."""
    turned = find_layout(list(zip_longest(*sheet.rows[:_ROWS_TURNED], fillvalue="")))
    if turned is None or turned.kind == "organisations" or len(turned.columns) < _FEWEST_TURNED:
        notes.append(f"「{sheet.name}」中没有找到党组织、党员或班子成员的表头，没有读取。")
        return
    problems.add(
        sheet.name,
        0,
        "",
        "",
        "这张表是横排的：列名在最左边一列，一个人占一列；这里应为列名在最上面一行，一个人占一行。"
        "请在表格软件里复制全表，用“选择性粘贴—转置”粘成竖排后再导入。",
        code="orgs.sheet-turned",
    )


def _tell_missing(sheet: SheetLike, layout: Layout, problems: Problems) -> None:
    for field in layout.missing():
        problems.add(
            sheet.name,
            sheet.first_row + layout.heading_row,
            field.title,
            "",
            f"表头中没有“{field.title}”这一列，这里应有这一列。请补上，或把相应的列名改为“{field.title}”。",
            code="orgs.column-missing",
        )


def _tables_on(sheet: SheetLike, layout: Layout, problems: Problems) -> list[Table]:
    sections = sections_of(sheet.rows, layout.heading_row + 1) if layout.kind == "members" else {}
    parts = parts_side_by_side(sheet.rows, layout)
    if parts is None:
        name = layout.columns["name"].heading
        problems.add(
            sheet.name,
            sheet.first_row + layout.heading_row,
            name,
            "",
            f"表头中有几个“{name}”列，而各列不是整齐地重复，分不清哪一列属于哪个人。请改成一行一名党员，或把左右两栏的列名写得完全一样。",
            code="orgs.columns-side-by-side",
        )
    if not parts:
        titles = _titles(sheet, layout, [])
        found = [Table(sheet, layout, problems, titles=titles, sections=sections)]
    else:
        cells = sheet.rows[layout.heading_row]
        found = [
            Table(
                sheet,
                layout_of_part(layout, cells[start:end]),
                problems,
                titles=_titles(sheet, layout, parts, part),
                sections=sections,
                part=part,
            )
            for part in parts
            for start, end in [part]
        ]
    if layout.kind == "members":
        for table in found:
            adopt_standing(table)
    return found


def _titles(
    sheet: SheetLike, layout: Layout, parts: Sequence[tuple[int, int]], part: tuple[int, int] | None = None
) -> list[str]:
    """What stands over the headings, line by line. A line that says something over several parts is told apart by them."""
    found: dict[str, None] = {}
    for row in reversed(sheet.rows[: layout.heading_row]):
        if len({cell for cell in row if _says(cell)}) > _MOST_TITLES:
            continue  # the upper tier of the headings
        own = [start <= at < end for start, end in parts for at, cell in enumerate(row) if _says(cell)]
        cells = row
        if part is not None and own:
            over = {
                place
                for place in parts
                for at, cell in enumerate(row)
                if _says(cell) and place[0] <= at < place[1]
            }
            cells = row[part[0] : part[1]] if len(over) > 1 else row
        found |= dict.fromkeys(clean(cell) for cell in cells if isinstance(cell, str) and _says(cell))
    return list(found)


def _says(cell: object) -> bool:
    return isinstance(cell, str) and not is_blank(cell)


def notes_on(tables: Sequence[Table]) -> list[str]:
    """What was not used of the sheets, one sheet's parts told once."""
    notes: list[str] = []
    seen: dict[str, int] = {}
    for table in tables:
        seen[table.sheet] = seen.get(table.sheet, 0) + 1
        if seen[table.sheet] == 1:
            notes += _notes_on(table)
    notes += [f"「{sheet}」一行并排写了 {n} 名党员，左右各栏都读了。" for sheet, n in seen.items() if n > 1]
    return notes


def _notes_on(table: Table) -> list[str]:
    notes = []
    if table.sections:
        some = "；".join(
            f"第 {number} 行“{shown(text)}”" for number, text in list(table.sections.items())[:10]
        )
        more = f"等 {len(table.sections)} 行" if len(table.sections) > 10 else ""
        notes.append(f"「{table.sheet}」{some}{more}是小标题，不是党员，下面没有写支部的党员按它编入支部。")
    if table.adopted:
        notes.append(
            f"「{table.sheet}」的列名不常见，按内容认出：{'、'.join(table.adopted)}。不对的，请改列名后再导入。"
        )
    if table.layout.unknown:
        notes.append(f"「{table.sheet}」中没有用到的列：{'、'.join(map(shown, table.layout.unknown))}。")
    if table.layout.not_kept:
        notes.append(
            f"「{table.sheet}」中不读取也不保存的列：{'、'.join(map(shown, table.layout.not_kept))}。"
        )
    if table.second:
        rows = "、".join(map(str, table.second[:10])) + ("等" if len(table.second) > 10 else "")
        notes.append(
            f"「{table.sheet}」第 {rows} 行共 {len(table.second)} 行与上一行是同一个人（一人占两行），每人只算一次。不是的，请补填工号或公民身份号码。"
        )
    if table.vacant:
        rows = "、".join(map(str, table.vacant[:10])) + ("等" if len(table.vacant) > 10 else "")
        notes.append(f"「{table.sheet}」第 {rows} 行写的是职务空缺，不是党员，没有列入。")
    if table.skipped:
        some = "、".join(map(str, table.skipped[:10])) + ("等" if len(table.skipped) > 10 else "")
        notes.append(
            f"「{table.sheet}」第 {some} 行是小计、合计、备注、小标题或重复的表头，共 {len(table.skipped)} 行，没有当作记录。"
        )
    return notes
