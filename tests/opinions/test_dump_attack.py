"""Who has the whole database, its log and its backups, and no key, names voters no better than by chance.

Two boxes of 150 here, four with DIANPING_LONG=1, twenty of a thousand in bench/box_attack.py. The same attack must be right about everybody in three
naive designs, or this test proves nothing.
"""

from pathlib import Path

import pytest
from django.db import connection

from tests import factories
from tests.long import long
from tests.opinions import naive
from tests.opinions.dump import Seen, attack_naive, attack_ours
from tests.opinions.polling import GroupPlan, ready

PEOPLE, BOXES = 150, long(2, 4)
MOST = long(10, 14)  # of a Poisson law of mean BOXES a channel goes beyond this once in 50,000 times


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
def test_the_attack_sees_through_naive_designs() -> None:
    numbered = attack_naive(naive.NUMBERED, PEOPLE)
    keyed = attack_naive(naive.KEYED, PEOPLE)

    assert numbered["by key order"] == PEOPLE, "ids in order give everybody away"
    assert keyed["joined"] == PEOPLE, "the log, or xmin, joins slip and answer whatever the keys"


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
def test_the_attack_names_voters_of_ours_no_better_than_by_chance(tmp_path: Path) -> None:
    university, seen = factories.university(), Seen()
    for _ in range(BOXES):
        box = ready(university, groups=(GroupPlan("outside", inside=False, size=PEOPLE),))
        box.codes = box.codes[0]  # type: ignore[assignment]
        attack_ours(box, PEOPLE, seen, tmp_path)

    assert set(seen.right) >= (
        {"by key", "by row"} if connection.vendor == "sqlite" else {"by key", "by place"}
    )
    assert {channel: right for channel, right in seen.right.items() if right > MOST} == {}
    assert max(abs(z) for kept in seen.kept.values() for z in kept) < 4.5
