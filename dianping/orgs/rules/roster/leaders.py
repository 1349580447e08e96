"""Judge the leading group: who leads what, whom he is in charge of, where his contact points are."""

import re
from typing import NamedTuple

from dianping.base.chinese_text import squeezed
from dianping.base.identity import masked
from dianping.base.kinds import of_level
from dianping.orgs.rules.roster.book import Book
from dianping.orgs.rules.roster.members import name_reader, read_identities
from dianping.orgs.rules.roster.organisations import needed
from dianping.orgs.rules.roster.posts import parted, read_posts
from dianping.orgs.rules.roster.problems import CellFault, quoted, shown
from dianping.orgs.rules.roster.rows import LeaderRow, MemberRow
from dianping.orgs.rules.roster.sections import names_a_body
from dianping.orgs.rules.roster.standing import said_by
from dianping.orgs.rules.roster.table import Table, cell_text

# What parts several people in one cell: 王明、李芳, or a line each.
_SEPARATORS = re.compile(r"[、，,；;\r\n]+")
# What a charge begins with: 分管财政所, 协助主管某某支部. (联系某某支部 is no charge.)
_CHARGED = re.compile(r"^(?:协助)?(?:分管|主管|负责|主持)")
# A secretary of another body that sits in the group: 纪委书记, 武装部长.
_OTHER_BODY = re.compile(r"纪委|纪检|党组|党委|党总支|支部|政法委|第一书记")
_BELOW = tuple(kind for level in ("branch", "general_branch") for kind in of_level(level))


class Leaders(NamedTuple):
    """The leader rows of one sheet, with the sheet they came from; who was left out, by name and reason."""

    table: Table
    rows: list[LeaderRow]
    left_out: list[str]


def read_leaders(table: Table, book: Book, notes: list[str]) -> Leaders:
    """All leader rows of one sheet; faults that one row shows by itself go to the table's problems."""
    left_out = _leave_out(table, notes)
    names = needed(table, "name", table.read("name", name_reader(60)))
    organisations = _organisations(table, book)
    in_charge = _named(table, "in_charge", book)
    for at, (named, beside) in enumerate(zip(in_charge, _among_work(table, book, notes), strict=True)):
        in_charge[at] = tuple(dict.fromkeys((*named, *beside)))
    rows = map(
        LeaderRow,
        table.numbers,
        [table.sheet] * len(table),
        names,
        [identity.number for identity in read_identities(table, notes)],
        organisations,
        _own_posts(table, organisations, book, notes),
        in_charge,
        _named(table, "contacts", book),
    )
    return Leaders(table, list(rows), left_out)


def _leave_out(table: Table, notes: list[str]) -> list[str]:
    """Who is no Party member, as 政治面貌 says: told, and not read."""
    said = table.read("politics", said_by)
    out = {at for at, one in enumerate(said) if one and one.kind == "outside"}
    names = table.cells("name")
    told = [f"{shown(names[at])}：{one.text}" for at, one in enumerate(said) if one and at in out]
    notes += [
        f"{table.place(at)}{line}，不是党员，没有列入班子成员。"
        for at, line in zip(sorted(out), told, strict=True)
    ]
    if out:
        table.drop(out)
    return told


def _organisations(table: Table, book: Book) -> list[str]:
    """Where each one sits: his own cell, or what the title names where the sheet has no such column."""
    if "organisation_name" in table.layout.columns:
        return needed(table, "organisation_name", table.read("organisation_name", book.reader()))
    meant = book.committee_meant(table.titles)
    if not meant and len(table):
        table.problems.add(
            table.sheet,
            table.heading_number,
            "所属党组织",
            "",
            f"表头中没有“所属党组织”这一列，表题和表名“{shown(table.titles[0])}”里也看不出是哪个党组织的班子。请补上这一列。",
            code="orgs.column-missing",
        )
    return [meant] * len(table)


def _own_posts(table: Table, organisations: list[str], book: Book, notes: list[str]) -> list[str]:
    """The posts of each row in its own organisation; those in another one, and what is no Party post at all, are told."""
    found, none = [], []
    for at, (written, own) in enumerate(zip(table.texts("post"), organisations, strict=True)):
        parts = parted(squeezed(written))
        other = {part: place for part in parts if (place := _elsewhere(part, own, book))}
        for part, place in other.items():
            notes.append(
                f"{table.place(at)}的“{part}”是{place}的职务，没有记在{own or '这个班子'}。请在{place}的党员或班子成员中写明。"
            )
        found.append("、".join(part for part in parts if part not in other) if other else written)
        if (
            written
            and own
            and not any(read_posts(part) for part in parts)
            and not _OTHER_BODY.search(written)
        ):
            none.append(f"第 {table.numbers[at]} 行“{shown(written)}”")
    if none:
        some = "；".join(none[:20]) + ("等" if len(none) > 20 else "")
        notes.append(f"「{table.sheet}」{some}不是党内职务，只按班子成员记，不作书记、副书记、委员。")
    return found


def _elsewhere(part: str, own: str, book: Book) -> str:
    """The other organisation a post names itself: 检修车间党总支书记."""
    if not read_posts(part):
        return ""
    place = book.named_in(part, _BELOW)
    return place if place and place != own else ""


def _among_work(table: Table, book: Book, notes: list[str]) -> list[tuple[str, ...]]:
    """Organisations named among the work somebody is charged with; the rest of the words is told and not kept."""
    found = []
    for at, cell in enumerate(table.cells("work")):
        names, rest = [], []
        for part in _SEPARATORS.split(cell) if isinstance(cell, str) else []:
            text = _CHARGED.sub("", cell_text(part))
            meant = book.all_named(text) if names_a_body(text) else []
            names += meant
            if text and not meant:
                rest.append(text)
        if rest:
            notes.append(
                f"{table.place(at)}的{table.heading('work')}中“{'、'.join(rest[:8])}”没有记作分管单位：那里只记党组织。"
            )
        found.append(tuple(names))
    return found


def _named(table: Table, field: str, book: Book) -> list[tuple[str, ...]]:
    """The organisations each cell names; every unknown one is a fault of its own."""
    found = []
    for at, cell in enumerate(table.cells(field)):
        names: dict[str, None] = {}
        for part in _SEPARATORS.split(cell) if isinstance(cell, str) else [cell]:
            try:
                text = cell_text(part)
                if text:
                    names |= dict.fromkeys(book.all_named(text) or [book.find(text)])
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
    for table, rows, _ in leaders:
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
    for table, rows, _ in leaders:
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
