"""A unit with a programme of its own: owed once, under the nearer date (slip B34)."""

from datetime import date

from dianping.duties.models import Window
from dianping.duties.selectors import coverage_of
from dianping.orgs.services import transfer_member
from dianping.programmes.shelf import programme_text
from tests.duties.deeds import reviews
from tests.factories import ACTOR, OVERLAY_DAY, adopt, member, open_on, organisation

OWN = """
code = "letters"
extends = "school-2010-1"
title = "文学院的安排"
number = "云岭文〔2011〕1号"
issuer = "文学院党委"
issued = 2010-12-31

[[stricter]]
rule = "round"
about = ["member"]
due = 2011-01-20
clause = "1"
says = "一月二十日前"
"""


def test_a_unit_with_a_programme_of_its_own_is_owed_once(adopted):
    adopt(adopted.letters, OWN)
    open_on()
    assert reviews(organisation=adopted.letters, target="unit", window__rule="round").count() == 1
    (found,) = coverage_of([adopted.top], day=OVERLAY_DAY)
    assert found.total.due == 25
    assert set(
        reviews(target="member", path__startswith=adopted.letters.path).values_list("due", flat=True)
    ) == {date(2011, 1, 20)}


def test_adopting_a_programme_of_ones_own_later_owes_nobody_twice(opened):
    adopt(opened.letters, OWN)
    open_on()
    (found,) = coverage_of([opened.top], day=OVERLAY_DAY)
    assert found.total.due == 25


def test_a_member_who_moves_between_two_programmes_is_owed_once(adopted):
    adopt(adopted.letters, OWN)
    open_on()
    ran = adopted.people["冉小禾"]
    transfer_member(person=ran, to=adopted.sciences_staff, on=date(2011, 1, 5), actor=ACTOR)
    open_on(date(2011, 1, 5))
    assert reviews(target="member", person=ran, lapsed_on=None).count() == 1


def test_an_independent_university_has_its_own_windows(adopted):
    other = organisation("中共另一大学委员会", "基层党委", code="QT")
    branch = organisation("另一支部", "党支部", other)
    member("外校的", branch)
    adopt(other, programme_text("henan-2010-26"))
    open_on()
    assert {w.root_id for w in Window.objects.all()} == {adopted.top.pk, other.pk}
    (ours, theirs) = coverage_of([adopted.top, other], day=OVERLAY_DAY)
    assert ours.total.due == 25
    assert theirs.total.due == 2  # one member, one branch; nobody heads anything there
