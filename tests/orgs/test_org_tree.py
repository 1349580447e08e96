"""The tree of organisations: founding, moving, merging, splitting, dissolving; history stays readable."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dianping.common import trees
from dianping.common.refusal import Refusal
from dianping.orgs.models import Membership, Organisation
from dianping.orgs.selectors import branch_on, members_of, organisations_below
from dianping.orgs.services import (
    dissolve_organisation,
    leave,
    merge_organisations,
    place_under,
    split_organisation,
    transfer_member,
)
from tests.factories import ACTOR, member, organisation
from tests.refused import refused

DAY = date(2011, 1, 5)
BEFORE = DAY - timedelta(days=1)
pytestmark = pytest.mark.django_db


def assert_whole():
    """Every place lies right below its superior's, and no two share one."""
    for place in Organisation.objects.select_related("parent"):
        above = place.parent.path if place.parent else ""
        assert place.path.startswith(above)
        assert trees.depth(place.path) == trees.depth(above) + 1
    paths = list(Organisation.objects.values_list("path", flat=True))
    assert len(paths) == len(set(paths))


def move(place, under, on=DAY):
    return place_under(organisation=place, parent=under, on=on, actor=ACTOR)


def test_a_unit_moves_with_everything_below_it(university):
    moved = move(university.letters, university.sciences)
    assert_whole()
    below = set(organisations_below([university.sciences.path]).values_list("code", flat=True))
    assert below == {"YL02", "YL0201", "YL01", "YL0101", "YL0102"}
    assert moved.parent == university.sciences


def test_moving_keeps_the_order_of_what_lies_below(university):
    def codes(path):
        return list(organisations_below([path]).order_by("path").values_list("code", flat=True))

    before = codes(university.letters.path)
    assert codes(move(university.letters, university.sciences).path) == before


@pytest.mark.parametrize(
    ("what", "under"),
    [("letters", "letters"), ("top", "letters"), ("letters", "letters_staff"), ("sciences", "letters_staff")],
)
def test_a_cycle_or_a_branch_as_superior_is_refused(university, what, under):
    with refused("orgs.below-itself", "orgs.no-organisation-below"):
        move(getattr(university, what), getattr(university, under))
    assert_whole()


def test_a_dissolved_organisation_is_no_superior(university):
    empty = organisation("空的总支部", "党总支", university.top)
    dissolve_organisation(organisation=empty, on=DAY, successor=None, actor=ACTOR)
    with refused("orgs.dissolved"):
        move(university.letters_staff, empty)


def test_a_new_organisation_never_takes_the_place_of_one_that_moved_away(university):
    """What was written down about the old place (duties, reviews, the audit chain) must not become the new one's."""
    old = university.library.path  # the last place below the top
    move(university.library, university.letters)
    new = organisation("后勤党总支", "党总支", university.top)
    assert new.path != old


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(1, 8), st.integers(0, 3)), max_size=8))
def test_however_often_organisations_move_the_tree_stays_whole(university, moves):
    with transaction.atomic():
        committees = [university.top, *university.units]
        for what, under in moves:
            place = Organisation.objects.get(pk=university.all[what].pk)
            parent = Organisation.objects.get(pk=committees[under].pk)
            try:
                move(place, parent)
            except Refusal:
                assert parent.path.startswith(place.path)
        assert_whole()
        assert Organisation.objects.count() == 9
        transaction.set_rollback(True)


def test_nothing_can_be_founded_below_a_branch(university):
    with refused("orgs.no-organisation-below"):
        organisation("小组", "党支部", university.letters_staff)


def test_a_code_is_given_once(university):
    with refused("orgs.code-taken"):
        organisation("另一个", "党总支", university.top, code="YL01")


def test_only_an_empty_organisation_can_be_dissolved(university):
    for place in (university.letters_staff, university.letters):
        with refused("orgs.members-left", "orgs.organisations-left-below"):
            dissolve_organisation(organisation=place, on=DAY, successor=None, actor=ACTOR)


