"""Tallies stand beside the chain, so they are counted anew from the duties: whatever is written into them is named."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from dianping.common.models import AuditEntry
from dianping.common.records.checking import check
from dianping.duties.models import Duty, Tally
from dianping.duties.services import discharge_duty
from dianping.duties.services.discharge import take_back
from dianping.duties.services.recounting import tally_faults
from dianping.orgs.services import place_under
from dianping.programmes.rules import EntryRule
from tests.factories import ACTOR, University, open_on

pytestmark = pytest.mark.django_db

DAY = date(2011, 1, 5)


def discharge(duty: Duty, day: date = DAY) -> None:
    discharge_duty(duty=duty, on=DAY, entered_on=day, rule=EntryRule(), actor=ACTOR)


def found() -> list[tuple[str, int | None]]:
    return [(fault.table, fault.key) for fault in tally_faults()]


@pytest.fixture
def worked(opened: University) -> University:
    """Some duties are met, one seat has met all of its own, and one is owed again."""
    mine = list(Duty.objects.filter(owed_by__organisation=opened.letters_staff).order_by("pk"))
    for duty in [*mine, *Duty.objects.filter(target="unit")]:
        discharge(duty)
    take_back(duty=Duty.objects.filter(target="unit").order_by("pk")[0], actor=ACTOR)
    return opened


def test_honest_tallies_are_what_the_duties_say(worked: University) -> None:
    assert Tally.objects.filter(window__target="reviewer", on_time__gt=0).exists()
    assert found() == []


@pytest.mark.parametrize("column", ["owed", "on_time", "late"])
def test_a_figure_written_by_hand_is_named_with_what_the_duties_say(worked: University, column: str) -> None:
    for tally in list(Tally.objects.order_by("?")[:5]) + list(
        Tally.objects.filter(window__target="reviewer")[:2]
    ):
        Tally.objects.filter(pk=tally.pk).update(**{column: F(column) + 7})
        (fault,) = tally_faults()
        assert (fault.table, fault.key) == ("duties_tally", tally.pk)
        figures = {"owed": tally.owed, "on_time": tally.on_time, "late": tally.late}
        right = "应办 {owed}、按时 {on_time}、补录 {late}".format(**figures)
        figures[column] += 7
        wrong = "应办 {owed}、按时 {on_time}、补录 {late}".format(**figures)
        assert f"记的是{wrong}" in fault.what
        assert f"数得{right}" in fault.what
        assert str(tally.day) in fault.what
        assert str(tally.organisation) in fault.what
        Tally.objects.filter(pk=tally.pk).update(**{column: F(column) - 7})


def test_a_figure_moved_to_another_day_added_or_removed_is_named(worked: University) -> None:
    tally = Tally.objects.filter(on_time__gt=0).order_by("pk")[0]
    Tally.objects.filter(pk=tally.pk).update(day=tally.day - timedelta(days=1))
    assert sorted(found(), key=str) == sorted([("duties_tally", None), ("duties_tally", tally.pk)], key=str)
    Tally.objects.filter(pk=tally.pk).update(day=tally.day)
    assert found() == []
    Tally.objects.filter(pk=tally.pk).delete()
    assert found() == [("duties_tally", None)]
    tally.save(force_insert=True)
    assert found() == []
    tally.pk, tally.day = None, date(2010, 1, 1)
    tally.save(force_insert=True)
    assert found() == [("duties_tally", tally.pk)]


def test_verify_records_tells_of_it(worked: University) -> None:
    before = [fault for fault in check()[1] if fault.table == "duties_tally"]
    assert before == []
    tally = Tally.objects.order_by("pk")[0]
    Tally.objects.filter(pk=tally.pk).update(on_time=F("on_time") + 1)
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_records", "--json", stdout=said)
    told = [one for one in json.loads(said.getvalue())["problems"] if one["table"] == "duties_tally"]
    assert [(set(one), one["id"]) for one in told] == [({"table", "id", "what", "code"}, tally.pk)]


def test_the_statements_are_as_many_however_many_tallies_there_are(worked: University) -> None:
    with CaptureQueriesContext(connection) as some:
        list(tally_faults())
    open_on(DAY)
    open_on(date(2011, 4, 5))
    with CaptureQueriesContext(connection) as more:
        list(tally_faults())
    assert len(some) == len(more) == 2


def test_an_organisation_placed_elsewhere_is_no_false_alarm_and_hides_nothing_of_others(
    worked: University,
) -> None:
    place_under(organisation=worked.letters, parent=worked.sciences, on=DAY, actor=ACTOR)
    assert found() == []
    duty = Duty.objects.filter(done_on=None, path__startswith=worked.offices.path).order_by("pk")[0]
    discharge(duty)
    assert found() == []
    other = Tally.objects.filter(organisation=worked.offices).exclude(window__target="reviewer")[0]
    Tally.objects.filter(pk=other.pk).update(on_time=F("on_time") + 1)
    assert found() == [("duties_tally", other.pk)]
    open_on(DAY)  # counts every window anew
    assert found() == []
    moved = Tally.objects.filter(organisation=worked.letters)[0]
    Tally.objects.filter(pk=moved.pk).update(on_time=F("on_time") + 1)
    assert found() == [("duties_tally", moved.pk)]


def test_a_reviewer_who_met_a_later_day_s_duty_first_counts_on_the_later_day(opened: University) -> None:
    mine = list(
        Duty.objects.filter(owed_by__organisation=opened.letters_students, kind="review").order_by("pk")
    )
    (last, *others) = mine
    for duty in others:
        discharge(duty, DAY + timedelta(days=2))
    discharge(last, DAY)
    assert found() == []
    take_back(duty=last, actor=ACTOR)
    assert found() == []


def test_counting_anew_mends_what_was_written_by_hand_and_says_so(worked: University) -> None:
    right = sorted(Tally.objects.values_list("organisation", "window", "day", "owed", "on_time", "late"))
    entries = AuditEntry.objects.count()
    said = StringIO()
    call_command("count_tallies", stdout=said)
    assert "没有改动" in said.getvalue()
    assert AuditEntry.objects.count() == entries
    Tally.objects.update(on_time=F("on_time") + 1)
    wrong = len(found())
    call_command("count_tallies", stdout=said)
    assert f"{wrong} 处与应办不符" in said.getvalue()
    assert found() == []
    standing = Tally.objects.values_list("organisation", "window", "day", "owed", "on_time", "late")
    assert sorted(row for row in standing if any(row[3:])) == [row for row in right if any(row[3:])]
    entry = AuditEntry.objects.get(act="重新计数")
    assert entry.detail["differed"] == wrong
    assert entry.detail["first"][0].startswith("覆盖计数")
