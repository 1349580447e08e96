"""What comes after filing: corrections that keep both texts, and answers beside the review."""

from datetime import date

import pytest

from dianping.common.audit import Operator
from dianping.common.models import AuditEntry
from dianping.common.refusal import Conflict
from dianping.reviews.models import Answer, Correction, Review
from dianping.reviews.selectors import last_filed
from dianping.reviews.services import answer_review, correct_review, save_draft
from tests.factories import ACTOR, University
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, at, duty_about, target_of, tell, words

LATER = at(date(2011, 1, 7))


@pytest.fixture
def review(opened: University) -> Review:
    return tell(duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"]))


def correct(review: Review, *, why: str = "笔误", version: int | None = None, **changes: str) -> Correction:
    return correct_review(
        review=review,
        changes=changes,
        why=why,
        version=review.version if version is None else version,
        moment=LATER,
        actor=ACTOR,
    )


def test_a_correction_keeps_both_texts_with_who_and_why(review: Review) -> None:
    before = review.direction
    found = correct(review, direction="每月走访两次", evaluation=review.evaluation)
    review.refresh_from_db()
    assert (found.before, found.after) == ({"direction": before}, {"direction": "每月走访两次"})
    assert (found.by, found.why, found.at) == ("test", "笔误", LATER)
    assert review.direction == "每月走访两次"
    assert review.version == 2
    assert AuditEntry.objects.filter(act="更正点评", about=f"review:{review.pk}").count() == 1


def test_the_second_of_two_correctors_is_told_with_both_texts(review: Review) -> None:
    correct(review, direction="甲改的")
    with refused("reviews.corrected-meanwhile", kind=Conflict) as no:
        correct(review, version=1, direction="乙改的")
    assert no.value.differences == (("努力方向", "甲改的", "乙改的"),)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("why", ["", "   "])
def test_a_correction_without_a_reason_is_refused(review: Review, why: str) -> None:
    with refused("reviews.correction-without-reason"):
        correct(review, why=why, direction="新的")


def test_a_correction_that_changes_nothing_is_refused(review: Review) -> None:
    with refused("reviews.nothing-corrected"):
        correct(review, direction=review.direction)


def test_only_words_can_be_corrected(review: Review) -> None:
    with refused("reviews.nothing-corrected"):
        correct(review, happened_on="2011-01-01", mode="random")
    review.refresh_from_db()
    assert (review.happened_on, review.mode) == (NEW_YEAR, "collective")


@pytest.mark.parametrize("part", ["evaluation", "direction"])
def test_a_correction_cannot_empty_a_part_the_programme_demands(review: Review, part: str) -> None:
    """What could not be left out when it was filed cannot be corrected away."""
    with refused("reviews.part-emptied"):
        correct(review, **{part: ""})


@pytest.mark.parametrize("reason", ["late_reason", "report_absence"])
def test_a_correction_cannot_take_back_the_reason_a_review_was_filed_with(
    opened: University, reason: str
) -> None:
    duty = duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"])
    review = tell(duty, **{reason: "支部书记住院。"})
    with refused("reviews.part-emptied"):
        correct(review, **{reason: " "})
    correct(review, **{reason: "支部书记住院，月底出院。"})


def test_a_draft_is_changed_and_not_corrected(opened: University) -> None:
    duty = duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"])
    draft = save_draft(**target_of(duty, on=NEW_YEAR), said=words(), version=0, actor=ACTOR)
    with refused("reviews.not-filed-yet"):
        correct(draft, direction="改")
    with refused("reviews.not-filed-yet"):
        answer_review(review=draft, text="", on_behalf=False, moment=LATER, actor=ACTOR)


def test_an_answer_stands_beside_the_review_and_does_not_touch_it(review: Review) -> None:
    before = Review.objects.filter(pk=review.pk).values().get()
    answer_review(review=review, text=" 接受，照改。 ", on_behalf=False, moment=LATER, actor=Operator("ran"))
    assert Review.objects.filter(pk=review.pk).values().get() == before
    found = Answer.objects.get()
    assert (found.text, found.by, found.on_behalf, found.at) == ("接受，照改。", "ran", False, LATER)


def test_reading_without_words_is_an_answer(review: Review) -> None:
    assert answer_review(review=review, text="", on_behalf=True, moment=LATER, actor=ACTOR).on_behalf


def test_the_last_review_of_a_target_is_the_one_that_happened_last(opened: University) -> None:
    duty = duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"])
    newest = tell(duty, on=date(2011, 1, 5))
    tell(duty, on=date(2010, 12, 30), entered=date(2011, 1, 5))
    found = last_filed(about="member", organisation=duty.organisation, person=duty.person)
    assert found is not None
    assert found.pk == newest.pk
