"""Twenty boxes of a thousand attacked by somebody who has every copy of the database and no key.

    ./run python bench/box_attack.py [--boxes 20] [--people 1000] [--database postgres://…/box_attack]

He knows in which order people came, has the database, its log while the box was closed and at its opening, and backups from
both times, and tries every channel by which a database may remember (tests/opinions/adversary.py). Bars: over all boxes each
channel names between 8 and 36 voters rightly, what chance does 999 times in 1,000 (one a box, whatever its size); no order
is kept (Spearman, 3.3 standard deviations, all boxes of a channel together). The same attack must name all of a thousand
in three naive designs, or all this is void.
"""

import sys
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import boxes, measure, stage

LEAST, MOST, BOXES = 8, 36, 20
ORDER = 3.3


def main() -> None:
    """The naive designs, then ours."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--boxes", type=int, default=BOXES)
    parser.add_argument("--people", type=int, default=1000)
    given = parser.parse_args()
    with stage.prepared(given, today=boxes.OPENS) as here:
        print(f"{here.name}: {given.boxes} boxes of {given.people}")
        controls(given.people)
        attacked(here, given.boxes, given.people)
        measure.ended()


def controls(people: int) -> None:
    """What must be seen through."""
    from django.db import connection

    from tests.opinions import naive
    from tests.opinions.dump import attack_naive

    numbered, keyed = attack_naive(naive.NUMBERED, people), attack_naive(naive.KEYED, people)
    joined = "the log replayed" if connection.vendor == "sqlite" else "xmin joined"
    measure.verdict(
        f"control: numbered answers, by key {numbered['by key order']} of {people}",
        numbered["by key order"] == people,
    )
    measure.verdict(
        f"control: numbered answers, {joined} {numbered['joined']} of {people}", numbered["joined"] == people
    )
    measure.verdict(
        f"control: answers keyed by chance, {joined} {keyed['joined']} of {people}", keyed["joined"] == people
    )


def attacked(here: stage.Stage, count: int, people: int) -> None:
    """Ours."""
    from tests.opinions.dump import Seen, attack_ours

    seen = Seen()
    for number in range(count):
        attack_ours(boxes.ready(people), people, seen, here.home)
        print(f"box {number + 1}", end="\r", flush=True)
    rows = []
    for channel, right in sorted(seen.right.items()):
        together = sum(seen.kept[channel]) / sqrt(count)
        rows.append((channel, right, f"{together:+.2f}", f"{max(map(abs, seen.kept[channel])):.2f}"))
    measure.table(("channel", f"right of {count * people}", "order kept, all", "most of one box"), rows)
    low, high = (LEAST, MOST) if count == BOXES else (0, count + 5 * int(sqrt(count)) + 5)
    wrong = {channel: right for channel, right in seen.right.items() if not low <= right <= high}
    measure.verdict(f"every channel between {low} and {high}: {wrong or 'all'}", not wrong)
    kept = {channel: z for channel, _, z, _ in rows if abs(float(z)) > ORDER}
    measure.verdict(f"no order kept: {kept or 'none'}", not kept)


if __name__ == "__main__":
    main()
