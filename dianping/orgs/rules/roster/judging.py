"""From the sheets of a workbook to a judged roster: everything that is wrong, at once."""

from collections.abc import Sequence
from datetime import date

from dianping.base.sheets import SheetLike
from dianping.orgs.rules.roster.book import Book
from dianping.orgs.rules.roster.committees import seat_committees
from dianping.orgs.rules.roster.leaders import compare_with_members, find_double_leaders, read_leaders
from dianping.orgs.rules.roster.members import read_members
from dianping.orgs.rules.roster.organisations import read_organisations
from dianping.orgs.rules.roster.people import find_doubles, find_namesakes, find_rival_secretaries
from dianping.orgs.rules.roster.periods import without_older
from dianping.orgs.rules.roster.problems import MOST_KEPT, Problems
from dianping.orgs.rules.roster.rows import Known, OrganisationRow, Roster
from dianping.orgs.rules.roster.table import Table
from dianping.orgs.rules.roster.workbook import notes_on, tables_of

_NO_KNOWN = Known()


def judge(
    sheets: Sequence[SheetLike],
    *,
    known: Known = _NO_KNOWN,
    today: date | None = None,
    on: date | None = None,
) -> Roster:
    """Read and judge a roster workbook against itself and against what the system already has.

    Sheets are told apart by their headings, not by their names. Dates are held against `today` only
    when it is given; `on` is the day by which a year's probation is over or not. Nothing is raised for a faulty workbook: every fault is a Problem of the roster.
    """
    problems = Problems()
    notes: list[str] = []
    tables, committees = tables_of(sheets, problems, notes)
    if not any(tables.values()) and not problems.kept:
        problems.add(
            "",
            0,
            "",
            "",
            "文件中没有找到名册的表头。党组织表应有组织名称、组织代码、组织类别，党员表应有姓名、所在党支部，"
            "班子成员表应有姓名、职务、分管单位。请补上表头后再导入。",
            code="orgs.roster-without-headings",
        )
    tables["members"] = without_older(tables["members"], problems)
    book = Book(known)
    organisations = read_organisations(tables["organisations"], book, known, problems, today, notes)
    members = [read_members(table, book, notes, today, on) for table in tables["members"]]
    leaders = [read_leaders(table, book, notes) for table in tables["leaders"]]
    seat_committees(committees, [group.rows for group in members], book, problems, notes)
    notes += notes_on([table for group in tables.values() for table in group])
    _tell_empty(tables, problems, notes)
    people = [row for group in members for row in group.rows]
    find_doubles(members)
    find_namesakes(members)
    find_double_leaders(leaders)
    compare_with_members(leaders, people, notes)
    find_rival_secretaries(members, leaders, book)
    _note_tops(organisations, notes)
    notes += book.notes()
    if problems.more:
        notes.append(f"问题太多，这里列出前 {MOST_KEPT} 处，另有 {problems.more} 处没有列出。")
    heads = [row for group in leaders for row in group.rows]
    left_out = [told for group in members for told in group.left_out]
    left_out += [told for group in leaders for told in group.left_out]
    skipped = sorted({number for group in tables.values() for table in group for number in table.passed})
    return Roster(organisations, people, heads, problems.in_order(), notes, left_out, skipped)


def _tell_empty(tables: dict[str, list[Table]], problems: Problems, notes: list[str]) -> None:
    """Sheets with headings and nothing below them: told, and a problem where the whole file is so."""
    every = [table for group in tables.values() for table in group]
    empty = [table for table in every if not table.began]
    for table in empty:
        notes.append(f"「{table.sheet}」只有表头，下面没有一行记录。")
    if every and len(empty) == len(every) and not problems.kept:
        problems.add(
            empty[0].sheet,
            0,
            "",
            "",
            "这张表只有表头，没有填写一名党员，也没有一个党组织，什么也没有读到。请填好以后再导入。",
            code="orgs.roster-empty",
        )


def _note_tops(organisations: list[OrganisationRow], notes: list[str]) -> None:
    tops = [row.name for row in organisations if not row.parent_name]
    if len(tops) > 1:
        some = "、".join(tops[:10]) + ("等" if len(tops) > 10 else "")
        notes.append(f"有 {len(tops)} 个党组织没有上级：{some}。如不是最上级，请补填上级党组织。")
