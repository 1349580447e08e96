"""Two hundred reviews filed after the fact, before an inspection: none counts as on time (decisions 0018, 0027)."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from dianping.base.windows import Window
from dianping.duties.models import Duty
from dianping.duties.selectors import coverage_of
from dianping.programmes.rules import EntryRule
from dianping.reviews.models import Review
from dianping.reviews.rules.signs import FiledReview, signs
from tests import factories
from tests.factories import OVERLAY_DAY, ROUND_ENDS, ROUND_OPENS, University
from tests.refused import refused
from tests.reviews.telling import at, tell

INSPECTION = date(2011, 2, 10)
MEMBERS = 200


@pytest.fixture
def owed(adopted: University) -> list[Duty]:
    for number in range(MEMBERS - 2):
        factories.member(f"党员{number}", adopted.letters_staff)
    factories.open_on()
    found = list(Duty.objects.filter(target="member", organisation=adopted.letters_staff))
    assert len(found) == MEMBERS
    return found


@pytest.mark.slow
def test_two_hundred_backdated_reviews_are_kept_none_is_on_time_and_they_show_signs(
    owed: list[Duty], university: University
) -> None:
    chance = Random(2011)
    for number, duty in enumerate(owed):
        lag = chance.randrange(8, (INSPECTION - OVERLAY_DAY).days + 1)
        day = INSPECTION - timedelta(days=lag)
        if number % 20 == 0:
            with refused("reviews.late-without-reason"):
                tell(duty, on=day, entered=INSPECTION)
        tell(duty, on=day, entered=INSPECTION, hour=19 + number // 60, late_reason="当时没有登记。")

    counts = Counter(Review.objects.filter(filed=True).values_list("counts", flat=True))
    print(f"{MEMBERS} backdated reviews: {dict(counts)}")
    assert set(counts) == {"补录", "不计入"}
    assert sum(counts.values()) == MEMBERS
    (found,) = coverage_of([university.letters_staff], day=INSPECTION)
    members = found.groups["members"]
    assert (members.on_time, members.late) == (0, counts["补录"])
    assert members.overdue == counts["不计入"]

    entries = [
        FiledReview(r.reviewer.name, r.happened_on, at(INSPECTION))
        for r in Review.objects.select_related("reviewer")
        if r.happened_on is not None
    ]
    shown = signs(entries, period=Window(ROUND_OPENS, ROUND_ENDS), rule=EntryRule())
    assert {sign.kind for sign in shown} == {"backdated"}
    assert [sign.seen for sign in shown] == [MEMBERS]
