"""People, organisations and seats are found by words, first letters and syllables; lists keep the order of the roster."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dianping.base.pinyin import is_spelled
from dianping.orgs.models import Membership
from dianping.orgs.selectors import members_of, organisations_named, organisations_sounding, people_named
from dianping.orgs.selectors.seats import seats_named
from tests.factories import University
from tests.reviews.telling import NEW_YEAR


@pytest.mark.parametrize(
    ("typed", "name", "found"),
    [
        ("rxh", "冉小禾", True), ("xh", "冉小禾", True), ("ran", "冉小禾", True), ("ranx", "冉小禾", True),
        ("Ran Xiaohe", "冉小禾", True), ("xiaohe", "冉小禾", True), ("rh", "冉小禾", False), ("wang", "冉小禾", False),
        ("wenxueyuan", "文学院教工党支部", True), ("jgdzb", "文学院教工党支部", True), ("", "冉小禾", False),
        ("YL", "YL大学", True), ("ranxiaohee", "冉小禾", False),
    ],
)  # fmt: skip
def test_letters_are_first_letters_or_syllables_that_follow_one_another(
    typed: str, name: str, found: bool
) -> None:
    assert is_spelled(typed, name) is found


@pytest.mark.parametrize("typed", ["小禾", "rxh", "ranxiaohe", "ran xiao he"])
def test_a_member_is_found_as_he_is_typed(university: University, typed: str) -> None:
    found = people_named(typed, day=NEW_YEAR, paths=[university.top.path])
    assert "冉小禾" in {m.person.name for m in found}
    assert not people_named(typed, day=NEW_YEAR, paths=[])


@pytest.mark.parametrize("typed", ["文学院", "wxy", "wenxueyuan", "YL01"])
def test_an_organisation_is_found_as_it_is_typed(university: University, typed: str) -> None:
    if typed == "YL01":
        typed = university.letters.code
    found = {o.pk for o in organisations_named(typed, paths=[university.top.path])}
    assert university.letters.pk in found
    assert university.sciences.pk not in found
    assert not organisations_named(typed, paths=[university.sciences.path])


def test_what_lies_below_an_organisation_comes_with_it(university: University) -> None:
    alone = organisations_sounding(university.letters.code, paths=[university.top.path])
    below = organisations_sounding(university.letters.code, paths=[university.top.path], below=True)
    assert university.letters.path in alone
    assert university.letters_staff.path in below


def test_a_seat_is_found_by_syllables(university: University) -> None:
    seats, _ = seats_named("ningshouzhen", paths=[university.top.path], day=NEW_YEAR)
    assert {seat.holder for seat in seats} == {"宁守真"}


@pytest.mark.parametrize("typed", ["d", "党"])
def test_one_letter_that_fits_many_finds_the_first_of_them_and_writes_no_more(
    university: University, typed: str
) -> None:
    paths = [university.top.path]
    standing = [o for o in organisations_named(typed, paths=paths, most=1000) if o.dissolved is None]
    assert len(standing) > 3
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert organisations_named(typed, paths=paths, most=2, standing=True) == standing[:2]
    assert _longest_list(asked) <= 2


def test_one_letter_of_many_names_finds_the_first_of_the_roster(university: University) -> None:
    paths = [university.top.path]
    everybody = people_named("s", day=NEW_YEAR, paths=paths, most=1000)
    assert len(everybody) > 1
    with CaptureQueriesContext(connection) as asked:
        assert people_named("s", day=NEW_YEAR, paths=paths, most=1) == everybody[:1]
    assert len(asked) == 2
    assert _longest_list(asked) == 1


def test_nothing_typed_asks_nothing(university: University) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert organisations_named(" ", paths=[university.top.path]) == []
        assert people_named("", day=NEW_YEAR, paths=[university.top.path]) == []
    assert len(asked) == 0


def _longest_list(asked: CaptureQueriesContext) -> int:
    """The values of the longest IN (…) that was asked."""
    lists = re.findall(r"IN \(([^()]*)\)", "".join(query["sql"] for query in asked.captured_queries))
    return max((len(values.split(",")) for values in lists), default=0)


def test_members_stand_in_the_order_of_the_roster(university: University) -> None:
    branch = university.letters_staff
    names = [m.person.name for m in members_of(branch, day=NEW_YEAR)]
    rows = Membership.objects.filter(organisation=branch).order_by("pk")
    assert names == [m.person.name for m in rows]
    assert names != sorted(names)
