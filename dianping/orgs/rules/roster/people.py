"""What only the whole list of members shows: one number twice, namesakes without numbers, two secretaries."""

from collections import Counter
from typing import NamedTuple

from dianping.base.identity import masked
from dianping.orgs.rules.roster.book import Book
from dianping.orgs.rules.roster.leaders import Leaders
from dianping.orgs.rules.roster.members import Members
from dianping.orgs.rules.roster.posts import ReadPost, organisation_led, read_posts
from dianping.orgs.rules.roster.problems import quoted


class _Seat(NamedTuple):
    person: str
    name: str
    place: str


def find_doubles(members: list[Members]) -> None:
    """One identity number or employee number in two rows; both rows are named."""
    for field in ("identity", "employee_no"):
        _find_double(members, field)


def _find_double(members: list[Members], field: str) -> None:
    column = "identity" if field == "identity" else "employee_no"
    values = [getattr(row, field) for group in members for row in group.rows]
    present = len(values) - values.count("")
    if len(set(values)) - ("" in values) == present:
        return
    first: dict[str, tuple[Members, int]] = {}
    for group in members:
        for at, row in enumerate(group.rows):
            value = getattr(row, field)
            if not value:
                continue
            other, before = first.setdefault(value, (group, at))
            if (other, before) != (group, at):
                _say_double(group, at, other, before, column)


def _say_double(group: Members, at: int, other: Members, before: int, column: str) -> None:
    row, first = group.rows[at], other.rows[before]
    place = other.table.place(before)
    title = group.table.heading(column)
    number = masked(row.identity) if column == "identity" else row.employee_no
    if row.name == first.name:
        group.table.add(
            at,
            column,
            number,
            f"与{place}的{title}相同，姓名也都是{quoted(row.name)}，同一名党员写了两次。请删去其中一行。",
            code="orgs.member-twice",
        )
    else:
        group.table.add(
            at,
            column,
            number,
            f"与{place}的{title}相同，那里姓名是{quoted(first.name)}，这里是{quoted(row.name)}。请改正写错的号码。",
            code="orgs.number-under-two-names",
        )


def find_namesakes(members: list[Members]) -> None:
    """People of one branch who share a name, where nothing else tells them apart."""
    rows = [(group, at) for group in members for at in range(len(group.rows))]
    if all(row.identity or row.employee_no for group in members for row in group.rows):
        return
    count = Counter((row.branch_name, row.name) for group in members for row in group.rows if row.name)
    for group, at in rows:
        row = group.rows[at]
        if row.identity or row.employee_no or count[row.branch_name, row.name] < 2:
            continue
        others = [
            other.table.place(k)
            for other, k in rows
            if (other, k) != (group, at)
            and (other.rows[k].branch_name, other.rows[k].name) == (row.branch_name, row.name)
        ]
        group.table.add(
            at,
            "name",
            row.name,
            f"与{'、'.join(others[:5])}同在一个党支部，姓名都是{quoted(row.name)}，分不清是否同一人。"
            "请为他们填写公民身份号码或工号；如是同一人，请删去一行。",
            code="orgs.namesakes-not-told-apart",
        )


def find_rival_secretaries(members: list[Members], leaders: list[Leaders], book: Book) -> None:
    """Organisations with more than one secretary. A leader's own row says best what he leads."""
    seats: dict[str, _Seat] = {}
    leading = {row.identity or row.name for group in leaders for row in group.rows}
    for group in leaders:
        for at, row in enumerate(group.rows):
            if row.organisation_name and any(post.role == "secretary" for post in read_posts(row.post)):
                seat = _Seat(row.identity or row.name, row.name, group.table.place(at))
                _take_seat(seats, row.organisation_name, seat, group, at, "post")
    posts: dict[str, list[ReadPost]] = {}
    for people in members:
        for at, member in enumerate(people.rows):
            if not member.party_post:
                continue
            if member.party_post not in posts:
                posts[member.party_post] = read_posts(member.party_post)
            person = member.identity or member.name
            for post in posts[member.party_post]:
                if post.role != "secretary" or (post.level != "branch" and person in leading):
                    continue
                led = organisation_led(
                    post, member.branch_name, parent_of=book.parent_of, kind_of=book.kind_of
                )
                if led:
                    seat = _Seat(person, member.name, people.table.place(at))
                    _take_seat(seats, led, seat, people, at, "party_post")


def _take_seat(
    seats: dict[str, _Seat], organisation: str, seat: _Seat, group: Members | Leaders, at: int, column: str
) -> None:
    holder = seats.setdefault(organisation, seat)
    if holder.person != seat.person or (holder.place != seat.place and not holder.person):
        found = getattr(group.rows[at], column)
        group.table.add(
            at,
            column,
            found,
            f"{quoted(organisation)}已有书记{quoted(holder.name)}（{holder.place}），一个党组织只能有一名书记。"
            "请改正其中一人的职务。",
            code="orgs.two-secretaries",
        )
