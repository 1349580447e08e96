"""How days, counts and deadlines are said."""

from datetime import date

import pytest

from dianping.common.templatetags.common import count, due_kind, due_word, for_phone, full_day, short_day

TODAY = date(2011, 1, 5)


def test_thousands_are_separated_and_nothing_stays_nothing():
    assert count(4510) == "4,510"
    assert count(0) == "0"
    assert count(None) == ""


def test_the_year_is_said_only_when_it_is_another_one():
    assert short_day(date(2011, 1, 10), TODAY) == "1月10日"
    assert short_day(date(2010, 12, 31), TODAY) == "2010年12月31日"
    assert short_day(date(2010, 12, 31)) == "12月31日"


def test_the_weekday_is_the_calendar_s_own():
    assert full_day(date(2011, 1, 10)) == "2011年1月10日 星期一"
    assert full_day(date(2011, 1, 9)) == "2011年1月9日 星期日"


@pytest.mark.parametrize(
    ("due", "word", "kind"),
    [
        (date(2011, 1, 3), "逾期 2 天", "overdue"),
        (date(2011, 1, 5), "今天", "today"),
        (date(2011, 1, 6), "还有 1 天", "near"),
        (date(2011, 1, 8), "还有 3 天", "near"),
        (date(2011, 1, 9), "还有 4 天", "far"),
    ],
)
def test_a_deadline_is_near_within_three_days_and_overdue_only_after_its_day(due, word, kind):
    assert due_word(due, TODAY) == word
    assert due_kind(due, TODAY) == kind


def test_the_phone_bar_keeps_its_own_order_and_leaves_out_what_is_not_offered():
    nav = [{"key": key} for key in ("duties", "workbench", "ledgers")]

    assert [item["key"] for item in for_phone(nav)] == ["workbench", "duties"]
    assert for_phone(None) == []
