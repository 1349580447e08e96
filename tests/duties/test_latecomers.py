"""Who joins a one-off round is due in it while enough days are left, else named with the reason (decision 0063)."""

from datetime import date, timedelta

import pytest

from dianping.duties.selectors import why_not_due
from dianping.programmes.rules import Weakened, lay_over, read_programme
from dianping.programmes.shelf import programme_text
from tests.duties.deeds import reviews
from tests.factories import ROUND_ENDS, adopt, head, member, open_on, organisation, vacate

LAST = ROUND_ENDS - timedelta(days=7)  # seven days are left after it
UNITS_END = date(2011, 1, 10)


def due(person):
    return reviews(target="member", person=person, window__rule="round", lapsed_on=None).exists()


def messages(report):
    return [gap["message"] for gap in report.gaps]


def test_who_joins_with_seven_days_left_is_due_in_the_round(opened):
    person = member("闻人新", opened.letters_staff, since=LAST)
    assert open_on(LAST).by_target["member"] == 1
    assert due(person)


def test_opening_late_finds_him_too(adopted):
    person = member("闻人新", adopted.letters_staff, since=LAST)
    open_on(ROUND_ENDS)
    assert due(person)


def test_who_joins_later_is_named_with_the_reason(opened):
    day = LAST + timedelta(days=1)
    person = member("闻人新", opened.letters_staff, since=day)
    told = open_on(day)
    assert not due(person)
    (message,) = [m for m in messages(told) if "闻人新" in m]
    assert message == (
        "文学院教工党支部的闻人新 2011-01-27 起在这里，离“春节前普遍点评一轮”的最后一天 2011-02-02 不足 7 天，不列入这一轮。"
    )
    assert why_not_due({person.pk: day}, branch=opened.letters_staff, day=day)[person.pk] == (
        "2011-01-27 加入，离“春节前普遍点评一轮”的最后一天 2011-02-02 不足 7 天，不列入这一轮"
    )


def test_many_who_join_one_branch_late_are_one_gap(opened):
    day = LAST + timedelta(days=2)
    for n in range(7):
        member(f"新人{n}", opened.letters_staff, since=day)
    (message,) = [m for m in messages(open_on(day)) if "新人" in m]
    assert "等 7 名党员" in message


def test_his_secretary_is_reviewed_from_above_and_so_told(opened):
    head_of = opened.people["宁守真"]
    told = why_not_due({head_of.pk: date(2000, 1, 1)}, branch=opened.letters_staff, day=UNITS_END)
    assert told == {head_of.pk: "由上级点评"}


def test_a_branch_founded_within_the_round_is_due_in_it(opened):
    day = date(2011, 1, 12)
    branch = organisation("文学院新设党支部", "党支部", opened.letters, founded=day)
    head(member("闻人新", branch, since=day), branch, since=day)
    open_on(day)
    assert set(reviews(organisation=branch, window__rule="round").values_list("target", flat=True)) == {
        "branch",
        "branch_secretary",
    }


def test_a_branch_founded_too_late_is_named(opened):
    day = date(2011, 1, 30)
    organisation("文学院新设党支部", "党支部", opened.letters, founded=day)
    assert any("文学院新设党支部 2011-01-30 成立" in message for message in messages(open_on(day)))


def test_a_secretary_who_fills_a_vacant_seat_is_due_or_named(adopted):
    vacate(adopted.letters_students, on=date(2010, 12, 1))
    vacate(adopted.sciences_staff, on=date(2010, 12, 1))
    open_on(date(2010, 12, 20))
    head(adopted.people["许可"], adopted.letters_students, since=date(2011, 1, 20))
    head(adopted.people["任远之"], adopted.sciences_staff, since=date(2011, 1, 30))
    told = messages(open_on(date(2011, 1, 30)))
    assert reviews(target="branch_secretary", person=adopted.people["许可"], window__rule="round").exists()
    assert not reviews(
        target="branch_secretary", person=adopted.people["任远之"], window__rule="round"
    ).exists()
    assert any("理学院教工党支部书记任远之 2011-01-30 到任" in message for message in told)


def test_windows_of_a_cadence_stay_as_they_are(opened):
    day = date(2011, 1, 12)
    branch = organisation("文学院新设党支部", "党支部", opened.letters, founded=day)
    open_on(day)
    assert not reviews(organisation=branch, window__rule="quarter").exists()


def with_days(number):
    return programme_text("henan-2010-26") + f"\n[joiners]\ndays_left = {number}\n"


def test_a_programme_may_set_another_number(university):
    adopt(university.top, with_days(1))
    open_on(date(2010, 12, 20))
    person = member("闻人新", university.letters_staff, since=date(2011, 2, 1))
    open_on(date(2011, 2, 1))
    assert due(person)


def test_a_lower_programme_may_not_leave_out_more():
    base, own = programme_text("henan-2010-26"), programme_text("school-2010-1")
    laid = lay_over(read_programme(base), read_programme(own + "\n[joiners]\ndays_left = 3\n"))
    assert laid.least_days_left == 3
    with pytest.raises(Weakened, match="中途加入"):
        lay_over(read_programme(base), read_programme(own + "\n[joiners]\ndays_left = 10\n"))
    assert lay_over(read_programme(with_days(2)), read_programme(own)).least_days_left == 2
