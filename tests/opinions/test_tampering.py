"""Two hundred changes made beside the system are found, two hundred boxes nobody touched raise no alarm."""

import secrets
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import transaction

from dianping.common import audit
from dianping.common.audit import SYSTEM
from dianping.common.models import AuditEntry
from dianping.opinions.models import Batch, Box, Figure, Group, Poll, Saying, Slip, Slot, Stub, Subject
from dianping.opinions.rules import Answers, pack, presets
from dianping.opinions.services import Unsound, count_boxes, destroy_box, poll_faults
from dianping.opinions.services.machine_key import mark_and_erase
from dianping.opinions.services.sealing import seal
from tests import factories
from tests.factories import University
from tests.opinions.polling import (
    AFTER,
    CLOSES,
    OPENS,
    GroupPlan,
    Polling,
    answer,
    choosing,
    new_stub,
    poll_about,
    ready,
)
from tests.refused import refused
from tests.reviews.telling import at

pytestmark = pytest.mark.django_db
TIMES = 200


def one(model: Any, chance: Random, **wanted: Any) -> Any:
    """A row drawn by chance."""
    rows = list(model.objects.filter(**wanted).order_by("pk"))
    return rows[chance.randrange(len(rows))]


def change(row: Any, **values: Any) -> None:
    """Write beside the system."""
    type(row).objects.filter(pk=row.pk).update(**values)


def flipped(text: str) -> str:
    """The same with its first character another."""
    return ("0" if text[0] != "0" else "1") + text[1:]


def swap_envelopes(chance: Random) -> None:
    first, second = one(Slot, chance, full=True), one(Slot, chance, full=False)
    change(first, envelope=second.envelope)


def add_slip(chance: Random) -> None:
    slip = one(Slip, chance)
    Slip.objects.create(
        digest=secrets.token_hex(32),
        poll=slip.poll,
        group=slip.group,
        batch=slip.batch,
        stub=secrets.token_hex(32),
    )


CLOSED: list[Callable[[Random], None]] = [
    lambda c: change(one(Slot, c, full=True), envelope=secrets.token_bytes(8192)),
    lambda c: change(one(Slot, c, full=True), full=False),
    lambda c: change(one(Slot, c, full=False), full=True),
    lambda c: change(one(Slot, c, full=False), envelope=secrets.token_bytes(8192)),
    lambda c: one(Slot, c).delete(),
    swap_envelopes,
    lambda c: change(one(Slip, c, state=1), state=0),
    lambda c: change(one(Slip, c, state=0), state=1),
    lambda c: change(one(Slip, c, state=0), state=3),
    lambda c: change(one(Slip, c, state=1), stub=secrets.token_hex(32)),
    lambda c: change(one(Slip, c), group=1),
    lambda c: one(Slip, c).delete(),
    add_slip,
    lambda c: change(one(Box, c), used=3),
    lambda c: change(one(Box, c), sum=flipped(one(Box, c).sum)),
    lambda c: change(one(Box, c), mark=flipped(one(Box, c).mark)),
    lambda c: change(one(Box, c), unit_key=secrets.token_hex(32)),
    lambda c: change(one(Batch, c), issued=40),
    lambda c: change(one(Group, c), size=2),
    lambda c: change(one(Box, c).poll, electorate="0\t群众\t\tc1"),
    lambda c: change(one(Box, c).poll, trial=True, least=1, least_words=1),
    lambda c: change(one(Box, c).poll, least=6),
    lambda c: change(one(Box, c).poll, closes=OPENS),
    lambda c: change(
        one(Box, c).poll, state=c.choice(["planned", "frozen", "opened", "destroyed", "cancelled"])
    ),
    lambda c: change(one(Subject, c), name="别的单位"),
    lambda c: change(one(Group, c), inside=True),
    lambda c: change(one(Box, c), typed=1),
    lambda c: one(Box, c).delete(),
]
OPENED: list[Callable[[Random], None]] = [
    lambda c: change(one(Figure, c, withheld="", question="done"), votes=[12, 0, 0, 0]),
    lambda c: change(one(Figure, c), forms=400),
    lambda c: one(Figure, c).delete(),
    lambda c: change(one(Saying, c), text="都很好"),
    lambda c: one(Saying, c).delete(),
    lambda c: one(Stub, c).delete(),
    lambda c: change(one(Stub, c), number="0" * 16),
    lambda c: change(one(Figure, c).poll, state=c.choice(["ready", "destroyed", "cancelled"])),
    lambda c: change(one(Figure, c).poll, least=1, trial=True),
]


@pytest.fixture
def closed(university: University) -> Polling:
    """A box of twelve with seven forms in it."""
    found = ready(university)
    for code in found.codes[0][:7]:
        answer(found, code)
    return found


