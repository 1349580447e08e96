"""What the chain's digests of records cost: filing reviews and opening a round, with them and without, in one run.

    ./run python bench/digests.py filing|opening [--scale full] [--database postgres://…] [--filings 200]

Filing: reviews of members at a university of 4,278, in blocks, the one side with triggers and digests, the other without.
Opening: the round of 2010-12-31 of a province (small: a county of it), likewise. Bar: at most 15 % more processor time, of this
process and of the database's together.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure, stage, university

DAY, BAR, BLOCK = date(2010, 12, 31), 1.15, 25


@contextmanager
def without_digests() -> Iterator[None]:
    """No triggers, no digests, no sets: entries as they were before records stood in the chain."""
    from dianping.common import acts
    from dianping.common.records import triggers
    from dianping.duties.services import opening

    kept: dict[str, Any] = {"gather": acts.gather, "mark": acts.mark, "write_set": opening.write_set}
    triggers.drop_triggers()
    acts.gather, acts.mark = lambda *_a: [], lambda: 0  # type: ignore[assignment]
    opening.write_set = lambda *_a, **_k: None  # type: ignore[assignment]
    try:
        yield
    finally:
        acts.gather, acts.mark, opening.write_set = kept["gather"], kept["mark"], kept["write_set"]
        triggers.lay_triggers()


def filings(number: int) -> tuple[list[float], list[float]]:
    """Processor seconds a filing, with and without, in alternating blocks."""
    from dianping.duties.models import Duty

    duties = list(
        Duty.objects.filter(target="member", window__rule="round", done_on=None).exclude(owed_by=None)[
            : 2 * number
        ]
    )
    sides: tuple[list[float], list[float]] = ([], [])
    for at in range(0, len(duties), BLOCK):
        here, block = at // BLOCK % 2, duties[at : at + BLOCK]
        if here == 0:
            sides[0].append(measure.cost(lambda b=block: [_file(duty) for duty in b]).processor / len(block))
        else:
            with without_digests():
                sides[1].append(
                    measure.cost(lambda b=block: [_file(duty) for duty in b]).processor / len(block)
                )
    return sides


def _file(duty: Any) -> None:
    from django.utils import timezone

    from dianping.acts.filing import file_and_follow
    from dianping.common.audit import Operator
    from dianping.orgs.selectors.posts import holder_on
    from dianping.reviews.services import ProblemInput, ReviewInput, ReviewTarget

    file_and_follow(
        target=ReviewTarget(duty.owed_by, "member", duty.organisation, duty.person),
        reviewer=holder_on(duty.owed_by, day=DAY),
        said=ReviewInput(
            happened_on=DAY,
            evaluation="能够参加各项活动。",
            direction="多到一线听意见。",
            problems=(ProblemInput("联系群众不够", "", date(2011, 1, 31)),),
        ),
        version=0,
        moment=timezone.make_aware(datetime(2010, 12, 31, 10)),
        actor=Operator("bench"),
    )


def openings(rounds: int, reset: Callable[[], None]) -> tuple[list[float], list[float]]:
    """Processor seconds of opening the round, with and without, one after the other."""
    from dianping.common.audit import SYSTEM
    from dianping.duties.services import open_duties

    sides: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        with without_digests():
            reset()
        sides[0].append(measure.cost(lambda: open_duties(day=DAY, actor=SYSTEM)).processor)
        with without_digests():
            reset()
            sides[1].append(measure.cost(lambda: open_duties(day=DAY, actor=SYSTEM)).processor)
    return sides


def tell(what: str, sides: tuple[list[float], list[float]]) -> None:
    """One line and one verdict."""
    with_them, without = (median(side) for side in sides)
    print(
        f"{what}: {with_them * 1000:.1f} ms with digests, {without * 1000:.1f} ms without (processor time, medians)"
    )
    measure.verdict(f"{what}: at most {BAR} × ({with_them / without:.2f})", with_them <= BAR * without)


def main() -> None:
    """One of the two, in a database of its own."""
    parser = stage.arguments(__doc__ or "", reuse=True)
    parser.add_argument("what", choices=("filing", "opening"))
    parser.add_argument("--filings", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    (filing if given.what == "filing" else opening)(given)


def filing(given: Any) -> None:
    """At a university."""
    with stage.prepared(given) as here:
        from dianping.common.audit import SYSTEM
        from dianping.duties.services import open_duties

        print(f"Digests of records, filing, {here.name}.")
        university.take()
        open_duties(day=DAY, actor=SYSTEM)
        tell("filing", filings(given.filings))


def opening(given: Any) -> None:
    """In a province."""
    borrowed, given.reuse = bool(given.reuse), stage.built_province(given)
    try:
        with stage.prepared(given) as here:
            from bench import bare

            print(f"Digests of records, opening, {here.name}, {here.scale} scale.")
            tell("opening", openings(given.rounds, bare.empty_duties))
    finally:
        if not borrowed:
            stage.drop_database(given.reuse)


if __name__ == "__main__":
    main()
