"""Judge the leading group: who leads what, whom he is in charge of, where his contact points are."""

import re
from typing import NamedTuple

from dianping.base.identity import masked
from dianping.orgs.rules.roster.book import Book
from dianping.orgs.rules.roster.members import name_reader, read_identities
from dianping.orgs.rules.roster.organisations import needed
from dianping.orgs.rules.roster.problems import CellFault, quoted
from dianping.orgs.rules.roster.rows import LeaderRow, MemberRow
from dianping.orgs.rules.roster.table import Table, cell_text

# What parts several people in one cell: 王明、李芳, or a line each.
_SEPARATORS = re.compile(r"[、，,；;\r\n]+")


class Leaders(NamedTuple):
    """The leader rows of one sheet, with the sheet they came from."""

    table: Table
    rows: list[LeaderRow]


def read_leaders(table: Table, book: Book, notes: list[str]) -> Leaders:
    """All leader rows of one sheet; faults that one row shows by itself go to the table's problems."""
    names = needed(table, "name", table.read("name", name_reader(60)))
    organisations = needed(table, "organisation_name", table.read("organisation_name", book.reader()))
    rows = map(
        LeaderRow,
        table.numbers,
        [table.sheet] * len(table),
        names,
        [identity.number for identity in read_identities(table, notes)],
        organisations,
        table.texts("post"),
        _named(table, "in_charge", book),
        _named(table, "contacts", book),
    )
    return Leaders(table, list(rows))


def _named(table: Table, field: str, book: Book) -> list[tuple[str, ...]]:
    """The organisations each cell names; every unknown one is a fault of its own."""
    found = []
    for at, cell in enumerate(table.cells(field)):
        names: dict[str, None] = {}
        for part in _SEPARATORS.split(cell) if isinstance(cell, str) else [cell]:
            try:
                text = cell_text(part)
                if text:
                    names[book.find(text)] = None
            except CellFault as fault:
                table.add(at, field, part, fault.sentence, code=fault.code)
        found.append(tuple(names))
    return found


def compare_with_members(leaders: list[Leaders], members: list[MemberRow], notes: list[str]) -> None:
    """Find each leader among the members: by number, and only without one by name."""
    if not leaders or not members:
        return
    by_number = {row.identity: row for row in members if row.identity}
    by_name: dict[str, list[MemberRow]] = {}
    wanted = {row.name for group in leaders for row in group.rows}
    for member in members:
        if member.name in wanted:
            by_name.setdefault(member.name, []).append(member)
    for table, rows in leaders:
        strangers = []
        for at, row in enumerate(rows):
            if row.identity:
                _compare_names(table, at, row, by_number.get(row.identity))
                found: bool | list[MemberRow] = row.identity in by_number
            else:
                found = by_name.get(row.name, [])
                if len(found) > 1:
                    places = "、".join(f"「{one.sheet}」第 {one.row} 行" for one in found[:5])
                    table.add(
                        at,
                        "identity",
                        "",
                        f"党员中有 {len(found)} 人叫{quoted(row.name)}（{places}），分不清是哪一位。"
                        "请填写公民身份号码。",
                        code="orgs.leader-ambiguous",
                    )
            if not found and row.name:
                strangers.append(row.name)
        if strangers:
            some = "、".join(strangers[:10]) + ("等" if len(strangers) > 10 else "")
            notes.append(f"「{table.sheet}」中 {some} 共 {len(strangers)} 人不在本次党员名单中。")


def _compare_names(table: Table, at: int, row: LeaderRow, member: MemberRow | None) -> None:
    if member and row.name and member.name and row.name != member.name:
        table.add(
            at,
            "name",
            row.name,
            f"公民身份号码 {masked(row.identity)} 在「{member.sheet}」第 {member.row} 行属于{quoted(member.name)}，"
            f"这里写的是{quoted(row.name)}。请改正姓名或号码。",
            code="orgs.number-of-another",
        )


def find_double_leaders(leaders: list[Leaders]) -> None:
    """One number under two names, and one organisation in the charge of two leaders."""
    names: dict[str, tuple[str, str]] = {}
    charges: dict[str, tuple[str, str]] = {}
    for table, rows in leaders:
        for at, row in enumerate(rows):
            name, place = names.setdefault(row.identity, (row.name, table.place(at)))
            if row.identity and name != row.name:
                table.add(
                    at,
                    "identity",
                    masked(row.identity),
                    f"与{place}{quoted(name)}的公民身份号码相同，姓名却不同。请改正姓名或号码。",
                    code="orgs.number-under-two-names",
                )
            for organisation in row.in_charge:
                person = row.identity or row.name
                other, place = charges.setdefault(organisation, (person, table.place(at)))
                if other != person:
                    table.add(
                        at,
                        "in_charge",
                        organisation,
                        f"{quoted(organisation)}已由{place}的领导分管，一个单位只能由一位领导分管。"
                        "请改正其中一处。",
                        code="orgs.charge-of-two",
                    )
