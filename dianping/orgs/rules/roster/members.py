"""Judge the members of a workbook, column by column."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import repeat
from typing import NamedTuple

from dianping.base.chinese_text import person_name
from dianping.base.identity import Identity, IdentityFault, IdentityReader, masked
from dianping.base.loose_dates import LooseDate
from dianping.orgs.rules.roster.organisations import Book, needed, read_past_date, word_reader
from dianping.orgs.rules.roster.problems import CellFault, shown
from dianping.orgs.rules.roster.rows import MemberRow
from dianping.orgs.rules.roster.table import Table, cell_text
from dianping.orgs.rules.roster.words import words

YOUNGEST = 16  # years; the charter asks for 18, earlier admissions of history do exist
_NO_IDENTITY = Identity("", date.min, "")


_member_row: Callable[[tuple[object, ...]], MemberRow] = partial(tuple.__new__, MemberRow)


class Members(NamedTuple):
    """The member rows of one sheet, with the sheet they came from."""

    table: Table
    rows: list[MemberRow]


def read_members(table: Table, book: Book, notes: list[str], today: date | None) -> Members:
    """All member rows of one sheet; faults that one row shows by itself go to the table's problems."""
    known = words()
    names = needed(table, "name", table.read("name", name_reader(60)))
    branches = _branches(table, book)
    identities = read_identities(table, notes)
    sexes = table.read("sex", word_reader(known.sexes, "男或女"), "")
    _compare_sexes(table, sexes, identities)
    dates = _Dates(table, today)
    _compare_births(table, dates.born, identities)
    births = [
        identity.born if identity.number else loose.day if loose else None
        for loose, identity in zip(dates.born, identities, strict=True)
    ]
    _compare_dates(table, dates, births)
    standings = table.read("standing", word_reader(known.standings, "正式党员或预备党员"), None)
    mobile = table.read("mobile", word_reader(known.answers, "是或否"), "")
    rows = zip(
        table.numbers,
        repeat(table.sheet),
        names,
        [sex or identity.sex for sex, identity in zip(sexes, identities, strict=True)],
        table.texts("nation"),
        [identity.number for identity in identities],
        births,
        [loose.day if loose else None for loose in dates.joined],
        [loose.day if loose else None for loose in dates.confirmed],
        _standings(table, standings, notes),
        branches,
        table.texts("party_post"),
        table.texts("admin_post"),
        table.texts("employee_no"),
        [answer == "是" for answer in mobile],
        table.texts("mobile_to"),
        strict=False,  # the sheet's name repeats without end
    )
    return Members(table, list(map(_member_row, rows)))


def name_reader(limit: int) -> Callable[[object], str]:
    """Reads a cell holding a person's name of at most `limit` characters."""

    def read(cell: object) -> str:
        if not isinstance(cell, str):
            raise CellFault(f"写的是“{shown(cell)}”，不是姓名。请填写姓名。", code="orgs.not-a-name")
        name = person_name(cell_text(cell))
        if len(name) > limit:
            raise CellFault(
                f"写了 {len(name)} 个字，姓名最多 {limit} 个字。请改正。", code="orgs.name-too-long"
            )
        if name.isdecimal():
            raise CellFault(f"写的是“{shown(name)}”，不是姓名。请填写姓名。", code="orgs.not-a-name")
        return name

    return read


def read_identities(table: Table, notes: list[str]) -> list[Identity]:
    """The identity column; a record without a right number gets an empty one."""
    cells = table.cells("identity")
    found: list[Identity] = []
    old = []
    for at, identity in enumerate(IdentityReader().read_many(cells)):
        if isinstance(identity, IdentityFault):
            hidden = masked(shown(cells[at]))
            table.add(at, "identity", hidden, f"写的是“{hidden}”，{identity}", code=identity.code)
            identity = None
        elif identity and identity.remark:
            old.append(at)
        found.append(identity or _NO_IDENTITY)
    if old:
        rows = "、".join(str(table.numbers[at]) for at in old[:10]) + ("等" if len(old) > 10 else "")
        notes.append(f"「{table.sheet}」第 {rows} 行共 {len(old)} 个号码{found[old[0]].remark}")
    return found


