"""Fifty days of work on opened duties, written in sets: six of ten done, a branch at a few sittings, some late."""

from datetime import date

LAST = date(2011, 2, 2)
DAYS = 50
DONE = """
UPDATE duties_duty SET done_on = {day}, entered_on = {day}, on_time = (id % 10 <> 3)
WHERE done_on IS NULL AND lapsed_on IS NULL AND kind = 'review' AND (organisation_id * 13 + id * 7) % 100 < 60
"""
DAY_OF = {
    "sqlite": "date('2010-12-15', '+' || ((organisation_id * 17 + id % 3 * 5) % {days}) || ' days')",
    "postgresql": "(DATE '2010-12-15' + CAST((organisation_id * 17 + id % 3 * 5) % {days} AS integer))",
}


def pass_over() -> int:
    """Discharge the duties and count the tallies anew, as the product counts them; how many were discharged."""
    from django.db import connection, transaction

    from dianping.duties.models import Window
    from dianping.duties.services import tallying

    day = DAY_OF[connection.vendor].format(days=DAYS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(DONE.format(day=day))
        done = int(cursor.rowcount)
        windows = list(Window.objects.exclude(target="reviewer").values_list("pk", flat=True))
        tallying.recount(windows=windows, day=LAST)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return done
