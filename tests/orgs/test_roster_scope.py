"""A file has a scope (decision 0061): nothing outside it is looked at or changed; much that goes must be typed out."""

import copy
import json
from io import StringIO

import pytest
from django.core.management import call_command

from dianping.common.audit import SYSTEM
from dianping.orgs.models import Charge, Membership, Organisation, Person, Tenure
from dianping.orgs.selectors.posts import head_person
from dianping.orgs.services import plan_roster, take_roster
from tests.factories import ACTOR, write_roster
from tests.given import ROSTERS
from tests.orgs.roster_book import (
    BASE,
    FIRST,
    LETTERS,
    LIBRARY,
    SECOND,
    STAFF,
    STUDENTS,
    TOP,
    changes,
    member,
    organisation,
    rows_of,
)
from tests.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(tmp_path):
    def planned(book, scope=""):
        return plan_roster(actor=SYSTEM, path=write_roster(tmp_path / "一份.xlsx", **book), scope=scope)

    return planned


def lines(plan):
    return {key: found for key, _, found in plan.lines() if found}


# ---- every change is listed before it is written (J1)


def test_a_roster_in_which_only_a_post_changed_lists_it_and_writes_it(take, changed, planned):
    take()
    changed.of("宁守真")["党内职务"] = ""
    changed.of("冉小禾")["党内职务"] = "党支部书记"
    plan = planned(changed)
    assert lines(plan) == {"posts": [f"{STAFF}党支部书记：宁守真 → 冉小禾"]}
    take_roster(plan=plan, as_of=SECOND, actor=ACTOR)
    assert head_person(Organisation.objects.get(name=STAFF), day=SECOND).name == "冉小禾"


def test_a_deputy_in_charge_and_a_vacancy_are_listed(take, changed, planned):
    take()
    changed.of("宁守真")["党内职务"] = ""
    changed.of("冉小禾")["党内职务"] = "党支部副书记（主持工作）"
    assert sorted(lines(planned(changed))["posts"]) == [
        f"{STAFF}党支部书记：宁守真 → 空缺",
        f"{STAFF}党支部副书记(主持工作)：空缺 → 冉小禾",
    ]


def test_leaders_charges_and_contact_points_are_listed(take, changed, planned):
    take()
    changed["leaders"][0]["分管单位"], changed["leaders"][1]["分管单位"] = LETTERS, LIBRARY
    changed["leaders"][1]["联系点"] = ""
    changed["leaders"][1]["职务"] = "党委副书记"
    found = lines(planned(changed))
    assert set(found["charges"]) == {
        f"分管{LETTERS}：贺知明 → 甘远山", f"分管{LIBRARY}：甘远山 → 贺知明", f"联系点{STAFF}：贺知明 → 无"
    }  # fmt: skip
    assert found["leaders"] == [f"贺知明：党委副书记、校长 → 党委副书记（{TOP}）"]