class _Dates:
    """The three date columns of members. A column headed …年月 gives months only, whatever its cells say."""

    def __init__(self, table: Table, today: date | None) -> None:
        self.born = self._read(table, "born", today)
        self.joined = self._read(table, "joined", today)
        self.confirmed = self._read(table, "confirmed", today)

    @staticmethod
    def _read(table: Table, field: str, today: date | None) -> list[LooseDate | None]:
        months_only = table.heading(field).endswith("年月")

        def read(cell: object) -> LooseDate | None:
            found = read_past_date(cell, today)
            return LooseDate(found.day, False) if found and months_only else found

        return table.read(field, read)


def _branches(table: Table, book: Book) -> list[str]:
    if len(book):
        return needed(table, "branch_name", table.read("branch_name", book.branch_reader()))
    if len(table):
        table.problems.add(
            table.sheet,
            table.heading_number,
            table.heading("branch_name"),
            "",
            "本表和系统中都还没有党组织，无法编入党员。请先导入党组织表，或把它放进同一个工作簿。",
            code="orgs.roster-without-organisations",
        )
    return table.texts("branch_name")


def _compare_sexes(table: Table, sexes: list[str], identities: list[Identity]) -> None:
    for at, (sex, identity) in enumerate(zip(sexes, identities, strict=True)):
        if sex and identity.sex and sex != identity.sex:
            table.add(
                at,
                "sex",
                sex,
                f"性别写的是“{sex}”，公民身份号码第 17 位表示“{identity.sex}”，两者应当一致。"
                "请对照身份证改正其中一处。",
                code="orgs.sex-differs",
            )


def _compare_births(table: Table, born: list[LooseDate | None], identities: list[Identity]) -> None:
    for at, (loose, identity) in enumerate(zip(born, identities, strict=True)):
        if loose is None or not identity.number or loose.day == identity.born:
            continue
        same_month = (loose.day.year, loose.day.month) == (identity.born.year, identity.born.month)
        if loose.precise or not same_month:
            table.add(
                at,
                "born",
                loose.day,
                f"出生日期写的是 {loose.day}，公民身份号码中是 {identity.born}，两者应当一致。"
                "请对照身份证改正其中一处。",
                code="orgs.birth-differs",
            )


def _compare_dates(table: Table, dates: _Dates, births: list[date | None]) -> None:
    columns = zip(births, dates.joined, dates.confirmed, strict=True)
    for at, (born, joined, confirmed) in enumerate(columns):
        if joined is None:
            continue
        if born and joined.day.year - born.year <= YOUNGEST and _too_young(born, joined):
            table.add(
                at,
                "joined",
                joined.day,
                f"入党日期是 {joined.day}，出生日期是 {born}，入党时还不满 {YOUNGEST} 岁。"
                "请核对两个日期，改正写错的一个。",
                code="orgs.joined-too-young",
            )
        if confirmed and confirmed.day < joined.day and _earlier(confirmed, joined):
            table.add(
                at,
                "confirmed",
                confirmed.day,
                f"转正日期 {confirmed.day} 早于入党日期 {joined.day}。请核对两个日期，改正写错的一个。",
                code="orgs.confirmed-before-joining",
            )


def _too_young(born: date, joined: LooseDate) -> bool:
    years = joined.day.year - born.year
    if joined.precise:
        return years < YOUNGEST or (joined.day.month, joined.day.day) < (born.month, born.day)
    return years < YOUNGEST or joined.day.month < born.month


def _earlier(one: LooseDate, other: LooseDate) -> bool:
    if one.precise and other.precise:
        return one.day < other.day
    return (one.day.year, one.day.month) < (other.day.year, other.day.month)


def _standings(table: Table, standings: list[str | None], notes: list[str]) -> list[str]:
    blank = standings.count("")
    if blank:
        notes.append(f"「{table.sheet}」有 {blank} 名党员没有填写人员类别，按正式党员处理。")
    return [standing or "full" for standing in standings]
