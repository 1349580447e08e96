"""What it costs to count every tally of a province anew from its duties, as `verify_records` does.

    ./run python bench/recounting.py [--scale full] [--database postgres://…]

The round of 2010-12-31 is opened and worked on for fifty days; then all is counted anew, and once more with one figure written by
hand, which has to be named. Beside it: one GROUP BY over the same duties.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import invented, measure, province, stage, winter

GROUPED = """
SELECT COUNT(*) FROM (SELECT window_id, path, entered_on, COUNT(*) FROM duties_duty
WHERE window_id IS NOT NULL AND lapsed_on IS NULL GROUP BY window_id, path, entered_on) x
"""


def _grouped() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(GROUPED)
        cursor.fetchall()


def measured() -> None:
    """Build, work, count."""
    from django.db.models import F

    from bench.board import _open_and_work
    from dianping.duties.models import Duty, Tally
    from dianping.duties.services.recounting import tally_faults

    _open_and_work()
    print(f"  {Duty.objects.count():,} duties, {Tally.objects.count():,} tallies", flush=True)
    pairs = [(measure.seconds(_grouped), measure.seconds(lambda: list(tally_faults()))) for _ in range(3)]
    for bare, whole in pairs:
        print(f"  grouped {bare:.1f} s, counted anew and compared {whole:.1f} s ({whole / bare:.1f} ×)")
    measure.verdict("every tally is what the duties say", list(tally_faults()) == [])
    Tally.objects.filter(pk=Tally.objects.order_by("pk")[1000].pk).update(on_time=F("on_time") + 1)
    measure.verdict("a figure written by hand is named", len(list(tally_faults())) == 1)


def main() -> None:
    """Measure at one place, gone afterwards."""
    given = stage.arguments(__doc__ or "").parse_args()
    with stage.prepared(given, today=winter.LAST):
        province.build(invented.SIZES[given.scale])
        measured()


if __name__ == "__main__":
    main()
