"""Who had a reviewer before a change and has none after it (decision 0063)."""

import json
from datetime import date
from io import StringIO

from django.core.management import call_command

from dianping.duties.services.uncovering import uncovered
from dianping.orgs.models import RosterTaken
from dianping.programmes.models import Adoption
from dianping.programmes.services import amend_adoption
from dianping.programmes.shelf import programme_text
from tests.factories import ACTOR, OVERLAY_DAY, adopt, head, open_on, vacate

DAY = date(2011, 1, 5)


def amended(university, text, on=DAY):
    """Another text of the province's programme, in force from a day on."""
    adoption = Adoption.objects.get(code="henan-2010-26", until=None)
    amend_adoption(adoption=adoption, text=text, number="补〔2011〕2号", on=on, actor=ACTOR, today=on)


def without(text, *codes):
    """A programme that orders nothing of some classes of target."""
    for code in codes:
        text = text.replace(f'"{code}", ', "").replace(f', "{code}"', "")
    return text


def counts(day=DAY):
    return {(lost["target"], lost["count"]) for lost in uncovered(day=day)}


def test_nobody_is_uncovered_where_nothing_was_lost(adopted):
    assert open_on().uncovered == []
    assert uncovered(day=DAY) == []
    assert uncovered(day=date(2010, 12, 1)) == []  # before any programme


def test_whom_a_new_programme_leaves_out_is_told_by_kind(university):
    adopt(university.top, "henan-2010-26")
    amended(university, without(programme_text("henan-2010-26"), "branch", "branch_secretary"))
    told = {lost["target"]: lost for lost in open_on(DAY).uncovered}
    assert {target: lost["count"] for target, lost in told.items()} == {"branch": 4, "branch_secretary": 4}
    assert told["branch"]["why"].startswith("党支部 4：施行中的方案（补〔2011〕2号）没有规定由谁点评")


def test_members_left_out_are_told_without_those_who_head_their_branch(university):
    adopt(university.top, "henan-2010-26")
    amended(university, without(programme_text("henan-2010-26"), "member").replace('"member",', ""))
    assert counts() == {("member", 9)}


def test_a_loss_is_told_for_a_quarter_and_also_when_something_else_changes(university):
    adopt(university.top, "henan-2010-26")
    amended(university, without(programme_text("henan-2010-26"), "branch", "branch_secretary"))
    RosterTaken.objects.create(taken_on=date(2011, 2, 1), file_name="名册.xlsx", digest="d", by="测试")
    assert ("branch", 4) in counts(date(2011, 2, 1))
    assert counts(date(2011, 6, 1)) == set()


def test_after_a_roster_whose_reviewers_left_is_told(adopted):
    vacate(adopted.letters, on=DAY)
    RosterTaken.objects.create(taken_on=DAY, file_name="名册.xlsx", digest="d", by="测试")
    lost = {one["target"]: one for one in uncovered(day=DAY)}
    assert {target: one["count"] for target, one in lost.items()} == {"branch": 2, "branch_secretary": 2}
    assert "职务空缺" in lost["branch"]["why"]


def test_where_everybody_above_is_the_target_himself_it_is_told(adopted):
    gan = adopted.people["甘远山"]
    for place in (adopted.sciences, adopted.sciences_staff):
        head(gan, place, since=DAY)
    for leader in adopted.leaders.values():
        leader.tenures.update(until=DAY)
    RosterTaken.objects.create(taken_on=DAY, file_name="名册.xlsx", digest="d", by="测试")
    lost = [one for one in uncovered(day=DAY) if "需上级指定" in one["why"]]
    assert {(one["target"], one["count"]) for one in lost} == {
        ("branch", 1), ("branch_secretary", 1), ("unit", 1), ("unit_secretary", 1)
    }  # fmt: skip


def test_the_command_says_it(adopted):
    told = StringIO()
    call_command("open_duties", day=OVERLAY_DAY, json=True, stdout=told)
    assert json.loads(told.getvalue())["uncovered"] == []


def test_it_leaves_nothing_behind(adopted):
    open_on()
    before = open_on().already
    uncovered(day=DAY)
    assert open_on().already == before