@pytest.mark.slow
def test_every_change_made_beside_the_system_is_found(closed: Polling) -> None:
    chance, missed = Random(20110105), list[int]()
    for number in range(TIMES):
        with transaction.atomic():
            CLOSED[number % len(CLOSED)](chance)
            if not poll_faults(closed.fresh()):
                missed.append(number % len(CLOSED))
            transaction.set_rollback(True)
        assert poll_faults(closed.fresh()) == [], "a false alarm on a box put back as it was"
    assert missed == []


def test_every_change_to_what_was_released_is_found(university: University) -> None:
    found = ready(university, form=presets()["verdict"], groups=(GroupPlan("群众", inside=False, size=12),))
    for code in found.codes[0]:
        answer(found, code, choosing(found.poll.sheet, 1, grade=1, words="还要再修"))
    found.open()
    chance = Random(7)
    for number in range(70):
        with transaction.atomic():
            OPENED[number % len(OPENED)](chance)
            assert poll_faults(found.fresh()), f"tampering {number % len(OPENED)} was not found"
            transaction.set_rollback(True)
        assert poll_faults(found.fresh()) == []


def test_what_was_frozen_is_held_against_the_box_when_it_is_opened(closed: Polling) -> None:
    """Switched for the moment of the opening alone, it would show the vote of a group of one."""
    Poll.objects.filter(pk=closed.poll.pk).update(trial=True, least=1, least_words=1)
    with refused("opinions.box-unsound", kind=Unsound):
        closed.open()
    Poll.objects.filter(pk=closed.poll.pk).update(trial=False, least=5, least_words=10)
    assert closed.open().faults == []


@pytest.mark.parametrize("step", range(4))
def test_no_alarm_at_any_step(university: University, step: int) -> None:
    found = poll_about(university)
    steps = [found.freeze, found.take_keys, found.issue, lambda: destroy(found)]
    for take in steps[:step]:
        take()
        assert poll_faults(found.fresh()) == []
    assert poll_faults(found.fresh()) == []


def destroy(found: Polling) -> None:
    mark_and_erase(destroy_box(poll=found.poll, why="", today=AFTER, actor=factories.ACTOR))


def test_no_alarm_is_raised_by_what_the_system_does_itself(university: University) -> None:
    found = ready(university)
    for code in found.codes[0]:
        answer(found, code)
        assert poll_faults(found.fresh()) == []


def test_a_box_tampered_with_stays_sealed_until_both_custodians_say_otherwise(closed: Polling) -> None:
    chance = Random(1)
    for _ in range(2):
        change(one(Slot, chance, full=True), envelope=secrets.token_bytes(8192))

    with refused("opinions.box-unsound", kind=Unsound) as no:
        closed.open()
    assert len(no.value.faults) >= 2
    poll = closed.open(despite=True)

    assert poll.turnout["opened"] in (5, 6)
    assert any("找不到它的表" in fault for fault in poll.faults)


def test_a_form_replaced_with_one_sealed_by_somebody_else_is_not_counted(closed: Polling) -> None:
    """Whoever writes to the database can seal to the public keys; what he puts in has no slip to stand for it."""
    box, poll = Box.objects.get(), closed.fresh()
    packed = pack(
        poll.sheet, subjects=1, group=0, answers=Answers(words={(0, "other"): "书记很好"}), stub=new_stub()
    )
    keys = {"superior": box.superior_key, "unit": box.unit_key, "machine": box.machine_key}
    forged = seal(packed, width=box.width, poll=poll.pk, **keys)
    change(Slot.objects.filter(full=True).first(), envelope=forged)

    with refused("opinions.box-unsound", kind=Unsound):
        closed.open()
    closed.open(despite=True)
    assert not Saying.objects.filter(text="书记很好").exists()


def test_the_chain_holds_how_many_each_hour_and_the_sum_once_when_all_is_over(closed: Polling) -> None:
    """Two sums an hour apart would tell, tried against a backup's slips and slots, what changed in between."""
    assert [count_boxes(moment=at(OPENS), actor=SYSTEM) for _ in range(3)] == [1, 0, 0]
    answer(closed, closed.codes[0][7])
    assert count_boxes(moment=at(CLOSES), actor=SYSTEM) == 1
    hourly = AuditEntry.objects.filter(act="票箱计数").order_by("seq")
    assert [entry.detail for entry in hourly] == [{"used": 7}, {"used": 8}]
    assert [count_boxes(moment=at(AFTER), actor=SYSTEM) for _ in range(2)] == [1, 0]
    assert AuditEntry.objects.get(act="截止计数").detail == {"used": 8, "sum": Box.objects.get().sum}
    assert audit.verify() == []
