"""Coverage counted from the duties themselves (豫创组办发〔2010〕26号 四.4)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.duties.oracle_of_coverage import Figures, Owed, count, count_reviewers, is_covered, shortfall

OPENS, DUE = date(2010, 12, 15), date(2011, 2, 2)
DAY = date(2011, 1, 5)


def owed(entered=None, on_time=None, *, opens=OPENS, due=DUE, by=1):
    return Owed(opens, due, entered, on_time, by)


def test_each_duty_stands_under_one_heading():
    duties = [owed(DAY, True), owed(DAY, False), owed(), owed(due=DAY - timedelta(days=1))]
    assert count(duties, DAY) == Figures(due=4, on_time=1, late=1, open=2, overdue=1)


def test_the_last_day_itself_is_not_overdue():
    assert count([owed()], DUE).overdue == 0
    assert count([owed()], DUE + timedelta(days=1)).overdue == 1


def test_what_was_entered_later_was_still_open_on_the_day_asked():
    duties = [owed(date(2011, 1, 20), True)]
    assert count(duties, date(2011, 1, 19)).open == 1
    assert count(duties, date(2011, 1, 20)).on_time == 1


def test_a_window_that_has_not_opened_owes_nothing():
    assert count([owed(opens=date(2011, 4, 1), due=date(2011, 6, 30))], DAY) == Figures()


def test_nothing_owed_counts_as_covered():
    assert is_covered([], DAY)
    assert shortfall([], DAY) == 0


def test_covered_means_every_one_and_late_counts_as_done():
    assert is_covered([owed(DAY, True), owed(DAY, False)], DAY)
    assert not is_covered([owed(DAY, True), owed()], DAY)
    assert shortfall([owed(DAY, True), owed(), owed()], DAY) == 2


def test_a_reviewer_has_done_only_when_nothing_of_his_is_left():
    duties = [owed(DAY, True, by=1), owed(by=1), owed(DAY, True, by=2), owed(DAY, False, by=3), owed(by=None)]
    assert count_reviewers(duties, DAY) == Figures(due=3, on_time=1, late=1, open=1, overdue=0)
    assert count_reviewers(duties, DUE + timedelta(days=1)).overdue == 1


def test_one_late_act_makes_the_reviewer_late():
    assert count_reviewers([owed(DAY, True), owed(DAY, False)], DAY) == Figures(1, 0, 1, 0, 0)


duties = st.lists(
    st.builds(
        lambda opens, length, lag, on_time, by: Owed(
            opens,
            opens + timedelta(days=length),
            None if lag is None else opens + timedelta(days=lag),
            None if lag is None else on_time,
            by,
        ),
        st.dates(date(2010, 12, 1), date(2011, 6, 1)),
        st.integers(0, 90),
        st.one_of(st.none(), st.integers(0, 120)),
        st.booleans(),
        st.one_of(st.none(), st.integers(1, 4)),
    ),
    max_size=20,
)
days = st.dates(date(2010, 11, 1), date(2011, 12, 31))


@given(duties=duties, as_of=days)
def test_the_figures_always_add_up(duties, as_of):
    for figures in (count(duties, as_of), count_reviewers(duties, as_of)):
        assert figures.due == figures.on_time + figures.late + figures.open
        assert 0 <= figures.overdue <= figures.open
    assert is_covered(duties, as_of) is (shortfall(duties, as_of) == 0)


@given(duties=duties, more=duties, as_of=days)
def test_two_subtrees_add_up_to_the_tree(duties, more, as_of):
    one, other, both = count(duties, as_of), count(more, as_of), count([*duties, *more], as_of)
    assert (both.due, both.on_time, both.late, both.open, both.overdue) == tuple(
        getattr(one, name) + getattr(other, name) for name in ("due", "on_time", "late", "open", "overdue")
    )
