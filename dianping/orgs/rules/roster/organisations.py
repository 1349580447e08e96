"""Judge the organisations of a workbook."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from dianping.base.chinese_text import squeezed
from dianping.base.kinds import told_by
from dianping.orgs.rules.roster.book import Book
from dianping.orgs.rules.roster.dates import past_date_reader
from dianping.orgs.rules.roster.guesses import Guesses
from dianping.orgs.rules.roster.made import with_codes
from dianping.orgs.rules.roster.problems import CellFault, Problems, quoted, shown
from dianping.orgs.rules.roster.rows import Known, OrganisationRow
from dianping.orgs.rules.roster.table import Table, cell_text
from dianping.orgs.rules.roster.tree import MOST_LEVELS, cycles, depths
from dianping.orgs.rules.roster.words import words

_STEP = 4  # characters of one step in a place


# A code before a word: 1-男, 631-党支部.
_CODE = re.compile(r"^[0-9A-Z]{1,4}[-—－]+(?=[^0-9])")


def word_reader(accepted: dict[str, str], expected: str = "") -> Callable[[object], str]:
    """Reads a cell that must be one of a few words (or another spelling of one); empty when blank.

    `accepted` leads from every spelling to the word kept; `expected` says in messages what may stand here.
    """
    guesses = Guesses(list(accepted))
    expected = expected or "、".join(dict.fromkeys(accepted.values()))

    def read(cell: object) -> str:
        text = squeezed(cell_text(cell))
        text = text if text in accepted else _CODE.sub("", text)
        if not text or text in accepted:
            return accepted.get(text, "")
        guess = guesses.nearest(text)
        kept = accepted.get(guess, "")
        asked = f"是否指“{guess if kept.isascii() else kept}”？" if guess else ""  # never a word of ours
        raise CellFault(
            f"写的是“{shown(text)}”，这里应为{expected}。{asked}请改成其中之一。",
            code="orgs.word-not-expected",
        )

    return read


def needed(table: Table, field: str, values: list[str | None]) -> list[str]:
    """The values with a fault for every blank one; None, a cell that is faulty already, becomes blank."""
    if field in table.layout.columns and "" in values:  # a missing column was said once, for the heading
        title = table.heading(field)
        for at, value in enumerate(values):
            if value == "":
                table.add(at, field, "", f"“{title}”是空白的，这里必须填写。请补上。", code="orgs.cell-empty")
    return [value or "" for value in values]


def read_organisations(
    tables: list[Table], book: Book, known: Known, problems: Problems, today: date | None, notes: list[str]
) -> list[OrganisationRow]:
    """All organisation rows of the workbook, entered into the book; faults go to `problems`, what was made up to `notes`."""
    found = [(table, list(_rows_of(table, today))) for table in tables]
    for _, rows in found:
        for row in rows:
            if row.name:
                book.enter(row)
    book.settle(row for _, rows in found for row in rows)
    placed = _find_parents(found, book)
    placed = _supply(placed, book, known, notes)
    _find_doubles(placed, known)
    _judge_tree(placed, book, problems)
    return [row for _, _, row in placed]


def _rows_of(table: Table, today: date | None) -> Iterator[OrganisationRow]:
    known = words()
    names = needed(table, "name", table.needed_texts("name"))
    # A list that has no codes at all gets them from the system; a single blank one among others was forgotten.
    codes = _needed_unless_blank(table, "code", table.needed_texts("code"))
    kinds = _needed_unless_blank(table, "kind", table.read("kind", word_reader(known.organisation_kinds)))
    units = table.read("unit_kind", word_reader(known.unit_kinds), "")
    founded = table.read("founded", past_date_reader(today))
    for at, number in enumerate(table.numbers):
        yield OrganisationRow(
            number, table.sheet, codes[at], names[at], kinds[at], "", units[at], founded[at]
        )


def _needed_unless_blank(table: Table, field: str, values: list[str | None]) -> list[str]:
    """As `needed`; but a column without a single value is one the sheet does not have."""
    return needed(table, field, values) if any(values) or None in values else [""] * len(values)


def _supply(
    placed: list[tuple[Table, int, OrganisationRow]], book: Book, known: Known, notes: list[str]
) -> list[tuple[Table, int, OrganisationRow]]:
    """Codes and kinds for lists that have none; every one made up is told, for a look before it is written."""
    codeless = {id(table) for table, _, row in placed if row.code} ^ {id(table) for table, _, _ in placed}
    kindless = {id(table) for table, _, row in placed if row.kind} ^ {id(table) for table, _, _ in placed}
    if not codeless and not kindless:
        return placed
    rows = []
    for table, at, row in placed:
        if row.name and id(table) in kindless:
            kind = known.organisations.get(row.name, ("", ""))[1]
            kind = kind or told_by(squeezed(row.name), top=not row.parent_name)
            if not kind:
                table.add(
                    at,
                    "kind",
                    "",
                    f"从名称{quoted(row.name)}看不出组织类别。请加一列“组织类别”并填写。",
                    code="orgs.kind-not-told",
                )
            row = row._replace(kind=kind)
            book.enter(row)
        rows.append(row)
    before = {row.name: row.code for row in rows}
    if codeless:
        rows = with_codes(rows, known.organisations, [row.code for row in rows if row.code])
    new = [row for row in rows if row.name and row.name not in known.organisations]
    made = [f"{row.name} {row.code}" for row in new if not before[row.name]]
    if made:
        notes.append(f"名册里没有组织代码，系统编了 {len(made)} 个，写入后不再改：{_some(made)}。请核对。")
    guessed = [
        f"{row.name}是{row.kind}"
        for (table, _, _), row in zip(placed, rows, strict=True)
        if row in new and id(table) in kindless
    ]
    if guessed:
        notes.append(
            f"名册里没有组织类别，按名称推断了 {len(guessed)} 个：{_some(guessed)}。不对的，请加一列“组织类别”写明后再导入。"
        )
    return [(table, at, row) for (table, at, _), row in zip(placed, rows, strict=True)]


def _some(texts: list[str]) -> str:
    return "、".join(texts[:60]) + ("等" if len(texts) > 60 else "")


def _find_doubles(flat: list[tuple[Table, int, OrganisationRow]], known: Known) -> None:
    names = {squeezed(name): [code] for name, (code, _) in known.organisations.items()}
    names |= {squeezed(name): [code for code, _ in several] for name, several in known.more.items()}
    codes = {code: squeezed(name) for name, (code, _) in known.organisations.items() if code}
    codes |= {code: squeezed(name) for name, several in known.more.items() for code, _ in several}
    name_at = known.names()
    first_name: dict[str, str] = {}
    first_code: dict[str, str] = {}
    for table, at, row in flat:
        key = squeezed(row.name)
        if key in first_name:
            table.add(
                at,
                "name",
                row.name,
                f"{first_name[key]}已有同名的党组织{quoted(row.name)}，名称不能重复。"
                "请删去重复的一行，或在名称前加上所属单位以便区分。",
                code="orgs.name-twice",
            )
        elif row.name:
            first_name[key] = table.place(at)
            other = _same_place(row, names.get(key, []), known, name_at)
            if other:
                table.add(
                    at,
                    "code",
                    row.code,
                    f"系统中{quoted(row.name)}的代码是“{other}”，本表写的是“{row.code}”。"
                    "请改成系统中的代码；如是另一个党组织，请改用不同的名称。",
                    code="orgs.code-differs",
                )
        if row.code in first_code:
            table.add(
                at,
                "code",
                row.code,
                f"{first_code[row.code]}已用了代码“{row.code}”，代码不能重复。请改正其中一个。",
                code="orgs.code-twice",
            )
        elif row.code:
            first_code[row.code] = table.place(at)
            if row.name and codes.get(row.code, key) != key:
                table.add(
                    at,
                    "code",
                    row.code,
                    f"系统中代码“{row.code}”属于“{codes[row.code]}”，本表写给了{quoted(row.name)}。"
                    "请改正代码；如是改名，请先在系统中改名再导入。",
                    code="orgs.code-of-another",
                )


def _same_place(row: OrganisationRow, held: list[str], known: Known, name_at: dict[str, str]) -> str:
    """The code under which the system knows an organisation of this name below this superior, when the row gives another.

    One of the same name below another superior is another organisation: every county has its 机关第一党支部.
    """
    if not row.code or row.code in held:
        return ""
    for code in held:
        place = known.paths.get(code, "")
        if code and (not place or squeezed(name_at.get(place[:-_STEP], "")) == squeezed(row.parent_name)):
            return code
    return ""


def _find_parents(
    found: list[tuple[Table, list[OrganisationRow]]], book: Book
) -> list[tuple[Table, int, OrganisationRow]]:
    placed = []
    for table, rows in found:
        parents = table.read("parent_name", book.reader(), "")
        for at, (row, parent) in enumerate(zip(rows, parents, strict=True)):
            placed.append((table, at, row._replace(parent_name=parent)))
            if row.name and parent:
                book.parent_of.setdefault(row.name, parent)
    return placed


def _judge_tree(placed: list[tuple[Table, int, OrganisationRow]], book: Book, problems: Problems) -> None:
    where: dict[str, tuple[Table, int]] = {}
    for table, at, row in placed:
        where.setdefault(row.name, (table, at))
    for ring in cycles(book.parent_of):
        table, at = where[ring[0]]
        chain = " → ".join(shown(name) for name in (*ring, ring[0]))
        table.add(
            at,
            "parent_name",
            book.parent_of[ring[0]],
            f"{quoted(ring[0])}的上级党组织写成了它自己。请改成真正的上级；最上级的党组织请留空。"
            if len(ring) == 1
            else f"上级关系绕成了一圈：{chain}。请改正其中一个党组织的上级。",
            code="orgs.parents-in-a-ring",
        )
    for name, depth in depths(book.parent_of):
        if depth == MOST_LEVELS + 1 and name in where:
            table, at = where[name]
            table.add(
                at,
                "parent_name",
                book.parent_of[name],
                f"{quoted(name)}在第 {depth} 层，党组织最多 {MOST_LEVELS} 层。请检查上级党组织是否写错。",
                code="orgs.too-deep",
            )
