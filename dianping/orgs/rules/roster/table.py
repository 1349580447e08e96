"""A sheet as columns of read values. Each distinct cell is read once, so a hundred thousand rows stay cheap."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar, overload

from dianping.base.chinese_text import clean, is_blank, joined_han, squeezed, unwrapped
from dianping.base.coded import CodedFault
from dianping.base.sheets import SheetLike
from dianping.orgs.rules.roster.feet import (
    begins_no_record,
    is_doubtful,
    is_total,
    is_vacancy,
    says_something,
    stands_alone,
)
from dianping.orgs.rules.roster.headings import Column, Layout, plain_heading
from dianping.orgs.rules.roster.problems import CellFault, Problems, quoted, shown
from dianping.orgs.rules.roster.words import Field, words

# The same as above: 〃, 同上, and the quotes people put for it.
_DITTO = frozenset(
    {"〃", "″", '"', "''", "””", "“”", "同上", "仝上", "同前", "-〃-", "〃〃", "″″", "…", "∥", "‖"}
)
# What tells two people of one name apart: with any of these a second row is asked about.
_TELLING = frozenset({"identity", "employee_no", "born", "joined", "confirmed"})
_OWN = frozenset({"name", "identity", "employee_no"})  # never the same as above
R = TypeVar("R")
B = TypeVar("B")


class Table:
    """The records of one sheet: `numbers[i]` is the row number of record i, as the spreadsheet shows it."""

    def __init__(
        self,
        sheet: SheetLike,
        layout: Layout,
        problems: Problems,
        *,
        titles: Sequence[str] = (),
        sections: Mapping[int, str] | None = None,
        part: tuple[int, int] | None = None,
    ) -> None:
        self.sheet = sheet.name
        self.layout = layout
        self.problems = problems
        self.skipped: list[int] = []
        self.vacant: list[int] = []  # rows about a post nobody holds
        self.adopted: list[str] = []  # columns read by what their cells say
        self.heading_number = sheet.first_row + layout.heading_row
        # By row number, what the rows between the records say.
        self.sections = {sheet.first_row + at: text for at, text in (sections or {}).items()}
        # What stands over the headings, line by line, and the sheet's name.
        self.titles = [*titles, sheet.name]
        self.numbers, rows = self._records(sheet, part)
        self.passed = sorted({*self.skipped, *self.vacant, *self.sections})
        self.second: list[int] = []  # rows that go on with the person above
        if layout.kind == "members":
            rows = self._one_a_person(rows)
        self.began = len(rows)  # records before any is left out
        self._cells = _transposed(rows)

    def drop(self, records: set[int]) -> None:
        """Leave some records out: they are no longer asked about."""
        kept = [at for at in range(len(self)) if at not in records]
        self.numbers = [self.numbers[at] for at in kept]
        self._cells = [tuple(column[at] for at in kept) for column in self._cells]

    def section_of(self) -> list[tuple[int, str]]:
        """For every record the row number and text of the section it stands in; (0, "") before the first."""
        starts = sorted(self.sections)
        found, at, current = [], 0, (0, "")
        for number in self.numbers:
            while at < len(starts) and starts[at] < number:
                current = (starts[at], self.sections[starts[at]])
                at += 1
            found.append(current)
        return found

    def __len__(self) -> int:
        return len(self.numbers)

    def cells(self, field: str) -> Sequence[object]:
        """The cells of a field as they stand; blanks when the sheet has no such column."""
        column = self.layout.columns.get(field)
        if column is None or column.at >= len(self._cells):
            return ("",) * len(self)
        cells = self._cells[column.at]
        if field in _OWN or not any(isinstance(cell, str) and cell.strip() in _DITTO for cell in set(cells)):
            return cells
        return _carried_down(cells)

    def spare(self) -> list[Column]:
        """Columns nobody knows that stand among those that are known: no empty heading between."""
        known = {column.at for column in self.layout.columns.values()}
        headings = self.layout.headings
        found, at = [], min(known)
        while at < len(headings) and (headings[at] or at < max(known)):
            if at not in known and headings[at] and plain_heading(headings[at]) not in words().not_kept:
                found.append(Column(words().fields[self.layout.kind]["name"], at, headings[at]))
            at += 1
        return found

    def cells_of(self, column: Column) -> Sequence[object]:
        """The cells of a spare column."""
        return self._cells[column.at] if column.at < len(self._cells) else ("",) * len(self)

    def adopt(self, column: Column, field: str) -> None:
        """Read a spare column as a field."""
        self.layout.columns[field] = column._replace(field=words().fields[self.layout.kind][field])
        self.adopted.append(f"“{column.heading}”按“{words().fields[self.layout.kind][field].title}”读")
        if column.heading in self.layout.unknown:
            self.layout.unknown.remove(column.heading)

    def heading(self, field: str) -> str:
        """The heading of a field as the sheet writes it; its ordinary title when it has none."""
        column = self.layout.columns.get(field)
        return column.heading if column else words().fields[self.layout.kind][field].title

    @overload
    def read(self, field: str, read: Callable[[object], R]) -> list[R | None]: ...
    @overload
    def read(self, field: str, read: Callable[[object], R], blank: B) -> list[R | B]: ...
    def read(
        self, field: str, read: Callable[[object], R], blank: B | None = None
    ) -> list[R | B] | list[R | None]:
        """All cells of a field through `read`, which raises a CodedFault for a faulty cell.

        A faulty cell becomes a problem and counts as `blank` afterwards.
        """
        cells = self.cells(field)
        memo = _Memo(read)
        values: list[Any] = list(map(memo.__getitem__, cells))
        if memo.faulty:
            for at, value in enumerate(values):
                if type(value) is _Faulty:
                    self.add(at, field, value.shown or cells[at], value.sentence, code=value.code)
                    values[at] = blank
        return values

    def texts(self, field: str) -> list[str]:
        """All cells of a field as clean text, blank marks and faulty cells as empty text."""
        return [text or "" for text in self.needed_texts(field)]

    def needed_texts(self, field: str) -> list[str | None]:
        """As `texts`, with None for a faulty cell, so that `needed` does not call it blank as well."""
        return self.read(field, text_reader(words().fields[self.layout.kind][field]))

    def add(self, record: int, field: str, found: object, message: str, *, code: str) -> None:
        """Note a fault of one record."""
        self.problems.add(self.sheet, self.numbers[record], self.heading(field), found, message, code=code)

    def place(self, record: int) -> str:
        """`「党员」第 12 行`."""
        return f"「{self.sheet}」第 {self.numbers[record]} 行"

    def _records(
        self, sheet: SheetLike, part: tuple[int, int] | None
    ) -> tuple[list[int], list[Sequence[object]]]:
        first = self.layout.heading_row + 1
        name = self.layout.columns["name"]
        body = sheet.rows[first:]
        numbers: Sequence[int] = range(sheet.first_row + first, sheet.first_row + first + len(body))
        if self.sections or not all(body):
            kept = [
                (number, row)
                for number, row in zip(numbers, body, strict=True)
                if row and number not in self.sections
            ]
            numbers, body = [number for number, _ in kept], [row for _, row in kept]
        whole = body
        if part is not None:
            body = [row[part[0] : part[1]] for row in body]
        if any(len(row) <= name.at for row in body):
            body = [[*row, *[""] * (name.at + 1 - len(row))] for row in body]
        memo = _Memo(lambda cell: is_doubtful(cell, name.heading))
        doubts = list(map(memo.__getitem__, map(itemgetter(name.at), body)))
        totals = _Memo(is_total)
        doubts = [doubt or totals[row[0]] for doubt, row in zip(doubts, body, strict=True)]
        if not any(doubts):
            return list(numbers), list(body)
        records = [
            (number, row)
            for number, row, doubt, line in zip(numbers, body, doubts, whole, strict=True)
            if not doubt or self._is_record(number, row, line)
        ]
        return [number for number, _ in records], [row for _, row in records]

    def _one_a_person(self, rows: list[Sequence[object]]) -> list[Sequence[object]]:
        """The rows without those that repeat the person above in every column that is read and differ in words elsewhere only.

        A ledger gives each person two rows (应缴, 实缴), his name written once over both.
        """
        read = sorted(column.at for column in self.layout.columns.values())
        spare = [column.at for column in self.spare()]
        if not spare or _TELLING & self.layout.columns.keys():
            return rows
        kept: list[int] = []
        for at, row in enumerate(rows):
            above = rows[at - 1] if at else ()
            again = (
                at
                and self.numbers[at] == self.numbers[at - 1] + 1
                and _cells(row, read) == _cells(above, read)
            )
            if again and _words(row, spare) != _words(above, spare):
                self.second.append(self.numbers[at])
            else:
                kept.append(at)
        self.numbers = [self.numbers[at] for at in kept]
        return [rows[at] for at in kept]

    def _is_record(self, number: int, row: Sequence[object], line: Sequence[object]) -> bool:
        """Whether a doubtful row is a record after all; totals, remarks and repeated headings are noted."""
        name = self.layout.columns["name"]
        if (
            begins_no_record(line)
            or plain(row, name.at) == squeezed(name.heading)
            or stands_alone(row, name.at)
        ):
            self.skipped.append(number)
            return False
        if is_vacancy(row, name.at):
            self.vacant.append(number)
            return False
        if any(
            column.at < len(row) and not _is_empty(row[column.at]) for column in self.layout.columns.values()
        ):
            return True
        if says_something(row):
            self.skipped.append(number)
        return False


def _cells(row: Sequence[object], places: Sequence[int]) -> list[object]:
    return [row[at] if at < len(row) else "" for at in places]


def _words(row: Sequence[object], places: Sequence[int]) -> list[object]:
    return [cell for cell in _cells(row, places) if isinstance(cell, str)]


def text_reader(field: Field) -> Callable[[object], str]:
    """A function from a cell to clean text, for `Table.read`."""

    def read(cell: object) -> str:
        text = cell_text(cell)
        if len(text) > field.limit:
            raise CellFault(
                f"写了 {len(text)} 个字，这里最多 {field.limit} 个字。请改短。", code="orgs.text-too-long"
            )
        return text

    return read


def cell_text(cell: object) -> str:
    """A cell as clean text; whole numbers without a decimal point; empty for blank marks.

    An error value such as #N/A is a fault: nobody meant it.
    """
    if isinstance(cell, str):
        cell = unwrapped(cell)
        if cell[:1] in ("'", "’", "‘") and cell[1:2].isdigit():  # keeps a number as text: '0012
            cell = cell[1:]
        if cell[:1] == "#":
            raise CellFault(
                f"单元格里是错误值{quoted(cell)}，多半是公式没有算出结果。请改成直接填写的内容。",
                code="orgs.error-value",
            )
        return "" if is_blank(cell) else joined_han(cell)
    if isinstance(cell, float) and abs(cell) >= 2**53:
        raise CellFault(
            "单元格里的号码被表格存成了数字，末尾的数字已经丢失。请把这一列设为文本格式后重新填写。",
            code="orgs.number-digits-lost",
        )
    return shown(cell)


def plain(row: Sequence[object], at: int) -> str:
    """The cell without any space, empty when it is no text or the row is too short."""
    cell = row[at] if at < len(row) else ""
    return squeezed(cell) if isinstance(cell, str) else ""


def _carried_down(cells: Sequence[object]) -> tuple[object, ...]:
    """Every 同上 replaced by what stands above it; the first of a column has nothing above and stays."""
    found: list[object] = []
    for cell in cells:
        same = isinstance(cell, str) and clean(cell) in _DITTO and found
        found.append(found[-1] if same else cell)
    return tuple(found)


class _Faulty:
    __slots__ = ("code", "sentence", "shown")

    def __init__(self, fault: CodedFault) -> None:
        self.sentence, self.code = fault.sentence, fault.code
        self.shown = getattr(fault, "shown", "")


class _Memo(dict[Any, Any]):
    """Reads a cell the first time it is met; what is raised is kept in its place."""

    def __init__(self, read: Callable[[object], object]) -> None:
        self._read = read
        self.faulty = False

    def __missing__(self, cell: object) -> object:
        try:
            found = self._read(cell)
        except CodedFault as fault:
            self.faulty = True
            found = _Faulty(fault)
        self[cell] = found
        return found


def _is_empty(cell: object) -> bool:
    return isinstance(cell, str) and is_blank(cell)


def _transposed(rows: list[Sequence[object]]) -> list[tuple[object, ...]]:
    widths = set(map(len, rows))
    if len(widths) > 1:
        width = max(widths)
        rows = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
    return list(zip(*rows, strict=True))
