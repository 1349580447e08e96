"""Who reviews whom (豫创组办发〔2010〕26号 一; decisions 0004, 0005, 0007)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.duties.oracle_of_reviewers import Organisation, Seat, Target, head_of, is_target, reviewer_of

TOP, UNIT, BRANCH = 1, 2, 3
GAN, HE, QI, NING, RAN = 11, 12, 13, 14, 15
TOP_SEAT, UNIT_SEAT, BRANCH_SEAT, LEADER = Seat(101, GAN), Seat(102, QI), Seat(103, NING), Seat(104, HE)
BELOW = ("in_charge", "superior_secretary")
TREE = {
    TOP: Organisation(TOP, None, TOP_SEAT),
    UNIT: Organisation(UNIT, TOP, UNIT_SEAT, in_charge=LEADER),
    BRANCH: Organisation(BRANCH, UNIT, BRANCH_SEAT),
}


def tree(**changes):
    """The tree with some seats otherwise: branch_head=QI, unit_head=None, unit_leader=None …"""
    found = dict(TREE)
    names = {"top": TOP, "unit": UNIT, "branch": BRANCH}
    for change, value in changes.items():
        place, what = change.split("_")
        key = names[place]
        if what == "head":
            found[key] = replace(found[key], secretary=Seat(found[key].secretary.key, value))
        else:
            found[key] = replace(found[key], in_charge=value)
    return found


def reviewer(about, organisation, organisations=TREE, relations=("superior_secretary",), person=None):
    return reviewer_of(Target(about, organisation, person), organisations, relations)


def test_a_branch_secretary_reviews_each_member_of_his_branch():
    assert reviewer("member", BRANCH, relations=("own_secretary",), person=RAN) == BRANCH_SEAT


def test_a_unit_secretary_or_leader_is_reviewed_as_a_member_like_any_other():
    for person in (GAN, HE, QI):
        assert is_target(Target("member", BRANCH, person), TREE)
        assert reviewer("member", BRANCH, relations=("own_secretary",), person=person) == BRANCH_SEAT


def test_nobody_reviews_himself_as_a_member():
    assert not is_target(Target("member", BRANCH, NING), TREE)
    assert reviewer("member", BRANCH, relations=("own_secretary",), person=NING) is None


def test_a_branch_and_its_secretary_are_reviewed_by_the_superiors_secretary():
    assert reviewer("organisation", BRANCH) == reviewer("secretary", BRANCH) == UNIT_SEAT


def test_the_leader_in_charge_comes_before_the_superiors_secretary():
    assert reviewer("organisation", UNIT, relations=BELOW) == LEADER
    assert reviewer("organisation", UNIT, tree(unit_leader=None), BELOW) == TOP_SEAT


def test_a_leader_who_left_his_seat_is_in_charge_of_nothing():
    assert reviewer("organisation", UNIT, tree(unit_leader=Seat(104, None)), BELOW) == TOP_SEAT


def test_a_vacant_superiors_seat_still_owes_the_review():
    assert reviewer("organisation", BRANCH, tree(unit_head=None)) == Seat(102, None)


def test_who_heads_both_the_unit_and_its_branch_is_passed_over_for_the_leader_in_charge_of_the_unit():
    assert reviewer("secretary", BRANCH, tree(branch_head=QI)) == LEADER


def test_and_without_such_a_leader_for_the_secretary_two_levels_up():
    assert reviewer("secretary", BRANCH, tree(branch_head=QI, unit_leader=None)) == TOP_SEAT
    assert reviewer("secretary", BRANCH, tree(branch_head=QI, unit_leader=Seat(104, QI))) == TOP_SEAT


def test_where_one_person_holds_everything_nobody_inside_is_left():
    one = tree(branch_head=QI, unit_head=QI, top_head=QI, unit_leader=Seat(104, QI))
    assert reviewer("secretary", BRANCH, one) is None


def test_a_leader_in_charge_of_the_unit_he_heads_is_passed_over():
    assert reviewer("organisation", UNIT, tree(unit_leader=Seat(104, QI)), BELOW) == TOP_SEAT


def test_the_top_has_nobody_above_it_inside():
    assert reviewer("organisation", TOP, relations=BELOW) is None
    assert reviewer("organisation", TOP, relations=()) is None


def test_a_secretary_is_reviewed_only_where_there_is_one_but_the_organisation_always():
    vacant = tree(branch_head=None)
    assert not is_target(Target("secretary", BRANCH), vacant)
    assert is_target(Target("organisation", BRANCH), vacant)
    assert reviewer("organisation", BRANCH, vacant) == UNIT_SEAT


def test_the_deputy_in_charge_answers_only_for_a_vacant_seat():
    assert head_of(NING, RAN) == NING
    assert head_of(None, RAN) == RAN
    assert head_of(None, None) is None


def test_an_unknown_relation_is_an_error_not_a_silence():
    with pytest.raises(KeyError):
        reviewer("organisation", BRANCH, relations=("nobody",))


people = st.one_of(st.none(), st.integers(1, 4))
leaders = st.one_of(st.none(), st.builds(Seat, st.integers(200, 205), people))


@given(
    heads=st.lists(people, min_size=6, max_size=6),
    charges=st.lists(leaders, min_size=6, max_size=6),
    parents=st.tuples(*[st.integers(0, n) for n in range(5)]),
)
def test_no_seat_ever_reviews_its_own_holder(heads, charges, parents):
    above = [None, *parents]
    organisations = {
        n: Organisation(n, above[n], Seat(100 + n, heads[n]), in_charge=charges[n]) for n in range(6)
    }
    for place in organisations.values():
        for about in ("organisation", "secretary"):
            found = reviewer_of(Target(about, place.key), organisations, BELOW)
            assert found is None or found.head is None or found.head != place.secretary.head
            if place.parent is not None and found is None:  # only where everybody above is the target himself
                assert organisations[place.parent].secretary.head == place.secretary.head is not None
