"""Keeping the tallies: a window is recounted as a whole when its duties were opened or moved, and changed by one
row an ancestor when one duty is discharged. A recount always gives the same figures (a test holds it to that)."""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q

from dianping.common import trees
from dianping.common.acts import at_the_end, settle
from dianping.duties.models import Duty, Tally, Window
from dianping.duties.services.following import listed
from dianping.duties.services.statements import written

OWN = """
CREATE TEMPORARY TABLE own_tally (window_id bigint, path varchar(160), day date, owed integer, on_time integer, late integer)
"""
# Grouped before the window's day is joined: SQLite then walks the index in order and sorts nothing.
OWED = """
INSERT {or_rollback} INTO own_tally
SELECT x.window_id, x.path, w.opens, x.owed, 0, 0
FROM (SELECT window_id, path, COUNT(*) AS owed FROM duties_duty
      WHERE window_id IN {windows} AND lapsed_on IS NULL GROUP BY window_id, path) x
JOIN duties_window w ON w.id = x.window_id
"""
DONE = """
INSERT {or_rollback} INTO own_tally
SELECT window_id, path, entered_on, 0, SUM(CASE WHEN on_time THEN 1 ELSE 0 END), SUM(CASE WHEN on_time THEN 0 ELSE 1 END)
FROM duties_duty
WHERE window_id IN {windows} AND done_on IS NOT NULL AND lapsed_on IS NULL GROUP BY window_id, path, entered_on
"""
# A reviewer has done all when none of the rule's windows leaves him anything open; he counts on the day of his last
# entry. The plus sign makes SQLite walk the reviewers in the order of their index instead of sorting every duty.
REVIEWERS = """
INSERT {or_rollback} INTO own_tally
SELECT %(reviewer)s, o.path, CASE WHEN k.done = 1 THEN x.day ELSE %(opens)s END, 1 - k.done,
       CASE WHEN k.done = 1 AND x.lates = 0 THEN 1 ELSE 0 END, CASE WHEN k.done = 1 AND x.lates > 0 THEN 1 ELSE 0 END
FROM (SELECT owed_by_id, COUNT(*) - COUNT(done_on) AS still_open, MAX(entered_on) AS day,
             SUM(CASE WHEN on_time THEN 0 ELSE 1 END) AS lates
      FROM duties_duty WHERE +window_id IN {windows} AND lapsed_on IS NULL AND owed_by_id IS NOT NULL
      GROUP BY owed_by_id) x
JOIN (SELECT 0 AS done UNION ALL SELECT 1) k ON k.done = 0 OR x.still_open = 0
JOIN orgs_post p ON p.id = x.owed_by_id JOIN orgs_organisation o ON o.id = p.organisation_id
"""
# From the deepest level up: each organisation counts its own rows and what the level below handed up to it.
TALLY_LEVEL = """
INSERT {or_rollback} INTO duties_tally (organisation_id, window_id, day, owed, on_time, late)
SELECT o.id, x.window_id, x.day, x.owed, x.on_time, x.late
FROM (SELECT path, window_id, day, SUM(owed) AS owed, SUM(on_time) AS on_time, SUM(late) AS late
      FROM own_tally WHERE length(path) = %(length)s GROUP BY path, window_id, day) x
JOIN orgs_organisation o ON o.path = x.path
"""
HAND_UP = """
INSERT {or_rollback} INTO own_tally
SELECT window_id, substr(path, 1, %(above)s), day, SUM(owed), SUM(on_time), SUM(late)
FROM own_tally WHERE length(path) = %(length)s GROUP BY window_id, substr(path, 1, %(above)s), day
"""
ADD_ONE = """
INSERT INTO duties_tally (organisation_id, window_id, day, owed, on_time, late)
SELECT o.id, %(window)s, %(day)s, 0, %(on_time)s, %(late)s FROM orgs_organisation o
WHERE o.path IN {above} ORDER BY o.path
ON CONFLICT (organisation_id, window_id, day)
DO UPDATE SET on_time = duties_tally.on_time + excluded.on_time, late = duties_tally.late + excluded.late
"""


def recount(*, windows: list[int], day: date) -> None:
    """Write the tallies of these windows anew from their duties, and those of their rules' reviewers."""
    if not windows:
        return
    settle()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS own_tally")
        cursor.execute(OWN)
        cursor.execute(written(OWED, windows=listed(windows)))
        cursor.execute(written(DONE, windows=listed(windows)))
        reviewers = _count_reviewers(windows)
        Tally.objects.filter(window__in=[*windows, *reviewers]).delete()
        deepest = _longest_path(cursor)
        for length in range(deepest, 0, -trees.STEP):
            level = {"length": length, "above": length - trees.STEP}
            cursor.execute(written(TALLY_LEVEL), level)
            if length > trees.STEP:
                cursor.execute(written(HAND_UP), level)
        cursor.execute("DROP TABLE own_tally")


def _longest_path(cursor: Any) -> int:
    cursor.execute("SELECT MAX(length(path)) FROM own_tally")
    return int(cursor.fetchone()[0] or 0)


def _count_reviewers(windows: list[int]) -> list[int]:
    """Fill in the reviewers of every rule these windows belong to; the ids of the rows that count reviewers."""
    found = []
    rules = (
        Window.objects.filter(pk__in=windows)
        .exclude(target="paper")
        .values("root", "rule", "opens")
        .distinct()
    )
    for rule in rules:
        reviewer, siblings = reviewer_window(**rule)
        values: dict[str, Any] = {"reviewer": reviewer.pk, "opens": rule["opens"]}
        with connection.cursor() as cursor:
            cursor.execute(written(REVIEWERS, windows=listed(siblings)), values)
        found.append(reviewer.pk)
    return found


def reviewer_window(*, root: int, rule: str, opens: date) -> tuple[Window, list[int]]:
    """The row under which a rule's reviewers are counted, and the windows of that rule."""
    siblings = Window.objects.filter(root=root, rule=rule, opens=opens).exclude(target="reviewer")
    first = siblings.order_by("pk")[0]
    reviewer, _ = Window.objects.get_or_create(
        root_id=root,
        rule=rule,
        opens=opens,
        responsibility="reviewers",
        defaults={
            "name": first.name,
            "target": "reviewer",
            "cited": first.cited,
            "due": siblings.aggregate(due=Max("due"))["due"],
        },
    )
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
            ADD_ONE.format(above=placeholders),
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
    sql = """
        SELECT SUM(CASE WHEN target IN ('committee', 'committee_secretary') THEN 0 ELSE n END),
               SUM(CASE WHEN target IN ('committee', 'committee_secretary') THEN n ELSE 0 END)
        FROM (SELECT w.target AS target, (SELECT COUNT(*) FROM duties_duty d WHERE d.window_id = w.id)
              - (SELECT COUNT(*) FROM duties_duty d WHERE d.window_id = w.id AND d.lapsed_on IS NOT NULL) AS n
              FROM duties_window w WHERE w.id IN {windows} AND w.target NOT IN ('paper', 'reviewer')) x
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.format(windows=listed(windows)))
        inside, outside = cursor.fetchone()
    return int(inside or 0), int(outside or 0)
