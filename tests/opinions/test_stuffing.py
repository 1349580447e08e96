"""Nobody gets a voice more into a box than there are people: extra printings, replays, guesses, reuse, races."""

from collections import Counter
from random import Random

import pytest
from django.db import connection

from dianping.opinions.models import Box, Slip, Slot
from dianping.opinions.rules import read_code, slip_code
from dianping.opinions.services import UsedSlip, WrongSlip, admit, issue_slips, poll_faults, void_batch
from dianping.opinions.services.accounting import slip_digest
from tests import factories
from tests.factories import University
from tests.long import long
from tests.opinions.polling import OPENS, Polling, answer, new_stub, ready
from tests.refused import refused

GUESSES = long(20_000, 1_000_000)
ASKED = long(100, 1_000)  # guesses put to the door itself


def counted(found: Polling) -> tuple[int, int]:
    """How many forms the box holds: by its row, by its slots."""
    return Box.objects.get(poll=found.poll).used, Slot.objects.filter(poll=found.poll, full=True).count()


@pytest.mark.django_db
def test_a_voided_printing_gives_no_more_slips_than_people(university: University) -> None:
    found = ready(university)
    answer(found, found.codes[0][0])
    batch = void_batch(poll=found.poll, batch=found.poll.batches.get(), actor=factories.ACTOR)
    group = found.groups[0]

    def again(count: int) -> None:
        issue_slips(
            poll=found.fresh(), group=group, count=count, on_paper=False, today=OPENS, actor=factories.ACTOR
        )

    assert batch.voided == 11
    with refused("opinions.more-slips-than-people", match="还可以制 11 张"):
        again(12)
    again(11)
    with refused("opinions.slip-void", kind=WrongSlip):
        answer(found, found.codes[0][1])
    assert poll_faults(found.fresh()) == []
    assert Slip.objects.exclude(state=Slip.State.VOID).count() == 12


@pytest.mark.slow
@pytest.mark.django_db
def test_guesses_find_no_slip(university: University) -> None:
    found = ready(university)
    kept = set(Slip.objects.values_list("digest", flat=True))
    chance = Random()
    guesses = [slip_code(lambda below: int(chance.random() * below)) for _ in range(GUESSES)]

    assert not any(slip_digest(code) in kept for code in guesses)
    for code in guesses[:ASKED]:
        assert read_code(code) == code, "every guess is a code that could be one"
        with refused("opinions.no-such-slip", kind=WrongSlip):
            admit(code=code, today=OPENS)
    assert counted(found) == (0, 0)


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("same", [True, False], ids=["the same stub", "stubs of their own"])
def test_thirty_two_at_once_with_one_slip_are_one_form(same: bool) -> None:
    found = ready(factories.university())
    for code in found.codes[0][: 6 if connection.vendor == "sqlite" else 12]:
        stub = new_stub()
        results = factories.at_once(
            [lambda code=code, stub=stub: answer(found, code, stub=stub if same else "")] * 32
        )
        kinds = Counter(type(result) for result in results)
        assert kinds == ({str: 32} if same else {str: 1, UsedSlip: 31})
    box = Box.objects.get()
    assert (box.used, box.used) == counted(found)
    assert poll_faults(found.fresh()) == []
