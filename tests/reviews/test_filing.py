"""Filing a review: required parts, the day, lateness, and which duties it meets."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dianping.common.models import AuditEntry
from dianping.common.refusal import Conflict
from dianping.duties.models import Duty
from dianping.duties.selectors import coverage_of
from dianping.orgs.models import Role
from dianping.rectification.models import Item
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Review, ReviewDuty
from dianping.reviews.services import ProblemInput, file_review, save_draft
from tests.factories import ACTOR, University, act, open_on, secretarys_seat, vacate
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, at, duty_about, target_of, tell, words

REQUIRED = [
    ("member", "evaluation", True),
    ("member", "achievements", False),
    ("member", "problems", True),
    ("member", "direction", True),
    *[
        (about, part, True)
        for about in ("branch", "branch_secretary")
        for part in ("evaluation", "achievements", "problems", "direction")
    ],
]


def member_duty(place: University) -> Duty:
    return duty_about(place.letters_staff, "member", person=place.people["冉小禾"])


def any_duty(place: University, target: str) -> Duty:
    return member_duty(place) if target == "member" else duty_about(place.letters_staff, target)


@pytest.mark.parametrize(("target", "part", "required"), REQUIRED)
def test_a_review_without_a_part_the_programme_demands_is_refused(
    opened: University, target: str, part: str, required: bool
) -> None:
    duty = any_duty(opened, target)
    about = (
        "member" if target == "member" else "secretary" if target.endswith("secretary") else "organisation"
    )
    full = words(about, achievements="做了两件实事。")
    said = replace(full, problems=()) if part == "problems" else replace(full, **{part: "　 "})
    if not required:
        assert tell(duty, said=said).filed
        return
    with refused("reviews.parts-missing"):
        tell(duty, said=said)
    assert not Review.objects.exists()
    assert not Item.objects.exists()
    duty.refresh_from_db()
    assert duty.done_on is None


def test_every_missing_part_is_told_at_once(opened: University) -> None:
    with refused("reviews.parts-missing") as no:
        tell(member_duty(opened), said=words(evaluation="", direction="", problems=()))
    for name in ("评价", "不足", "努力方向"):
        assert name in str(no.value)


def test_problems_of_blanks_are_no_problems(opened: University) -> None:
    with refused("reviews.parts-missing"):
        tell(member_duty(opened), said=words(problems=(ProblemInput("  "), ProblemInput("\n"))))


def test_a_review_of_tomorrow_is_refused(opened: University) -> None:
    with refused("reviews.day-in-future"):
        tell(member_duty(opened), on=NEW_YEAR + timedelta(days=1), entered=NEW_YEAR)


def test_a_review_without_a_day_is_refused(opened: University) -> None:
    with refused("reviews.day-missing"):
        tell(member_duty(opened), said=words(happened_on=None))


def test_a_review_before_any_programme_is_refused(opened: University) -> None:
    with refused("reviews.no-programme-then"):
        tell(member_duty(opened), on=date(2010, 12, 1), entered=date(2010, 12, 5))


@pytest.mark.parametrize(("lag", "asked"), [(0, False), (7, False), (8, True), (30, True)])
def test_a_late_entry_needs_a_reason(opened: University, lag: int, asked: bool) -> None:
    duty, entered = member_duty(opened), NEW_YEAR + timedelta(days=lag)
    if asked:
        with refused("reviews.late-without-reason"):
            tell(duty, entered=entered)
        assert not Review.objects.exists()
    else:
        assert tell(duty, entered=entered).counts == "按时"


@pytest.mark.parametrize(
    ("lag", "counts", "done"),
    [(0, "按时", True), (7, "按时", True), (8, "补录", True), (30, "补录", True), (31, "不计入", False)],
)
def test_an_entry_counts_by_its_lag(opened: University, lag: int, counts: str, done: bool) -> None:
    duty, happened = member_duty(opened), date(2010, 12, 20)
    entered = happened + timedelta(days=lag)
    review = tell(duty, on=happened, entered=entered, late_reason="会后没有及时登记")
    duty.refresh_from_db()
    assert (review.counts, duty.done_on is not None) == (counts, done)
    assert review.filed
    if done:
        assert (duty.done_on, duty.entered_on, duty.on_time) == (happened, entered, counts == "按时")
    else:
        assert not ReviewDuty.objects.exists()


def test_two_hundred_backdated_entries_are_never_on_time(opened: University) -> None:
    """T6: whatever the claimed day, written down more than a week later it is 补录 or nothing."""
    entered = date(2011, 2, 2)
    duty = member_duty(opened)
    counted = set()
    for back in range(8, 40):
        Duty.objects.filter(pk=duty.pk).update(done_on=None, entered_on=None, on_time=None)
        ReviewDuty.objects.all().delete()
        counted.add(tell(duty, on=entered - timedelta(days=back), entered=entered, late_reason="补").counts)
    assert counted == {"补录", "不计入"}


def test_one_january_review_meets_the_round_and_the_quarter(opened: University) -> None:
    open_on(NEW_YEAR)
    branch = opened.letters_staff
    review = tell(duty_about(branch, "branch"))
    assert {m.duty.window.rule for m in review.met.select_related("duty__window")} == {"round", "quarter"}
    assert not Duty.objects.filter(organisation=branch, target="branch", done_on=None).exists()
    assert Duty.objects.filter(organisation=branch, target="branch_secretary", done_on=None).count() == 2


def test_a_december_review_meets_the_round_alone(opened: University) -> None:
    open_on(NEW_YEAR)
    review = tell(duty_about(opened.letters_staff, "branch"), on=date(2010, 12, 30), entered=NEW_YEAR)
    assert [m.duty.window.rule for m in review.met.select_related("duty__window")] == ["round"]


def test_an_overdue_round_is_discharged_late_and_the_running_quarter_on_time(opened: University) -> None:
    open_on(NEW_YEAR)
    day = date(2011, 2, 20)
    review = tell(duty_about(opened.letters_staff, "branch"), on=day)
    found = {m.duty.window.rule: m.duty.on_time for m in review.met.select_related("duty__window")}
    assert found == {"round": False, "quarter": True}
    (own,) = coverage_of([opened.letters_staff], day=day, rule="round")
    assert (own.total.late, own.total.on_time) == (1, 0)


def test_a_member_reviewed_after_the_round_ended_is_covered_late(opened: University) -> None:
    review = tell(member_duty(opened), on=date(2011, 2, 10))
    assert review.counts == "补录"


def test_an_organisation_review_and_a_secretary_review_are_separate(opened: University) -> None:
    branch = opened.letters_staff
    tell(duty_about(branch, "branch"))
    secretary = duty_about(branch, "branch_secretary")
    assert secretary.done_on is None
    other = tell(secretary)
    assert other.person == opened.people["宁守真"]
    assert Review.objects.filter(filed=True).values_list("about", flat=True).distinct().count() == 2


def test_a_review_by_somebody_who_does_not_owe_it_is_kept_and_meets_nothing(opened: University) -> None:
    duty = member_duty(opened)
    review = file_review(
        target=replace(target_of(duty, on=NEW_YEAR)["target"], post=secretarys_seat(opened.top)),
        reviewer=opened.people["甘远山"],
        said=words(mode="random"),
        version=0,
        moment=at(NEW_YEAR),
        actor=ACTOR,
    )
    duty.refresh_from_db()
    assert review.filed
    assert review.counts == ""
    assert duty.done_on is None
    assert not review.met.exists()


def test_nobody_reviews_himself(opened: University) -> None:
    seat = secretarys_seat(opened.letters_staff)
    with refused("reviews.reviewing-oneself"):
        file_review(
            target=ReviewTarget(seat, "member", opened.letters_staff, opened.people["宁守真"]),
            reviewer=opened.people["宁守真"],
            said=words(),
            version=0,
            moment=at(NEW_YEAR),
            actor=ACTOR,
        )


def test_a_second_review_of_the_same_target_is_kept_and_counts_nothing(opened: University) -> None:
    duty = member_duty(opened)
    tell(duty)
    again = tell(duty, on=date(2011, 1, 8))
    assert again.counts == ""
    assert Review.objects.filter(filed=True).count() == 2
    (own,) = coverage_of([opened.letters_staff], day=date(2011, 1, 8))
    assert own.groups["members"].done == 1


def test_filing_what_somebody_else_filed_meanwhile_is_told(opened: University) -> None:
    """T16: a form opened on draft 1 and sent after somebody else filed that draft is no second review."""
    duty = member_duty(opened)
    target = target_of(duty, on=NEW_YEAR)
    save_draft(**target, said=words(), version=0, actor=ACTOR)
    file_review(**target, said=words(), version=1, moment=at(NEW_YEAR), actor=ACTOR)
    with refused("reviews.draft-gone", kind=Conflict):
        file_review(**target, said=words(evaluation="另一份"), version=1, moment=at(NEW_YEAR), actor=ACTOR)


def test_the_act_and_its_audit_entry_stand_or_fall_together(
    opened: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("the chain cannot be written")

    monkeypatch.setattr("dianping.reviews.services.file.audit.record", broken)
    with pytest.raises(RuntimeError):
        tell(member_duty(opened))
    assert not Review.objects.exists()
    assert member_duty(opened).done_on is None


def test_filing_leaves_one_entry_in_the_chain(opened: University) -> None:
    review = tell(member_duty(opened))
    entry = AuditEntry.objects.get(act="登记点评")
    assert (entry.about, entry.path, entry.actor) == (f"review:{review.pk}", review.path, "wen")


def test_the_acting_deputy_reviews_where_the_seat_is_vacant(adopted: University) -> None:
    branch = adopted.letters_students
    vacate(branch, date(2010, 12, 1))
    act(adopted.people["许可"], branch)
    open_on()
    duty = (
        Duty.objects.filter(organisation=branch, target="member").exclude(person=adopted.people["许可"]).get()
    )
    review = tell(duty)
    assert review.reviewer == adopted.people["许可"]
    assert review.post.role == Role.SECRETARY
