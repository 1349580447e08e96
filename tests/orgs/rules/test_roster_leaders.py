"""Faults of the leading group."""

import pytest

from dianping.orgs.rules.roster import judge
from tests.orgs.rules.tables import (
    FIRST,
    GENERAL,
    SECOND,
    TOP,
    judged,
    leaders,
    member,
    members,
    number,
    organisations,
    the_problem,
)

ONE, TWO = number("19560429", 569), number("19550711", 515)


def leader(name="甘书记", identity=ONE, organisation=TOP, post="党委书记", in_charge="", contacts=""):
    return [name, identity, organisation, post, in_charge, contacts]


@pytest.mark.parametrize("separator", ["、", "，", ",", "；", ";", "\n", "\r\n", "、 "])
def test_several_organisations_are_read_whatever_parts_them(separator):
    roster = judged(leaders(leader(in_charge=f"{GENERAL}{separator}{FIRST}", contacts=SECOND)))
    assert roster.problems == []
    assert roster.leaders[0].in_charge == (GENERAL, FIRST)
    assert roster.leaders[0].contacts == (SECOND,)


@pytest.mark.parametrize(("field", "column"), [("in_charge", "分管单位"), ("contacts", "联系点")])
def test_every_unknown_organisation_is_told_by_itself(field, column):
    roster = judged(leaders(leader(**{field: f"文学院总之部、{FIRST}、无此单位"})))
    assert [(problem.row, problem.column, problem.found) for problem in roster.problems] == [
        (2, column, "文学院总之部"), (2, column, "无此单位"),
    ]  # fmt: skip
    assert f"是否指“{GENERAL}”？" in roster.problems[0].message


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (leader(name=""), "姓名"),
        (leader(organisation=""), "所属党组织"),
        (leader(organisation="无此党委"), "所属党组织"),
        (leader(identity=ONE[:-1] + "A"), "公民身份号码"),
    ],
)
def test_each_fault_of_one_row_is_told(row, column):
    problem = the_problem(judged(leaders(row)))
    assert (problem.sheet, problem.row, problem.column) == ("班子成员", 2, column)


def test_a_leader_who_is_no_member_is_noted_and_no_fault():
    roster = judged(members(member(identity=TWO)), leaders(leader()))
    assert roster.problems == []
    assert any("甘书记" in note and "不在本次党员名单中" in note for note in roster.notes)


def test_a_leader_found_among_the_members_is_not_noted():
    roster = judged(members(member("甘书记", identity=ONE)), leaders(leader()))
    assert not any("不在本次党员名单中" in note for note in roster.notes)


def test_a_leader_under_another_name_than_as_member_is_told():
    problem = the_problem(judged(members(member("干书记", identity=ONE)), leaders(leader())))
    assert (problem.column, problem.found) == ("姓名", "甘书记")
    assert problem.code == "orgs.number-of-another"
    assert "「党员」第 2 行属于“干书记”" in problem.message


def test_one_number_under_two_leaders_is_told():
    problem = the_problem(judged(leaders(leader(), leader("边同志", post="党委委员"))))
    assert (problem.row, problem.column) == (3, "公民身份号码")


def test_a_leader_without_number_must_have_a_name_of_his_own():
    people = members(member("甘书记", identity=ONE), member("甘书记", identity=TWO))
    problem = the_problem(judged(people, leaders(leader(identity=""))))
    assert problem.column == "公民身份号码"
    assert problem.code == "orgs.leader-ambiguous"
    assert "有 2 人叫“甘书记”" in problem.message
    assert judged(members(member("甘书记", identity=ONE)), leaders(leader(identity=""))).problems == []


def test_one_unit_is_in_the_charge_of_one_leader():
    problem = the_problem(
        judged(leaders(leader(in_charge=FIRST), leader("边同志", TWO, post="党委委员", in_charge=FIRST)))
    )
    assert (problem.row, problem.column, problem.found) == (3, "分管单位", FIRST)


def test_two_leaders_may_share_a_contact_point():
    assert (
        judged(
            leaders(leader(contacts=FIRST), leader("边同志", TWO, post="党委委员", contacts=FIRST))
        ).problems
        == []
    )


def test_a_leading_group_has_one_secretary():
    assert the_problem(judged(leaders(leader(), leader("边同志", TWO)))).column == "职务"


def test_the_leaders_row_says_what_he_leads():
    # as a member he sits in a branch whose nearest committee is another one, with a secretary of its own
    below = (
        ["文学院党委", "X2", "二级党委", TOP, "", ""],
        ["文学院第三党支部", "X21", "党支部", "文学院党委", "", ""],
    )
    people = members(
        member("甘书记", identity=ONE, party_post="党委书记", branch_name="文学院第三党支部"),
        member("宁支书", identity=TWO, party_post="党委书记", branch_name="文学院第三党支部"),
    )
    assert judge([organisations(*below), people, leaders(leader())]).problems == []
    assert len(judge([organisations(*below), people]).problems) == 1
