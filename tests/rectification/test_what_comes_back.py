"""同类问题: the same problem coming back, of the same organisation or person, is recognised when it is entered."""

from datetime import date

import pytest

from dianping.orgs.models import Organisation
from dianping.rectification.models import Item
from dianping.rectification.selectors import earlier_like, later_like
from dianping.reviews.services import ProblemInput
from tests.factories import University, open_on
from tests.reviews.telling import duty_about, item_of, tell

DECEMBER, APRIL = date(2010, 12, 31), date(2011, 4, 6)
SAID = "党员学习不经常，记录不全。"


def said(place: Organisation, text: str, on: date, *, target: str = "branch") -> Item:
    rule = "round" if on == DECEMBER else "quarter"
    duty = duty_about(place, target, rule=rule) if rule == "round" else _of_april(place, target)
    return item_of(tell(duty, on=on, problems=(ProblemInput(text, "", None),)))


def _of_april(place: Organisation, target: str):  # type: ignore[no-untyped-def]
    from dianping.duties.models import Duty

    return Duty.objects.get(organisation=place, target=target, window__rule="quarter", opens=date(2011, 4, 1))


@pytest.fixture
def first(opened: University) -> Item:
    found = said(opened.letters_staff, SAID, DECEMBER)
    open_on(APRIL)
    return found


@pytest.mark.parametrize("again", [SAID, "党员学习不经常、记录不全", "党员的学习仍不经常，记录不全"])
def test_the_same_said_again_in_nearly_the_same_words_is_remembered(
    opened: University, first: Item, again: str
) -> None:
    second = said(opened.letters_staff, again, APRIL)
    assert second.like == first
    assert list(later_like(Item.objects.all(), first)) == [second]


def test_another_problem_is_another(opened: University, first: Item) -> None:
    assert said(opened.letters_staff, "联系群众的次数少。", APRIL).like is None


def test_the_same_said_of_another_organisation_is_none_of_its_own(opened: University, first: Item) -> None:
    assert said(opened.letters_students, SAID, APRIL).like is None


def test_the_same_said_of_the_secretary_is_not_said_of_the_branch(opened: University, first: Item) -> None:
    assert said(opened.letters_staff, SAID, APRIL, target="branch_secretary").like is None


def test_a_problem_follows_a_person_and_the_nearest_earlier_one_counts(opened: University) -> None:
    ran = opened.people["冉小禾"]
    duty = duty_about(opened.letters_staff, "member", person=ran)
    item = item_of(tell(duty, on=DECEMBER, problems=(ProblemInput(SAID),)))
    later = date(2011, 5, 1)
    assert earlier_like(text=SAID, organisation=opened.sciences, person=ran, before=later) == item
    Item.objects.filter(pk=item.pk).update(opened_on=later)
    assert earlier_like(text=SAID, organisation=opened.sciences, person=ran, before=later) is None
