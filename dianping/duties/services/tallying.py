"""Keeping the tallies: a window is recounted as a whole when its duties were opened or moved, and changed by one
row an ancestor when one duty is discharged. A recount always gives the same figures (a test holds it to that)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Max, Q

from dianping.common import trees
from dianping.common.acts import at_the_end, settle
from dianping.common.naming import key_list
from dianping.duties.kinds import OTHER_THAN_REVIEWS, REVIEWERS, REVIEWERS_LINE
from dianping.duties.models import Duty, Tally, Window
from dianping.duties.services.vocabulary import written

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

# What stands at each place itself: `day` is the day a figure counts from. The tallies are summed up from it level by level.
OWN = """
CREATE TEMPORARY TABLE own_tally (window_id bigint, path varchar(160), day date, owed integer, on_time integer, late integer)
"""
# Takes it away, also one that a broken opening left behind.
DROP_OWN = "DROP TABLE IF EXISTS own_tally"
# Counts what is owed at each place, from the day its window opens.
# Grouped before the window's day is joined: SQLite then walks the index in order and sorts nothing.
OWED = """
INSERT {or_rollback} INTO own_tally
SELECT x.window_id, x.path, {w.opens}, x.owed, 0, 0
FROM (SELECT {d.window} AS window_id, {d.path} AS path, COUNT(*) AS owed FROM {Duty} d
      WHERE {d.window} IN {windows} AND {d.lapsed_on} IS NULL GROUP BY {d.window}, {d.path}) x
JOIN {Window} w ON {w.id} = x.window_id
"""
# Counts what was done at each place, on time or late, on the day it was entered.
DONE = """
INSERT {or_rollback} INTO own_tally
SELECT {d.window}, {d.path}, {d.entered_on}, 0,
       SUM(CASE WHEN {d.on_time} THEN 1 ELSE 0 END), SUM(CASE WHEN {d.on_time} THEN 0 ELSE 1 END)
FROM {Duty} d
WHERE {d.window} IN {windows} AND {d.done_on} IS NOT NULL AND {d.lapsed_on} IS NULL
GROUP BY {d.window}, {d.path}, {d.entered_on}
"""
# Counts the seats that owe reviews under one rule, at the place of the seat. A reviewer has done all when none of the rule's
# windows leaves him anything open; he counts on the day of his last entry, late when any was. k makes two rows of a seat: that
# it owes, and that it has done all. The plus sign makes SQLite walk the seats in the order of their index instead of
# sorting every duty.
REVIEWERS_DONE = """
INSERT {or_rollback} INTO own_tally
SELECT %(reviewer)s, {o.path}, CASE WHEN k.done = 1 THEN x.day ELSE %(opens)s END, 1 - k.done,
       CASE WHEN k.done = 1 AND x.lates = 0 THEN 1 ELSE 0 END, CASE WHEN k.done = 1 AND x.lates > 0 THEN 1 ELSE 0 END
FROM (SELECT {d.owed_by} AS seat_id, COUNT(*) - COUNT({d.done_on}) AS still_open, MAX({d.entered_on}) AS day,
             SUM(CASE WHEN {d.on_time} THEN 0 ELSE 1 END) AS lates
      FROM {Duty} d WHERE +{d.window} IN {windows} AND {d.lapsed_on} IS NULL AND {d.owed_by} IS NOT NULL
      GROUP BY {d.owed_by}) x
JOIN (SELECT 0 AS done UNION ALL SELECT 1) k ON k.done = 0 OR x.still_open = 0
JOIN {Post} p ON {p.id} = x.seat_id JOIN {Organisation} o ON {o.id} = {p.organisation}
"""
# Finds how long the longest path is: the level to begin with.
DEEPEST = "SELECT MAX(length(path)) FROM own_tally"
# From the deepest level up: each organisation counts its own rows and what the level below handed up to it.
TALLY_LEVEL = """
INSERT {or_rollback} INTO {Tally} ({Tally.organisation}, {Tally.window}, {Tally.day}, {Tally.owed}, {Tally.on_time}, {Tally.late})
SELECT {o.id}, x.window_id, x.day, x.owed, x.on_time, x.late
FROM (SELECT path, window_id, day, SUM(owed) AS owed, SUM(on_time) AS on_time, SUM(late) AS late
      FROM own_tally WHERE length(path) = %(length)s GROUP BY path, window_id, day) x
