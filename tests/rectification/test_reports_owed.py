"""The written report: when it falls due, what it answers for, when it is no longer owed. 豫创组办发〔2010〕26号 四.1."""

from datetime import date

import pytest

from dianping.common.models import AuditEntry
from dianping.common.refusal import Conflict
from dianping.duties.models import Duty, Kind
from dianping.orgs.models import Organisation
from dianping.rectification.models import Item, WrittenReport
from dianping.rectification.selectors import items_of_report, open_items_about, report_of
from dianping.rectification.services import file_report, open_items
from dianping.reviews.services import ProblemInput
from tests.factories import ACTOR, University, open_on, secretarys_seat
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, OTHER, OWN, at, duty_about, item_of, take_step, tell

TEXT = "问题没有解决的原因是人手不足，拟在三月底前补齐。"


def unresolved(place: Organisation, target: str = "branch", *, on: date = NEW_YEAR, **about: object) -> Item:
    """A problem said on a day and found not well resolved on the same day."""
    duty = duty_about(place, target, **about)  # type: ignore[arg-type]
    return take_step(item_of(tell(duty, on=on)), "unresolved", on=on, actor=OTHER)


def report_duty(item: Item) -> Duty:
    assert item.report is not None
    return item.report


def file(duty: Duty, on: date = NEW_YEAR, text: str = TEXT) -> WrittenReport:
    return file_report(duty=duty, text=text, own=OWN, moment=at(on, 15), actor=ACTOR)


def test_with_no_review_standing_it_is_due_the_day_before_the_next_window(opened: University) -> None:
    open_on(NEW_YEAR)
    item = unresolved(opened.letters_staff)  # one review met both the round and the quarter
    report = report_duty(item)
    assert (report.opens, report.due) == (NEW_YEAR, date(2011, 3, 31))
    assert report.kind == Kind.REPORT


def test_with_a_review_standing_it_is_due_by_its_end(opened: University) -> None:
    item = item_of(tell(duty_about(opened.letters_staff, "branch"), on=date(2010, 12, 30)))
    open_on(NEW_YEAR)  # the quarter's review of the same branch stands open
    found = take_step(item, "unresolved", actor=OTHER)
    assert report_duty(found).due == date(2011, 3, 31)


def test_the_standing_review_may_be_the_round(opened: University) -> None:
    ran = opened.people["冉小禾"]
    review = tell(duty_about(opened.letters_staff, "member", person=ran))
    Duty.objects.filter(target="member", person=ran).update(done_on=None, entered_on=None, on_time=None)
    found = take_step(item_of(review), "unresolved", actor=OTHER)
    assert report_duty(found).due == date(2011, 2, 2)


def test_a_half_yearly_unit_owes_it_before_the_next_half(opened: University) -> None:
    open_on(NEW_YEAR)
    report = report_duty(unresolved(opened.letters, "unit"))
    assert report.due == date(2011, 6, 30)
    assert report.owed_by == secretarys_seat(opened.letters)


def test_a_general_branch_follows_the_quarter(opened: University) -> None:
    open_on(NEW_YEAR)
    assert report_duty(unresolved(opened.offices, "unit")).due == date(2011, 3, 31)


def test_a_member_without_cadence_owes_it_by_the_end_of_the_branchs_next_period(opened: University) -> None:
    ran = opened.people["冉小禾"]
    report = report_duty(unresolved(opened.letters_staff, "member", person=ran))
    assert report.due == date(2011, 6, 30)
    assert report.person == ran
    assert report.owed_by == secretarys_seat(opened.letters_staff)


def test_two_problems_of_one_window_share_one_report(opened: University) -> None:
    open_on(NEW_YEAR)
    review = tell(
        duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("甲"), ProblemInput("乙"))
    )
    first, second = Item.objects.filter(problem__review=review)
    a, b = (take_step(i, "unresolved", actor=OTHER) for i in (first, second))
    assert a.report_id == b.report_id
    assert Duty.objects.filter(kind=Kind.REPORT).count() == 1
    assert [i.problem.text for i in items_of_report(report_duty(a))] == ["甲", "乙"]


def test_the_report_of_a_branch_and_that_of_its_secretary_are_two(opened: University) -> None:
    open_on(NEW_YEAR)
    a = unresolved(opened.letters_staff)
    b = unresolved(opened.letters_staff, "branch_secretary")
    assert a.report_id != b.report_id


def test_a_filed_report_discharges_its_duty_and_is_read_by_it(opened: University) -> None:
    duty = report_duty(unresolved(opened.letters_staff))
    filed = file(duty, date(2011, 1, 20))
    duty.refresh_from_db()
    assert (duty.done_on, duty.on_time) == (date(2011, 1, 20), True)
    assert report_of(duty) == filed
    assert AuditEntry.objects.filter(act="交书面报告", about=f"duty:{duty.pk}").count() == 1


def test_a_report_after_its_day_is_late_and_still_taken(opened: University) -> None:
    duty = report_duty(unresolved(opened.letters_staff))
    file(duty, date(2011, 9, 1))
    duty.refresh_from_db()
    assert duty.on_time is False


