"""Two days belong to every entry; backfilling never makes a timely act (豫创组办发〔2010〕26号 四.4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.programmes.rules import EntryRule
from dianping.programmes.rules.lateness import EntryTiming, judge_entry

OPENS, DUE = date(2011, 1, 1), date(2011, 3, 31)
RULE = EntryRule()
days = st.dates(date(2010, 10, 1), date(2011, 8, 31))
rules = st.builds(EntryRule, st.integers(0, 20), st.integers(20, 60))


def judged(happened, lag, *, opens=OPENS, due=DUE, rule=RULE):
    return judge_entry(
        opens=opens, due=due, happened=happened, entered=happened + timedelta(days=lag), rule=rule
    )


@pytest.mark.parametrize(
    ("lag", "entry"),
    [
        (0, EntryTiming.ON_TIME),
        (7, EntryTiming.ON_TIME),
        (8, EntryTiming.LATE),
        (30, EntryTiming.LATE),
        (31, EntryTiming.NEVER),
        (400, EntryTiming.NEVER),
    ],
)
def test_seven_days_are_in_time_thirty_are_late_more_is_never(lag, entry):
    assert judged(date(2011, 2, 10), lag) is entry


def test_the_last_day_of_the_window_is_in_time_and_may_be_written_down_after_it():
    assert judged(DUE, 0) is EntryTiming.ON_TIME
    assert judged(DUE, 7) is EntryTiming.ON_TIME
    assert judged(OPENS, 0) is EntryTiming.ON_TIME


def test_what_happened_after_the_window_is_late_however_quickly_it_is_written_down():
    assert judged(DUE + timedelta(days=1), 0) is EntryTiming.LATE


def test_what_happened_before_the_window_never_counts_for_it():
    assert judged(OPENS - timedelta(days=1), 0) is EntryTiming.NEVER


def test_what_is_written_down_before_it_happened_never_counts():
    assert judged(date(2011, 2, 10), -1) is EntryTiming.NEVER


def test_two_hundred_backdated_entries_give_none_in_time():
    inspection = date(2011, 3, 30)  # everything was written on this day, claiming earlier ones
    claimed = [inspection - timedelta(days=8 + n % 80) for n in range(200)]
    judgements = {
        judge_entry(opens=OPENS, due=DUE, happened=day, entered=inspection, rule=RULE) for day in claimed
    }
    assert EntryTiming.ON_TIME not in judgements
    assert judgements == {EntryTiming.LATE, EntryTiming.NEVER}


@given(happened=days, lag=st.integers(-5, 90), rule=rules)
def test_waiting_one_day_more_never_improves_an_entry(happened, lag, rule):
    order = [EntryTiming.NEVER, EntryTiming.LATE, EntryTiming.ON_TIME]
    if lag >= 0:
        now, later = judged(happened, lag, rule=rule), judged(happened, lag + 1, rule=rule)
        assert order.index(later) <= order.index(now)


@given(happened=days, entered=days, rule=rules)
def test_an_entry_in_time_lies_inside_its_window(happened, entered, rule):
    entry = judge_entry(opens=OPENS, due=DUE, happened=happened, entered=entered, rule=rule)
    if entry is EntryTiming.ON_TIME:
        assert OPENS <= happened <= DUE
        assert 0 <= (entered - happened).days <= rule.on_time_days
    if entry is not EntryTiming.NEVER:
        assert happened >= OPENS
        assert 0 <= (entered - happened).days <= rule.latest_days


def test_a_programme_may_allow_less_time():
    assert judged(date(2011, 2, 10), 4, rule=EntryRule(3, 10)) is EntryTiming.LATE
    assert judged(date(2011, 2, 10), 11, rule=EntryRule(3, 10)) is EntryTiming.NEVER
