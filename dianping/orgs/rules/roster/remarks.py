"""Posts that stand where no column says 职务: in a column of another name, among the remarks."""

import re

from dianping.base.chinese_text import squeezed
from dianping.orgs.rules.roster.posts import read_posts
from dianping.orgs.rules.roster.problems import shown
from dianping.orgs.rules.roster.table import Table
from dianping.orgs.rules.roster.words import words

_LONGEST_POST = 12  # characters of a remark that may be a post
_MOST_POSTS = 60  # different posts in a column
# In charge without the post, as a remark says it.
_IN_CHARGE = re.compile(r"主持.{0,6}工作")
# Whom nobody reaches: 失联, 联系不上.
_OUT_OF_TOUCH = re.compile(r"失联|失去联系|联系不上")


def adopt_posts(table: Table) -> None:
    """Where no column is headed as one of posts: the one whose cells, every one of them, are posts of a Party body."""
    if "party_post" in table.layout.columns:
        return
    for column in table.spare():
        texts = {squeezed(cell) for cell in table.cells_of(column) if isinstance(cell, str)} - {""}
        if any(word in column.heading for word in words().of_another) or not 0 < len(texts) <= _MOST_POSTS:
            continue
        if all(read_posts(text) for text in texts):
            table.adopt(column, "party_post")
            return


def note_remarks(table: Table, posts: list[str], notes: list[str]) -> None:
    """Posts that stand among the remarks only: a remark makes nobody secretary, and is not lost either.

    Being in charge belongs to the deputy's post beside it; who is out of touch stays, and is told.
    """
    for at, (cell, status) in enumerate(zip(table.cells("remark"), table.cells("party_status"), strict=True)):
        if any(isinstance(one, str) and _OUT_OF_TOUCH.search(one) for one in (cell, status)):
            notes.append(f"{table.place(at)}写着联系不上（失联），仍是本支部党员，照常列入。")
    for at, (cell, post) in enumerate(zip(table.cells("remark"), list(posts), strict=True)):
        if post.endswith("副书记") and isinstance(cell, str) and _IN_CHARGE.fullmatch(squeezed(cell)):
            posts[at] = f"{post}（{squeezed(cell)}）"
            notes.append(f"{table.place(at)}的备注写着“{shown(cell)}”，职务按“{posts[at]}”记。")
        elif not post and isinstance(cell, str) and len(cell) <= _LONGEST_POST and read_posts(cell):
            notes.append(
                f"{table.place(at)}的{table.heading('remark')}写着“{shown(cell)}”，没有当作职务。现任这个职务的，请写进“党内职务”一列。"
            )
