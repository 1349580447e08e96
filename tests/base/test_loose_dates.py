"""Dates as people write them: every usual spelling means its day, and what is no date is told."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.base.loose_dates import DateFault, read_date, read_loose_date
from tests.refused import refused

# serials below 2100, the days before October 1905, are taken for years and refused: see the faults below
days = st.dates(date(1905, 10, 1), date(2099, 12, 31))
ZEROS = "〇○OＯ0零o"
TENS = ["", "十", "二十", "三十"]


def chinese_year(year, zero="〇"):
    return "".join("〇一二三四五六七八九"[int(digit)].replace("〇", zero) for digit in str(year))


def chinese_number(number):
    return TENS[number // 10] + "〇一二三四五六七八九"[number % 10].replace("〇", "")


def wide(text):
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() else sign for sign in text)


SPELLINGS = {
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "dots, two digits": lambda d: f"{d:%Y.%m.%d}",
    "dashes": lambda d: f"{d:%Y-%m-%d}",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "solid": lambda d: f"{d:%Y%m%d}",
    "Chinese signs": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "Chinese signs, spaced": lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日 ",
    "without 日": lambda d: f"{d.year}年{d.month:02d}月{d.day:02d}",
    "号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "Chinese numerals": lambda d: (
        f"{chinese_year(d.year)}年{chinese_number(d.month)}月{chinese_number(d.day)}日"
    ),
    "full width": lambda d: wide(f"{d.year}.{d.month}.{d.day}"),
    "full width signs": lambda d: wide(f"{d.year}年{d.month}月{d.day}日"),
    "with a time": lambda d: f"{d:%Y-%m-%d} 00:00:00",
    "spaces": lambda d: f"{d.year} {d.month} {d.day}",
    "dots and spaces": lambda d: f"{d.year}. {d.month}. {d.day}",
    "en dashes": lambda d: f"{d.year}–{d.month}–{d.day}",
    "zero width": lambda d: f"\ufeff{d:%Y-%m-%d}\u200b",
    "date": lambda d: d,
    "datetime": lambda d: datetime.combine(d, time(13, 5)),
    "serial": lambda d: float((d - date(1899, 12, 30)).days),
    "serial with a time": lambda d: (d - date(1899, 12, 30)).days + 0.75,
    "solid number": lambda d: float(f"{d:%Y%m%d}"),
}
MONTHS = {
    "solid": lambda d: f"{d:%Y%m}",
    "solid number": lambda d: float(f"{d:%Y%m}"),
    "signs": lambda d: f"{d.year}年{d.month}月",
    "月份": lambda d: f"{d.year}年{d.month}月份",
    "dots": lambda d: f"{d.year}.{d.month}",
    "dashes": lambda d: f"{d:%Y-%m}",
    "numerals": lambda d: f"{chinese_year(d.year)}年{chinese_number(d.month)}月",
}


@given(day=days, spelling=st.sampled_from(sorted(SPELLINGS)))
def test_every_spelling_of_a_day_means_that_day(day, spelling):
    assert read_loose_date(SPELLINGS[spelling](day)) == (day, True)


@given(day=days, spelling=st.sampled_from(sorted(MONTHS)))
def test_a_month_means_its_first_and_says_so(day, spelling):
    assert read_loose_date(MONTHS[spelling](day)) == (day.replace(day=1), False)


@given(day=days, zero=st.sampled_from(ZEROS))
def test_every_way_to_write_the_zero_of_a_year_is_read(day, zero):
    text = f"{chinese_year(day.year, zero)}年{chinese_number(day.month)}月{chinese_number(day.day)}日"
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇一一年元月廿一日", date(2011, 1, 21)),
        ("二○一○年十二月卅一日", date(2010, 12, 31)),
        ("二〇一〇年一二月二十日", date(2010, 12, 20)),
        ("2010年十二月31日", date(2010, 12, 31)),
    ],
)
def test_the_forms_of_old_papers_are_read(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize("blank", ["", " ", "无", "—", "-", "/", "——", "\u3000", "\u00a0"])
def test_blanks_are_none(blank):
    assert read_date(blank) is None


def test_serials_are_those_of_spreadsheets():
    assert read_date(40544) == date(2011, 1, 1)
    assert read_date(40544.0) == date(2011, 1, 1)
    assert read_date(2010.12) == date(2010, 12, 1)
    assert read_date(2010.2) == date(2010, 2, 1)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2010-02-30", "dates.no-such-day"),
        ("2011年2月29日", "dates.no-such-day"),
        ("2010年13月", "dates.no-such-month"),
        ("2010-0-1", "dates.no-such-month"),
        ("10.12.31", "dates.century-missing"),
        ("12年15日", "dates.century-missing"),
        ("31/12/2010", "dates.year-not-first"),
        ("110.12.31", "dates.year-not-whole"),
        ("2010", "dates.not-a-date"),
        ("2010年", "dates.month-missing"),
        (2010.0, "dates.month-missing"),
        (2010.1, "dates.month-ambiguous"),
        (5.0, "dates.number-out-of-range"),
        (-40544.0, "dates.number-out-of-range"),
        (1e300, "dates.not-a-date"),
        (float("nan"), "dates.not-a-date"),
        (True, "dates.not-a-date"),
        (time(8, 30), "dates.only-a-time"),
        (timedelta(days=1), "dates.only-a-time"),
        (date(1820, 1, 1), "dates.year-out-of-range"),
        ("3010-01-01", "dates.year-out-of-range"),
        ("2010年十十月", "dates.not-a-numeral"),
        ("2010年十二三月", "dates.not-a-numeral"),
        ("2010年廿十月", "dates.not-a-numeral"),
        ("2010年元十月", "dates.not-a-numeral"),
        ("元月", "dates.not-a-date"),
        ("2009.09-2010.06", "dates.not-a-date"),
        ("不详", "dates.not-a-date"),
        ("1" * 1000, "dates.not-a-date"),
    ],
)
def test_what_is_no_date_is_told_and_an_example_given(cell, code):
    with refused(code, kind=DateFault) as fault:
        read_date(cell)
    assert str(fault.value).endswith("请按 2010-12-31 的样子填写。")


def test_the_day_that_does_not_exist_is_named():
    with refused("dates.no-such-day", kind=DateFault, match="2011 年 2 月没有 29 日"):
        read_date("2011年2月29日")


@given(
    st.one_of(
        st.text(max_size=30),
        st.text("0123456789年月日.-/ 〇一二十廿", max_size=14),
        st.floats(),
        st.integers(),
    )
)
def test_whatever_comes_there_is_a_date_none_or_a_fault(cell):
    try:
        found = read_date(cell)
    except DateFault:
        return
    assert found is None or 1900 <= found.year <= 2099
