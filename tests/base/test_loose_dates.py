"""Dates as people write them: every usual spelling means its day, and what is no date is told."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.base.loose_dates import DateFault, read_date, read_loose_date

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
    ("cell", "words"),
    [
        ("2010-02-30", "没有 30 日"),
        ("2011年2月29日", "没有 29 日"),
        ("2010年13月", "没有 13 月"),
        ("2010-0-1", "没有 0 月"),
        ("10.12.31", "只有两位"),
        ("12年15日", "只有两位"),
        ("31/12/2010", "最前面"),
        ("110.12.31", "写满四位"),
        ("2010", "一个日期"),
        ("2010年", "没有月份"),
        (2010.0, "没有月份"),
        (2010.1, "1 月还是 10 月"),
        (5.0, "换算不成"),
        (-40544.0, "换算不成"),
        (1e300, "不是日期"),
        (float("nan"), "不是日期"),
        (True, "不是日期"),
        (time(8, 30), "只有时刻"),
        (timedelta(days=1), "只有时刻"),
        (date(1820, 1, 1), "1900 至 2099"),
        ("3010-01-01", "1900 至 2099"),
        ("2010年十十月", "不是月份"),
        ("2010年十二三月", "不是月份"),
        ("元月", "一个日期"),
        ("2009.09-2010.06", "一个日期"),
        ("不详", "一个日期"),
        ("1" * 1000, "一个日期"),
    ],
)
def test_what_is_no_date_is_told_and_an_example_given(cell, words):
    with pytest.raises(DateFault, match=words) as fault:
        read_date(cell)
    assert str(fault.value).endswith("请按 2010-12-31 的样子填写。")


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
