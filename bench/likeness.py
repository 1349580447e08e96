"""Like texts among invented reviews: the sweep beside a bare MinHash and LSH, and one review against all earlier ones.

    ./run python bench/likeness.py [--scale small] [--runs 3] [--phrases 60]

A tenth of the reviews are copies of others with up to 15 % of their characters changed. Then the same where every review
is put together from a few fixed clauses, and every copy has all of 15 % changed. There many reviews are like others that
nobody copied: a copy counts as found in one group with its original, so beside it stand how many come into one group with
a review they have nothing to do with, and how many are found whose group has ten texts at most. datasketch is asked if it is
installed and is in no lock: `pip install datasketch`. It gets the bare texts, three characters in a row, 128 permutations
and a threshold of 0.5, and verifies nothing. Bars: the sweep within 3 times its processor time, 95 of 100 copies found,
every link real; one review against the others in under 50 ms of processor time at the 95th percentile.
"""

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure
from dianping.common.likeness import SAME, Earlier, alike, likeness
from dianping.common.likeness.sweep import LikenessSweep
from dianping.common.likeness.wording import bare
from tests.common.invented_reviews import KINDS, Copy, changed, clause, review, reviews, stock_reviews

SIZES = {"small": 10_000, "full": 100_000}
TIMES, RECALL, ANSWER = 3.0, 0.95, 50.0
CROWD = 10  # texts in a group beyond which a copy may be in it by the others' doing
Pairs = Callable[[int, int], bool]


