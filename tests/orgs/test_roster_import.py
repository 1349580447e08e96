"""Taking a roster: everything or nothing, and no identity number kept (decision 0011)."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from dianping.common.audit import SYSTEM
from dianping.orgs.models import Charge, Membership, Organisation, Person, RosterTaken
from dianping.orgs.selectors import heads_on
from dianping.orgs.services import plan_roster, roster_writing, take_roster
from dianping.orgs.services.fingerprints import fingerprint
from tests.factories import ACTOR, write_roster
from tests.orgs.roster_book import (
    FIRST,
    LETTERS,
    LIBRARY,
    MEMBERS,
    SECOND,
    STAFF,
    STUDENTS,
    TOP,
    WATCHED,
    changes,
    organisation,
    rows_of,
)
from tests.refused import refused

pytestmark = pytest.mark.django_db


# ---- the first roster


def test_a_first_roster_is_written_whole(take):
    plan = take()
    assert plan.first
    assert (Organisation.objects.count(), Person.objects.count(), Membership.objects.count()) == (5, 9, 9)
    assert {o.name: o.parent.name for o in Organisation.objects.exclude(parent=None)} == {
        LETTERS: TOP, LIBRARY: TOP, STAFF: LETTERS, STUDENTS: LETTERS
    }  # fmt: skip


def test_secretaries_sit_in_their_seats_since_before_the_roster(take):
    take()
    places = {o.pk: o.name for o in Organisation.objects.all()}
    heads = {places[pk]: name for pk, name in heads_on(places, day=FIRST - timedelta(days=400)).items()}
    assert heads == {TOP: "甘远山", LETTERS: "祁文", LIBRARY: "柳青衣", STAFF: "宁守真", STUDENTS: "齐放"}


def test_leaders_are_in_charge_and_in_contact_as_listed(take):
    take()
    charged = {(c.organisation.name, c.kind, c.post.tenures.get().person.name) for c in Charge.objects.all()}
    assert charged == {
        (LIBRARY, "in_charge", "甘远山"), (STUDENTS, "contact", "甘远山"),
        (LETTERS, "in_charge", "贺知明"), (STAFF, "contact", "贺知明"),
    }  # fmt: skip


def test_a_roster_with_problems_writes_nothing(tmp_path, changed):
    changed.of("冉小禾")["所在党支部"] = "没有的支部"
    plan = plan_roster(actor=SYSTEM, path=write_roster(tmp_path / "bad.xlsx", **changed))
    assert plan.problems
    with refused("orgs.roster-has-problems"):
        take_roster(plan=plan, as_of=FIRST, actor=ACTOR)
    assert [model.objects.count() for model in (*WATCHED, RosterTaken)] == [0] * 7


# ---- all or nothing


class Killed(BaseException):
    """The process dies here."""


STEPS = ("_write_organisations", "_write_members", "_write_posts", "_write_charges")


@pytest.mark.parametrize("step", STEPS)
def test_an_import_killed_in_the_middle_leaves_no_row(take, monkeypatch, step):
    whole = getattr(roster_writing, step)

    def killed(*args, **kwargs):
        whole(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(roster_writing, step, killed)
    with pytest.raises(Killed):
        take()
    assert [model.objects.count() for model in (*WATCHED, RosterTaken)] == [0] * 7


@pytest.mark.parametrize("step", STEPS)
def test_a_second_import_killed_in_the_middle_leaves_the_first(take, changed, monkeypatch, step):
    take()
    before = rows_of(*WATCHED, RosterTaken, apps.get_model("common.AuditEntry"))
    changed.of("冉小禾")["所在党支部"] = STUDENTS
    changed["members"].remove(changed.of("许可", STUDENTS))
    changed["organisations"].append(organisation("中共云岭大学机关总支部委员会", "YL03", "党总支", TOP))
    whole = getattr(roster_writing, step)

    def killed(*args, **kwargs):
        whole(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(roster_writing, step, killed)
    with pytest.raises(Killed):
        take(changed, on=SECOND)
    assert rows_of(*WATCHED, RosterTaken, apps.get_model("common.AuditEntry")) == before


# ---- identity numbers


def texts_in_the_database():
    """Every value of every table as text, migrations' own included."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from (str(value) for value in row if value is not None)


def test_no_identity_number_is_anywhere_in_the_database(take, changed):
    take()
    changed.of("冉小禾")["所在党支部"] = STUDENTS
    take(changed, on=SECOND)
    everything = "\n".join(texts_in_the_database())
    assert "冉小禾" in everything  # the search does see what is there
    for row in MEMBERS:
        number = str(row["公民身份号码"])
        assert number not in everything
        assert number.lower() not in everything
        assert number[6:] not in everything  # nor what follows the region


def test_namesakes_are_told_apart_by_their_fingerprints(take, changed):
    take()
    marks = Person.objects.filter(name="许可").values_list("fingerprint", flat=True)
    assert len(set(marks)) == 2
    assert all(mark is not None and len(mark) == 64 for mark in marks)
    one, other = changed.of("许可", STUDENTS), changed.of("许可", STAFF)
    one["所在党支部"], other["所在党支部"] = STAFF, STUDENTS
    plan = take(changed, on=SECOND)
    assert changes(plan) == {"moved": 2}


def test_a_fingerprint_is_keyed_and_not_a_plain_hash(take, settings):
    take()
    first = set(Person.objects.values_list("fingerprint", flat=True))
    settings.FINGERPRINT_KEY = "another site's key"
    assert fingerprint(str(MEMBERS[0]["公民身份号码"])) not in first
    assert fingerprint("") is None
