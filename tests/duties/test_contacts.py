"""Leaders review their contact points (豫创组办发〔2010〕26号 一; 平学院创组文〔2010〕1号 1; decision 0063)."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from dianping.duties.models import Duty
from dianping.duties.selectors import coverage_of
from dianping.orgs.models import Charge, Post
from dianping.orgs.services import appoint, end_charge, put_in_charge, vacate
from dianping.programmes.rules import Unreadable, read_programme
from dianping.programmes.shelf import programme_text
from dianping.reviews.models import Review
from dianping.reviews.services.file import duties_to_meet
from tests.duties.deeds import DAY, done, reviews
from tests.factories import ACTOR, OVERLAY_DAY, charge, head, open_on, secretarys_seat


def contacts(**wanted):
    return reviews(target="contact", **wanted)


def owed():
    """Who owes a review of which contact point, open and not lapsed."""
    rows = contacts(lapsed_on=None, done_on=None).select_related("organisation")
    return {(duty.organisation.code, duty.owed_by_id) for duty in rows}


def contact(place, post, since=DAY):
    return put_in_charge(post=post, organisation=place, kind="contact", since=since, actor=ACTOR)


def gives_up(post, on=DAY):
    for row in Charge.objects.filter(post=post, kind="contact", until=None):
        end_charge(charge=row, on=on, actor=ACTOR)


def test_each_leader_owes_a_review_of_each_of_his_contact_points(opened):
    he, su, gan = opened.leaders["贺知明"], opened.leaders["苏岩"], secretarys_seat(opened.top)
    assert owed() == {("YL0201", he.pk), ("YL0301", su.pk), ("YL0101", gan.pk)}
    assert set(contacts().values_list("due", flat=True)) == {date(2011, 1, 10)}  # 主管或联系单位
    assert set(contacts().values_list("leader", flat=True)) == {he.pk, su.pk, gan.pk}


def test_they_are_counted_beside_the_five(adopted):
    told = StringIO()
    call_command("open_duties", day=OVERLAY_DAY, json=True, stdout=told)
    said = json.loads(told.getvalue())
    assert (said["opened"], said["by_target"]["contact"]) == (25, 3)
    (found,) = coverage_of([adopted.top], day=OVERLAY_DAY)
    assert (found.groups["contact"].due, found.total.due) == (3, 25)
    again = open_on()
    assert (again.opened, again.already, again.by_target.total()) == (0, 25, 0)


def test_several_leaders_may_have_the_same_contact_point(adopted):
    contact(adopted.sciences_staff, adopted.leaders["苏岩"], since=date(2010, 12, 1))
    open_on()
    both = {adopted.leaders["贺知明"].pk, adopted.leaders["苏岩"].pk}
    assert set(contacts(organisation=adopted.sciences_staff).values_list("owed_by", flat=True)) == both


def test_nobody_reviews_what_he_heads(adopted):
    contact(adopted.sciences, adopted.leaders["苏岩"], since=date(2010, 12, 1))
    head(adopted.people["苏岩"], adopted.sciences, since=date(2010, 12, 10))
    open_on()
    assert not contacts(organisation=adopted.sciences).exists()


def test_a_leader_who_comes_to_head_it_owes_it_no_more_and_again_when_he_leaves(opened):
    su = opened.leaders["苏岩"]
    head(opened.people["苏岩"], opened.offices_staff, since=DAY)
    open_on(DAY)
    assert ("YL0301", su.pk) not in owed()
    head(opened.people["方舟"], opened.offices_staff, since=date(2011, 1, 6))
    open_on(date(2011, 1, 6))
    assert ("YL0301", su.pk) in owed()


def test_it_goes_with_the_charge_that_ends_and_comes_back_with_it(opened):
    he = opened.leaders["贺知明"]
    gives_up(he)
    open_on(DAY)
    assert ("YL0201", he.pk) not in owed()
    contact(opened.sciences_staff, he, since=date(2011, 1, 6))
    open_on(date(2011, 1, 6))
    assert ("YL0201", he.pk) in owed()
    assert contacts(organisation=opened.sciences_staff).count() == 1


def test_it_passes_on_with_the_charge(opened):
    he, su = opened.leaders["贺知明"], opened.leaders["苏岩"]
    gives_up(he, on=date(2011, 1, 8))
    contact(opened.sciences_staff, su, since=date(2011, 1, 8))
    open_on(date(2011, 1, 8))
    assert {seat for code, seat in owed() if code == "YL0201"} == {su.pk}


def test_what_one_leader_has_done_is_not_owed_by_the_one_who_takes_over(opened):
    he, su = opened.leaders["贺知明"], opened.leaders["苏岩"]
    done(contacts(owed_by=he).get())
    gives_up(he)
    contact(opened.sciences_staff, su)
    open_on(DAY)
    assert "YL0201" not in {code for code, _ in owed()}


def test_a_leader_who_left_his_seat_owes_none_and_his_successor_does(opened):
    he = opened.leaders["贺知明"]
    vacate(post=he, on=DAY, actor=ACTOR)
    open_on(DAY)
    assert "YL0201" not in {code for code, _ in owed()}
    appoint(person=opened.people["冉小禾"], post=he, since=date(2011, 1, 6), actor=ACTOR)
    open_on(date(2011, 1, 6))
    assert ("YL0201", he.pk) in owed()


def test_one_review_meets_the_charge_and_the_contact_point(adopted):
    he = adopted.leaders["贺知明"]
    charge(he, adopted.letters, kind="contact")
    open_on()
    review = Review(post=he, organisation=adopted.letters, about="organisation", person=None)
    met = duties_to_meet(review, DAY)
    assert {duty.target for duty in met} == {"unit", "contact"}


def test_the_top_itself_is_nobodys_contact_point(adopted):
    charge(adopted.leaders["贺知明"], adopted.top, kind="contact")
    open_on()
    assert not contacts(organisation=adopted.top).exists()


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('reviewers = ["contact"]', 'reviewers = ["contact", "superior_secretary"]'),
        ('target = "contact"', 'target = "branch"'),
        ('target = "contact"', 'target = "contact"\nplace = "top"'),
    ],
)
def test_a_contact_point_is_its_leaders_alone(was, now):
    text = programme_text("henan-2010-26")
    assert was in text
    with pytest.raises(Unreadable, match="联系点"):
        read_programme(text.replace(was, now))


def test_only_contact_points_are_of_a_leader(opened):
    assert not Duty.objects.exclude(target="contact").exclude(leader=None).exists()
    assert Post.objects.filter(pk__in=contacts().values("leader")).count() == 3
