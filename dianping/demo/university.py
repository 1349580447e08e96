"""An invented university to try the system with: 214 organisations, 4,278 members, 13 leaders.

Run as ``python dianping/demo/university.py OUT.xlsx`` or call `write_university(path)`. The same bytes come out
every time. Nobody in it exists: names are drawn from lists, and every identity number carries the region
990000, which was never issued.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain, cycle
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

if not __package__:  # started as a script: the project's folder is not yet on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dianping.demo import words
from dianping.demo.people import Member, People, identity_number, years_after

MOBILE = 76
BRANCH_SIZE, SPREAD = 22, 6
UNIVERSITY = "中共明川大学委员会"


class Seat(NamedTuple):
    """Where a member of the cast is found: identity number, and the branch he or she is a member of."""

    number: str
    where: str


@dataclass(frozen=True)
class SampleOrganisation:
    """A row of 党组织; `kind` is 基层党委, 二级党委, 党总支, 直属党支部 or 党支部."""

    name: str
    code: str
    kind: str
    above: str
    founded: date
    short: str  # the unit's everyday name, as in 文学院
    people: str = ""  # a branch's people: staff, undergraduate, postgraduate, retired; else empty


LETTERS, CHEMISTRY, OFFICES = "文学院教工第一党支部", "化学学院教工第一党支部", "机关第一党支部"


def _cast_member(
    name: str, sex: str, born: date, joined: date, branch: str, post: str = "", office: str = ""
) -> Member:
    number = identity_number(born, 317 if sex == "男" else 318)
    return Member(name, sex, number, born, "硕士研究生", joined, branch, post, office)


CAST_MEMBERS = [
    _cast_member("甘棠", "男", date(1954, 4, 12), date(1976, 7, 1), OFFICES, "党委委员", "党委书记"),
    _cast_member("祁文澜", "女", date(1960, 9, 3), date(1985, 6, 20), LETTERS, "党委书记", "文学院副院长"),
    _cast_member("宁致远", "男", date(1968, 2, 25), date(1992, 5, 30), LETTERS, "党支部书记"),
    _cast_member("冉一清", "女", date(1979, 11, 8), date(2003, 6, 18), LETTERS),
    _cast_member("宁晓岚", "女", date(1982, 3, 19), date(2006, 12, 5), LETTERS),
    _cast_member("高远", "男", date(1976, 8, 27), date(2001, 4, 16), LETTERS),
    _cast_member("边子昂", "男", date(1970, 10, 14), date(1995, 11, 2), CHEMISTRY, "党支部书记"),
]
CAST = {member.name: Seat(member.number, member.branch) for member in CAST_MEMBERS}


def organisations() -> list[SampleOrganisation]:
    """The 214 organisations, every superior before its subordinates."""
    rows = [SampleOrganisation(UNIVERSITY, "MC000", "基层党委", "", date(1962, 9, 1), "")]
    names = [*words.COMMITTEES, *words.GENERAL_COLLEGES, *words.GENERAL_OFFICES, *words.DIRECT]
    for place, short in enumerate(names, start=1):
        kind, ending, people = "党总支", "总支部委员会", ""
        if short in words.COMMITTEES:
            kind, ending = "二级党委", "委员会"
        elif short in words.DIRECT:
            kind, ending, people = "直属党支部", "直属支部委员会", "staff"
        name, founded = f"中共明川大学{short}{ending}", date(1980 + place, 9, 1)
        unit = SampleOrganisation(name, f"MC{place:03d}", kind, UNIVERSITY, founded, short, people)
        rows += [unit, *(_branches(unit) if not people else ())]
    return rows


def _branches(unit: SampleOrganisation) -> Iterator[SampleOrganisation]:
    if unit.short in words.GENERAL_OFFICES:
        people = "retired" if unit.short == "离退休" else "staff"
        plan = {f"第{numeral}": people for numeral in words.NUMERALS[: words.GENERAL_OFFICES[unit.short]]}
    else:
        plan = words.COLLEGE_BRANCHES | ({"退休": "retired"} if unit.short == "文学院" else {})
    for place, (ordinal, people) in enumerate(plan.items(), start=1):
        founded = date(min(unit.founded.year + place, 2008), 3, 1)
        name, code = f"{unit.short}{ordinal}党支部", f"{unit.code}{place:02d}"
        yield SampleOrganisation(name, code, "党支部", unit.name, founded, unit.short, people)


def is_branch(organisation: SampleOrganisation) -> bool:
    """Whether members sit in it: 党支部 and 直属党支部."""
    return bool(organisation.people)


def members(rows: Sequence[SampleOrganisation]) -> list[Member]:
    """The 4,278 members, branch by branch, the secretary first."""
    people = People(CAST_MEMBERS)
    branches = [row for row in rows if is_branch(row)]
    others = [row for row in branches if row.name not in (LETTERS, OFFICES)]
    spread = [people.random.randint(0, SPREAD) for _ in range(len(others) // 2)]
    offsets = chain.from_iterable((more, -more) for more in spread)  # in pairs, so the total stands
    sizes = {row.name: BRANCH_SIZE + offset for row, offset in zip(others, offsets, strict=True)}
    sizes |= {LETTERS: BRANCH_SIZE, OFFICES: BRANCH_SIZE + 10}
    units = {row.name: row for row in rows}
    roll = [member for row in branches for member in _sit(people, row, units[row.above], sizes[row.name])]
    free = [place for place, member in enumerate(roll) if not member.post and member.name not in CAST]
    for place, city in zip(sorted(people.random.sample(free, MOBILE)), cycle(words.CITIES), strict=False):
        roll[place] = replace(roll[place], gone_to=city)
    return roll


def _sit(people: People, branch: SampleOrganisation, unit: SampleOrganisation, size: int) -> list[Member]:
    """The members of one branch: posts first, then the cast, then the rest up to `size`."""
    cast = [member for member in CAST_MEMBERS if member.branch == branch.name]
    seats = [("counsellor" if branch.people.endswith("graduate") else branch.people, "党支部书记", "")]
    if branch.code.endswith("01") and unit.kind in ("二级党委", "党总支"):
        post = "党委书记" if unit.kind == "二级党委" else "党总支书记"
        seats.append(("staff", post, f"{unit.short}副院长" if unit.short.endswith("学院") else ""))
    if branch.name == OFFICES:
        seats += [("leader", "党委委员", title) for title in words.LEADER_TITLES]
    seats += [(branch.people, post, "") for post in ("组织委员", "宣传委员")]
    held = {(member.post, member.office) for member in cast}
    drawn = [people.draw(kind, branch.name, *seat) for kind, *seat in seats if tuple(seat) not in held]
    seated = sorted([*cast, *drawn], key=lambda member: member.post != "党支部书记")
    return seated + [people.draw(branch.people, branch.name) for _ in range(size - len(seated))]


def leaders(rows: Sequence[SampleOrganisation], roll: Iterable[Member]) -> list[list[str]]:
    """The rows of 班子成员: one leader in charge of each unit, one contact point for each leader."""
    seated = sorted(
        (member for member in roll if member.post == "党委委员"),
        key=lambda member: member.office != words.LEADER_TITLES[0],
    )
    units = [row.name for row in rows if row.above == UNIVERSITY]
    branches = [row.name for row in rows if row.kind == "党支部"]
    step = len(branches) // (len(seated) + 1)
    return [
        [
            leader.name,
            leader.number,
            UNIVERSITY,
            leader.office,
            "、".join(units[place :: len(seated)]),
            contact,
        ]
        for place, (leader, contact) in enumerate(zip(seated, branches[2 * step - 1 :: step], strict=False))
    ]


def write_university(path: str | Path) -> dict[str, int]:
    """Write the workbook; returns rows per sheet. Raises FileCreateError where the path cannot be written."""
    rows = organisations()
    roll = members(rows)
    sheets: dict[str, tuple[list[str], list[list[str | date]]]] = {
        "党组织": (
            words.ORGANISATION_HEADINGS,
            [[row.name, row.code, row.kind, row.above, "高等学校", row.founded] for row in rows],
        ),
        "党员": (words.MEMBER_HEADINGS, [_cells(member) for member in roll]),
        "班子成员": (words.LEADER_HEADINGS, [list[str | date](row) for row in leaders(rows, roll)]),
    }
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties(
            {"title": "明川大学党组织和党员名册（虚构）", "created": datetime(2010, 12, 31, tzinfo=UTC)}
        )
        bold = book.add_format({"bold": True})
        for name, (headings, cells) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings, bold)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(headings) - 1, 22)
            for place, row in enumerate(cells, start=1):
                sheet.write_row(place, 0, row)
    return {name: len(cells) for name, (_, cells) in sheets.items()}


def _cells(member: Member) -> list[str | date]:
    confirmed = years_after(member.joined, 1) if member.is_full else ""
    standing = "正式党员" if member.is_full else "预备党员"
    return [
        member.name, member.sex, member.people, member.number, member.born, member.education,
        member.joined, confirmed, standing, member.branch, member.post, member.office,
        "是" if member.gone_to else "否", member.gone_to,
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the workbook named on the command line; 1 when it cannot be written."""
    parser = argparse.ArgumentParser(description="写出一份虚构的大学名册，供试用。")
    parser.add_argument("path", metavar="OUT.xlsx", type=Path, help="要写的工作簿")
    path = parser.parse_args(arguments).path
    try:
        written = write_university(path)
    except FileCreateError as fault:
        print(f"无法写入“{path}”：{fault}。请换一个已有且可写的文件夹。没有写出任何文件。", file=sys.stderr)
        return 1
    print(f"已写出“{path}”：" + "，".join(f"{name} {count} 行" for name, count in written.items()) + "。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
