"""Gaps, deputies, newcomers, and openings that come late (decisions 0007, 0008; 豫创组办发〔2010〕26号 四.4)."""

from datetime import date

import pytest
from django.db import transaction

from dianping.duties.models import Duty
from dianping.duties.selectors import coverage_of, duties_owed_by
from dianping.orgs.models import Organisation
from dianping.orgs.selectors import posts_held
from dianping.orgs.services import leave, transfer_member
from tests.duties.deeds import reviews
from tests.factories import (
    ACTOR,
    OVERLAY_DAY,
    ROUND_OPENS,
    act,
    charge,
    head,
    member,
    open_on,
    organisation,
    secretarys_seat,
    vacate,
)


def test_a_vacant_secretary_with_nobody_acting_is_named_as_a_gap(adopted):
    vacate(adopted.letters_staff, date(2010, 12, 1))
    gaps = open_on().gaps
    assert {gap["organisation"] for gap in gaps} == {"YL0101"}
    owed = next(gap for gap in gaps if gap["duties"])
    assert owed["duties"] == 3  # 祁文, 冉小禾, and 宁守真 himself: a member like any other now
    assert "文学院教工党支部书记空缺，也没有主持工作的副书记，3 项应办暂无人办。" in owed["message"]
    assert any("对书记的点评没有对象" in gap["message"] for gap in gaps)
    assert reviews(organisation=adopted.letters_staff, target="branch").count() == 1
    assert not reviews(organisation=adopted.letters_staff, target="branch_secretary").exists()


def test_a_secretarys_review_waits_for_his_successor_when_the_seat_fell_vacant_within_the_window(adopted):
    vacate(adopted.letters_staff, OVERLAY_DAY)
    messages = [gap["message"] for gap in open_on().gaps if gap["organisation"] == "YL0101"]
    assert any("等继任者到任" in message for message in messages)
    head(adopted.people["冉小禾"], adopted.letters_staff, date(2011, 1, 5))
    open_on(date(2011, 1, 5))
    about = reviews(organisation=adopted.letters_staff, target="branch_secretary", window__rule="round").get()
    assert about.person == adopted.people["冉小禾"]


def test_a_vacant_unit_still_owes_its_branches(adopted):
    vacate(adopted.letters, OVERLAY_DAY)
    gaps = open_on().gaps
    assert [gap["duties"] for gap in gaps if "暂无人办" in gap["message"]] == [
        4 + 3 + 1
    ]  # four reviews, three papers, what it is to report at the hearing
    assert reviews(owed_by=secretarys_seat(adopted.letters)).count() == 4


def test_where_nobody_but_himself_is_left_the_gap_is_named(adopted):
    for place in (adopted.top, adopted.offices):
        head(adopted.people["方舟"], place, OVERLAY_DAY)
    for leader in adopted.leaders.values():
        charge(leader, adopted.sciences, since=OVERLAY_DAY)  # nobody in charge of the offices through him
    adopted.leaders["贺知明"].charges.filter(organisation=adopted.offices).update(until=OVERLAY_DAY)
    found = open_on()
    messages = [gap["message"] for gap in found.gaps if "不是本人的点评人" in gap["message"]]
    assert len(messages) == 2  # the offices, and the branch of the offices
    assert reviews(organisation=adopted.offices_staff, owed_by=None).count() == 2


def test_the_deputy_in_charge_takes_over_the_duties_of_a_vacant_seat(adopted):
    deputy = adopted.people["冉小禾"]
    vacate(adopted.letters_staff, OVERLAY_DAY)
    act(deputy, adopted.letters_staff, OVERLAY_DAY)
    assert open_on().gaps == []
    seats = [post.pk for post in posts_held(deputy, day=OVERLAY_DAY)]
    assert set(duties_owed_by(seats).filter(kind="review").values_list("person__name", flat=True)) == {
        "祁文",
        "宁守真",
    }
    assert reviews(target="branch_secretary", organisation=adopted.letters_staff).get().person == deputy
    assert not reviews(target="member", person=deputy).exists()


def test_an_organisation_founded_within_a_cadence_is_due_from_the_next_window(adopted):
    new = organisation(
        "文学院第三党支部", "党支部", adopted.letters, code="YL0103", founded=date(2011, 2, 20)
    )
    head(adopted.people["冉小禾"], new, date(2011, 2, 20))
    open_on(date(2011, 2, 20))
    assert not reviews(organisation=new).exists()
    open_on(date(2011, 4, 1))
    assert set(reviews(organisation=new).values_list("target", "window__rule")) == {
        ("branch", "quarter"), ("branch_secretary", "quarter")
    }  # fmt: skip


