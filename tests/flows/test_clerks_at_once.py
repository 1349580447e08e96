"""Sixteen clerks at the same few records at once: every edit is stored, or its writer is told. Nothing goes unseen.

Each clerk reads a record, then writes from what he read: half the time he adds to the text, half the time he puts his
own in its place. An edit is lost when whoever replaced its words had not read them. The suite makes 50 edits a clerk;
DIANPING_EDITS=200 makes as many as it says:

    DIANPING_EDITS=200 ./run test tests/flows/test_clerks_at_once.py -s
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from threading import Barrier

import pytest
from django.db import connection

from dianping.common import audit
from dianping.common.refusal import Conflict
from dianping.duties.models import Duty, Kind
from dianping.rectification.models import Item, Progress, State
from dianping.rectification.services import StepInput, move_item
from dianping.reviews.models import Correction, Review
from dianping.reviews.services import ProblemInput, correct_review, save_draft
from tests import factories
from tests.factories import ACTOR, University, at_once
from tests.flows import records
from tests.reviews.telling import (
    CLERK,
    NEW_YEAR,
    OTHER,
    at,
    duty_about,
    item_of,
    take_step,
    target_of,
    tell,
    words,
)

CLERKS = 16
EDITS = int(os.environ.get("DIANPING_EDITS", "50"))
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]


@dataclass(frozen=True)
class Record:
    """One thing people edit: how it is read, as (version, text), and how a text is put in its place."""

    name: str
    read: Callable[[], tuple[int, str]]
    write: Callable[[int, str], int]


@dataclass(frozen=True)
class Edit:
    """One edit that was accepted: which version and text it was written over, and what it made of them."""

    record: str
    over: int
    had: str
    version: int
    text: str


def stage() -> University:
    place = factories.university()
    factories.adopt(place.top)
    factories.open_on()
    factories.open_on(NEW_YEAR)
    return place


def a_draft(duty: Duty) -> Record:
    target = target_of(duty, on=NEW_YEAR)
    pk = save_draft(**target, said=words(evaluation=""), version=0, actor=ACTOR).pk

    def write(version: int, text: str) -> int:
        return save_draft(**target, said=words(evaluation=text), version=version, actor=ACTOR).version

    return Record(
        f"draft {pk}", lambda: Review.objects.values_list("version", "evaluation").get(pk=pk), write
    )


def a_filed_review(duty: Duty) -> Record:
    review = tell(duty)

    def write(version: int, text: str) -> int:
        given = {"changes": {"evidence": text}, "why": "补充", "moment": at(NEW_YEAR), "actor": CLERK}
        correct_review(review=review, version=version, **given)
        return version + 1

    return Record(
        f"review {review.pk}",
        lambda: Review.objects.values_list("version", "evidence").get(pk=review.pk),
        write,
    )


def an_item(duty: Duty) -> Record:
    item = item_of(tell(duty))

    def write(version: int, text: str) -> int:
        moved = StepInput(measure=text, due=date(2011, 1, 31))
        given = {"moment": at(NEW_YEAR), "actor": CLERK}
        return move_item(item=item, step="plan", moved=moved, version=version, **given).version

    return Record(
        f"item {item.pk}", lambda: Item.objects.values_list("version", "measure").get(pk=item.pk), write
    )


def records_edited(place: University) -> list[Record]:
    """Two of each kind; the version of each stands where its first edit will find it."""
    ran, xu = place.people["冉小禾"], place.people["许可"]
    return [
        a_draft(duty_about(place.letters_staff, "member", person=ran)),
        a_draft(duty_about(place.letters_students, "member", person=xu)),
        a_filed_review(duty_about(place.letters_staff, "branch")),
        a_filed_review(duty_about(place.letters_staff, "branch_secretary")),
        an_item(duty_about(place.letters_students, "branch")),
        an_item(duty_about(place.letters_students, "branch_secretary")),
    ]


def test_sixteen_clerks_edit_the_same_records_and_nothing_is_overwritten_unseen() -> None:
    edited = records_edited(stage())
    begun = {record.name: record.read() for record in edited}
    told: list[str] = []

    def clerk(number: int) -> list[Edit]:
        chance, accepted = Random(number), []
        for turn in range(EDITS):
            record, mark = chance.choice(edited), f"〔{number}.{turn}〕"
            version, had = record.read()
            text = had + mark if chance.random() < 0.5 else mark
            try:
                accepted.append(Edit(record.name, version, had, record.write(version, text), text))
            except Conflict:
                told.append(mark)
        return accepted

    answers = at_once([lambda number=number: clerk(number) for number in range(CLERKS)])
    assert [a for a in answers if not isinstance(a, list)] == [], "neither stored nor told"
    accepted = [edit for edits in answers for edit in edits]
    assert len(accepted) + len(told) == CLERKS * EDITS
    assert told, "they never met: this shows nothing"
    lost = 0
    for record in edited:
        version, text = begun[record.name]
        for edit in sorted((e for e in accepted if e.record == record.name), key=lambda e: e.version):
            lost += (edit.over, edit.had, edit.version) != (version, text, version + 1)
            version, text = edit.version, edit.text
        lost += record.read() != (version, text)
    print(
        f"{connection.vendor}: {CLERKS} × {EDITS} edits, {len(accepted)} stored, {len(told)} told, {lost} lost"
    )
    assert lost == 0
    assert_history_holds(accepted)
    assert audit.verify() == []


def assert_history_holds(accepted: list[Edit]) -> None:
    """Where a history is kept it names every text: corrections both of them, the progress of an item its plan."""
    made = Counter((e.record, e.text) for e in accepted)
    kept = Counter((f"review {c.review_id}", c.after["evidence"]) for c in Correction.objects.all())
    kept += Counter((f"item {p.item_id}", p.text) for p in Progress.objects.all())
    assert kept == Counter({key: n for key, n in made.items() if not key[0].startswith("draft")})
    over = Counter((e.record, e.had) for e in accepted if e.record.startswith("review"))
    assert over == Counter((f"review {c.review_id}", c.before["evidence"]) for c in Correction.objects.all())


def test_the_same_clerks_without_versions_would_lose_what_they_wrote() -> None:
    """The control: what the test above looks for does happen when nobody asks for the version."""
    duty = duty_about(stage().letters_staff, "branch")
    record = a_draft(duty)
    pk, all_have_read = int(record.name.split()[1]), Barrier(CLERKS)

    def clerk(number: int) -> str:
        mark = f"〔{number}〕"
        _, had = record.read()
        all_have_read.wait(30)
        Review.objects.filter(pk=pk).update(evaluation=had + mark)
        return mark

    marks = at_once([lambda number=number: clerk(number) for number in range(CLERKS)])
    assert sum(mark not in record.read()[1] for mark in marks) == CLERKS - 1


def test_everything_owed_filed_at_once_is_counted_and_nobody_sees_a_fault() -> None:
    """One review meets two duties, another one of them; a reviewer's last two reviews are filed side by side."""
    place = stage()
    places = records.Places()
    owed = Duty.objects.filter(kind=Kind.REVIEW, owed_by__isnull=False, window__rule="round")
    duties = list(owed.select_related("owed_by", "organisation", "person").order_by("pk"))

    def clerk(duty: Duty) -> bool:
        return tell(duty).filed

    answers = [
        a
        for n in range(0, len(duties), CLERKS)
        for a in at_once([lambda d=d: clerk(d) for d in duties[n : n + CLERKS]])
    ]
    assert answers == [True] * len(duties), [a for a in answers if a is not True]
    assert not owed.filter(done_on=None).exists()
    books = records.read()
    assert records.tallies_kept(books) == records.tallies_counted(books, places)
    assert place.top.path in places.path.values()


@pytest.mark.parametrize("turn", range(4))
def test_problems_judged_and_closed_at_once_share_one_report_that_ends_with_the_last(turn: int) -> None:
    place = stage()
    named = tuple(ProblemInput(f"问题{n}", "", date(2011, 1, 31)) for n in range(6))
    review = tell(duty_about(place.letters_staff, "branch"), problems=named)
    items = list(Item.objects.filter(problem__review=review))

    def all_take(step: str) -> None:
        answers = at_once([lambda i=i: take_step(i, step, actor=OTHER) for i in items])
        assert [a for a in answers if not isinstance(a, Item)] == [], (turn, step)
        records.assert_reports_are_owed_once(records.read())

    all_take("unresolved")
    assert Duty.objects.filter(kind=Kind.REPORT).count() == 1
    for item in items:
        take_step(item, "plan")
        take_step(item, "request")
    all_take("close")
    assert set(Item.objects.values_list("state", flat=True)) == {State.CLOSED}
    assert Duty.objects.get(kind=Kind.REPORT).lapsed_on == NEW_YEAR