JOIN {Organisation} o ON {o.path} = x.path
"""
# Hands the sums of a level up: the same figures once more, at the places one step shorter.
HAND_UP = """
INSERT {or_rollback} INTO own_tally
SELECT window_id, substr(path, 1, %(above)s), day, SUM(owed), SUM(on_time), SUM(late)
FROM own_tally WHERE length(path) = %(length)s GROUP BY window_id, substr(path, 1, %(above)s), day
"""
# Adds one act to the row of its day at its place and every place above, from the top: in one order, so that two acts wait
# for each other and never both. The rows may not be there yet.
ADD_ONE = """
INSERT INTO {Tally} ({Tally.organisation}, {Tally.window}, {Tally.day}, {Tally.owed}, {Tally.on_time}, {Tally.late})
SELECT {o.id}, %(window)s, %(day)s, 0, %(on_time)s, %(late)s FROM {Organisation} o
WHERE {o.path} IN {above} ORDER BY {o.path}
ON CONFLICT ({Tally.organisation}, {Tally.window}, {Tally.day})
DO UPDATE SET {Tally.on_time} = {Tally}.{Tally.on_time} + excluded.{Tally.on_time},
              {Tally.late} = {Tally}.{Tally.late} + excluded.{Tally.late}
"""
# Counts the reviews that stand in these windows: those owed inside, contact points apart, and those about the top, which outsiders
# owe. What has
# lapsed is counted apart and taken off: both counts are then read from an index alone, the second from one of few rows.
STANDING = """
SELECT SUM(CASE WHEN x.target IN {outside_targets} OR x.target = {target.CONTACT} THEN 0 ELSE x.n END),
       SUM(CASE WHEN x.target IN {outside_targets} THEN x.n ELSE 0 END)
FROM (SELECT {w.target} AS target, (SELECT COUNT(*) FROM {Duty} d WHERE {d.window} = {w.id})
      - (SELECT COUNT(*) FROM {Duty} d WHERE {d.window} = {w.id} AND {d.lapsed_on} IS NOT NULL) AS n
      FROM {Window} w WHERE {w.id} IN {windows} AND {w.target} NOT IN {no_review}) x
"""


def recount(*, windows: list[int], day: date) -> None:
    """Write the tallies of these windows anew from their duties, and those of their rules' reviewers."""
    if not windows:
        return
    settle()
    with connection.cursor() as cursor:
        cursor.execute(DROP_OWN)
        cursor.execute(OWN)
        cursor.execute(written(OWED, windows=key_list(windows)))
        cursor.execute(written(DONE, windows=key_list(windows)))
        reviewers = _count_reviewers(windows)
        Tally.objects.filter(window__in=[*windows, *reviewers]).delete()
        deepest = _longest_path(cursor)
        for length in range(deepest, 0, -trees.STEP):
            level = {"length": length, "above": length - trees.STEP}
            cursor.execute(written(TALLY_LEVEL), level)
            if length > trees.STEP:
                cursor.execute(written(HAND_UP), level)
        cursor.execute(DROP_OWN)


def _longest_path(cursor: "CursorWrapper") -> int:
    cursor.execute(DEEPEST)
    return int(cursor.fetchone()[0] or 0)


def _count_reviewers(windows: list[int]) -> list[int]:
    """Fill in the reviewers of every rule these windows belong to; the ids of the rows that count reviewers."""
    counted = []
    rules = (
        Window.objects.filter(pk__in=windows)
        .exclude(target__in=OTHER_THAN_REVIEWS)
        .values("root", "rule", "opens")
        .distinct()
    )
    for rule in rules:
        reviewer, siblings = reviewer_window(**rule)
        values: dict[str, int | date] = {"reviewer": reviewer.pk, "opens": rule["opens"]}
        with connection.cursor() as cursor:
            cursor.execute(written(REVIEWERS_DONE, windows=key_list(siblings)), values)
        counted.append(reviewer.pk)
    return counted


