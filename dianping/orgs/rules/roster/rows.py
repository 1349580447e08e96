"""What a judged roster consists of: plain tuples with names, so that a hundred thousand travel quickly."""

import gc
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from dianping.base.sheets import Problem


class OrganisationRow(NamedTuple):
    """One Party organisation. `kind` and `unit_kind` are the kept words (`unit_kind` may be empty).

    `parent_name` is the parent's name as its own row (or the system) writes it, empty at the top.
    """

    row: int
    sheet: str
    code: str
    name: str
    kind: str
    parent_name: str
    unit_kind: str
    founded: date | None


class MemberRow(NamedTuple):
    """One member. `identity` has 18 digits or is empty; `sex` and `born` are taken from it when blank.

    `standing` is "full" or "probationary"; `branch_name` is the branch's name as its own row writes it.
    """

    row: int
    sheet: str
    name: str
    sex: str
    nation: str
    identity: str
    born: date | None
    joined: date | None
    confirmed: date | None
    standing: str
    branch_name: str
    party_post: str
    admin_post: str
    employee_no: str
    mobile: bool
    mobile_to: str


class LeaderRow(NamedTuple):
    """One member of a leading group, with the organisations in his charge and his contact points."""

    row: int
    sheet: str
    name: str
    identity: str
    organisation_name: str
    post: str
    in_charge: tuple[str, ...]
    contacts: tuple[str, ...]


class Known(NamedTuple):
    """What the system already has: name of each organisation -> (code, kind).

    `more`: of names that stand several times, every (code, kind). `paths`: the place of each code. `region`: where the file is
    at home when that is known beforehand: of several of one name the one there is meant.
    """

    organisations: Mapping[str, tuple[str, str]] = {}
    more: Mapping[str, tuple[tuple[str, str], ...]] = {}
    paths: Mapping[str, str] = {}
    region: str = ""

    def names(self) -> dict[str, str]:
        """The name at each place."""
        by_code = {code: name for name, (code, _) in self.organisations.items()}
        by_code |= {code: name for name, several in self.more.items() for code, _ in several}
        return {path: by_code[code] for code, path in self.paths.items() if code in by_code}


class Roster(NamedTuple):
    """A judged workbook. Only a roster without problems may be written; `notes` are sentences to show.

    Rows with problems are in the lists too, with the faulty values left blank, so that counts are whole. `left_out` tells
    who is no member (`某某：群众`), `skipped` the numbers of rows that are totals, remarks, headings within the list or repeated ones.
    """

    organisations: list[OrganisationRow]
    members: list[MemberRow]
    leaders: list[LeaderRow]
    problems: list[Problem]
    notes: list[str]
    left_out: list[str] = []  # noqa: RUF012 - a default of a tuple, never written to
    skipped: list[int] = []  # noqa: RUF012

    def __reduce__(self) -> tuple[object, ...]:
        """Travel column by column and with days as numbers: ten times quicker than row by row."""
        tables: list[Sequence[tuple[object, ...]]] = [
            self.organisations,
            self.members,
            self.leaders,
            self.problems,
        ]
        columns = map(_packed, _KINDS, tables)
        return _roster_from_columns, (*columns, self.notes, self.left_out, self.skipped)


_Kind = type[OrganisationRow] | type[MemberRow] | type[LeaderRow] | type[Problem]
_KINDS: tuple[_Kind, ...] = (OrganisationRow, MemberRow, LeaderRow, Problem)
_DAYS = {"founded", "born", "joined", "confirmed"}


def _packed(kind: _Kind, rows: Sequence[tuple[object, ...]]) -> list[tuple[Any, ...]]:
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True))
    for at, field in enumerate(kind._fields if rows else ()):
        if field in _DAYS:
            numbers = {day: day.toordinal() if day else None for day in set(columns[at])}
            columns[at] = tuple(map(numbers.__getitem__, columns[at]))
    return columns


def _unpacked(kind: _Kind, columns: list[Iterable[Any]]) -> list[Any]:
    for at, field in enumerate(kind._fields if columns else ()):
        if field in _DAYS:
            days = {number: date.fromordinal(number) if number else None for number in set(columns[at])}
            columns[at] = map(days.__getitem__, columns[at])
    return list(map(partial(tuple.__new__, kind), zip(*columns, strict=True)))


def _roster_from_columns(*packed: Any) -> Roster:
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand new rows, none of them garbage, would be looked through again and again
    try:
        rows = [_unpacked(kind, columns) for kind, columns in zip(_KINDS, packed, strict=False)]
    finally:
        if collecting:
            gc.enable()
    return Roster(rows[0], rows[1], rows[2], rows[3], *packed[4:])
