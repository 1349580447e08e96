"""Small consistent objects, made through the services. Plain functions; every name in them is invented.

`university()` is the place most tests stand on: nine organisations, fourteen people, three leaders.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import xlsxwriter
from django.db import connection

from dianping.accounts.models import User
from dianping.accounts.services import add_account
from dianping.common.audit import Actor, Operator
from dianping.demo.words import LEADER_HEADINGS, MEMBER_HEADINGS, ORGANISATION_HEADINGS
from dianping.duties.services import OpenedDuties, open_duties
from dianping.orgs import services as orgs
from dianping.orgs.models import Charge, Membership, Organisation, Person, Post, Role, Tenure
from dianping.programmes.services import AdoptionResult, adopt_programme
from dianping.programmes.shelf import programme_text
from tests import kept

ACTOR = Operator("test", "测试")
LONG_AGO = date(2000, 1, 1)
ROUND_OPENS = date(2010, 12, 15)  # 豫创组办发〔2010〕26号
OVERLAY_DAY = date(2010, 12, 31)  # 平学院创组文〔2010〕1号
ROUND_ENDS = date(2011, 2, 2)
PASSWORD = "three-plain-words"
_numbers = count(1)


def organisation(
    name: str, kind: str, parent: Organisation | None = None, *, code: str = "", founded: date = LONG_AGO
) -> Organisation:
    """An organisation with its secretary's seat, vacant."""
    return orgs.found_organisation(
        code=code or f"T{next(_numbers):05d}",
        name=name,
        kind=kind,
        unit_kind="高校",
        parent=parent,
        founded=founded,
        actor=ACTOR,
    )


def member(name: str, branch: Organisation, *, since: date = LONG_AGO, **standing: str) -> Person:
    """A person who stands in a branch since a day. `standing`: standing=, mobile_to=."""
    person = Person.objects.create(name=name)
    Membership.objects.create(person=person, organisation=branch, since=since, **standing)
    return person


def secretarys_seat(organisation: Organisation) -> Post:
    """The seat every organisation has, held or not."""
    return Post.objects.get(organisation=organisation, role=Role.SECRETARY)


def seat(organisation: Organisation, role: str, title: str = "") -> Post:
    """One more seat: an acting deputy's or a leader's."""
    return Post.objects.create(organisation=organisation, role=role, title=title or Role(role).label)


def appoint(person: Person, post: Post, since: date = LONG_AGO) -> Tenure:
    """Somebody in a seat."""
    return orgs.appoint(person=person, post=post, since=since, actor=ACTOR)


def head(person: Person, organisation: Organisation, since: date = LONG_AGO) -> Tenure:
    """Somebody as secretary."""
    return appoint(person, secretarys_seat(organisation), since)


def vacate(organisation: Organisation, on: date) -> None:
    """The secretary's seat falls vacant."""
    orgs.vacate(post=secretarys_seat(organisation), on=on, actor=ACTOR)


def act(person: Person, organisation: Organisation, since: date = LONG_AGO) -> Post:
    """Somebody as deputy in charge (主持工作)."""
    post = seat(organisation, Role.ACTING)
    appoint(person, post, since)
    return post


def lead(
    person: Person,
    top: Organisation,
    *,
    in_charge: tuple[Organisation, ...] = (),
    contacts: tuple[Organisation, ...] = (),
) -> Post:
    """Somebody in the leading group of `top`, with what he is in charge of and in contact with."""
    post = seat(top, Role.LEADER)
    appoint(person, post)
    for kind, places in ((Charge.Kind.IN_CHARGE, in_charge), (Charge.Kind.CONTACT, contacts)):
        for place in places:
            charge(post, place, kind=kind)
    return post


def charge(
    post: Post, place: Organisation, *, kind: str = Charge.Kind.IN_CHARGE, since: date = LONG_AGO
) -> Charge:
    """A seat in charge of (or, by `kind`, in contact with) an organisation."""
    return orgs.put_in_charge(post=post, organisation=place, kind=kind, since=since, actor=ACTOR)


def account(person: Person | None = None, *, username: str = "", name: str = "") -> User:
    """An account, of a person or of an office."""
    return add_account(
        username=username or f"user{next(_numbers)}",
        password=PASSWORD,
        name=name or (person.name if person else "办公室"),
        person=person,
        actor=ACTOR,
        lasting=True,
    )


@dataclass(frozen=True)
class University:
    """云岭大学: one committee above two committees, one general branch and one direct branch; four branches.

    Leaders: 贺知明 in charge of the faculty of letters and the offices, in contact with the science staff;
    苏岩 in charge of sciences and the library. 甘远山 is secretary and in contact with the letters staff.
    方舟 heads both the general branch of the offices and its only branch.
    """

    top: Organisation
    letters: Organisation
    sciences: Organisation
    offices: Organisation
    library: Organisation
    letters_staff: Organisation
    letters_students: Organisation
    sciences_staff: Organisation
    offices_staff: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    leaders: dict[str, Post] = field(default_factory=dict)

    @property
    def branches(self) -> list[Organisation]:
        """Every organisation members stand in, the direct branch included."""
        return [
            self.letters_staff,
            self.letters_students,
            self.sciences_staff,
            self.offices_staff,
            self.library,
        ]

    @property
    def units(self) -> list[Organisation]:
        """The level right below the top, without the direct branch."""
        return [self.letters, self.sciences, self.offices]

    @property
    def all(self) -> list[Organisation]:
        """All nine."""
        return [self.top, *self.units, *self.branches]


