"""Open duties follow people and posts; what was done stays done (decisions 0005, 0007, 0008)."""

from datetime import date, timedelta

import pytest

from dianping.duties.models import Duty
from dianping.orgs.services import end_charge, leave, put_in_charge
from tests.duties.deeds import DAY, LATER, done, duty_of, members_due, move, of_the_round
from tests.factories import (
    ACTOR,
    OVERLAY_DAY,
    ROUND_OPENS,
    adopt,
    head,
    member,
    open_on,
    organisation,
    secretarys_seat,
    vacate,
)


def test_an_open_duty_goes_with_the_member_to_his_new_branch_and_its_secretary(opened):
    ran = opened.people["冉小禾"]
    move(ran, opened.sciences_staff)
    assert open_on(DAY).moved > 0
    duty = duty_of(ran)
    assert duty.organisation == opened.sciences_staff
    assert duty.path == opened.sciences_staff.path
    assert duty.owed_by == secretarys_seat(opened.sciences_staff)
    assert duty.due == date(2011, 2, 2)


def test_the_figures_go_with_him(opened):
    places = (opened.letters_staff, opened.letters, opened.sciences_staff, opened.sciences, opened.top)
    assert members_due(*places) == [(2, 0), (3, 0), (2, 0), (2, 0), (9, 0)]
    move(opened.people["冉小禾"], opened.sciences_staff)
    open_on(DAY)
    assert members_due(*places) == [(1, 0), (2, 0), (3, 0), (3, 0), (9, 0)]


def test_what_was_done_stays_done_with_whoever_did_it_and_counts_in_the_new_branch(opened):
    ran = opened.people["冉小禾"]
    done(duty_of(ran))
    move(ran, opened.sciences_staff)
    open_on(DAY)
    duty = duty_of(ran)
    assert (duty.done_on, duty.owed_by) == (date(2011, 1, 3), secretarys_seat(opened.letters_staff))
    assert duty.organisation == opened.sciences_staff
    assert members_due(opened.letters_staff, opened.sciences_staff) == [(1, 0), (3, 1)]


def test_who_moves_twice_stands_where_he_stands_at_last(opened):
    ran = opened.people["冉小禾"]
    move(ran, opened.sciences_staff, date(2011, 1, 4))
    open_on(date(2011, 1, 4))
    move(ran, opened.letters_staff, DAY)
    open_on(DAY)
    assert duty_of(ran).organisation == opened.letters_staff
    assert duty_of(ran).owed_by == secretarys_seat(opened.letters_staff)


@pytest.mark.parametrize(
    "on", [ROUND_OPENS, date(2010, 12, 10)], ids=["on the first day", "before the window"]
)
def test_a_move_written_down_late_is_followed_too(opened, on):
    ran = opened.people["冉小禾"]
    move(ran, opened.sciences_staff, on)
    open_on(DAY)
    assert duty_of(ran).organisation == opened.sciences_staff


def test_a_move_of_the_last_days_is_followed_though_nobody_opened_duties_on_them(opened):
    """Coverage asks where he stood on the window's last day, whenever the command is run next."""
    ran = opened.people["冉小禾"]
    move(ran, opened.sciences_staff, date(2011, 2, 1))
    open_on(date(2011, 2, 8))
    assert duty_of(ran).organisation == opened.sciences_staff


def test_a_move_after_the_window_leaves_its_figures_alone(opened):
    ran = opened.people["冉小禾"]
    open_on(date(2011, 2, 2))
    move(ran, opened.sciences_staff, date(2011, 2, 8))
    open_on(date(2011, 2, 8))
    assert duty_of(ran).organisation == opened.letters_staff


def test_the_duty_about_who_left_lapses(opened):
    ran = opened.people["冉小禾"]
    leave(person=ran, on=DAY, reason="组织关系转出", actor=ACTOR)
    open_on(DAY)
    assert duty_of(ran).lapsed_on == DAY
    assert members_due(opened.letters_staff, opened.top) == [(1, 0), (8, 0)]


def test_what_has_lapsed_is_not_told_as_standing(opened):
    leave(person=opened.people["冉小禾"], on=OVERLAY_DAY, reason="组织关系转出", actor=ACTOR)
    open_on()
    assert open_on().already == 24


def test_what_was_done_about_who_left_stays_done(opened):
    ran = opened.people["冉小禾"]
    done(duty_of(ran))
    leave(person=ran, on=DAY, reason="组织关系转出", actor=ACTOR)
    open_on(DAY)
    assert duty_of(ran).lapsed_on is None
    assert members_due(opened.top) == [(9, 1)]


def test_a_new_secretary_is_no_longer_owed_as_a_member_and_the_old_one_now_is(opened):
    ran, ning = opened.people["冉小禾"], opened.people["宁守真"]
    head(ran, opened.letters_staff, DAY)
    open_on(DAY)
    assert duty_of(ran).lapsed_on == DAY
    assert duty_of(ning).lapsed_on is None
    assert duty_of(ning).owed_by == secretarys_seat(opened.letters_staff)
    secretary = of_the_round(organisation=opened.letters_staff, target="branch_secretary").get()
    assert secretary.person == ran
    assert members_due(opened.letters_staff) == [(2, 0)]


