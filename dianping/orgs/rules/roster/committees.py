"""Lists of branch committees in which posts are columns and people stand in the cells: 支部名称, 书记, 副书记, 组织委员."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dianping.base.chinese_text import is_blank, person_name, squeezed
from dianping.base.kinds import BRANCH_KINDS
from dianping.base.sheets import SheetLike
from dianping.orgs.rules.roster.book import Book
from dianping.orgs.rules.roster.headings import ROWS_SEARCHED, plain_heading
from dianping.orgs.rules.roster.posts import read_posts
from dianping.orgs.rules.roster.problems import CellFault, Problems, shown
from dianping.orgs.rules.roster.rows import MemberRow
from dianping.orgs.rules.roster.words import words

_FEWEST = 2  # columns that are posts
# Nobody holds it: 空缺, （缺）, 暂缺, 待选.
_VACANT = re.compile(r"[(（]?(?:空缺|暂缺|缺额?|待选|待补|待定|未选)[)）]?")
# What parts several people of one post.
_SEPARATORS = re.compile(r"[、，,；;/\r\n]+")
# Words in brackets behind a name: 某某（主持工作）.
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]$")


class Committees(NamedTuple):
    """Such a sheet: where the branch stands, and the posts by their column."""

    sheet: str
    first_row: int  # the number of the first row below the headings
    rows: Sequence[Sequence[object]]
    branch_at: int
    posts: dict[int, str]


class _Named(NamedTuple):
    sheet: str
    row: int
    branch: str
    name: str
    post: str


def committees_on(sheet: SheetLike) -> Committees | None:
    """The sheet as a list of committees; None when no row heads one."""
    fields = words().fields
    branches = {*fields["members"]["branch_name"].ranks, *fields["organisations"]["name"].ranks}
    for at, row in enumerate(sheet.rows[:ROWS_SEARCHED]):
        headings = [plain_heading(cell) for cell in row]
        posts = {n: text for n, text in enumerate(headings) if len(text) <= 12 and read_posts(text)}
        branch = next((n for n, text in enumerate(headings) if text in branches), None)
        if branch is not None and len(posts) >= _FEWEST:
            return Committees(sheet.name, sheet.first_row + at + 1, sheet.rows[at + 1 :], branch, posts)
    return None


def seat_committees(
    lists: Sequence[Committees],
    members: list[list[MemberRow]],
    book: Book,
    problems: Problems,
    notes: list[str],
) -> None:
    """Give the people named in such lists their posts, in the members' rows; whoever is not found is told."""
    if not lists:
        return
    found: dict[tuple[str, str], list[_Named]] = {}
    for one in lists:
        for named in _named(one, book, problems, notes):
            found.setdefault((named.branch, named.name), []).append(named)
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for group, rows in enumerate(members):
        for at, row in enumerate(rows):
            places.setdefault((row.branch_name, row.name), []).append((group, at))
    sheet = "、".join(f"「{one.sheet}」" for one in lists)
    seated = 0
    for key, several in found.items():
        posts = "、".join(dict.fromkeys(named.post for named in several))
        holders = places.get(key, [])
        if len(holders) != 1:
            said = "有几人同名" if holders else "没有这个人"
            problems.add(
                several[0].sheet,
                several[0].row,
                several[0].post,
                key[1],
                f"写的是“{shown(key[1])}”，{key[0]}的党员名单中{said}，不知道这个职务是谁的。请改正姓名，或在党员表的“党内职务”中填写。",
                code="orgs.post-of-nobody",
            )
            continue
        group, at = holders[0]
        row = members[group][at]
        if row.party_post and not {*posts.split("、")} <= {
            squeezed(part) for part in _SEPARATORS.split(row.party_post)
        }:
            notes.append(
                f"「{several[0].sheet}」第 {several[0].row} 行写{key[1]}是“{posts}”，「{row.sheet}」第 {row.row} 行写的是“{row.party_post}”，"
                "按党员表记，请核对。"
            )
        elif not row.party_post:
            members[group][at] = row._replace(party_post=posts)
            seated += 1
    notes.append(f"{sheet}按职务列出了各支部的委员，其中 {seated} 人的党内职务按它记。")


def _named(one: Committees, book: Book, problems: Problems, notes: list[str]) -> list[_Named]:
    found = []
    for number, row in enumerate(one.rows, one.first_row):
        cell = row[one.branch_at] if one.branch_at < len(row) else ""
        if not isinstance(cell, str) or is_blank(cell) or squeezed(cell).startswith(words().not_records):
            continue
        try:
            branch = book.find(cell, BRANCH_KINDS)
        except CellFault as fault:
            problems.add(one.sheet, number, "支部名称", cell, fault.sentence, code=fault.code)
            continue
        for at, post in one.posts.items():
            text = row[at] if at < len(row) else ""
            if not isinstance(text, str) or is_blank(text) or _VACANT.fullmatch(squeezed(text)):
                if post.endswith("书记") and "副" not in post:
                    notes.append(f"「{one.sheet}」第 {number} 行{branch}的{post}空缺。")
                continue
            for part in _SEPARATORS.split(text):
                bracket = _BRACKETS.search(squeezed(part))
                name = person_name(_BRACKETS.sub("", part.strip()))
                if name:
                    found.append(
                        _Named(
                            one.sheet, number, branch, name, f"{post}（{bracket[1]}）" if bracket else post
                        )
                    )
    return found
