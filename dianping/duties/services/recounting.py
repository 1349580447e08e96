"""Counting every tally anew from the duties: the duties are covered by the audit chain, the tallies are not.

Comparing is one statement, so that what is filed meanwhile stands in both counts or in neither.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.db.models import F, Max
from django.db.models.functions import Length

from dianping.common import audit, trees
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.naming import literal
from dianping.common.records.canonical import Row
from dianping.common.records.faults import RecordFault
from dianping.common.rights import permit
from dianping.duties.kinds import REVIEWERS, REVIEWERS_LINE
from dianping.duties.models import Duty, Tally, Window
from dianping.duties.rights import may_open
from dianping.duties.services import locks, tallying
from dianping.duties.services.vocabulary import written
from dianping.orgs.models import Organisation

MOST_TOLD = 20  # tallies whose wrong figures stand in the entry
# What `tallying` keeps step by step, said once more as a whole, and compared with the tallies: finds each row that differs, is
# missing or is too many. A row of noughts is as good as none. `{lengths}` are the lengths of a path, one a level.
DIFFERING = """
WITH grouped AS (
  -- the duties at each place, by the day they were entered on
  SELECT {d.window} AS window_id, {d.path} AS path, {d.entered_on} AS entered_on, COUNT(*) AS owed,
         SUM(CASE WHEN {d.on_time} THEN 1 ELSE 0 END) AS on_time,
         SUM(CASE WHEN {d.done_on} IS NOT NULL AND NOT {d.on_time} THEN 1 ELSE 0 END) AS late
  FROM {Duty} d WHERE {d.window} IS NOT NULL AND {d.lapsed_on} IS NULL GROUP BY {d.window}, {d.path}, {d.entered_on}
), seats AS (
  -- the seats that owe under each rule, and what they have left of it
  SELECT {r.id} AS window_id, {r.opens} AS opens, {d.owed_by} AS seat_id, COUNT(*) - COUNT({d.done_on}) AS still_open,
         MAX({d.entered_on}) AS day, SUM(CASE WHEN {d.on_time} THEN 0 ELSE 1 END) AS lates
  FROM {Duty} d JOIN {Window} w ON {w.id} = {d.window}
  JOIN {Window} r ON {r.root} = {w.root} AND {r.rule} = {w.rule} AND {r.opens} = {w.opens}
       AND {r.responsibility} = {reviewers_line} AND {r.target} = {reviewers}
  WHERE {d.lapsed_on} IS NULL AND {d.owed_by} IS NOT NULL AND {w.target} <> {reviewers}
  GROUP BY {r.id}, {r.opens}, {d.owed_by}
), own AS (
  -- what stands at each place itself: owed from the window's first day, done on the day of entry, and the seats
  SELECT g.window_id, g.path, {w.opens} AS day, g.owed, 0 AS on_time, 0 AS late
  FROM grouped g JOIN {Window} w ON {w.id} = g.window_id
  UNION ALL SELECT window_id, path, entered_on, 0, on_time, late FROM grouped WHERE entered_on IS NOT NULL
  UNION ALL SELECT s.window_id, {o.path}, CASE WHEN k.done = 1 THEN s.day ELSE s.opens END, 1 - k.done,
       CASE WHEN k.done = 1 AND s.lates = 0 THEN 1 ELSE 0 END, CASE WHEN k.done = 1 AND s.lates > 0 THEN 1 ELSE 0 END
  FROM seats s JOIN (SELECT 0 AS done UNION ALL SELECT 1) k ON k.done = 0 OR s.still_open = 0
  JOIN {Post} p ON {p.id} = s.seat_id JOIN {Organisation} o ON {o.id} = {p.organisation}
), once AS (
  SELECT window_id, path, day, SUM(owed) AS owed, SUM(on_time) AS on_time, SUM(late) AS late
  FROM own GROUP BY window_id, path, day
), counted AS (
  -- every place above counts it too: a path of four steps is counted at its four lengths
  SELECT substr(c.path, 1, l.length) AS path, c.window_id, c.day, SUM(c.owed) AS owed, SUM(c.on_time) AS on_time,
         SUM(c.late) AS late
  FROM once c JOIN ({lengths}) l ON l.length <= length(c.path) GROUP BY substr(c.path, 1, l.length), c.window_id, c.day
)
SELECT MAX(x.id), x.organisation_id, x.window_id, x.day, SUM(x.said_owed), SUM(x.said_on_time), SUM(x.said_late),
       SUM(x.owed), SUM(x.on_time), SUM(x.late)
