"""What the masses said becomes a problem: the link is kept, and only of the same target."""

from dataclasses import replace
from datetime import date

import pytest

from dianping.door.told import told_to
from dianping.opinions.services import SubjectPlan, merge_sayings
from dianping.rectification.selectors import state_of_points
from dianping.rectification.services import withdraw_items
from dianping.reviews.models import Problem
from dianping.reviews.selectors import points_named
from dianping.reviews.services import ProblemInput, correct_review, reopen_review
from tests import factories
from tests.factories import University
from tests.opinions.polling import answer, ready
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell

pytestmark = pytest.mark.django_db


def a_point(place: University, *about: SubjectPlan, text: str = "食堂排队久"):  # type: ignore[no-untyped-def]
    """One point of an opened poll about 文学院教工党支部, or whomever."""
    found = ready(place, about=about or (SubjectPlan(place.letters_staff),))
    for code in found.codes[0]:
        answer(found, code)
    found.open()
    keys = found.poll.sayings.filter(question="good_deeds").values_list("key", flat=True)
    return merge_sayings(
        poll=found.poll, sayings=keys, text=text, subject=0, question="good_deeds", actor=factories.ACTOR
    )


def test_a_point_becomes_a_problem_and_is_told_to_whoever_holds_a_stub(opened: University) -> None:
    point = a_point(opened)
    assert state_of_points([point]) == {point.pk: ""}
    named = (ProblemInput("食堂排队久", "", date(2011, 3, 31), point.pk),)
    review = tell(duty_about(opened.letters_staff, "branch"), problems=named)

    assert [problem.point_id for problem in review.problems.all()] == [point.pk]
    assert points_named([point.pk]) == {point.pk}
    assert [one.state for one in told_to(point.poll)] == ["已列入整改，期限 3月31日"]
    item = take_step(item_of(review), "plan", due=date(2011, 3, 20))
    assert state_of_points([point])[point.pk] == "整改中"
    assert state_of_points([point], day=date(2011, 1, 4))[point.pk] == ""
    item = take_step(item, "request", on=date(2011, 3, 19))
    take_step(item, "close", on=date(2011, 3, 20), actor=OTHER)
    assert state_of_points([point])[point.pk] == "已销号（2011-03-20）"
    assert state_of_points([point], day=date(2011, 3, 19))[point.pk] == "整改中"


def test_a_point_about_somebody_else_is_refused_in_words(opened: University) -> None:
    point = a_point(opened, SubjectPlan(opened.sciences_staff))
    with refused("reviews.point-of-another-target", match="不是对文学院教工党支部提的"):
        tell(duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("食堂", "", None, point.pk),))
    with refused("reviews.point-of-another-target"):
        tell(duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("食堂", "", None, 999_999),))
    assert not Problem.objects.exists()


def test_what_was_asked_of_several_at_once_is_about_none_of_them(opened: University) -> None:
    point = a_point(opened, SubjectPlan(opened.letters_staff), SubjectPlan(opened.sciences_staff))
    with refused("reviews.point-of-another-target"):
        tell(duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("食堂", "", None, point.pk),))


def test_correcting_keeps_the_link_and_reopening_writes_it_down(opened: University) -> None:
    point = a_point(opened)
    named = (ProblemInput("食堂排队久", "", None, point.pk),)
    review = tell(duty_about(opened.letters_staff, "branch"), problems=named)
    correct_review(
        review=review,
        changes={"evaluation": "改过的评价。"},
        why="笔误",
        version=review.version,
        moment=at(NEW_YEAR, 12),
        actor=OTHER,
    )
    assert review.problems.get().point_id == point.pk

    withdraw_items(review=review, actor=OTHER)
    draft = reopen_review(review=review, why="还没说完", moment=at(NEW_YEAR, 13), actor=OTHER)
    assert draft.reopenings.get().before["problems"][0]["point"] == point.pk
    assert points_named([point.pk]) == set()
    again = tell(duty_about(opened.letters_staff, "branch"), problems=(replace(named[0], text="食堂久"),))
    assert (again.pk, again.problems.get().point_id) == (review.pk, point.pk)
