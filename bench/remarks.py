"""What a writer and an office are shown of like reviews, where 100,000 reviews are on file.

    ./run python bench/remarks.py [--scale full] [--database postgres://…]

A sitting at which 200 reviews were written by one seat, a target with 50 reviews before and more since (the page compares
the newest 300 of these), and everything else: the piece below the form (queries, comparison, rendering), as asked for after
every pause in writing. Bar: under 50 ms of processor time at the 95th percentile. Then 看一看 for the whole place, before
and after `look_for_signs`; told without a bar.
"""

import argparse
import gc
import sys
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure, stage, university
from tests.common.invented_reviews import changed, reviews

SIZES = {"small": 10_000, "full": 100_000}
BAR = 50
NIGHT = date(2011, 3, 31)
AT_SITTING, BEFORE = 200, 50


def main() -> None:
    """Prepare a site, write the reviews, ask."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--requests", type=int, default=100)
    given = parser.parse_args()
    with stage.prepared(given, today=NIGHT):
        run(given)


def run(given: argparse.Namespace) -> None:
    """All of it, on a prepared site."""
    from dianping.common.audit import SYSTEM
    from dianping.duties.services import open_duties

    university.take()
    open_duties(day=university.DAY, actor=SYSTEM)
    count = SIZES[given.scale]
    texts, _ = reviews(count, count // 10)
    Random(1).shuffle(texts)
    aim, occasion = write(texts)
    piece_below_the_form(aim, occasion, texts, given.requests)
    signs_page()


def write(texts: list[str]) -> tuple[Any, Any]:
    """Put reviews on file in sets, about everybody in turn; one target and one event the pages will ask for."""
    from dianping.acts.dossier import Aim
    from dianping.duties.models import Duty
    from dianping.reviews.models import Occasion, Problem, Review

    owed = list(Duty.objects.filter(target="member").exclude(person=None).exclude(owed_by=None))
    asked = owed[len(owed) // 2]
    aim = Aim(asked.owed_by, "member", asked.organisation, asked.person, asked)
    occasion = Occasion.objects.create(
        kind="组织生活会", organisation=asked.organisation, path=asked.organisation.path, held_on=NIGHT
    )
    rows = []
    for number, text in enumerate(texts):
        duty = asked if number < BEFORE else owed[number % len(owed)]
        sitting = BEFORE <= number < BEFORE + AT_SITTING
        day = NIGHT - timedelta(days=number % 90)
        rows.append(
            Review(
                about="member",
                organisation_id=duty.organisation_id,
                path=duty.path,
                person_id=duty.person_id,
                post_id=asked.owed_by_id if sitting else duty.owed_by_id,
                reviewer_id=duty.person_id,
                recorder="",
                occasion=occasion if sitting else None,
                happened_on=day,
                entered_at=datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
                evaluation=text,
                filed=True,
            )
        )
    kept = Review.objects.bulk_create(rows, batch_size=2000)
    Problem.objects.bulk_create(
        [Problem(review=review, number=1, text=review.evaluation[-12:]) for review in kept], batch_size=2000
    )
    return aim, occasion


def piece_below_the_form(aim: Any, occasion: Any, texts: list[str], requests: int) -> None:
    """What comes back to the writer, for changed copies of what the sitting heard."""
    from django.db import connection
    from django.template.loader import render_to_string
    from django.test.utils import CaptureQueriesContext

    from dianping.pages.reviews.shown.remarks import looked_at
    from dianping.reviews.services import ReviewInput

    chance, costs = Random(2), []
    heard = texts[BEFORE : BEFORE + AT_SITTING]

    def ask(words: str) -> str:
        said = ReviewInput(
            mode="collective", happened_on=NIGHT, evaluation=words, achievements="", direction=""
        )
        return str(render_to_string("pages/reviews/_remarks.html", looked_at(said, aim, occasion)))

    with CaptureQueriesContext(connection) as queries:
        ask(heard[0])
    found = 0
    gc.collect()
    gc.freeze()  # what this script holds is no part of a page's work
    for _ in range(requests):
        words = changed(chance.choice(heard), 0.1, "mixed", chance)
        answers: list[str] = []
        costs.append(measure.quick_cost(lambda words=words, answers=answers: answers.append(ask(words))))  # type: ignore[misc]
        found += "写法相同或很像" in answers[0]
    times, walls = [c.processor for c in costs], [c.wall for c in costs]
    print(
        f"{len(texts)} reviews on file, {len(queries)} queries; like ones shown {found} of {requests} times"
    )
    measure.table(
        ("the piece below the form", "p50 ms", "p95 ms", "p95 ms on the wall"),
        [("", *(f"{ms:.1f}" for ms in (measure.p50(times), measure.p95(times), measure.p95(walls))))],
    )
    measure.verdict(f"under {BAR} ms at the 95th percentile", measure.p95(times) < BAR)


def signs_page() -> None:
    """The page for the whole place, comparing while it waits and reading what the night found."""
    from django.core.management import call_command

    from dianping.base.windows import Window
    from dianping.orgs.selectors import organisation_or_top
    from dianping.pages.signs.shown import signs_of

    page = partial(signs_of, organisation_or_top(""), Window(date(2011, 1, 1), date(2011, 3, 31)), day=NIGHT)
    live = measure.quick_cost(page)
    night = measure.quick_cost(lambda: call_command("look_for_signs", day=NIGHT))
    kept = [measure.quick_cost(page).processor for _ in range(5)]
    print(
        f"look_for_signs: {night.processor:.1f} s of processor time, peak {measure.peak_memory()} MB; "
        f"看一看 without it {live.processor:.2f} s, with it {measure.spread(kept)} s"
    )


if __name__ == "__main__":
    main()
