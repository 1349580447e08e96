"""What was said last time of a problem still open must be met by whoever has it before him (四.1)."""

from datetime import date

import pytest

from dianping.acts.filing import file_and_follow
from dianping.reviews.models import Review, Revisit
from dianping.reviews.services import FollowUpInput
from tests import factories
from tests.factories import ACTOR, University
from tests.refused import refused
from tests.reviews.telling import at, duty_about, item_of, target_of, tell, words

SPRING = date(2011, 4, 6)


@pytest.fixture
def again(opened: University) -> Review:
    """A branch reviewed in January, its problem still open when April's review is owed."""
    review = tell(duty_about(opened.letters_staff, "branch"))
    factories.open_on(SPRING)
    return review


def file(opened: University, *met: FollowUpInput, asked: bool = True) -> Review:
    duty = newest(opened)
    return file_and_follow(
        **target_of(duty, on=SPRING),
        said=words("organisation", happened_on=SPRING, revisits=met),
        version=0,
        moment=at(SPRING),
        actor=ACTOR,
        asked=asked,
    )


def newest(opened: University):  # type: ignore[no-untyped-def]
    from dianping.duties.models import Duty

    return Duty.objects.filter(organisation=opened.letters_staff, target="branch", done_on=None).latest(
        "opens"
    )


def test_left_out_it_is_refused_and_named(opened: University, again: Review) -> None:
    problem = again.problems.get()
    with refused("reviews.earlier-problems-unmet", match=problem.text):
        file(opened)
    assert Review.objects.filter(filed=True).count() == 1


def test_met_it_is_kept_with_the_words(opened: University, again: Review) -> None:
    problem = again.problems.get()
    review = file(opened, FollowUpInput(problem.pk, "better", "走访了八户"))
    kept = review.revisits.get()
    assert (kept.problem, kept.found, kept.words) == (problem, "better", "走访了八户")
    assert item_of(again).state == "open"


def test_found_unsolved_it_is_recorded_and_the_written_report_is_owed(
    opened: University, again: Review
) -> None:
    file(opened, FollowUpInput(again.problems.get().pk, "unsolved", "仍没有走访"))
    item = item_of(again)
    assert item.state == "unresolved"
    assert item.report is not None


def test_another_ones_problem_is_not_taken(opened: University, again: Review) -> None:
    other = tell(duty_about(opened.sciences_staff, "branch")).problems.get()
    file(opened, FollowUpInput(again.problems.get().pk, "solved"), FollowUpInput(other.pk, "unsolved"))
    assert not Revisit.objects.filter(problem=other).exists()


def test_a_workbook_filled_in_elsewhere_does_not_ask(opened: University, again: Review) -> None:
    assert file(opened, asked=False).filed
