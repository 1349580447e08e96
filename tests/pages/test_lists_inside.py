"""What a page shows to nobody but who reads the place of a row, no list tells others: neither by a search nor in its workbook.

Which fields those are stands beside each list; a field a list searches is either one of them, or stands below with where everybody
who sees the row is shown it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import walk_packages

import pytest

from dianping import pages
from dianping.bulletins.models import Bulletin, Copy, ModelCase
from dianping.duties.services import hand_over
from dianping.opinions.models import Poll
from dianping.pages.frame.lists import Listing
from tests import factories
from tests.factories import ACTOR
from tests.pages.conftest import Stage, with_polls
from tests.pages.test_lists import book, page
from tests.reviews.telling import NEW_YEAR

INSIDER = "秋上霜"  # a name found nowhere else
OPEN = {
    ("下级组织", "posts"): "书记 and 副书记、委员 stand in its rows",
    ("账号", "name"): "its rows",
    ("账号", "username"): "its rows",
    ("党员名册", "person__name"): "its rows",
    ("点评", "person__name"): "its rows",
    ("点评", "reviewer__name"): "its rows",
    ("应办事项", "person__name"): "its rows",
    ("应办事项", "owed_by_person__name"): "its rows",
    ("应办事项", "owed_by_outsider"): "its rows",
    ("应办事项", "owed_by"): "its rows",
    ("交接", "by"): "its rows",
    ("整改事项", "person__name"): "its rows",
    ("整改事项", "owner_name"): "the page of the problem; the list has no rows of places one does not read",
    ("约谈记录", "person__name"): "its rows",
    ("通报", "approved_by"): "the bulletin as it prints",
    ("典型", "person__name"): "its rows; withdrawn ones are not searched",
    ("活动", "attendance__person__name"): "the page of the event",
    ("随机抽取", "superior_by"): "the page of the draw",
    ("随机抽取", "own_by"): "the page of the draw",
}


def listings() -> Iterator[Listing]:
    """Every list of the pages, found in the source."""
    for found in walk_packages(pages.__path__, f"{pages.__name__}."):
        if "static" not in found.name and "templates" not in found.name:
            yield from (x for x in vars(import_module(found.name)).values() if isinstance(x, Listing))


@dataclass(frozen=True)
class Kept:
    """A row somebody is told of who does not read its place; who that is, and the name the row keeps from him."""

    address: str
    reader: str
    tells: str
    name: str
    plant: Callable[[Stage], object]
    column: bool = False  # the workbook has the name for who reads the place


def _bulletin(stage: Stage) -> None:
    Bulletin.objects.filter(pk=stage.own.bulletin.pk).update(drafted_name=INSIDER)


def _case(stage: Stage) -> None:
    ModelCase.objects.filter(pk=stage.own.case.pk).update(
        raised_name=INSIDER, state="published", published_on=NEW_YEAR
    )
    Copy.objects.create(case=stage.own.case, organisation=stage.other.branch, path=stage.other.branch.path)


def _poll(stage: Stage) -> None:
    assert stage.own.counted is not None
    Poll.objects.filter(pk=stage.own.counted.pk).update(planned_name=INSIDER)
    stage.own.counted.subjects.update(organisation=stage.other.branch, person=None)


def _handover(stage: Stage) -> None:
    own, other = (factories.secretarys_seat(side.unit) for side in stage.sides)
    hand_over(
        from_post=own,
        to_post=other,
        holder=stage.place.people["白露生"],
        why="外出学习",
        on=date(2011, 3, 1),
        until=date(2011, 3, 20),
        today=NEW_YEAR,
        actor=ACTOR,
    )


KEPT = {
    "通报": Kept("/bulletins/", "ning", "〖文·通报〗", INSIDER, _bulletin, column=True),
    "典型": Kept("/cases/", "bian", "〖文·典型〗", INSIDER, _case),
    "征求意见和评议": Kept("/opinions/", "bian", "〖文·评议〗", INSIDER, _poll),
    "交接": Kept("/duties/handed-over/", "qi", "外出学习", "白露生", _handover),
}


def test_every_field_a_list_searches_is_kept_for_the_inside_or_shown_with_the_row() -> None:
    found = {one.title: one for one in listings()}
    searched = {(x.title, name) for x in found.values() for name in (*x.people, *x.seats)}
    inside = {(x.title, name) for x in found.values() for name, _ in x.inside}
    assert searched == inside | set(OPEN)
    assert not inside & set(OPEN)
    assert {title for title, _ in inside} == set(KEPT)


@pytest.mark.parametrize("title", KEPT)
def test_who_was_told_of_a_row_does_not_find_it_by_what_is_kept_inside(stage: Stage, title: str) -> None:
    one, stage = KEPT[title], with_polls(stage)
    one.plant(stage)
    reader, clerk = stage.clients[one.reader], stage.clients["clerk"]
    rows = str(book(reader, one.address))
    assert one.tells in rows
    assert one.name not in rows
    letters = {"秋上霜": "qss", "白露生": "bls"}[one.name]
    for who in (one.name, letters, one.name[:1]):
        assert one.tells not in str(book(reader, one.address, who=who)), who
        assert one.tells not in page(reader, one.address, who=who), who
    assert one.name not in page(reader, one.address)
    found = str(book(clerk, one.address, who=one.name))
    assert one.tells in found
    assert (one.name in found) == one.column


def test_a_bulletin_is_found_by_the_day_its_receivers_are_told(stage: Stage) -> None:
    Bulletin.objects.filter(pk=stage.own.bulletin.pk).update(drafted_on=date(2010, 12, 1), issued_on=NEW_YEAR)
    for role in ("ning", "clerk"):
        title = stage.own.bulletin.title
        assert title not in str(book(stage.clients[role], "/bulletins/", until="2010-12-31"))
        assert title in str(book(stage.clients[role], "/bulletins/", since=str(NEW_YEAR)))
    assert "2010-12-01" not in str(book(stage.clients["ning"], "/bulletins/"))
    assert "2010-12-01" in str(book(stage.clients["clerk"], "/bulletins/"))