def main() -> None:
    """The bar for "the same", the sweep, the answer at the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=SIZES, default="full")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--phrases", type=int, default=60, help="clauses of the reviews put together from few"
    )
    given = parser.parse_args()
    count = SIZES[given.scale]
    texts, copies = reviews(count, count // 10)
    sweeps(texts, copies, given.runs)
    print(f"\nReviews put together from {given.phrases} clauses:")
    sweeps(*stock_reviews(count, count // 10, phrases=given.phrases), given.runs)
    print("\nAs the first, with all of 15 % changed:")
    hardest(texts[: count - count // 10])
    answers(texts, copies, count)
    where_the_bar_stands(texts[: count - count // 10])


def sweeps(texts: list[str], copies: list[Copy], runs: int) -> None:
    """Time both in turn; then what each found."""
    swept, cost = kept(lambda: LikenessSweep(texts, SAME))
    ours, peak = [cost], measure.peak_memory()  # the first time: before the other's libraries take their room
    peer = with_datasketch([bare(text) for text in texts], {copy.at for copy in copies})
    found, cost = kept(peer) if peer else (None, None)
    theirs = [cost]
    told(copies, {"ours": grouped(swept), "datasketch": found, "the same text": the_same(texts)}, swept)
    compared, real = swept.compared / len(texts), verified(texts, swept.groups())
    measure.verdict(f"every text in a group is like another of it ({real} texts)", real > 0)
    del swept, found
    for _ in range(runs - 1):
        ours.append(measure.quick_cost(lambda: LikenessSweep(texts, SAME)))
        theirs.append(measure.quick_cost(peer) if peer else None)
    spent = measure.spread([one.processor for one in ours])
    print(f"ours: {spent} s of processor time, {compared:.0f} comparisons a text, peak so far {peak} MB")
    if peer:
        beside(ours, [one for one in theirs if one])


def kept(act: Callable[[], Any]) -> tuple[Any, measure.Cost]:
    """What an act gives, and what it cost."""
    held: list[Any] = []
    cost = measure.quick_cost(lambda: held.append(act()))
    return held[0], cost


def beside(ours: list[measure.Cost], theirs: list[measure.Cost]) -> None:
    """The bar of the sweep."""
    spent = measure.spread([one.processor for one in theirs])
    print(f"datasketch: {spent} s of processor time, peak so far {measure.peak_memory()} MB")
    times = [one.processor / other.processor for one, other in zip(ours, theirs, strict=True)]
    measure.verdict(f"within {TIMES:.0f} × datasketch: {measure.spread(times)}", max(times) <= TIMES)


def with_datasketch(plain: list[str], kept_for: set[int]) -> Callable[[], Pairs] | None:
    """Its sketches, its index, and every text asked for; None where it is not installed.

    Answers are kept for some texts only: among stock phrases all of them would take gigabytes.
    """
    try:
        datasketch = importlib.import_module("datasketch")
    except ImportError:
        print("datasketch is not installed: pip install datasketch")
        return None

    def sweep() -> Pairs:
        index = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
        sketches = datasketch.MinHash.bulk(([*_shingles(text)] for text in plain), num_perm=128)
        for place, sketch in enumerate(sketches):
            index.insert(place, sketch, check_duplication=False)
        answers = ((place, index.query(sketch)) for place, sketch in enumerate(sketches))
        found = {place: set(answer) for place, answer in answers if place in kept_for}
        return lambda one, other: other in found[one]

    return sweep


def _shingles(text: str) -> Iterable[bytes]:
    return (text[at : at + 3].encode() for at in range(len(text) - 2))


def grouped(swept: LikenessSweep) -> Pairs:
    """Whether two texts came into one group."""
    group = {place: number for number, members in enumerate(swept.groups()) for place in members}
    return lambda one, other: one in group and group[one] == group.get(other)


def the_same(texts: list[str]) -> Pairs:
    """The control: whoever looks for the same text, punctuation and spaces aside."""
    return lambda one, other: bare(texts[one]) == bare(texts[other])


def told(copies: list[Copy], finders: dict[str, Pairs | None], swept: LikenessSweep) -> None:
    """Which share of the copies each finder brought together with their originals, by kind and by how much was changed."""
    sorts: dict[str, list[Copy]] = {"all": copies}
    sorts |= {kind: [copy for copy in copies if copy.kind == kind] for kind in KINDS}
    sorts |= {
        f"{low}–{low + 5} %": [c for c in copies if low <= c.share * 100 < low + 5] for low in (0, 5, 10)
    }
    crowded = {place for group in swept.groups() if len(group) > CROWD for place in group}
    sorts[f"original in no group over {CROWD}"] = [copy for copy in copies if copy.of not in crowded]
    sorts["beside another's original"] = [
        one._replace(of=other.of) for one, other in zip(copies, copies[1:], strict=False)
    ]
    known = {name: finder for name, finder in finders.items() if finder}
    rows = [
        (sort, len(some), *(f"{share(some, finder):.4f}" for finder in known.values()))
        for sort, some in sorts.items()
        if some
    ]
    measure.table(("copies", "", *known), rows)
    by_kind = [share(sorts[kind], known["ours"]) for kind in KINDS]
    measure.verdict(
        f"{RECALL:.0%} of copies of every kind found: {min(by_kind):.2%} or more", min(by_kind) >= RECALL
    )


def share(copies: Sequence[Copy], finder: Pairs) -> float:
    """Of copies, those brought together with their originals."""
    return sum(finder(copy.at, copy.of) for copy in copies) / len(copies)


def verified(texts: list[str], groups: list[tuple[int, ...]]) -> int:
    """How many texts lie in groups, each compared anew with the others of its group; 0 if one is like none of them."""
    print(f"{len(groups)} groups, the largest of {max(map(len, groups))} texts")
    linked = all(
        any(likeness(texts[one], texts[other]) >= SAME for other in members if other != one)
        for members in groups
        for one in members
    )
    return sum(map(len, groups)) if linked else 0


def hardest(originals: list[str]) -> None:
    """Copies with all of 15 % changed, none less."""
    chance, texts = Random(11), list(originals)
    copies = []
    for of in chance.sample(range(len(originals)), len(originals) // 9):
        copies.append(Copy(len(texts), of, KINDS[of % 4], 0.15))
        texts.append(changed(originals[of], 0.15, copies[-1].kind, chance))
    swept = LikenessSweep(texts, SAME)
    told(copies, {"ours": grouped(swept)}, swept)


def answers(texts: list[str], copies: list[Copy], count: int) -> None:
    """One text against all, for reviews of every length and for reviews that are all long."""
    chance = Random(5)
    long = [("".join(clause(chance) for _ in range(30)))[:400] for _ in range(count)]
    asked = {
        "copies among all lengths": (texts, [texts[copy.at] for copy in copies[:100]]),
        "new ones among all lengths": (texts, [review(chance) for _ in range(100)]),
        "copies, 400 characters all": (long, [changed(text, 0.1, "mixed", chance) for text in long[:40]]),
    }
    rows, worst = [], 0.0
    for name, (among, new) in asked.items():
        earlier, ready = kept(partial(Earlier, among))
        costs = [measure.quick_cost(partial(alike, text, earlier)) for text in new]
        times = [one.processor for one in costs]
        shown = (
            ready.processor,
            measure.p50(times),
            measure.p95(times),
            measure.p95([one.wall for one in costs]),
        )
        rows.append((name, *(f"{figure:.1f}" for figure in shown)))
        worst = max(worst, measure.p95(times))
    measure.table((f"against {count}", "s to make ready", "p50 ms", "p95 ms", "p95 ms on the wall"), rows)
    measure.verdict(f"one text in under {ANSWER:.0f} ms at the 95th percentile: {worst:.1f}", worst < ANSWER)


def where_the_bar_stands(texts: list[str]) -> None:
    """How like copies are at the most that is changed, and how like the likest of reviews nobody copied."""
    chance = Random(3)
    among = Earlier(texts)
    rows: list[Sequence[Any]] = []
    for kind in KINDS:
        rows.append(
            (f"15 % {kind}", *_ends([likeness(t, changed(t, 0.15, kind, chance)) for t in texts[:2000]]))
        )
    for name, low, high in (("under 40", 0, 40), ("40 to 80", 40, 80), ("over 80", 80, 500)):
        some = [at for at in range(2000) if low <= len(bare(texts[at])) < high][:60]
        rows.append(
            (f"the likest of others, {name} characters", *_ends([_likest(texts, at, among) for at in some]))
        )
    measure.table(("", "least", "1 %", "median", "99 %", "most"), rows)


def _likest(texts: list[str], at: int, among: Earlier) -> float:
    return max((one.score for one in alike(texts[at], among, at_least=0.6) if one.place != at), default=0.0)


def _ends(values: list[float]) -> list[str]:
    values = sorted(values)
    last = len(values) - 1
    return [f"{values[int(part * last)]:.3f}" for part in (0, 0.01, 0.5, 0.99, 1)]


if __name__ == "__main__":
    main()