def test_a_dissolved_organisation_is_not_reviewed(adopted):
    adopted.letters_students.memberships.update(until=OVERLAY_DAY)
    Organisation.objects.filter(code="YL0102").update(dissolved=OVERLAY_DAY)
    open_on()
    assert not reviews(organisation=adopted.letters_students).exists()


@pytest.mark.parametrize(
    "vacated",
    [date(2010, 12, 10), date(2010, 12, 20), date(2011, 1, 3)],
    ids=["before the window", "before the opening", "after the opening"],
)
def test_what_the_gap_says_about_a_vacant_seat_comes_true_when_it_is_filled(adopted, vacated):
    for day in sorted({OVERLAY_DAY, date(2011, 1, 3), vacated} - {date(2010, 12, 10)}):
        if (
            day >= vacated
            and adopted.letters_staff.posts.get(role="secretary").tenures.filter(until=None).exists()
        ):
            vacate(adopted.letters_staff, vacated)
        gaps = open_on(day).gaps
    (told,) = [
        gap["message"] for gap in gaps if gap["organisation"] == "YL0101" and "对书记的点评" in gap["message"]
    ]
    ran = adopted.people["冉小禾"]
    head(ran, adopted.letters_staff, date(2011, 1, 5))
    open_on(date(2011, 1, 5))
    rules = reviews(target="branch_secretary", person=ran, lapsed_on=None).values_list(
        "window__rule", flat=True
    )
    assert "round" in rules
    assert "等继任者" in told or "2011-01-26 以前（含当日）任命的在这一轮应点评" in told


def test_who_follows_somebody_that_filled_a_vacancy_is_not_due_before_him(adopted):
    vacate(adopted.letters_staff, date(2010, 12, 10))
    open_on()
    head(adopted.people["冉小禾"], adopted.letters_staff, date(2011, 1, 5))
    open_on(date(2011, 1, 5))
    before = set(reviews(organisation=adopted.letters_staff).values_list("target", "window__rule"))
    head(adopted.people["祁文"], adopted.letters_staff, date(2011, 1, 8))
    open_on(date(2011, 1, 8))
    assert set(reviews(organisation=adopted.letters_staff).values_list("target", "window__rule")) == before


DAYS = [ROUND_OPENS, date(2010, 12, 20), OVERLAY_DAY] + [date(2011, 1, day) for day in (1, 3, 5, 8, 12)]


def happen(place, day):
    """What happens in the university on each of these days."""
    people = place.people
    if day == date(2010, 12, 20):
        vacate(place.letters_staff, day)
        member("新来的", place.library, since=day)
    elif day == OVERLAY_DAY:
        transfer_member(person=people["任远之"], to=place.letters_students, on=day, actor=ACTOR)
        act(people["许可"], place.sciences_staff, day)
    elif day == date(2011, 1, 3):
        vacate(place.sciences_staff, day)
        charge(place.leaders["苏岩"], place.letters, since=day)
    elif day == date(2011, 1, 5):
        head(people["冉小禾"], place.letters_staff, day)
        leave(person=people["程实"], on=day, reason="转出", actor=ACTOR)
    elif day == date(2011, 1, 8):
        head(people["任远之"], place.letters_students, day)
        head(people["贺知明"], place.letters, day)
    elif day == date(2011, 1, 12):
        transfer_member(person=people["白露生"], to=place.offices_staff, on=day, actor=ACTOR)


def standing_after(place, opened_on):
    with transaction.atomic():
        for day in DAYS:
            happen(place, day)
            if day in opened_on:
                open_on(day)
        columns = ("window__rule", "target", "organisation", "person__name", "owed_by", "opens", "due")
        found = set(Duty.objects.filter(lapsed_on=None).values_list(*columns))
        (figures,) = coverage_of([place.top], day=DAYS[-1])
        transaction.set_rollback(True)
    return found, {group: (f.due, f.open, f.overdue) for group, f in figures.groups.items() if f.due}


def test_opening_once_late_gives_what_opening_every_day_gives(adopted):
    daily = standing_after(adopted, DAYS)
    late = standing_after(adopted, [OVERLAY_DAY, DAYS[-1]])
    assert late == daily