FROM (
  -- what was counted and what the tallies say, side by side
  SELECT CAST(NULL AS bigint) AS id, {o.id} AS organisation_id, c.window_id, c.day, 0 AS said_owed, 0 AS said_on_time,
         0 AS said_late, c.owed, c.on_time, c.late
  FROM counted c JOIN {Organisation} o ON {o.path} = c.path
  UNION ALL SELECT {y.id}, {y.organisation}, {y.window}, {y.day}, {y.owed}, {y.on_time}, {y.late}, 0, 0, 0 FROM {Tally} y
) x
GROUP BY x.organisation_id, x.window_id, x.day
HAVING SUM(x.said_owed) <> SUM(x.owed) OR SUM(x.said_on_time) <> SUM(x.on_time) OR SUM(x.said_late) <> SUM(x.late)
ORDER BY 1, 2, 3, 4
"""


def tally_faults() -> Iterator[RecordFault]:
    """Each tally that is not what the duties say, and each that is missing."""
    rows = _differing()
    if not rows:
        return
    places = dict(Organisation.objects.in_bulk({row[1] for row in rows}))
    windows = dict(Window.objects.in_bulk({row[2] for row in rows}))
    waiting = _waiting()
    for key, place, window, day, *figures in rows:
        at, of = places.get(place), windows.get(window)
        if waiting and (of is None or of.target == REVIEWERS or at is None or at.moved_on is not None):
            continue
        named = f"{Tally._meta.verbose_name} {key or ''}（{at or place}，{of or window}，{_day(day)} 这一天）".replace(
            " （", "（"
        )
        said, counted = _words(figures[:3]), _words(figures[3:])
        table = Tally._meta.db_table
        if key:
            told = f"{named}记的是{said}，从应办事项数得{counted}，与应办不符。"
            yield RecordFault(table, key, told, code="duties.tally-differs")
        else:
            yield RecordFault(
                table, key, f"{named}不见了，从应办事项数得{counted}。", code="duties.tally-missing"
            )


@act
def count_tallies(*, day: date, actor: Actor) -> list[RecordFault]:
    """Write every tally anew where any is not what the duties say; those that were not. The entry tells of them."""
    permit(actor, may_open)
    locks.opening()
    faults = list(tally_faults())
    if faults:
        windows = Window.objects.exclude(target=REVIEWERS).order_by("pk").values_list("pk", flat=True)
        tallying.recount(windows=list(windows), day=day)
        audit.record(
            actor=actor,
            act="重新计数",
            about="tallies",
            differed=len(faults),
            first=[fault.what for fault in faults[:MOST_TOLD]],
        )
    return faults


def _differing() -> list[Row]:
    deepest = Organisation.objects.aggregate(longest=Max(Length("path")))["longest"] or trees.STEP
    steps = range(trees.STEP, int(deepest) + 1, trees.STEP)
    # A row for each length a path can have, as the statement joins them.
    lengths = " UNION ALL ".join(f"SELECT {length} AS length" for length in steps)
    statement = written(
        DIFFERING, lengths=lengths, reviewers=literal(REVIEWERS), reviewers_line=literal(REVIEWERS_LINE)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _waiting() -> bool:
    """Whether an organisation was placed elsewhere in the tree and its duties have not followed yet: the next opening counts
    every window anew."""
    moved = Duty.objects.filter(organisation__moved_on__isnull=False)
    return moved.exclude(path=F("organisation__path")).exists()


def _day(day: date) -> str:
    return day.isoformat() if isinstance(day, date) else str(day)


def _words(figures: list[int]) -> str:
    owed, on_time, late = (int(number) for number in figures)
    return f"应办 {owed}、按时 {on_time}、补录 {late}"
