"""Windows and cadences (豫创组办发〔2010〕26号 四.4; decisions 0001, 0002, 0013)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.base.windows import Cadence, Window, parse_period, period_name

ISSUED = date(2010, 12, 15)
MONTHS = st.sampled_from([1, 2, 3, 4, 6, 12])
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@given(day=days, months=MONTHS)
def test_every_day_lies_in_its_own_window_and_windows_tile_the_calendar(day, months):
    cadence = Cadence(months)
    window = cadence.window(day)
    assert day in window
    assert cadence.window(window.opens) == cadence.window(window.due) == window
    assert cadence.next_window(day).opens == window.due + timedelta(days=1)


@given(year=st.integers(1950, 2090), months=MONTHS)
def test_a_year_holds_a_whole_number_of_windows_and_none_crosses_it(year, months):
    cadence = Cadence(months)
    windows = {cadence.window(date(year, 1, 1) + timedelta(days=n)) for n in range(365)}
    assert len(windows) == 12 // months
    assert min(windows).opens == date(year, 1, 1)
    assert max(windows).due == date(year, 12, 31)


def test_a_quarter_is_a_calendar_quarter_not_ninety_days():
    assert Cadence(3).window(date(2011, 2, 20)) == Window(date(2011, 1, 1), date(2011, 3, 31))
    assert Cadence(6).window(date(2011, 2, 20)) == Window(date(2011, 1, 1), date(2011, 6, 30))
    assert Cadence(1).window(date(2012, 2, 1)).due == date(2012, 2, 29)


@pytest.mark.parametrize(
    ("months", "opens"), [(3, date(2011, 1, 1)), (6, date(2011, 1, 1)), (1, date(2011, 1, 1))]
)
def test_a_cadence_begins_with_the_first_whole_window_after_its_paper(months, opens):
    assert Cadence(months).first_window(ISSUED).opens == opens


@given(issued=days, months=MONTHS)
def test_the_first_window_lies_wholly_after_its_paper_and_none_before_it_does(issued, months):
    cadence = Cadence(months)
    first = cadence.first_window(issued)
    assert first.opens >= issued
    assert cadence.window(first.opens - timedelta(days=1)).opens < issued


def test_a_paper_of_the_first_day_begins_with_that_window():
    assert Cadence(3).first_window(date(2011, 1, 1)) == Window(date(2011, 1, 1), date(2011, 3, 31))


def test_both_ends_of_a_window_are_inside_it():
    window = Window(date(2011, 1, 1), date(2011, 1, 10))
    assert date(2011, 1, 10) in window
    assert date(2011, 1, 1) in window
    assert date(2011, 1, 11) not in window
    assert date(2010, 12, 31) not in window


def test_a_window_of_one_day_is_a_window_and_a_backward_one_is_refused():
    assert date(2011, 1, 1) in Window(date(2011, 1, 1), date(2011, 1, 1))
    with pytest.raises(ValueError, match="起日不能晚于止日"):
        Window(date(2011, 1, 2), date(2011, 1, 1))


@pytest.mark.parametrize(("months", "times"), [(0, 1), (5, 1), (7, 1), (24, 1), (-3, 1), (3, 0)])
def test_a_cadence_that_cannot_tile_a_year_is_refused(months, times):
    with pytest.raises(ValueError, match="不能铺满一年"):
        Cadence(months, times)


@given(done=st.lists(days, max_size=12), extra=days, today=days, times=st.integers(1, 4))
def test_one_more_review_never_raises_the_shortfall(done, extra, today, times):
    cadence = Cadence(3, times)
    assert 0 <= cadence.shortfall([*done, extra], today) <= cadence.shortfall(done, today) <= times


def test_last_quarters_review_does_not_serve_this_quarter():
    assert Cadence(3).shortfall([date(2010, 12, 31)], date(2011, 1, 1)) == 1
    assert Cadence(3).shortfall([date(2011, 3, 31)], date(2011, 1, 1)) == 0


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("2011Q1", (date(2011, 1, 1), date(2011, 3, 31))),
        (" 2011q4 ", (date(2011, 10, 1), date(2011, 12, 31))),
        ("2011H1", (date(2011, 1, 1), date(2011, 6, 30))),
        ("2011H2", (date(2011, 7, 1), date(2011, 12, 31))),
        ("2012-02", (date(2012, 2, 1), date(2012, 2, 29))),
        ("2011", (date(2011, 1, 1), date(2011, 12, 31))),
        ("2010-12-15..2011-02-02", (date(2010, 12, 15), date(2011, 2, 2))),
        ("2010-12-15 至 2011-02-02", (date(2010, 12, 15), date(2011, 2, 2))),
        ("2010-12-15—2011-02-02", (date(2010, 12, 15), date(2011, 2, 2))),
    ],
)
def test_a_period_is_read_as_a_clerk_writes_it(text, window):
    assert parse_period(text) == Window(*window)


@pytest.mark.parametrize(
    "text",
    ["", "2011Q5", "2011Q0", "2011H3", "2011-13", "2011-00", "Q1", "2011-02-30..2011-03-01",
     "2011-03-01..2011-02-01", "2011-01-01..2011-02-01..2011-03-01", "2011-03-05", "第一季度", "..", "2011Q1Q2"],
)  # fmt: skip
def test_anything_else_is_refused_in_a_full_sentence(text):
    with pytest.raises(ValueError, match=r"期间写的是“.*”，应为 2011Q1"):
        parse_period(text)


@pytest.mark.parametrize("text", ["99999999999", "99999999999Q1", "2011-99999999999"])
def test_a_year_beyond_all_reckoning_is_refused_in_a_sentence_too(text):
    with pytest.raises(ValueError, match="期间写的是"):
        parse_period(text)


@given(text=st.text(max_size=12))
def test_no_text_at_all_ends_in_another_error(text):
    try:
        assert isinstance(parse_period(text), Window)
    except ValueError as no:
        assert "期间写的是" in str(no)  # noqa: PT017


@given(day=days, months=st.sampled_from([1, 3, 6, 12]))
def test_every_calendar_window_has_a_printed_name_of_its_own(day, months):
    cadence = Cadence(months)
    window = cadence.window(day)
    name = period_name(window)
    assert name.startswith(f"{day.year}年")
    assert name != period_name(cadence.next_window(day))


def test_a_period_that_is_no_calendar_window_is_printed_by_its_days():
    assert period_name(Window(date(2010, 12, 15), date(2011, 2, 2))) == "2010-12-15至2011-02-02"
    assert period_name(Window(date(2011, 1, 1), date(2011, 3, 31))) == "2011年第一季度"
    assert period_name(Window(date(2011, 7, 1), date(2011, 12, 31))) == "2011年下半年"
    assert period_name(Window(date(2011, 3, 1), date(2011, 3, 31))) == "2011年3月"
