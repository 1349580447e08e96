"""A second roster changes only what differs, from the day given (decision 0008: what was done stays)."""

import copy
from datetime import date, timedelta

import pytest

from dianping.common.audit import SYSTEM
from dianping.orgs.models import Membership, Organisation, Person, Tenure
from dianping.orgs.selectors import branch_on
from dianping.orgs.selectors.posts import charges_over, head_person
from dianping.orgs.services import plan_roster
from tests.factories import write_roster
from tests.orgs.roster_book import (
    BEFORE,
    LETTERS,
    LIBRARY,
    MEMBERS,
    SECOND,
    STAFF,
    STUDENTS,
    TOP,
    changes,
    member,
    organisation,
    rows_of,
)

pytestmark = pytest.mark.django_db


def test_the_same_roster_again_changes_nothing(take):
    take()
    before = rows_of()
    plan = take(on=SECOND)
    assert changes(plan) == {}
    assert rows_of() == before


def test_a_second_roster_changes_just_what_differs(take, changed):
    take()
    before = rows_of()
    changed.of("冉小禾")["所在党支部"] = STUDENTS
    changed["members"].remove(changed.of("许可", STUDENTS))
    changed["members"].append(member(20, "新来的", STAFF))
    changed.of("宁守真")["党内职务"] = ""
    changed.of("许可", STAFF)["党内职务"] = "党支部书记"
    plan = take(changed, on=SECOND)
    assert changes(plan) == {"joined": 1, "left": 1, "moved": 1, "posts": 1}
    after = rows_of()
    assert after["Organisation"] == before["Organisation"]
    assert after["Post"] == before["Post"]
    assert after["Charge"] == before["Charge"]
    assert after["Person"][:9] == before["Person"]
    same = [row for row in after["Membership"] if row in before["Membership"]]
    assert len(same) == 7  # two rows ended, two begun
    assert [t for t in after["Tenure"] if t in before["Tenure"]] != before["Tenure"]
    assert len(after["Tenure"]) == len(before["Tenure"]) + 1


def test_changes_hold_from_the_day_given_and_not_before(take, changed):
    take()
    changed.of("冉小禾")["所在党支部"] = STUDENTS
    changed.of("宁守真")["党内职务"] = ""
    changed.of("祁文")["党内职务"] = "党委书记、党支部书记"
    take(changed, on=SECOND)
    ran, staff = Person.objects.get(name="冉小禾"), Organisation.objects.get(name=STAFF)
    assert branch_on(ran, day=BEFORE) == staff
    assert branch_on(ran, day=SECOND).name == STUDENTS
    assert head_person(staff, day=BEFORE).name == "宁守真"


def test_taking_the_second_roster_twice_changes_nothing_more(take, changed):
    take()
    changed.of("冉小禾")["所在党支部"] = STUDENTS
    changed["members"].remove(changed.of("许可", STUDENTS))
    changed.of("宁守真")["党内职务"] = ""
    changed.of("许可", STAFF)["党内职务"] = "党支部书记"
    take(changed, on=SECOND)
    before = rows_of()
    assert changes(take(changed, on=SECOND + timedelta(days=1))) == {}
    assert rows_of() == before


def test_a_newcomer_stands_since_the_day_of_the_roster_or_since_he_joined_the_party_lately(take, changed):
    take()
    changed["members"].append(member(20, "转来的", STAFF))
    changed["members"].append(member(21, "新发展的", STAFF, 入党日期=date(2011, 1, 3), 人员类别="预备党员"))
    take(changed, on=SECOND)
    since = dict(Membership.objects.values_list("person__name", "since"))
    assert since["转来的"] == SECOND
    assert since["新发展的"] == date(2011, 1, 3)


def test_who_comes_back_is_the_same_person(take, changed):
    take()
    without = copy.deepcopy(changed)
    without["members"].remove(changed.of("冉小禾"))
    take(without, on=SECOND)
    take(changed, on=SECOND + timedelta(days=30))
    assert Person.objects.filter(name="冉小禾").count() == 1
    spans = Membership.objects.filter(person__name="冉小禾").order_by("since").values_list("since", "until")
    assert [until for _, until in spans] == [SECOND, None]


def test_a_corrected_name_or_standing_is_amended_in_place(take, changed):
    take()
    changed.of("许可", STUDENTS).update(
        {"姓名": "许可为", "人员类别": "预备党员", "是否流动党员": "是", "流动去向": "杭州市"}
    )
    plan = take(changed, on=SECOND)
    assert changes(plan) == {"amended": 1}
    found = Membership.objects.get(person__name="许可为")
    assert (found.standing, found.mobile_to, found.until) == ("预备党员", "杭州市", None)


def test_a_branch_without_a_secretary_in_the_roster_has_none(take, changed):
    take()
    changed.of("宁守真")["党内职务"] = ""
    take(changed, on=SECOND)
    staff = Organisation.objects.get(name=STAFF)
    assert head_person(staff, day=BEFORE).name == "宁守真"
    assert head_person(staff, day=SECOND) is None


def test_a_unit_secretary_who_left_leaves_the_seat_vacant(take, changed):
    take()
    changed["members"].remove(changed.of("祁文"))
    take(changed, on=SECOND)
    assert head_person(Organisation.objects.get(name=LETTERS), day=SECOND) is None


