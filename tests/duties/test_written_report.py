"""专门书面报告: one report for the problems of one window (豫创组办发〔2010〕26号 四.1; decision 0009)."""

from datetime import date

import pytest

from dianping.common.models import AuditEntry
from dianping.duties.models import Duty
from dianping.duties.selectors import open_reports_about
from dianping.duties.services import demand_report, discharge_duty, withdraw_report
from dianping.orgs.services import place_under
from dianping.programmes.rules import EntryRule
from tests.factories import ACTOR, open_on, secretarys_seat

DAY, DUE = date(2011, 1, 5), date(2011, 3, 31)


@pytest.fixture
def demand(university):
    def demand(*, person=None, due=DUE, opens=DAY, about=university.letters_staff):
        return demand_report(
            owed_by=secretarys_seat(about), about=about, person=person, opens=opens, due=due, actor=ACTOR
        )

    return demand


def test_two_problems_due_together_share_one_report(demand):
    assert demand() == demand(opens=date(2011, 2, 1))
    assert Duty.objects.filter(kind="report").count() == 1
    assert AuditEntry.objects.filter(act="要求书面报告").count() == 1


def test_another_day_or_another_target_is_another_report(demand, university):
    found = {demand().pk, demand(due=date(2011, 6, 30)).pk, demand(person=university.people["冉小禾"]).pk}
    assert len(found) == 3


def test_a_report_is_owed_by_the_secretarys_seat_and_stands_in_no_window(demand, university):
    duty = demand()
    assert (duty.owed_by, duty.window, duty.opens, duty.due) == (
        secretarys_seat(university.letters_staff),
        None,
        DAY,
        DUE,
    )
    assert list(open_reports_about(organisation=university.letters_staff, person=None)) == [duty]


def test_a_report_demanded_on_the_day_it_is_due_opens_no_later(demand):
    assert demand(opens=date(2011, 4, 2)).opens == DUE


def test_a_report_no_longer_needed_is_owed_no_more_and_may_be_demanded_again(demand, university):
    duty = demand()
    withdraw_report(duty=duty, on=DAY, actor=ACTOR)
    assert not open_reports_about(organisation=university.letters_staff, person=None).exists()
    assert demand() == duty
    assert open_reports_about(organisation=university.letters_staff, person=None).count() == 1


def test_a_report_handed_in_is_not_withdrawn(demand):
    duty = demand()
    discharge_duty(duty=duty, on=DAY, entered_on=DAY, rule=EntryRule(), actor=ACTOR)
    withdraw_report(duty=duty, on=DAY, actor=ACTOR)
    duty.refresh_from_db()
    assert (duty.done_on, duty.lapsed_on) == (DAY, None)


def test_a_problem_found_unresolved_after_the_report_was_handed_in_costs_another(demand, university):
    duty = demand()
    discharge_duty(duty=duty, on=DAY, entered_on=DAY, rule=EntryRule(), actor=ACTOR)
    second = demand(opens=date(2011, 2, 10))
    assert second.done_on is None
    assert list(open_reports_about(organisation=university.letters_staff, person=None)) == [second]


def test_a_report_moves_with_its_organisation(demand, adopted):
    duty = demand(about=adopted.letters_students)
    open_on()
    place_under(organisation=adopted.letters_students, parent=adopted.sciences, on=DAY, actor=ACTOR)
    open_on(DAY)
    duty.refresh_from_db()
    duty.organisation.refresh_from_db()
    assert duty.path == duty.organisation.path