def test_what_leaves_with_a_person_is_listed_too(take, changed, planned):
    take()
    changed["members"].remove(changed.of("宁守真"))
    assert lines(planned(changed)) == {
        "left": [f"宁守真（{STAFF}）"], "posts": [f"{STAFF}党支部书记：宁守真 → 空缺"]
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_written_that_was_not_listed(take, changed, planned, seed):
    """A roster scribbled in at random: what the plan counts is what the tables show afterwards."""
    import random

    draw = random.Random(seed)
    take()
    for row in changed["members"]:
        if draw.random() < 0.3:
            row["党内职务"] = draw.choice(
                ["", "党支部书记", "党支部副书记（主持工作）", "党委书记、党支部书记"]
            )
        if draw.random() < 0.2 and row["姓名"] != "许可":
            row["所在党支部"] = draw.choice([STAFF, STUDENTS, LIBRARY])
    for row in changed["leaders"]:
        row["联系点"] = draw.choice(["", STAFF, STUDENTS])
    plan = planned(changed)
    if plan.problems:
        return
    held = set(Tenure.objects.filter(until=None).values_list("post", "person"))
    charged = set(Charge.objects.filter(until=None).values_list("post", "organisation", "kind"))
    places = dict(Membership.objects.filter(until=None).values_list("person", "organisation"))
    take_roster(plan=plan, as_of=SECOND, actor=ACTOR)
    held_now = set(Tenure.objects.filter(until=None).values_list("post", "person"))
    charged_now = set(Charge.objects.filter(until=None).values_list("post", "organisation", "kind"))
    places_now = dict(Membership.objects.filter(until=None).values_list("person", "organisation"))
    seats = {post for post, _ in held ^ held_now}
    assert len(seats) == sum(change.why != "titled" for change in plan.posts)
    assert len({(o, kind) for _, o, kind in charged ^ charged_now}) <= len(plan.charges)
    assert bool(charged ^ charged_now) == bool(plan.charges)
    assert sum(places_now.get(pk) != place for pk, place in places.items()) == len(plan.moved)
    assert changes(planned(changed)) == {}


def test_two_posts_in_one_cell_are_two_seats(take, changed):
    changed.of("祁文")["党内职务"] = "党委书记、党支部书记"
    changed.of("宁守真")["党内职务"] = ""
    take(changed)
    for name in (LETTERS, STAFF):
        assert head_person(Organisation.objects.get(name=name), day=FIRST).name == "祁文"


# ---- scope (J2, V5)


def of_letters(book):
    own = {LETTERS, STAFF, STUDENTS}
    return {
        "organisations": [row for row in book["organisations"] if row["组织名称"] in own],
        "members": [row for row in book["members"] if row["所在党支部"] in own],
    }


def with_more_units(book):
    for number in range(5, 11):
        name = f"中共云岭大学第{number}学院委员会"
        branch = f"第{number}学院党支部"
        book["organisations"].append(organisation(name, f"YL{number:02}", "二级党委", TOP))
        book["organisations"].append(organisation(branch, f"YL{number:02}01", "党支部", name))
        book["members"] += [
            member(40 * number + at, f"某{chr(0x4E00 + 10 * number + at)}", branch) for at in range(3)
        ]
    return book


def test_one_colleges_file_below_the_top_touches_only_the_college(take, changed, planned):
    take(with_more_units(changed))
    part = of_letters(changed)
    part["organisations"].insert(0, changed["organisations"][0])
    plan = planned(part)
    assert changes(plan) == {}
    assert LETTERS in plan.scope.in_words()
    assert not plan.scope.whole


def test_the_same_file_for_the_whole_tree_must_be_typed_out(take, changed, planned):
    take(with_more_units(changed))
    part = of_letters(changed)
    part["organisations"].insert(0, changed["organisations"][0])
    plan = planned(part, scope="all")
    assert (len(plan.gone), len(plan.left)) == (13, 21)
    assert plan.to_confirm == 34
    before = rows_of()
    with refused("orgs.roster-not-confirmed"):
        take_roster(plan=plan, as_of=SECOND, actor=ACTOR)
    with refused("orgs.roster-not-confirmed"):
        take_roster(plan=plan, as_of=SECOND, actor=ACTOR, confirmed=1)
    assert rows_of() == before
    take_roster(plan=plan, as_of=SECOND, actor=ACTOR, confirmed=34)
    assert Organisation.objects.filter(dissolved=None).count() == 4


def test_a_right_file_brings_dissolved_organisations_back(take, changed, planned):
    take(with_more_units(changed))
    part = of_letters(changed)
    part["organisations"].insert(0, changed["organisations"][0])
    take_roster(plan=planned(part, scope="all"), as_of=SECOND, actor=ACTOR, confirmed=34)
    plan = planned(changed)
    assert changes(plan)["revived"] == 13
    take_roster(plan=plan, as_of=SECOND, actor=ACTOR)
    assert not Organisation.objects.exclude(dissolved=None).exists()
    assert changes(planned(changed)) == {}


def test_a_chosen_unit_looks_at_nothing_outside(take, changed, planned):
    take()
    changed.of("柳青衣").update({"所在党支部": STAFF, "党内职务": ""})
    changed["members"].remove(changed.of("甘远山"))
    changed.of("冉小禾")["人员类别"] = "预备党员"
    plan = planned(changed, scope="YL01")
    assert changes(plan) == {"amended": 1}
    assert any("柳青衣" in note and "没有转移" in note for note in plan.notes)
    assert any("在范围之外" in note for note in plan.notes)


def test_a_unit_nobody_has_is_no_scope(planned):
    with refused("orgs.no-such-scope"):
        planned(BASE, scope="NONE")


def test_a_leaders_seat_outside_the_scope_stays_when_he_leaves_a_branch(take, changed, planned):
    take()
    plan = planned({"members": [r for r in changed["members"] if r["姓名"] == "柳青衣"]})
    assert sorted(m.person.name for m in plan.left) == ["甘远山", "贺知明"]
    take_roster(plan=plan, as_of=SECOND, actor=ACTOR)
    assert head_person(Organisation.objects.get(name=TOP), day=SECOND).name == "甘远山"


def county(letter, order):
    top = f"中共{letter}县委员会"
    branch = "机关第一党支部"
    return {
        "organisations": [
            organisation(top, f"P{letter}", "地方党委", "中共某省委员会"),
            organisation(branch, f"P{letter}1", "党支部", top),
        ],
        "members": [member(order + at, f"{letter}党员{chr(0x4E00 + at)}", branch) for at in range(3)],
    }


def test_counties_may_have_branches_of_one_name(planned):
    province = {"organisations": [organisation("中共某省委员会", "P", "地方党委")]}
    for book in (province, county("甲", 1), county("乙", 10)):
        plan = planned(book)
        assert [str(problem) for problem in plan.problems] == []
        take_roster(plan=plan, as_of=FIRST, actor=ACTOR)
    assert Organisation.objects.filter(name="机关第一党支部").count() == 2
    again = county("乙", 10)
    again["members"].pop()
    plan = planned(again)
    assert changes(plan) == {"left": 1}
    take_roster(plan=plan, as_of=SECOND, actor=ACTOR)
    by_code = {o.code: o.memberships.filter(until=None).count() for o in Organisation.objects.all()}
    assert by_code == {"P": 0, "P甲": 0, "P甲1": 3, "P乙": 0, "P乙1": 2}


def test_a_name_that_stands_twice_asks_which_is_meant(planned):
    province = {"organisations": [organisation("中共某省委员会", "P", "地方党委")]}
    for book in (province, county("甲", 1), county("乙", 10)):
        take_roster(plan=planned(book), as_of=FIRST, actor=ACTOR)
    alone = {"members": county("乙", 10)["members"]}
    assert "分不清是哪一个" in planned(alone).problems[0].message
    assert changes(planned(alone, scope="P乙")) == {}


# ---- the same people (r16)


def told(path, *more):
    out = StringIO()
    call_command("take_roster", path, "--json", *more, stdout=out)
    return json.loads(out.getvalue())


def test_r16_filling_in_data_finds_the_same_people():
    before, after = (next(ROSTERS.glob(f"r16-*-{part}.xlsx")) for part in ("先", "后"))
    told(before)
    second = told(after)
    assert {kind: n for kind, n in second["changes"].items() if n} == {"amended": 3}
    assert Person.objects.filter(name="方远").count() == 1
    assert Person.objects.get(name="方远").born.year == 1965
    assert Person.objects.get(name="石新田").employee_no == "0001"
    assert not any(told(after, "--check")["changes"].values())


def test_somebody_who_contradicts_is_another_person(take, changed, planned):
    book = copy.deepcopy(BASE)
    row = book["members"][5]
    for heading in ("公民身份号码", "出生日期"):
        row.pop(heading)
    take(book)
    row["性别"] = "女"
    assert changes(planned(book)) == {"joined": 1, "left": 1}


def test_the_command_tells_what_the_cases_ask_for():
    take_roster(
        plan=plan_roster(actor=SYSTEM, path=next(ROSTERS.glob("r16-*-先.xlsx"))), as_of=FIRST, actor=ACTOR
    )
    found = told(next(ROSTERS.glob("r16-*-后.xlsx")), "--check", "--scope", "A")
    assert found["members"][0] == ["石新田", "full", "某局机关党支部", "书记", "0001"]
    assert (found["left_out_and_told"], found["skipped_rows"], found["to_confirm"]) == ([], [], 0)
    assert "中共某局委员会" in found["scope"]
