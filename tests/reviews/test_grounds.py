"""在案的依据 (豫创组办发〔2010〕26号 四.1; decision 0066): what is on file, what is demanded, kept, corrected, taken back, printed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dianping.acts.reopening import reopen_and_withdraw
from dianping.common.records.checking import check
from dianping.common.refusal import Conflict
from dianping.duties.models import Duty
from dianping.ledgers.selectors.registers import review_facts
from dianping.opinions.rules import presets
from dianping.opinions.services import SubjectPlan
from dianping.orgs.models import Organisation
from dianping.reviews.models import Correction, Ground, Occasion, Review
from dianping.reviews.rules.grounds import earliest
from dianping.reviews.selectors import draft_of, grounds_of, on_file_about
from dianping.reviews.selectors.grounds import SHOWN
from dianping.reviews.services import (
    EventInput,
    GroundInput,
    OccasionPlan,
    ReviewInput,
    correct_review,
    plan_hearing,
    plan_occasion,
    save_draft,
)
from tests.factories import ACTOR, University, open_on
from tests.ledgers.test_registers import scope
from tests.opinions.polling import AFTER, Polling, answer, choosing, ready
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, at, duty_about, target_of, tell, words


def visit(place: Organisation, on: date = NEW_YEAR, kind: str = "调研") -> Occasion:
    return plan_occasion(plan=OccasionPlan(kind, on), organisation=place, reviewed=(), actor=ACTOR)


def of(occasion: Occasion) -> GroundInput:
    return GroundInput("occasion", occasion.pk)


def a_poll(place: University, about: SubjectPlan) -> Polling:
    found = ready(place, about=(about,), form=presets()["opinion"])
    for code in found.codes[0][:12]:
        answer(found, code, choosing(found.poll.sheet, 1, words="排队久"))
    found.open()
    return found


def branch(place: University, target: str = "branch") -> Duty:
    return duty_about(place.letters_staff, target)


def bare(about: str = "organisation", **more: Any) -> ReviewInput:
    return words(about, **({"ground_absence": "", "evidence": ""} | more))


def told_about(duty: Duty, *, on: date = NEW_YEAR) -> list[str]:
    target = target_of(duty, on=on)["target"]
    whom = (target.about, target.organisation, target.person)
    (rows,) = on_file_about([whom], on=on).values()
    return [row.told for row in rows]


# ---- demanded


@pytest.mark.parametrize(("target", "about"), [("branch", "organisation"), ("branch_secretary", "secretary")])
def test_a_regular_review_with_neither_ground_nor_reason_is_refused(
    opened: University, target: str, about: str
) -> None:
    with refused("reviews.ground-missing", match="豫创组办发〔2010〕26号 四.1"):
        tell(branch(opened, target), said=bare(about))
    assert not Review.objects.filter(filed=True).exists()


@pytest.mark.parametrize("more", [{"ground_absence": "票箱还没有开"}, {"regular": False}])
def test_a_reason_suffices_and_a_review_between_times_needs_none(opened: University, more: Any) -> None:
    review = tell(branch(opened), said=bare(**more))
    assert review.filed
    assert not review.grounds.exists()


def test_the_reviewer_s_own_words_are_no_ground(opened: University) -> None:
    with refused("reviews.ground-missing"):
        tell(branch(opened), said=bare(evidence="听课两次"))


def test_a_member_is_reviewed_without(opened: University) -> None:
    duty = duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"])
    assert tell(duty, said=bare("member")).filed


@pytest.mark.parametrize("kind", ["调研", "走访慰问", "年度考核"])
def test_a_visit_is_the_ground_of_what_is_said_there(opened: University, kind: str) -> None:
    review = tell(branch(opened), said=bare(event=EventInput(kind, "教研室")))
    assert [ground.occasion for ground in review.grounds.all()] == [review.occasion]


def test_a_meeting_is_none(opened: University) -> None:
    with refused("reviews.ground-missing"):
        tell(branch(opened), said=bare(event=EventInput("书记会议")))
    assert not Occasion.objects.exists()


# ---- on file


def test_visits_to_a_body_and_below_are_on_file_and_others_are_not(opened: University) -> None:
    unit = duty_about(opened.letters, "unit")
    visit(opened.letters_staff, kind="走访慰问")
    visit(opened.letters)
    visit(opened.sciences)
    visit(opened.letters, date(2011, 1, 20))  # ahead
    visit(opened.letters, date(2010, 7, 4), "年度考核")  # a day too old
    visit(opened.letters, date(2010, 7, 5), "年度考核")
    visit(opened.letters, kind="书记会议")
    assert [row[:4] for row in told_about(unit)] == ["调研（2", "走访慰问", "年度考核"]
    assert told_about(duty_about(opened.letters, "unit_secretary")) == told_about(unit)
    assert [row[:4] for row in told_about(branch(opened))] == ["走访慰问"]


def test_six_months_back_is_counted_by_the_calendar() -> None:
    assert earliest(date(2011, 1, 5), 6) == date(2010, 7, 5)
    assert earliest(date(2011, 8, 31), 6) == date(2011, 2, 28)
    assert earliest(date(2011, 12, 1), 12) == date(2010, 12, 1)


def test_an_opened_poll_is_on_file_for_the_body_and_its_secretary(opened: University) -> None:
    found = a_poll(opened, SubjectPlan(opened.letters_staff))
    title = f"{found.poll.title}（{AFTER}开箱）"
    for target in ("branch", "branch_secretary"):
        assert told_about(branch(opened, target)) == []  # on January 5 the box was shut
        assert told_about(branch(opened, target), on=AFTER) == [title]
    assert told_about(duty_about(opened.sciences_staff, "branch"), on=AFTER) == []


def test_a_poll_about_a_secretary_is_none_about_the_body(opened: University) -> None:
    duty = branch(opened, "branch_secretary")
    a_poll(opened, SubjectPlan(opened.letters_staff, duty.person))
    assert len(told_about(duty, on=AFTER)) == 1
    assert told_about(branch(opened), on=AFTER) == []


def test_a_hearing_is_on_file_for_the_units_that_reported(opened: University) -> None:
    open_on(date(2011, 1, 12))
    held = plan_hearing(
        duty=Duty.objects.get(kind="hearing"),
        plan=OccasionPlan("听取汇报", date(2011, 1, 14)),
        actor=ACTOR,
    )
    unit = duty_about(opened.letters, "unit")
    assert told_about(unit, on=date(2011, 1, 20)) == [str(held)]
    assert told_about(branch(opened), on=date(2011, 1, 20)) == []
    held.attendance.filter(organisation=opened.letters).update(present=False)
    assert told_about(unit, on=date(2011, 1, 20)) == []


# ---- ticked, kept, corrected, taken back


def test_what_is_ticked_stands_with_the_review_and_in_the_register(opened: University) -> None:
    first, second = visit(opened.letters_staff), visit(opened.letters_staff, kind="走访慰问")
    review = tell(branch(opened), said=bare(grounds=(of(first), of(second)), evidence="看了记录"))
    assert {row.told for row in grounds_of(review)} == {str(first), str(second)}
    (entry,) = review_facts(scope(opened)).reviews
    assert set(entry.ground.splitlines()) == {str(first), str(second), "看了记录"}
    assert record_faults_found() == []


def record_faults_found() -> list[Any]:
    return [fault for fault in check()[1] if fault.table.startswith("reviews_")]


def test_a_ground_taken_away_beside_the_system_is_found(opened: University) -> None:
    tell(branch(opened), said=bare(grounds=(of(visit(opened.letters_staff)),)))
    Ground.objects.all().delete()
    assert [fault.table for fault in record_faults_found()] == ["reviews_ground"]


def test_the_register_prints_why_there_is_none(opened: University) -> None:
    tell(branch(opened), said=bare(ground_absence="票箱还没有开"))
    (entry,) = review_facts(scope(opened)).reviews
    assert entry.ground == "没有在案依据：票箱还没有开"


def test_what_is_not_on_file_on_the_day_is_refused(opened: University) -> None:
    later = visit(opened.letters_staff, date(2011, 1, 20))
    foreign = visit(opened.sciences_staff)
    for ground in (of(later), of(foreign), GroundInput("poll", 999)):
        with refused("reviews.ground-not-on-file"):
            tell(branch(opened), said=bare(grounds=(ground,), ground_absence="有"))


def test_a_draft_keeps_what_was_ticked_and_nothing_foreign(opened: University) -> None:
    own, foreign = visit(opened.letters_staff), visit(opened.sciences_staff)
    target = target_of(branch(opened), on=NEW_YEAR)
    said = bare(grounds=(of(own), of(foreign)), ground_absence="先记着")
    save_draft(**target, said=said, version=0, actor=ACTOR)
    draft = draft_of(target["target"])
    assert draft is not None
    assert [row.said for row in grounds_of(draft)] == [of(own)]
    assert draft.ground_absence == "先记着"
    save_draft(**target, said=replace(said, grounds=()), version=1, actor=ACTOR)
    assert not Ground.objects.exists()


def test_both_sides_of_a_draft_changed_meanwhile_tell_their_grounds(opened: University) -> None:
    own, target = visit(opened.letters_staff), target_of(branch(opened), on=NEW_YEAR)
    save_draft(**target, said=bare(grounds=(of(own),)), version=0, actor=ACTOR)
    with pytest.raises(Conflict) as told:
        save_draft(**target, said=bare(), version=0, actor=ACTOR)
    assert ("在案的依据", str(own), "") in told.value.differences


def test_whatever_a_form_names_it_learns_nothing_of_what_is_anothers(opened: University) -> None:
    foreign, target = visit(opened.sciences), target_of(branch(opened), on=NEW_YEAR)
    save_draft(**target, said=bare(), version=0, actor=ACTOR)
    named = tuple(GroundInput(kind, key) for kind in ("occasion", "poll") for key in range(1, foreign.pk + 5))
    with pytest.raises(Conflict) as told:
        save_draft(**target, said=bare(grounds=named), version=0, actor=ACTOR)
    assert str(foreign) not in str(told.value.differences)


def test_what_is_ticked_is_kept_however_much_else_is_on_file(opened: University) -> None:
    """Twenty are shown; a visit told of late is older than all of them."""
    own = visit(opened.letters_staff, on=NEW_YEAR - timedelta(days=40))
    for day in range(SHOWN + 5):
        visit(opened.letters_staff, on=NEW_YEAR - timedelta(days=day))
    review = tell(branch(opened), said=bare(grounds=(of(own),)))
    assert [row.said for row in grounds_of(review)] == [of(own)]


def correct(review: Review, grounds: tuple[GroundInput, ...] | None, **changes: str) -> Correction:
    version = Review.objects.get(pk=review.pk).version
    given: dict[str, Any] = {"changes": changes, "grounds": grounds, "why": "选错了", "version": version}
    return correct_review(review=review, moment=at(NEW_YEAR), actor=ACTOR, **given)


def test_a_correction_changes_grounds_and_keeps_the_old_ones_readable(opened: University) -> None:
    wrong, right = visit(opened.letters_staff), visit(opened.letters_staff, kind="走访慰问")
    review = tell(branch(opened), said=bare(grounds=(of(wrong),)))
    correction = correct(review, (of(right),))
    assert correction.before == {"grounds": str(wrong)}
    assert correction.after == {"grounds": str(right)}
    assert [row.said for row in grounds_of(Review.objects.get(pk=review.pk))] == [of(right)]
    assert record_faults_found() == []


def test_a_correction_of_words_leaves_the_grounds(opened: University) -> None:
    held = visit(opened.letters_staff)
    review = tell(branch(opened), said=bare(grounds=(of(held),)))
    assert correct(review, None, direction="改了。").after == {"direction": "改了。"}
    assert Ground.objects.count() == 1


def test_a_correction_may_not_leave_nothing(opened: University) -> None:
    held = visit(opened.letters_staff)
    review = tell(branch(opened), said=bare(grounds=(of(held),)))
    with refused("reviews.ground-missing"):
        correct(review, ())
    assert correct(review, (), ground_absence="记错了，没有去过").review_id == review.pk
    with refused("reviews.ground-missing"):
        correct(review, None, ground_absence="")
    with refused("reviews.ground-not-on-file"):
        correct(review, (of(visit(opened.letters_staff, date(2011, 1, 6))),))
    assert Review.objects.get(pk=review.pk).ground_absence == "记错了，没有去过"


def test_a_review_taken_back_keeps_its_grounds_and_tells_them(opened: University) -> None:
    held = visit(opened.letters_staff)
    review = tell(branch(opened), said=bare(grounds=(of(held),)))
    reopen_and_withdraw(review=review, why="写错了日期", moment=at(NEW_YEAR), actor=ACTOR)
    (reopening,) = review.reopenings.all()
    assert reopening.before["grounds"] == [str(held)]
    assert record_faults_found() == []
    tell(branch(opened), said=bare(grounds=(of(held),)))
    assert Ground.objects.count() == 1
    assert record_faults_found() == []
