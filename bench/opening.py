"""Open the round of 2010-12-31 for a province, against the bare INSERT … SELECT of exactly the same rows.

    ./run python bench/opening.py --scale full [--reuse PROVINCE] [--database postgres://…]

Both write in one transaction, into tables with the same columns, indexes and constraints, in the same database,
warm, one after the other. Bars: at most 2.5 × the bare copy; the process stays under 500 MB. It also holds every
tally against the duties it was counted from.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import bare, measure, stage

DAY = date(2010, 12, 31)
BAR, MEMORY_BAR = 2.5, 500


def main() -> None:
    """Open, reset, copy, reset, open, copy, …"""
    parser = stage.arguments(__doc__ or "", reuse=True)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    province = stage.built_province(given)
    borrowed = bool(given.reuse)
    given.reuse = province
    try:
        with stage.prepared(given) as here:
            run(given, here)
    finally:
        if not borrowed:
            stage.drop_database(province)


def run(given: argparse.Namespace, here: stage.Stage) -> None:
    """All of it, in one prepared place."""
    print(f"Opening the round of {DAY}, {here.scale} scale, {here.name}.")
    first = measure.seconds(open_round)
    memory = measure.peak_memory()
    rows = bare.keep_rows()
    print(
        f"first time: {first:.1f} s for {rows:,} duties ({rows / first:,.0f} a second), peak {memory} MB",
        flush=True,
    )
    opens, copies = [], []
    for _ in range(given.rounds):
        bare.make_copy_table()
        bare.settle()
        copies.append(measure.cost(bare.copy_rows))
        bare.drop_copy()
        bare.empty_duties()
        bare.settle()
        opens.append(measure.cost(open_round))
        print(f"  open_duties {opens[-1].wall:.1f} s, bare {copies[-1].wall:.1f} s", flush=True)
    again = measure.cost(open_round)
    tell(opens, copies, again)
    speed = rows / median(o.wall for o in opens)
    ratio = median(o.wall / c.wall for o, c in zip(opens, copies, strict=True))
    print(f"{speed:,.0f} duties a second")
    measure.verdict(f"at most {BAR} × the bare copy ({ratio:.2f})", ratio <= BAR)
    measure.verdict(
        f"under {MEMORY_BAR} MB (peak {memory} MB, {measure.peak_memory()} MB after all rounds)",
        memory < MEMORY_BAR,
    )
    wrong = bare.wrong_tallies()
    measure.verdict(f"every tally is the count of its duties ({wrong} are not)", wrong == 0)


def tell(opens: list[measure.Cost], copies: list[measure.Cost], again: measure.Cost) -> None:
    """Print what both sides cost and how many times the one is the other."""
    headings = ("", "wall, s", "processor, s")
    sides = (
        ("open_duties", opens),
        ("bare INSERT … SELECT", copies),
        ("open_duties again, nothing to do", [again]),
    )
    measure.table(
        headings,
        [
            *(
                (
                    name,
                    measure.spread([c.wall for c in costs], ".1f"),
                    measure.spread([c.processor for c in costs], ".1f"),
                )
                for name, costs in sides
            ),
            (
                "ratio of the first two",
                measure.spread([o.wall / c.wall for o, c in zip(opens, copies, strict=True)]),
                measure.spread(
                    [o.processor / max(c.processor, 0.01) for o, c in zip(opens, copies, strict=True)]
                ),
            ),
        ],
    )


def open_round() -> None:
    """What the daily command does."""
    from dianping.common.audit import SYSTEM
    from dianping.duties.services import open_duties

    open_duties(day=DAY, actor=SYSTEM)


if __name__ == "__main__":
    main()