def test_merging_moves_the_members_and_points_to_the_successor(university):
    merge_organisations(
        merged=[university.letters_students], into=university.letters_staff, on=DAY, actor=ACTOR
    )
    gone = Organisation.objects.get(code="YL0102")
    assert (gone.dissolved, gone.succeeded_by) == (DAY, university.letters_staff)
    assert {m.person.name for m in members_of(university.letters_staff, day=DAY)} == {
        "祁文", "宁守真", "冉小禾", "齐放", "许可"
    }  # fmt: skip
    assert {m.person.name for m in members_of(gone, day=BEFORE)} == {"齐放", "许可"}
    assert not members_of(gone, day=DAY).exists()


def test_a_merge_that_fails_leaves_everything_as_it_was(university):
    with refused("orgs.only-branches-merge"):
        merge_organisations(
            merged=[university.letters_students, university.letters],
            into=university.letters_staff,
            on=DAY,
            actor=ACTOR,
        )
    assert {m.person.name for m in members_of(university.letters_students, day=DAY)} == {"齐放", "许可"}


def test_splitting_founds_a_branch_beside_and_moves_who_leaves(university):
    leaving = Membership.objects.filter(person=university.people["冉小禾"], until=None)
    new = split_organisation(
        organisation=university.letters_staff,
        code="YL0103",
        name="文学院第三党支部",
        leaving=leaving,
        on=DAY,
        actor=ACTOR,
    )
    assert new.parent == university.letters
    assert new.kind == university.letters_staff.kind
    assert branch_on(university.people["冉小禾"], day=DAY) == new
    assert branch_on(university.people["冉小禾"], day=BEFORE) == university.letters_staff
    assert new.posts.count() == 1


def test_a_member_stands_in_one_branch_on_every_day(university):
    ran = university.people["冉小禾"]
    transfer_member(person=ran, to=university.sciences_staff, on=DAY, actor=ACTOR)
    assert branch_on(ran, day=BEFORE) == university.letters_staff
    assert branch_on(ran, day=DAY) == university.sciences_staff
    assert [m.person.name for m in members_of(university.letters_staff, day=DAY)].count("冉小禾") == 0


def test_probation_and_absence_move_with_a_member(university):
    transfer_member(person=university.people["许可"], to=university.letters_staff, on=DAY, actor=ACTOR)
    transfer_member(person=university.people["任远之"], to=university.letters_staff, on=DAY, actor=ACTOR)
    found = {m.person.name: (m.standing, m.mobile_to) for m in members_of(university.letters_staff, day=DAY)}
    assert found["许可"] == ("预备党员", "")
    assert found["任远之"] == ("正式党员", "上海市浦东新区")


@pytest.mark.parametrize("to", ["letters", "top", "letters_staff"])
def test_a_move_to_no_branch_or_to_the_same_one_is_refused(university, to):
    with refused("orgs.already-there", "orgs.not-a-branch"):
        transfer_member(person=university.people["冉小禾"], to=getattr(university, to), on=DAY, actor=ACTOR)


def test_a_move_before_he_came_is_refused(university):
    newcomer = member("新来的", university.letters_staff, since=DAY)
    with refused("orgs.moved-before-joining"):
        transfer_member(person=newcomer, to=university.sciences_staff, on=DAY, actor=ACTOR)


def test_nobody_is_moved_into_a_dissolved_branch(university):
    merge_organisations(
        merged=[university.letters_students], into=university.letters_staff, on=DAY, actor=ACTOR
    )
    gone = Organisation.objects.get(code="YL0102")
    with refused("orgs.dissolved"):
        transfer_member(person=university.people["冉小禾"], to=gone, on=DAY + timedelta(days=1), actor=ACTOR)


def test_who_leaves_stands_nowhere_and_stays_readable(university):
    ran = university.people["冉小禾"]
    leave(person=ran, on=DAY, reason="组织关系转出", actor=ACTOR)
    assert branch_on(ran, day=DAY) is None
    assert branch_on(ran, day=BEFORE) == university.letters_staff
    with refused("orgs.in-no-branch"):
        leave(person=ran, on=DAY, reason="组织关系转出", actor=ACTOR)


def test_who_leaves_holds_no_seat_any_more(university):
    ning = university.people["宁守真"]
    leave(person=ning, on=DAY, reason="组织关系转出", actor=ACTOR)
    assert ning.tenures.filter(until=None).count() == 0
