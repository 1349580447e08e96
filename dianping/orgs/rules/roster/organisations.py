"""Judge the organisations of a workbook, and keep a book of all that exist for whoever refers to one."""

from collections.abc import Callable, Iterator
from datetime import date

from dianping.base.chinese_text import squeezed
from dianping.base.kinds import BRANCH_KINDS
from dianping.base.loose_dates import DateFault, LooseDate, read_loose_date
from dianping.orgs.rules.roster.guesses import Guesses
from dianping.orgs.rules.roster.problems import CellFault, Problems, quoted, shown
from dianping.orgs.rules.roster.rows import Known, OrganisationRow
from dianping.orgs.rules.roster.table import Table, cell_text
from dianping.orgs.rules.roster.tree import MOST_LEVELS, cycles, depths
from dianping.orgs.rules.roster.words import words


class Book:
    """Every organisation of the workbook and the system, by name. Spaces in a name do not tell two apart."""

    def __init__(self, known: Known) -> None:
        self._names = {squeezed(name): name for name in known.organisations}
        self.kind_of = {name: kind for name, (_, kind) in known.organisations.items()}
        self.parent_of: dict[str, str] = {}
        self._guesses: Guesses | None = None

    def __len__(self) -> int:
        return len(self._names)

    def enter(self, row: OrganisationRow) -> None:
        """Add an organisation of the workbook; it stands for the system's own of the same name."""
        self._names[squeezed(row.name)] = row.name
        self.kind_of[row.name] = row.kind

    def find(self, text: str) -> str:
        """The name as its own row writes it; a CellFault with a guess when there is no such organisation."""
        name = self._names.get(squeezed(text))
        if name is None:
            if self._guesses is None:
                self._guesses = Guesses(self._names.values())
            raise CellFault(
                f"写的是“{shown(text)}”，本表和系统中都没有这个党组织；这里应为已有党组织的全称。"
                f"{self._guesses.sentence(squeezed(text))}请改成与党组织表完全一致的名称，或先在党组织表中补上它。",
                code="orgs.name-unknown",
            )
        return name

    def reader(self) -> Callable[[object], str]:
        """Reads a cell naming an organisation: its name as its own row writes it, empty when blank."""

        def read(cell: object) -> str:
            text = cell_text(cell)
            return self.find(text) if text else ""

        return read

    def branch_reader(self) -> Callable[[object], str]:
        """As `reader`, for organisations members may belong to."""

        def read(cell: object) -> str:
            text = cell_text(cell)
            if not text:
                return ""
            name = self.find(text)
            kind = self.kind_of.get(name, "")
            if kind and kind not in BRANCH_KINDS:
                raise CellFault(
                    f"写的是“{shown(text)}”，它是{kind}，党员应编入党支部。请改成这名党员所在党支部的全称。",
                    code="orgs.not-a-branch",
                )
            return name

        return read


def word_reader(accepted: dict[str, str], expected: str = "") -> Callable[[object], str]:
    """Reads a cell that must be one of a few words (or another spelling of one); empty when blank.

    `accepted` leads from every spelling to the word kept; `expected` says in messages what may stand here.
    """
    guesses = Guesses(list(accepted))
    expected = expected or "、".join(dict.fromkeys(accepted.values()))

    def read(cell: object) -> str:
        text = squeezed(cell_text(cell))
        if not text or text in accepted:
            return accepted.get(text, "")
        guess = guesses.nearest(text)
        asked = f"是否指“{accepted[guess]}”？" if guess else ""
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
    tables: list[Table], book: Book, known: Known, problems: Problems, today: date | None
) -> list[OrganisationRow]:
    """All organisation rows of the workbook, entered into the book; faults go to `problems`."""
    found = [(table, list(_rows_of(table, today))) for table in tables]
    flat = [(table, at, row) for table, rows in found for at, row in enumerate(rows)]
    _find_doubles(flat, known)
    for _, _, row in flat:
        if row.name:
            book.enter(row)
    placed = _find_parents(found, book)
    _judge_tree(placed, book, problems)
    return [row for _, _, row in placed]


def _rows_of(table: Table, today: date | None) -> Iterator[OrganisationRow]:
    known = words()
    names = needed(table, "name", table.needed_texts("name"))
    codes = needed(table, "code", table.needed_texts("code"))
    kinds = needed(table, "kind", table.read("kind", word_reader(known.organisation_kinds)))
    units = table.read("unit_kind", word_reader(known.unit_kinds), "")
    founded = table.read("founded", past_date_reader(today))
    for at, number in enumerate(table.numbers):
        yield OrganisationRow(
            number, table.sheet, codes[at], names[at], kinds[at], "", units[at], founded[at]
        )


def past_date_reader(today: date | None) -> Callable[[object], date | None]:
    """Reads dates, and minds that none lies after `today` when that is given."""

    def read(cell: object) -> date | None:
        found = read_past_date(cell, today)
        return found.day if found else None

    return read


def read_past_date(cell: object, today: date | None) -> LooseDate | None:
    """The date of a cell, and a CellFault that quotes the cell when it is none or lies after `today`."""
    try:
        found = read_loose_date(cell)
    except DateFault as fault:
        raise CellFault(f"写的是{quoted(cell)}。{fault}", code=fault.code) from None
    if found and today and found.day > today:
        raise CellFault(
            f"写的是 {found.day}，晚于今天（{today}）。请改成已经到来的日期。", code="orgs.date-in-future"
        )
    return found


def _find_doubles(flat: list[tuple[Table, int, OrganisationRow]], known: Known) -> None:
    names = {squeezed(name): (code, "系统") for name, (code, _) in known.organisations.items()}
    codes = {code: squeezed(name) for name, (code, _) in known.organisations.items() if code}
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
            if key in names and row.code and names[key][0] and names[key][0] != row.code:
                table.add(
                    at,
                    "code",
                    row.code,
                    f"系统中{quoted(row.name)}的代码是“{names[key][0]}”，本表写的是“{row.code}”。"
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
