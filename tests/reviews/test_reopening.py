"""Who stands by what, taking a filed review back, handing over, and a few words noted: nothing lost, every count true."""

from dataclasses import replace
from datetime import date

from dianping.acts.reopening import reopen_and_withdraw
from dianping.duties.models import Duty, Tally, Window
from dianping.duties.services import hand_over, open_duties
from dianping.duties.services.tallying import recount
from dianping.orgs.models import Post
from dianping.orgs.selectors.posts import holder_on
from dianping.rectification.models import Item
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Note, Review
from dianping.reviews.services import confirm_review, take_note
from tests.factories import ACTOR, University
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell


def tallies() -> list[tuple[int, int, date, int, int, int]]:
    rows = Tally.objects.values_list("organisation", "window", "day", "owed", "on_time", "late")
    return sorted(row for row in rows if row[3] or row[4] or row[5])


def recounted() -> list[tuple[int, int, date, int, int, int]]:
    windows = list(Window.objects.exclude(target="reviewer").values_list("pk", flat=True))
    recount(windows=windows, day=NEW_YEAR)
    return tallies()


def a_member(opened: University) -> Duty:
    """The review owed about some member of the branch."""
    return Duty.objects.filter(
        target="member", organisation=opened.letters_staff, window__rule="round"
    ).order_by("pk")[0]


def test_only_the_reviewer_confirms_and_only_once(opened: University) -> None:
    review = tell(duty_about(opened.letters_staff, "branch"))
    assert review.confirmed_at is None, "somebody else wrote it down"
    with refused("reviews.only-reviewer-confirms"):
        confirm_review(
            review=review, moment=at(NEW_YEAR), actor=replace(OTHER, himself=opened.people["柳青衣"])
        )
    reviewer = replace(ACTOR, himself=review.reviewer)
    first = confirm_review(review=review, moment=at(NEW_YEAR), actor=reviewer)
    again = confirm_review(review=review, moment=at(date(2011, 1, 9)), actor=reviewer)
    assert again.confirmed_at == first.confirmed_at


def test_reopened_every_word_stays_the_duty_is_owed_again_and_the_tallies_are_true(
    opened: University,
) -> None:
    before = tallies()
    duty = duty_about(opened.letters_staff, "branch")
    review = tell(duty)
    said = (review.evaluation, review.problems.get().text)
    assert tallies() != before
    reopen_and_withdraw(review=review, why="写错了组织", moment=at(NEW_YEAR), actor=ACTOR)
    duty.refresh_from_db()
    review.refresh_from_db()
    kept = review.reopenings.get()
    assert duty.done_on is None
    assert not review.filed
    assert (kept.before["evaluation"], kept.before["problems"][0]["text"], kept.why) == (*said, "写错了组织")
    assert not Item.objects.filter(problem__review=review).exists()
    assert tallies() == before == recounted()


def test_reopened_by_the_last_one_its_reviewer_has_no_longer_done_all(opened: University) -> None:
    mine = Duty.objects.filter(owed_by=duty_about(opened.letters_staff, "branch").owed_by, kind="review")
    reviews = [tell(duty) for duty in mine.filter(window__rule="round").order_by("pk")]
    assert recounted() == tallies()
    reopen_and_withdraw(review=reviews[0], why="写错了日期", moment=at(NEW_YEAR), actor=ACTOR)
    assert tallies() == recounted()


def test_it_is_refused_once_somebody_acted_on_it(opened: University) -> None:
    review = tell(duty_about(opened.letters_staff, "branch"))
    take_step(item_of(review), "plan", actor=OTHER)
    with refused("rectification.work-already-begun"):
        reopen_and_withdraw(review=review, why="写错了", moment=at(NEW_YEAR), actor=ACTOR)
    assert Review.objects.get(pk=review.pk).filed


def test_without_a_reason_nothing_is_reopened(opened: University) -> None:
    review = tell(duty_about(opened.letters_staff, "branch"))
    with refused("reviews.reopening-without-reason"):
        reopen_and_withdraw(review=review, why=" ", moment=at(NEW_YEAR), actor=ACTOR)
    assert Item.objects.filter(problem__review=review).exists()


def seat(post: Post) -> dict[str, object]:
    return {"to_post": post, "holder": holder_on(post, day=NEW_YEAR)}


def test_what_is_handed_over_stays_handed_over_and_counts_for_the_other(opened: University) -> None:
    owed = duty_about(opened.letters_staff, "branch").owed_by
    assert owed is not None
    stand_in = duty_about(opened.sciences_staff, "branch").owed_by
    assert stand_in is not None
    handed = hand_over(from_post=owed, why="病假", on=NEW_YEAR, actor=ACTOR, **seat(stand_in))  # type: ignore[arg-type]
    assert handed.duties > 0
    assert not Duty.objects.filter(owed_by=owed, kind="review", done_on=None).exists()
    assert tallies() == recounted()
    open_duties(day=NEW_YEAR, actor=ACTOR)
    duty = duty_about(opened.letters_staff, "branch")
    assert (duty.owed_by, duty.handed_over) == (stand_in, handed), "a new opening leaves it where it is"
    assert tell(duty).reviewer == holder_on(stand_in, day=NEW_YEAR)


def test_nobody_is_handed_the_review_of_himself(opened: University) -> None:
    duty = duty_about(opened.letters_staff, "branch_secretary")
    own = Post.objects.get(organisation=opened.letters_staff, role="secretary")
    assert duty.owed_by is not None
    with refused("duties.nothing-to-hand-over"):
        hand_over(from_post=duty.owed_by, why="出差", on=NEW_YEAR, actor=ACTOR, only=[duty.pk], **seat(own))  # type: ignore[arg-type]
    with refused("duties.handover-without-reason"):
        hand_over(from_post=duty.owed_by, why="", on=NEW_YEAR, actor=ACTOR, **seat(own))  # type: ignore[arg-type]


def test_a_note_meets_no_duty_and_becomes_part_of_the_review(opened: University) -> None:
    duty = a_member(opened)
    assert duty.owed_by is not None
    writer = holder_on(duty.owed_by, day=NEW_YEAR)
    assert writer is not None
    note = take_note(
        target=ReviewTarget(duty.owed_by, "member", duty.organisation, duty.person),
        writer=writer,
        happened_on=NEW_YEAR,
        text="谈话时说想带两个学生",
        moment=at(NEW_YEAR),
        actor=ACTOR,
    )
    duty.refresh_from_db()
    assert duty.done_on is None
    review = tell(duty)
    assert Note.objects.get(pk=note.pk).review == review
    with refused("reviews.note-in-future"):
        take_note(
            target=ReviewTarget(duty.owed_by, "member", duty.organisation, duty.person), writer=writer,
            happened_on=date(2011, 1, 6), text="还没发生", moment=at(NEW_YEAR), actor=ACTOR,
        )  # fmt: skip
