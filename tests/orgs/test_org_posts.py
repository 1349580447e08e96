"""Seats and who holds them (decisions 0005, 0007; 豫创组办发〔2010〕26号 一)."""

from datetime import date, timedelta

from dianping.common.models import AuditEntry
from dianping.orgs.models import Charge, Tenure
from dianping.orgs.selectors import heads_on, posts_held
from dianping.orgs.selectors.posts import charges_over, head_person, holder_on, holders_on
from dianping.orgs.services import end_charge, put_in_charge
from tests.factories import ACTOR, act, appoint, charge, head, secretarys_seat, vacate

DAY = date(2011, 1, 5)
BEFORE = DAY - timedelta(days=1)


def test_an_appointment_ends_the_predecessors_on_the_same_day(university):
    branch, old, new = university.letters_staff, university.people["宁守真"], university.people["冉小禾"]
    head(new, branch, DAY)
    assert head_person(branch, day=BEFORE) == old
    assert head_person(branch, day=DAY) == new


def test_appointing_twice_changes_nothing(university):
    branch, new = university.letters_staff, university.people["冉小禾"]
    first = head(new, branch, DAY)
    rows, entries = Tenure.objects.count(), AuditEntry.objects.count()
    assert head(new, branch, DAY + timedelta(days=3)) == first
    assert (Tenure.objects.count(), AuditEntry.objects.count()) == (rows, entries)


def test_a_seat_has_one_holder_on_every_day_also_after_an_appointment_written_in_later(university):
    branch, seat = university.letters_staff, secretarys_seat(university.letters_staff)
    head(university.people["冉小禾"], branch, date(2011, 1, 10))
    head(university.people["祁文"], branch, date(2011, 1, 5))  # told late, and from an earlier day
    for n in range(20):
        day = date(2011, 1, 1) + timedelta(days=n)
        holding = [
            t
            for t in Tenure.objects.filter(post=seat)
            if t.since <= day and (t.until is None or t.until > day)
        ]
        assert len(holding) == 1, day
    assert holder_on(seat, day=date(2011, 1, 12)) == university.people["祁文"]


def test_a_vacant_seat_is_held_by_nobody(university):
    vacate(university.letters_staff, DAY)
    assert head_person(university.letters_staff, day=BEFORE) is not None
    assert head_person(university.letters_staff, day=DAY) is None
    assert heads_on([university.letters_staff.pk], day=DAY) == {}


def test_the_deputy_in_charge_answers_for_a_vacant_seat_and_is_shown_as_such(university):
    branch, deputy, seat = (
        university.letters_staff,
        university.people["冉小禾"],
        secretarys_seat(university.letters_staff),
    )
    act(deputy, branch, DAY)
    vacate(branch, DAY)
    assert holder_on(seat, day=DAY) == deputy
    assert seat in posts_held(deputy, day=DAY)
    assert heads_on([branch.pk], day=DAY) == {branch.pk: "冉小禾（主持工作）"}
    assert holders_on([seat.pk], day=DAY) == {seat.pk: "冉小禾（主持工作）"}


def test_the_deputy_answers_for_nothing_while_there_is_a_secretary(university):
    branch, deputy, seat = (
        university.letters_staff,
        university.people["冉小禾"],
        secretarys_seat(university.letters_staff),
    )
    act(deputy, branch)
    assert seat not in posts_held(deputy, day=DAY)
    assert holder_on(seat, day=DAY) == university.people["宁守真"]
    assert heads_on([branch.pk], day=DAY) == {branch.pk: "宁守真"}


def test_one_person_may_hold_several_seats(university):
    held = posts_held(university.people["方舟"], day=DAY)
    assert {post.organisation for post in held} == {university.offices, university.offices_staff}


def test_nobody_holds_nothing(university):
    assert posts_held(None, day=DAY) == []
    assert posts_held(university.people["冉小禾"], day=DAY) == []


def test_an_organisation_has_one_leader_in_charge(university):
    he, su = university.leaders["贺知明"], university.leaders["苏岩"]
    put_in_charge(
        post=su, organisation=university.letters, kind=Charge.Kind.IN_CHARGE, since=DAY, actor=ACTOR
    )

    def in_charge(day):
        found = charges_over(university.letters, day=day).filter(kind=Charge.Kind.IN_CHARGE)
        return [c.post for c in found]

    assert in_charge(BEFORE) == [he]
    assert in_charge(DAY) == [su]


def test_a_contact_point_ends_nobodys_charge(university):
    su = university.leaders["苏岩"]
    charge(su, university.letters, kind=Charge.Kind.CONTACT, since=DAY)
    kinds = {(c.post, c.kind) for c in charges_over(university.letters, day=DAY)}
    assert kinds == {(university.leaders["贺知明"], "in_charge"), (su, "contact")}


def test_a_charge_ends_on_its_day(university):
    found = Charge.objects.get(organisation=university.letters, kind=Charge.Kind.IN_CHARGE)
    end_charge(charge=found, on=DAY, actor=ACTOR)
    assert charges_over(university.letters, day=BEFORE).filter(kind="in_charge").exists()
    assert not charges_over(university.letters, day=DAY).filter(kind="in_charge").exists()


def test_every_organisation_is_founded_with_exactly_one_secretarys_seat(university):
    for place in university.all:
        assert place.posts.filter(role="secretary").count() == 1


def test_appointments_stand_in_the_audit_chain(university):
    appoint(university.people["冉小禾"], secretarys_seat(university.letters_staff), DAY)
    entry = AuditEntry.objects.order_by("-seq").first()
    assert (entry.act, entry.path) == ("任职", university.letters_staff.path)
    assert entry.detail.items() >= {"person": university.people["冉小禾"].pk, "since": "2011-01-05"}.items()
