"""Problems followed until put right, and the written report (豫创组办发〔2010〕26号 四.1; decision 0009)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.base.windows import Cadence, Window
from dianping.rectification.rules.chart import chart, chart_drawing, chart_table
from dianping.rectification.rules.steps import (
    CLOSE_REQUESTED,
    CLOSED,
    IN_PROGRESS,
    OPEN,
    STATE_NAMES,
    STEPS,
    UNRESOLVED,
    may_step,
    report_window,
    report_window_without_cadence,
)

days = st.dates(date(2010, 1, 1), date(2020, 12, 31))
cadences = st.builds(Cadence, st.sampled_from([1, 3, 6, 12]))


def reachable(start):
    found, new = {start}, {start}
    while new:
        new = {step.end for step in STEPS.values() if step.start & new} - found
        found |= new
    return found


def test_every_state_is_reached_from_the_first_and_named_in_chinese():
    assert reachable(OPEN) == set(STATE_NAMES) == {OPEN, IN_PROGRESS, CLOSE_REQUESTED, CLOSED, UNRESOLVED}


@pytest.mark.parametrize("state", [OPEN, IN_PROGRESS, CLOSE_REQUESTED, UNRESOLVED])
def test_from_every_state_a_problem_can_still_be_closed(state):
    assert CLOSED in reachable(state)


def test_nothing_is_closed_that_nobody_asked_to_close():
    assert [step for step in STEPS.values() if step.end == CLOSED and step.start != {CLOSE_REQUESTED}] == []


def test_nobody_closes_or_judges_his_own():
    for name in ("close", "return"):
        assert STEPS[name].by == "other"
    for name in ("unresolved", "reopen"):
        assert STEPS[name].by == "judge"


def test_the_owner_moves_only_towards_asking():
    own = {step.end for step in STEPS.values() if step.by == "owner_side"}
    assert own == {IN_PROGRESS, CLOSE_REQUESTED}


def test_a_closed_problem_moves_only_by_being_opened_again():
    assert [name for name in STEPS if may_step(name, CLOSED)] == ["reopen", "masses"]
    assert STEPS["masses"].by == "masses", "nobody answers in the place of the masses"
    assert not may_step("close", OPEN)
    assert not may_step("request", OPEN)


def test_an_unresolved_problem_costs_a_report_by_the_day_before_the_next_window():
    window = report_window(unresolved_on=date(2011, 2, 10), cadence=Cadence(3), standing=None)
    assert window == Window(date(2011, 2, 10), date(2011, 3, 31))
    half_year = report_window(unresolved_on=date(2011, 2, 10), cadence=Cadence(6), standing=None)
    assert half_year.due == date(2011, 6, 30)


def test_where_a_review_is_owed_already_the_report_is_due_with_it():
    standing = Window(date(2010, 12, 31), date(2011, 1, 10))
    window = report_window(unresolved_on=date(2011, 1, 4), cadence=Cadence(3), standing=standing)
    assert window == Window(date(2011, 1, 4), date(2011, 1, 10))


def test_a_members_report_is_due_by_the_end_of_the_branchs_next_period():
    window = report_window_without_cadence(unresolved_on=date(2011, 2, 10), cadence=Cadence(3))
    assert window == Window(date(2011, 2, 10), date(2011, 6, 30))


@given(day=days, cadence=cadences)
def test_a_report_is_due_before_the_next_window_opens_and_never_in_the_past(day, cadence):
    window = report_window(unresolved_on=day, cadence=cadence, standing=None)
    assert window.opens == day <= window.due
    assert window.due + timedelta(days=1) == cadence.next_window(day).opens
    assert report_window_without_cadence(unresolved_on=day, cadence=cadence).due > window.due


@given(day=days, other=days, cadence=cadences)
def test_two_problems_of_one_period_fall_due_on_one_day(day, other, cadence):
    same = cadence.window(day) == cadence.window(other)
    first, second = (report_window(unresolved_on=d, cadence=cadence, standing=None).due for d in (day, other))
    assert (first == second) is same


def test_the_handbook_prints_the_chart_as_the_code_has_it():
    handbook = (Path(__file__).resolve().parents[3] / "docs/handbook/administrator.md").read_text("utf-8")
    assert chart_table() in handbook, "the table differs; it should be:\n" + chart_table()
    assert chart_drawing() in handbook, "the drawing differs; it should be:\n" + chart_drawing()


def test_the_chart_has_every_step_from_every_state_it_starts_from():
    assert len(chart()) == sum(len(step.start) for step in STEPS.values())
