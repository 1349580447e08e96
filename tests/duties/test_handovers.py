"""Handing over from a day until a day, taken back by hand or by itself (decision 0063)."""

from datetime import date

import pytest

from dianping.duties.models import Duty, Handover
from dianping.duties.selectors import handovers_of
from dianping.duties.services import hand_over, take_back_handover
from dianping.duties.services.recounting import tally_faults
from dianping.orgs.selectors.posts import holder_on
from tests.duties.deeds import DAY, done, reviews
from tests.factories import ACTOR, charge, head, member, open_on, secretarys_seat
from tests.refused import refused


def hand(from_post, to_post, on=DAY, **more):
    holder = holder_on(to_post, day=on)
    return hand_over(
        from_post=from_post, to_post=to_post, holder=holder, why="病假", on=on, actor=ACTOR, **more
    )


def open_of(post):
    return Duty.objects.filter(owed_by=post, kind="review", done_on=None, lapsed_on=None)


@pytest.fixture
def seats(opened):
    """贺知明 on leave, 苏岩 for him."""
    return opened.leaders["贺知明"], opened.leaders["苏岩"]


def test_a_leader_on_leave_hands_over_all_and_what_opens_meanwhile(seats):
    he, su = seats
    before = open_of(he).count()
    assert hand(he, su).duties == before > 0
    assert not open_of(he).exists()
    open_on(DAY)  # the half-year and the quarter have begun
    assert not open_of(he).exists()
    assert Handover.objects.get().duties > before
    assert list(tally_faults()) == []


def test_opening_again_changes_nothing(seats):
    hand(*seats)
    open_on(DAY)
    before = list(Duty.objects.order_by("pk").values()), Handover.objects.values().get()
    open_on(DAY)
    assert (list(Duty.objects.order_by("pk").values()), Handover.objects.values().get()) == before


def test_it_comes_back_by_itself_after_its_last_day(seats):
    he, su = seats
    was = set(open_of(he).values_list("pk", flat=True))
    hand(he, su, until=date(2011, 1, 8))
    open_on(date(2011, 1, 8))
    assert not open_of(he).exists()
    open_on(date(2011, 1, 9))
    assert was <= set(open_of(he).values_list("pk", flat=True))
    over = Handover.objects.get()
    assert (over.ended_on, over.ended_by) == (date(2011, 1, 9), "到期自动收回")
    assert list(tally_faults()) == []


def test_what_was_done_meanwhile_stays_with_who_did_it(seats):
    he, su = seats
    duty = open_of(he).order_by("pk").first()
    handed = hand(he, su)
    done(Duty.objects.get(pk=duty.pk), on=DAY)
    take_back_handover(handover=handed, on=date(2011, 1, 7), actor=ACTOR)
    duty.refresh_from_db()
    assert (duty.owed_by, duty.handed_over) == (su, handed)
    assert open_of(he).count() == handed.duties - 1
    assert list(tally_faults()) == []


def test_it_is_taken_back_once(seats):
    handed = hand(*seats)
    assert take_back_handover(handover=handed, on=date(2011, 1, 7), actor=ACTOR) == handed.duties
    with refused("duties.handover-ended"):
        take_back_handover(handover=handed, on=date(2011, 1, 7), actor=ACTOR)
    open_on(date(2011, 1, 7))
    assert open_of(seats[0]).exists()


def test_what_begins_later_goes_over_on_its_day(seats):
    he, su = seats
    handed = hand(he, su, on=date(2011, 1, 8), today=DAY)
    assert (handed.duties, open_of(he).exists()) == (0, True)
    open_on(date(2011, 1, 7))
    assert open_of(he).exists()
    open_on(date(2011, 1, 8))
    assert not open_of(he).exists()


def test_only_some_go_over_and_nothing_that_opens_later(seats):
    he, su = seats
    one = open_of(he).order_by("pk").first()
    assert hand(he, su, only=[one.pk]).duties == 1
    rest = open_of(he).count()
    open_on(DAY)
    assert open_of(he).count() > rest


def test_nobody_is_handed_the_review_of_himself_or_of_what_he_heads(opened):
    he, own = opened.leaders["贺知明"], secretarys_seat(opened.letters)
    hand(he, own)
    kept = {(duty.organisation.code, duty.target) for duty in open_of(he).select_related("organisation")}
    assert kept == {("YL01", "unit"), ("YL01", "unit_secretary")}


def test_what_he_comes_to_head_meanwhile_goes_back(seats, opened):
    he, su = seats
    hand(he, su)
    head(opened.people["苏岩"], opened.letters, since=date(2011, 1, 6))
    open_on(date(2011, 1, 6))
    back = set(open_of(he).values_list("organisation__code", flat=True))
    assert back == {"YL01"}


def test_a_leader_with_nothing_to_review_yet_may_hand_over(opened):
    qi = secretarys_seat(opened.library)
    hand(qi, secretarys_seat(opened.letters), until=date(2011, 1, 20))
    newcomer = member("闻人新", opened.library, since=date(2011, 1, 6))
    open_on(date(2011, 1, 6))
    assert reviews(person=newcomer).get().owed_by == secretarys_seat(opened.letters)


def test_what_was_handed_to_somebody_is_not_handed_on(seats, opened):
    he, su = seats
    count = hand(he, su).duties
    gan = secretarys_seat(opened.top)
    hand(su, gan)
    assert Duty.objects.filter(owed_by=su, handed_over__from_post=he, done_on=None).count() == count


def test_two_may_hand_over_to_each_other(seats):
    he, su = seats
    hand(he, su)
    hand(su, he)
    before = open_of(he).count(), open_of(su).count()
    open_on(DAY)
    open_on(DAY)
    assert before[0] <= open_of(he).count()
    assert list(tally_faults()) == []


def test_two_leaders_of_one_contact_point_may_stand_in_for_each_other(adopted):
    he, su = adopted.leaders["贺知明"], adopted.leaders["苏岩"]
    charge(su, adopted.sciences_staff, kind="contact")
    open_on()
    hand(he, su)
    assert reviews(target="contact", organisation=adopted.sciences_staff, owed_by=su).count() == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"until": date(2011, 1, 4)}, "duties.handover-ends-too-early"),
        ({"on": date(2011, 1, 2), "until": date(2011, 1, 4), "today": DAY}, "duties.handover-ends-too-early"),
        ({"only": [0]}, "duties.nothing-to-hand-over"),
    ],
)
def test_days_and_items_that_cannot_be_are_refused(seats, more, code):
    with refused(code):
        hand(*seats, **more)


def test_all_is_handed_over_once_at_a_time(seats, opened):
    he, su = seats
    hand(he, su, until=date(2011, 1, 8))
    with refused("duties.handed-over-already"):
        hand(he, secretarys_seat(opened.top), on=date(2011, 1, 8), today=DAY)
    hand(he, secretarys_seat(opened.top), on=date(2011, 1, 9), today=DAY)


def test_both_desks_know_of_it_until_it_is_over(seats):
    he, su = seats
    handed = hand(he, su, until=date(2011, 1, 8))
    for seat in seats:
        assert list(handovers_of([seat.pk], day=date(2011, 1, 8))) == [handed]
        assert not handovers_of([seat.pk], day=date(2011, 1, 9))
