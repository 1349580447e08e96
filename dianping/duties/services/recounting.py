"""Counting every tally anew from the duties: the duties are covered by the audit chain, the tallies are not.

Comparing is one statement, so that what is filed meanwhile stands in both counts or in neither.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from dianping.common import audit, trees
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.records.faults import Fault
from dianping.duties.models import Tally, Window
from dianping.duties.services import locks, tallying
from dianping.orgs.models import Organisation

MOST_TOLD = 20  # tallies whose wrong figures stand in the entry
# What `tallying` keeps step by step, said once more as a whole: `own` is what stands at each place itself, and every place
# above counts it too; `said` are the tallies. A row of noughts is as good as none.
DIFFERING = """
WITH grouped AS (
  SELECT window_id, path, entered_on, COUNT(*) AS owed, SUM(CASE WHEN on_time THEN 1 ELSE 0 END) AS on_time,
         SUM(CASE WHEN done_on IS NOT NULL AND NOT on_time THEN 1 ELSE 0 END) AS late
  FROM duties_duty WHERE window_id IS NOT NULL AND lapsed_on IS NULL GROUP BY window_id, path, entered_on
), seats AS (
  SELECT r.id AS window_id, r.opens, d.owed_by_id, COUNT(*) - COUNT(d.done_on) AS still_open, MAX(d.entered_on) AS day,
         SUM(CASE WHEN d.on_time THEN 0 ELSE 1 END) AS lates
  FROM duties_duty d JOIN duties_window w ON w.id = d.window_id
  JOIN duties_window r ON r.root_id = w.root_id AND r.rule = w.rule AND r.opens = w.opens
       AND r.responsibility = 'reviewers' AND r.target = 'reviewer'
  WHERE d.lapsed_on IS NULL AND d.owed_by_id IS NOT NULL AND w.target <> 'reviewer'
  GROUP BY r.id, r.opens, d.owed_by_id
), own AS (
  SELECT g.window_id, g.path, w.opens AS day, g.owed, 0 AS on_time, 0 AS late
  FROM grouped g JOIN duties_window w ON w.id = g.window_id
  UNION ALL SELECT window_id, path, entered_on, 0, on_time, late FROM grouped WHERE entered_on IS NOT NULL
  UNION ALL SELECT s.window_id, o.path, CASE WHEN k.done = 1 THEN s.day ELSE s.opens END, 1 - k.done,
       CASE WHEN k.done = 1 AND s.lates = 0 THEN 1 ELSE 0 END, CASE WHEN k.done = 1 AND s.lates > 0 THEN 1 ELSE 0 END
  FROM seats s JOIN (SELECT 0 AS done UNION ALL SELECT 1) k ON k.done = 0 OR s.still_open = 0
  JOIN orgs_post p ON p.id = s.owed_by_id JOIN orgs_organisation o ON o.id = p.organisation_id
), once AS (
  SELECT window_id, path, day, SUM(owed) AS owed, SUM(on_time) AS on_time, SUM(late) AS late
  FROM own GROUP BY window_id, path, day
), counted AS (
  SELECT substr(c.path, 1, l.length) AS path, c.window_id, c.day, SUM(c.owed) AS owed, SUM(c.on_time) AS on_time,
         SUM(c.late) AS late
  FROM once c JOIN ({lengths}) l ON l.length <= length(c.path) GROUP BY substr(c.path, 1, l.length), c.window_id, c.day
)
SELECT MAX(x.id), x.organisation_id, x.window_id, x.day, SUM(x.said_owed), SUM(x.said_on_time), SUM(x.said_late),
       SUM(x.owed), SUM(x.on_time), SUM(x.late)
FROM (
  SELECT CAST(NULL AS bigint) AS id, o.id AS organisation_id, c.window_id, c.day, 0 AS said_owed, 0 AS said_on_time,
         0 AS said_late, c.owed, c.on_time, c.late
  FROM counted c JOIN orgs_organisation o ON o.path = c.path
  UNION ALL SELECT id, organisation_id, window_id, day, owed, on_time, late, 0, 0, 0 FROM duties_tally
) x
GROUP BY x.organisation_id, x.window_id, x.day
HAVING SUM(x.said_owed) <> SUM(x.owed) OR SUM(x.said_on_time) <> SUM(x.on_time) OR SUM(x.said_late) <> SUM(x.late)
ORDER BY 1, 2, 3, 4
"""
# Placed elsewhere in the tree, and its duties have not followed yet: the next opening counts every window anew.
WAITING = """
SELECT 1 FROM orgs_organisation o JOIN duties_duty d ON d.organisation_id = o.id
WHERE o.moved_on IS NOT NULL AND d.path <> o.path LIMIT 1
"""


def tally_faults() -> Iterator[Fault]:
    """Each tally that is not what the duties say, and each that is missing."""
    rows = _differing()
    if not rows:
        return
    places = dict(Organisation.objects.in_bulk({row[1] for row in rows}))
    windows = dict(Window.objects.in_bulk({row[2] for row in rows}))
    waiting = _waiting()
    for key, place, window, day, *figures in rows:
        at, of = places.get(place), windows.get(window)
        if waiting and (of is None or of.target == "reviewer" or at is None or at.moved_on is not None):
            continue
        named = f"{Tally._meta.verbose_name} {key or ''}（{at or place}，{of or window}，{_day(day)} 这一天）".replace(
            " （", "（"
        )
        said, counted = _words(figures[:3]), _words(figures[3:])
        yield Fault(
            Tally._meta.db_table,
            key,
            f"{named}记的是{said}，从应办事项数得{counted}，与应办不符。"
            if key
            else f"{named}不见了，从应办事项数得{counted}。",
        )


@act
def count_tallies(*, day: date, actor: Actor) -> list[Fault]:
    """Write every tally anew where any is not what the duties say; those that were not. The entry tells of them."""
    locks.opening()
    faults = list(tally_faults())
    if faults:
        windows = Window.objects.exclude(target="reviewer").order_by("pk").values_list("pk", flat=True)
        tallying.recount(windows=list(windows), day=day)
        audit.record(
            actor=actor,
            act="重新计数",
            about="tallies",
            differed=len(faults),
            first=[fault.what for fault in faults[:MOST_TOLD]],
        )
    return faults


def _differing() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(length(path)) FROM orgs_organisation")
        deepest = int(cursor.fetchone()[0] or trees.STEP)
        steps = range(trees.STEP, deepest + 1, trees.STEP)
        lengths = " UNION ALL ".join(f"SELECT {length} AS length" for length in steps)
        cursor.execute(DIFFERING.format(lengths=lengths))
        return list(cursor.fetchall())


def _waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone() is not None


def _day(day: Any) -> str:
    return day.isoformat() if isinstance(day, date) else str(day)


def _words(figures: list[int]) -> str:
    owed, on_time, late = (int(number) for number in figures)
    return f"应办 {owed}、按时 {on_time}、补录 {late}"