# Who stands where, and what he heads: branch of standing, then the organisations headed.
PEOPLE = {
    "甘远山": ("offices_staff", "top"),
    "贺知明": ("offices_staff",),
    "苏岩": ("offices_staff",),
    "方舟": ("offices_staff", "offices", "offices_staff"),
    "祁文": ("letters_staff", "letters"),
    "宁守真": ("letters_staff", "letters_staff"),
    "冉小禾": ("letters_staff",),
    "齐放": ("letters_students", "letters_students"),
    "许可": ("letters_students",),
    "白露生": ("sciences_staff", "sciences"),
    "边望川": ("sciences_staff", "sciences_staff"),
    "任远之": ("sciences_staff",),
    "柳青衣": ("library", "library"),
    "程实": ("library",),
}


def university() -> University:
    """Nine organisations and fourteen people; every secretary's seat is held."""
    return kept.standing("university", _university)


def _university() -> University:
    top = organisation("中共云岭大学委员会", "基层党委", code="YL")
    letters = organisation("中共云岭大学文学院委员会", "二级党委", top, code="YL01")
    sciences = organisation("中共云岭大学理学院委员会", "二级党委", top, code="YL02")
    offices = organisation("中共云岭大学机关总支部委员会", "党总支", top, code="YL03")
    found = University(
        top=top,
        letters=letters,
        sciences=sciences,
        offices=offices,
        library=organisation("中共云岭大学图书馆直属支部委员会", "直属党支部", top, code="YL04"),
        letters_staff=organisation("文学院教工党支部", "党支部", letters, code="YL0101"),
        letters_students=organisation("文学院学生党支部", "党支部", letters, code="YL0102"),
        sciences_staff=organisation("理学院教工党支部", "党支部", sciences, code="YL0201"),
        offices_staff=organisation("机关党支部", "党支部", offices, code="YL0301"),
    )
    for name, (branch, *headed) in PEOPLE.items():
        standing = {"许可": {"standing": "预备党员"}, "任远之": {"mobile_to": "上海市浦东新区"}}.get(name, {})
        found.people[name] = member(name, getattr(found, branch), **standing)
        for place in headed:
            head(found.people[name], getattr(found, place))
    _lead(found)
    return found


def _lead(found: University) -> None:
    found.leaders["贺知明"] = lead(
        found.people["贺知明"],
        found.top,
        in_charge=(found.letters, found.offices),
        contacts=(found.sciences_staff,),
    )
    found.leaders["苏岩"] = lead(
        found.people["苏岩"],
        found.top,
        in_charge=(found.sciences, found.library),
        contacts=(found.offices_staff,),
    )
    charge(secretarys_seat(found.top), found.letters_staff, kind=Charge.Kind.CONTACT)


@dataclass(frozen=True)
class Player:
    """One of the cast: a person, his account, and the seat he answers for (None for an ordinary member)."""

    person: Person
    user: User
    post: Post | None = None

    @property
    def actor(self) -> Actor:
        """As whom he acts."""
        return Operator(self.user.username, self.post.title if self.post else "")


@dataclass(frozen=True)
class Cast:
    """甘书记 reviews; 宁支书 reviews and is reviewed; 冉党员 is a member of his; 边同志 is of another unit."""

    gan: Player
    ning: Player
    ran: Player
    bian: Player


def cast(place: University) -> Cast:
    """The cast, seated in the university, each with an account (冉党员 has one only to show it opens nothing)."""

    def player(name: str, username: str, headed: Organisation | None) -> Player:
        person = place.people[name]
        return Player(person, account(person, username=username), secretarys_seat(headed) if headed else None)

    return Cast(
        gan=player("甘远山", "gan", place.top),
        ning=player("宁守真", "ning", place.letters_staff),
        ran=player("冉小禾", "ran", None),
        bian=player("边望川", "bian", place.sciences_staff),
    )


def adopt(
    place: Organisation, programme: str = "school-2010-1", *, today: date = OVERLAY_DAY
) -> AdoptionResult:
    """Adopt a programme by its shipped name, or by its text."""
    text = programme if "\n" in programme else programme_text(programme)
    return adopt_programme(text=text, organisation=place, actor=ACTOR, today=today)


def open_on(day: date = OVERLAY_DAY) -> OpenedDuties:
    """Open the duties of a day."""
    return open_duties(day=day, actor=ACTOR)


def write_roster(
    path: Path,
    *,
    organisations: list[dict[str, object]] | None = None,
    members: list[dict[str, object]] | None = None,
    leaders: list[dict[str, object]] | None = None,
) -> Path:
    """A roster workbook; rows are dicts by heading, missing headings stay blank. A list not given is no sheet."""
    sheets = (
        ("党组织", ORGANISATION_HEADINGS, organisations),
        ("党员", MEMBER_HEADINGS, members),
        ("班子成员", LEADER_HEADINGS, leaders),
    )
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, headings, rows in sheets:
            if rows is None:
                continue
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings)
            for place, row in enumerate(rows, start=1):
                unknown = set(row) - set(headings)
                assert not unknown, f"no such heading: {unknown}"
                sheet.write_row(place, 0, [row.get(heading, "") for heading in headings])
    return path


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Run each call in a thread of its own, all let go together; their results, or the exceptions they ended in."""
    gate, results = Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[place] = call()
        except Exception as fault:  # handed back to the test, which judges it
            results[place] = fault  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