def reviewer_window(*, root: int, rule: str, opens: date) -> tuple[Window, list[int]]:
    """The row under which a rule's reviewers are counted, and the windows of that rule."""
    siblings = Window.objects.filter(root=root, rule=rule, opens=opens).exclude(target=REVIEWERS)
    first, due = siblings.order_by("pk")[0], siblings.aggregate(due=Max("due"))["due"]
    reviewer, new = Window.objects.get_or_create(
        root_id=root,
        rule=rule,
        opens=opens,
        responsibility=REVIEWERS_LINE,
        defaults={
            "name": first.name,
            "target": REVIEWERS,
            "cited": first.cited,
            "due": due,
        },
    )
    if not new and (reviewer.due, reviewer.cited) != (
        due,
        first.cited,
    ):  # a later paper moved the rule's days
        reviewer.due, reviewer.cited = due, first.cited
        reviewer.save(update_fields=["due", "cited"])
    return reviewer, list(siblings.values_list("pk", flat=True))


def take_one(*, window_id: int, path: str, day: date, on_time: bool) -> None:
    """Take one discharged duty out of the count again."""
    add_one(window_id=window_id, path=path, day=day, on_time=on_time, times=-1)


def add_one(*, window_id: int, path: str, day: date, on_time: bool, times: int = 1) -> None:
    """Count one discharged duty for its organisation and every one above it, at the end of the act: the top's row is
    changed by every act there is."""
    at_the_end(
        (window_id, path, day, on_time),
        lambda: _add_one(window_id=window_id, path=path, day=day, on_time=on_time, times=times),
    )


def _add_one(*, window_id: int, path: str, day: date, on_time: bool, times: int) -> None:
    above = trees.ancestors(path)
    names = {f"p{i}": place for i, place in enumerate(above)}
    placeholders = "(" + ", ".join(f"%({name})s" for name in names) + ")"
    with connection.cursor() as cursor:
        cursor.execute(
            written(ADD_ONE, above=placeholders),
            {
                "window": window_id,
                "day": day,
                "on_time": times * int(on_time),
                "late": times * int(not on_time),
                **names,
            },
        )


def count_reviewer(*, duty: Duty) -> None:
    """When this was the last open duty of its rule for its reviewer, count him as having done all."""
    if duty.owed_by is None or duty.window is None:
        return
    reviewer, siblings = reviewer_window(
        root=duty.window.root_id, rule=duty.window.rule, opens=duty.window.opens
    )
    mine = Duty.objects.filter(owed_by=duty.owed_by_id, window__in=siblings, lapsed_on=None)
    if mine.filter(done_on=None).exists():
        return
    # The last day, not today: what was entered on a later day before (the site's day can be set) would be counted otherwise
    # by a recount.
    done = mine.aggregate(day=Max("entered_on"), lates=Count("pk", filter=Q(on_time=False)))
    add_one(
        window_id=reviewer.pk,
        path=duty.owed_by.organisation.path,
        day=done["day"],
        on_time=not done["lates"],
    )


def uncount_reviewer(*, duty: Duty) -> None:
    """Before one of his duties is owed again: a reviewer who had done all of its rule has no longer."""
    if duty.owed_by is None or duty.window is None:
        return
    reviewer, siblings = reviewer_window(
        root=duty.window.root_id, rule=duty.window.rule, opens=duty.window.opens
    )
    mine = Duty.objects.filter(owed_by=duty.owed_by_id, window__in=siblings, lapsed_on=None)
    if mine.filter(done_on=None).exists():
        return
    last = mine.aggregate(day=Max("entered_on"))["day"]
    take_one(
        window_id=reviewer.pk,
        path=duty.owed_by.organisation.path,
        day=last,
        on_time=not mine.filter(on_time=False).exists(),
    )


def standing(*, windows: list[int]) -> tuple[int, int]:
    """How many reviews stand in these windows, owed inside and owed by outsiders."""
    with connection.cursor() as cursor:
        cursor.execute(written(STANDING, windows=key_list(windows)))
        inside, outside = cursor.fetchone()
    return int(inside or 0), int(outside or 0)
