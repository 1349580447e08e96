"""An import is undone whole while nothing was built on it, and afterwards by acts that lead back (decision 0061)."""

from datetime import timedelta

import pytest
from django.apps import apps

from dianping.common.audit import SYSTEM, verify
from dianping.orgs.models import Membership, Organisation, Person, RosterTaken
from dianping.orgs.selectors.posts import head_person
from dianping.orgs.services import lead_back, look_back, transfer_member, undo_roster
from tests.factories import ACTOR, account
from tests.orgs.roster_book import (
    FIRST,
    LETTERS,
    LIBRARY,
    SECOND,
    STAFF,
    STUDENTS,
    TOP,
    WATCHED,
    member,
    organisation,
    rows_of,
)
from tests.refused import refused

pytestmark = pytest.mark.django_db
LATER = SECOND + timedelta(days=3)


def last():
    return RosterTaken.objects.order_by("-pk").first()


@pytest.fixture
def wrong(changed):
    """A second roster with every kind of change in it."""
    changed["organisations"].append(organisation("中共云岭大学机关总支部委员会", "YL03", "党总支", TOP))
    changed["organisations"][4]["上级党组织"] = "中共云岭大学机关总支部委员会"
    changed.of("冉小禾")["所在党支部"] = STUDENTS
    changed["members"].remove(changed.of("许可", STUDENTS))
    changed["members"].append(member(20, "新来的", STAFF))
    changed.of("柳青衣")["人员类别"] = "预备党员"
    changed.of("宁守真")["党内职务"] = ""
    changed.of("许可", STAFF)["党内职务"] = "党支部书记"
    changed["leaders"][0]["分管单位"], changed["leaders"][1]["分管单位"] = LETTERS, LIBRARY
    changed["leaders"][1]["联系点"] = ""
    return changed


def but_places_given(rows):
    for row in rows["Organisation"]:
        row.pop("places_given")
    return rows


def test_a_wrong_import_is_undone_whole(take, wrong):
    take()
    before = but_places_given(rows_of())
    take(wrong, on=SECOND)
    way = look_back(taken=last(), actor=SYSTEM)
    assert (way.blocked, way.steps) == ([], [])
    undo_roster(taken=last(), on=SECOND, actor=ACTOR)
    assert but_places_given(rows_of()) == before
    assert last().undone_on == SECOND
    assert not verify()
    with refused("orgs.roster-built-upon"):
        undo_roster(taken=last(), on=SECOND, actor=ACTOR)


def test_the_first_import_is_undone_to_an_empty_site(take):
    take()
    undo_roster(taken=last(), on=FIRST, actor=ACTOR)
    assert [model.objects.count() for model in WATCHED] == [0] * len(WATCHED)
    assert not verify()


def test_what_was_built_on_it_keeps_it(take, wrong):
    take()
    take(wrong, on=SECOND)
    new = Person.objects.get(name="新来的")
    transfer_member(person=new, to=Organisation.objects.get(name=LIBRARY), on=LATER, actor=ACTOR)
    way = look_back(taken=last(), actor=SYSTEM)
    assert way.blocked
    assert any("新来的" in sentence for sentence in way.cannot)
    before = rows_of()
    with refused("orgs.roster-built-upon"):
        undo_roster(taken=last(), on=LATER, actor=ACTOR)
    assert rows_of() == before


def test_an_earlier_import_waits_for_the_later(take, wrong):
    take()
    take(wrong, on=SECOND)
    way = look_back(taken=RosterTaken.objects.order_by("pk").first(), actor=SYSTEM)
    assert any("请先撤回后面的" in why for why in way.blocked)


def test_an_account_keeps_what_it_stands_on(take, wrong):
    take()
    take(wrong, on=SECOND)
    account(Person.objects.get(name="新来的"))
    assert any("用到了它带来的人员" in why for why in look_back(taken=last(), actor=SYSTEM).blocked)


def test_a_way_back_leads_back(take, wrong):
    take()
    where = dict(Membership.objects.filter(until=None).values_list("person", "organisation__name"))
    take(wrong, on=SECOND)
    stranger = Person.objects.get(name="柳青衣")
    apps.get_model("common.AuditEntry")
    transfer_member(person=stranger, to=Organisation.objects.get(name=STAFF), on=LATER, actor=ACTOR)
    way = look_back(taken=last(), actor=SYSTEM)
    lines = [step.line for step in way.steps]
    assert any(line.startswith("转回：冉小禾") for line in lines)
    assert any(line.startswith("编回：许可") for line in lines)
    assert any("许可 → 宁守真" in line for line in lines)
    with refused("orgs.way-back-changed"):
        lead_back(taken=last(), lines=lines[1:], on=LATER, actor=ACTOR)
    lead_back(taken=last(), lines=lines, on=LATER, actor=ACTOR)
    now = dict(Membership.objects.filter(until=None).values_list("person", "organisation__name"))
    assert now == where | {stranger.pk: STAFF}
    assert head_person(Organisation.objects.get(name=STAFF), day=LATER).name == "宁守真"
    assert Organisation.objects.get(code="YL03").dissolved == LATER
    assert Organisation.objects.get(name=STUDENTS).parent.name == LETTERS
    assert not verify()