def test_a_secretary_who_steps_down_is_owed_as_a_member_again(opened):
    ran = opened.people["冉小禾"]
    head(ran, opened.letters_staff, DAY)
    open_on(DAY)
    head(opened.people["宁守真"], opened.letters_staff, LATER)
    open_on(LATER)
    assert duty_of(ran).lapsed_on is None
    assert duty_of(opened.people["宁守真"]).lapsed_on == LATER


def test_a_new_secretary_inherits_what_his_seat_owes(opened):
    owed = set(of_the_round(owed_by=secretarys_seat(opened.letters)).values_list("pk", flat=True))
    assert len(owed) == 4
    head(opened.people["冉小禾"], opened.letters, DAY)
    open_on(DAY)
    assert set(of_the_round(owed_by=secretarys_seat(opened.letters)).values_list("pk", flat=True)) == owed


def test_a_new_leader_in_charge_owes_what_is_open_and_the_old_one_keeps_what_he_did(opened):
    he, su = opened.leaders["贺知明"], opened.leaders["苏岩"]
    done(Duty.objects.get(organisation=opened.letters, target="unit"))
    put_in_charge(post=su, organisation=opened.letters, kind="in_charge", since=DAY, actor=ACTOR)
    open_on(DAY)
    owed = dict(of_the_round(organisation=opened.letters).values_list("target", "owed_by"))
    assert owed == {"unit": he.pk, "unit_secretary": su.pk}


def test_a_new_leader_in_charge_of_a_unit_without_a_secretary_owes_its_review_too(opened):
    vacate(opened.letters, DAY)
    put_in_charge(
        post=opened.leaders["苏岩"], organisation=opened.letters, kind="in_charge", since=DAY, actor=ACTOR
    )
    open_on(DAY)
    assert of_the_round(organisation=opened.letters, target="unit").get().owed_by == opened.leaders["苏岩"]


def test_a_leader_who_becomes_the_secretary_himself_is_passed_over(opened):
    head(opened.people["贺知明"], opened.letters, DAY)  # in charge of the faculty of letters until now
    open_on(DAY)
    owed = set(
        Duty.objects.filter(organisation=opened.letters, kind="review").values_list("owed_by", flat=True)
    )
    assert owed == {secretarys_seat(opened.top).pk}


def test_duties_follow_also_on_a_day_on_which_others_are_opened(opened):
    forgotten = organisation("文学院老干部党支部", "党支部", opened.letters)  # told late, founded long ago
    head(member("老书记", forgotten), forgotten)
    head(opened.people["冉小禾"], opened.letters_staff, DAY)
    assert open_on(DAY).by_target["branch_secretary"] > 0
    about = of_the_round(target="branch_secretary", organisation=opened.letters_staff).get()
    assert about.person == opened.people["冉小禾"]


def test_a_secretary_who_rises_does_not_come_to_review_himself_in_his_old_seat(opened):
    qi = opened.people["祁文"]
    for charge in opened.leaders["贺知明"].charges.filter(organisation=opened.letters):
        end_charge(charge=charge, on=DAY, actor=ACTOR)
    vacate(opened.letters, DAY)
    head(qi, opened.top, DAY)
    open_on(DAY)
    assert not Duty.objects.filter(owed_by=secretarys_seat(opened.top), person=qi, lapsed_on=None).exists()


def test_every_move_is_followed_once(opened):
    move(opened.people["冉小禾"], opened.sciences_staff)
    leave(person=opened.people["许可"], on=DAY, reason="转出", actor=ACTOR)
    head(opened.people["任远之"], opened.sciences_staff, DAY)
    open_on(DAY)
    before = list(Duty.objects.order_by("pk").values())
    assert open_on(DAY).moved == 0
    open_on(LATER)
    assert list(Duty.objects.order_by("pk").values()) == before


def test_an_appointment_written_in_later_does_not_stop_the_opening(adopted):
    head(adopted.people["冉小禾"], adopted.letters_staff, date(2011, 1, 10))
    head(
        adopted.people["祁文"], adopted.letters_staff, date(2011, 1, 5)
    )  # told late, and from an earlier day
    assert open_on(date(2011, 1, 7)).opened > 0


def test_no_member_is_owed_twice_whatever_happens(opened):
    people = [opened.people[name] for name in ("冉小禾", "许可", "任远之", "程实")]
    for n, person in enumerate(people):
        move(person, opened.offices_staff, DAY + timedelta(days=n))
        open_on(DAY + timedelta(days=n))
    adopt(opened.top)
    for person in people:
        assert Duty.objects.filter(person=person, target="member", window__rule="round").count() == 1
    assert OVERLAY_DAY < DAY