def test_an_acting_deputy_the_roster_names_takes_a_vacant_seat(take, changed):
    take()
    changed.of("宁守真")["党内职务"] = ""
    changed.of("冉小禾")["党内职务"] = "党支部副书记（主持工作）"
    take(changed, on=SECOND)
    assert head_person(Organisation.objects.get(name=STAFF), day=SECOND).name == "冉小禾"


def test_an_acting_deputy_the_roster_names_no_more_is_acting_no_more(take, changed):
    changed.of("宁守真")["党内职务"] = ""
    changed.of("冉小禾")["党内职务"] = "党支部副书记（主持工作）"
    take(changed)
    changed.of("冉小禾")["党内职务"] = ""
    take(changed, on=SECOND)
    assert head_person(Organisation.objects.get(name=STAFF), day=SECOND) is None


def test_a_unit_passes_from_one_leader_to_another(take, changed):
    take()
    changed["leaders"][0]["分管单位"], changed["leaders"][1]["分管单位"] = LETTERS, LIBRARY
    take(changed, on=SECOND)

    def in_charge(name, day):
        found = charges_over(Organisation.objects.get(name=name), day=day).filter(kind="in_charge")
        return [c.post.tenures.get(until=None).person.name for c in found]

    assert (in_charge(LETTERS, BEFORE), in_charge(LETTERS, SECOND)) == (["贺知明"], ["甘远山"])
    assert (in_charge(LIBRARY, BEFORE), in_charge(LIBRARY, SECOND)) == (["甘远山"], ["贺知明"])


def test_a_leader_the_list_of_leaders_names_no_more_is_in_charge_of_nothing(take, changed):
    take()
    del changed["leaders"][1]
    take(changed, on=SECOND)
    assert not charges_over(Organisation.objects.get(name=LETTERS), day=SECOND).exists()


def test_organisations_are_founded_and_placed_elsewhere(take, changed):
    take()
    changed["organisations"].append(organisation("中共云岭大学机关总支部委员会", "YL03", "党总支", TOP))
    changed["organisations"][4]["上级党组织"] = "中共云岭大学机关总支部委员会"
    plan = take(changed, on=SECOND)
    assert changes(plan) == {"founded": 1, "altered": 1}
    moved = Organisation.objects.get(code="YL0102")
    assert moved.parent.code == "YL03"
    assert moved.path.startswith(moved.parent.path)


def test_an_organisation_does_not_change_its_name_by_a_roster(tmp_path, take, changed):
    take()
    changed["organisations"][3]["组织名称"] = "文学院教工第一党支部"
    plan = plan_roster(actor=SYSTEM, path=write_roster(tmp_path / "renamed.xlsx", **changed))
    assert any("YL0101" in str(problem) and STAFF in str(problem) for problem in plan.problems)


def test_a_roster_of_one_branch_leaves_the_others_alone(take, changed):
    take()
    before = rows_of(Membership, Tenure)
    plan = take({"members": [r for r in changed["members"] if r["所在党支部"] == STAFF]}, on=SECOND)
    assert changes(plan) == {}
    assert rows_of(Membership, Tenure) == before


def test_a_roster_of_organisations_only_moves_nobody(take, changed):
    take()
    before = rows_of(Membership, Tenure)
    plan = take({"organisations": changed["organisations"]}, on=SECOND)
    assert changes(plan) == {}
    assert rows_of(Membership, Tenure) == before


def test_a_roster_of_one_unit_leaves_the_others_alone(take, changed):
    take()
    before = rows_of()
    own = {LETTERS, STAFF, STUDENTS}
    plan = take(
        {
            "organisations": [row for row in changed["organisations"] if row["组织名称"] in own],
            "members": [row for row in changed["members"] if row["所在党支部"] in own],
        },
        on=SECOND,
    )
    assert changes(plan) == {}
    assert rows_of() == before


def test_a_branch_the_list_names_no_more_is_dissolved_and_points_to_where_its_members_went(take, changed):
    take()
    changed["organisations"] = [row for row in changed["organisations"] if row["组织名称"] != STUDENTS]
    changed["leaders"][0]["联系点"] = ""
    for row in changed["members"]:
        if row["所在党支部"] == STUDENTS:
            row.update({"所在党支部": STAFF, "党内职务": ""})
    changed["members"] = [
        r for r in changed["members"] if r["公民身份号码"] != MEMBERS[8]["公民身份号码"]
    ]  # a namesake
    take(changed, on=SECOND)
    gone = Organisation.objects.get(code="YL0102")
    assert gone.dissolved == SECOND
    assert gone.succeeded_by.name == STAFF
    assert branch_on(Person.objects.get(name="齐放"), day=BEFORE) == gone
    assert head_person(gone, day=BEFORE).name == "齐放"
    assert head_person(gone, day=SECOND) is None
    assert not charges_over(gone, day=SECOND).exists()


def without_numbers(book):
    found = copy.deepcopy(book)
    for row in [*found["members"], *found["leaders"]]:
        row.pop("公民身份号码")
    found["members"] = found["members"][:8]  # the namesakes cannot be told apart any more
    return found


def test_a_second_roster_without_numbers_still_finds_the_same_people(take, changed):
    take({**changed, "members": changed["members"][:8]})
    assert changes(take(without_numbers(changed), on=SECOND)) == {}


def test_a_second_roster_that_brings_the_numbers_finds_the_same_people(take, changed):
    take(without_numbers(changed))
    plan = take({**changed, "members": changed["members"][:8]}, on=SECOND)
    assert "left" not in changes(plan)
    assert "joined" not in changes(plan)
    assert Person.objects.count() == 8