def test_a_report_is_filed_once(opened: University) -> None:
    duty = report_duty(unresolved(opened.letters_staff))
    file(duty)
    with refused("duties.already-done"):
        file(Duty.objects.get(pk=duty.pk), text="又写了一份不同的报告，交第二次。")
    assert WrittenReport.objects.count() == 1


def test_a_report_dated_before_it_was_asked_for_is_refused_and_not_kept(opened: University) -> None:
    """A clock set back must not leave a report on file whose duty stays open."""
    duty = report_duty(unresolved(opened.letters_staff))
    with refused("rectification.report-too-early"):
        file(duty, date(2011, 1, 4))
    assert not WrittenReport.objects.exists()


@pytest.mark.parametrize("text", ["", "　\n ", "没有"])
def test_an_empty_report_is_refused(opened: University, text: str) -> None:
    duty = report_duty(unresolved(opened.letters_staff))
    with refused("rectification.report-empty"):
        file(duty, text=text)
    duty.refresh_from_db()
    assert duty.done_on is None


def test_only_a_report_duty_takes_a_report(opened: University) -> None:
    with refused("rectification.not-a-report"):
        file(duty_about(opened.letters_staff, "branch"))


def close(item: Item) -> None:
    for step in ("plan", "request", "close"):
        take_step(item, step, actor=OTHER if step == "close" else ACTOR)


def test_the_report_is_withdrawn_when_its_last_problem_is_closed_and_not_before(opened: University) -> None:
    open_on(NEW_YEAR)
    review = tell(
        duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("甲"), ProblemInput("乙"))
    )
    items = [take_step(i, "unresolved", actor=OTHER) for i in Item.objects.filter(problem__review=review)]
    duty = report_duty(items[0])
    close(items[0])
    duty.refresh_from_db()
    assert duty.lapsed_on is None
    close(items[1])
    duty.refresh_from_db()
    assert duty.lapsed_on == NEW_YEAR
    with refused("duties.already-done"):
        file(duty)


def test_a_withdrawn_report_is_owed_again_when_a_problem_comes_back(opened: University) -> None:
    item = unresolved(opened.letters_staff)
    close(item)
    take_step(item, "reopen", actor=OTHER)
    again = take_step(item, "unresolved", actor=OTHER)
    assert report_duty(again).lapsed_on is None
    assert Duty.objects.filter(kind=Kind.REPORT).count() == 1


def test_a_filed_report_is_not_withdrawn_by_closing(opened: University) -> None:
    item = unresolved(opened.letters_staff)
    file(report_duty(item))
    close(item)
    duty = Duty.objects.get(pk=item.report_id)
    assert (duty.lapsed_on, duty.done_on) == (None, NEW_YEAR)


def test_a_report_already_handed_in_does_not_answer_for_a_problem_found_later(opened: University) -> None:
    """The problem found unresolved after the report was filed still asks for words of its own (四.1)."""
    open_on(NEW_YEAR)
    review = tell(
        duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("甲"), ProblemInput("乙"))
    )
    first, second = Item.objects.filter(problem__review=review)
    file(report_duty(take_step(first, "unresolved", actor=OTHER)))
    later = take_step(second, "unresolved", on=date(2011, 1, 20), actor=OTHER)
    assert report_duty(later).done_on is None, "the later problem is answered by a report written before it"


def test_a_report_of_an_earlier_window_is_withdrawn_too_when_its_problem_is_closed(
    opened: University,
) -> None:
    """Found unresolved in two windows one after the other: one report stays owed, by its own day, until closed."""
    open_on(NEW_YEAR)
    item = unresolved(opened.letters_staff)
    first = report_duty(item)
    take_step(item, "progress", on=date(2011, 3, 1))
    take_step(item, "unresolved", on=date(2011, 4, 10), actor=OTHER)
    assert list(Duty.objects.filter(kind=Kind.REPORT)) == [first], "one report, overdue since its own day"
    for step in ("plan", "request", "close"):
        take_step(item, step, on=date(2011, 5, 1), actor=OTHER if step == "close" else ACTOR)
    first.refresh_from_db()
    assert first.lapsed_on is not None, (
        "nobody can write this report any more, and it blocks every next review"
    )


def test_two_people_moving_one_problem_the_second_is_told(opened: University) -> None:
    item = item_of(tell(duty_about(opened.letters_staff, "branch")))
    take_step(item, "plan", version=1)
    with refused("rectification.item-changed-meanwhile", kind=Conflict) as no:
        take_step(item, "progress", version=1)
    assert no.value.differences == (("状态", "整改中", "登记进展"),)


def test_opening_the_items_of_a_review_twice_changes_nothing(opened: University) -> None:
    review = tell(
        duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("甲"), ProblemInput("乙"))
    )
    entries = AuditEntry.objects.count()
    assert len(open_items(review=review, actor=ACTOR)) == 2
    assert (Item.objects.count(), AuditEntry.objects.count()) == (2, entries)


def test_open_problems_follow_a_person_and_stop_when_closed(opened: University) -> None:
    ran = opened.people["冉小禾"]
    item = item_of(tell(duty_about(opened.letters_staff, "member", person=ran)))
    assert list(open_items_about(about="member", organisation=opened.sciences_staff, person=ran)) == [item]
    close(item)
    assert not open_items_about(about="member", organisation=opened.letters_staff, person=ran).exists()
