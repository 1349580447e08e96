"""Open duties follow people: who moved, who left, who became the secretary himself (decisions 0005, 0007, 0008)."""

from datetime import date, timedelta
from typing import Any

from django.db import connection

from dianping.duties.models import Window
from dianping.orgs.models import Organisation

MOVERS = """
FROM orgs_membership m
JOIN orgs_organisation o ON o.id = m.organisation_id
JOIN orgs_post p ON p.organisation_id = o.id AND p.role = 'secretary'
WHERE m.person_id = duties_duty.person_id AND duties_duty.target = 'member' AND duties_duty.window_id IN {windows}
  AND m.person_id IN (SELECT g.person_id FROM orgs_membership g WHERE g.until IS NOT NULL)
  AND m.since <= %(as_of)s AND (m.until IS NULL OR m.until > %(as_of)s)
  AND m.organisation_id <> duties_duty.organisation_id
"""
# What was done stays with whoever did it; what is still open passes to the new branch's secretary.
MOVE = (
    "UPDATE duties_duty SET organisation_id = m.organisation_id, path = o.path,"
    " owed_by_id = CASE WHEN done_on IS NULL THEN p.id ELSE owed_by_id END,"
    " handed_over_id = CASE WHEN done_on IS NULL THEN NULL ELSE handed_over_id END" + MOVERS
)
LAPSE_HEADS = """
UPDATE duties_duty SET lapsed_on = %(day)s
WHERE target = 'member' AND window_id IN {windows} AND done_on IS NULL AND lapsed_on IS NULL
  AND person_id IN (SELECT a.head_id FROM answers a WHERE a.head_id IS NOT NULL)
  AND EXISTS (SELECT 1 FROM answers a
              WHERE a.organisation_id = duties_duty.organisation_id AND a.head_id = duties_duty.person_id)
"""
LAPSE_LEFT = """
UPDATE duties_duty SET lapsed_on = %(day)s
WHERE target = 'member' AND window_id IN {windows} AND done_on IS NULL AND lapsed_on IS NULL
  AND person_id IN (SELECT g.person_id FROM orgs_membership g WHERE g.until IS NOT NULL AND g.until <= %(as_of)s)
  AND NOT EXISTS (SELECT 1 FROM orgs_membership m WHERE m.person_id = duties_duty.person_id
                  AND m.since <= %(as_of)s AND (m.until IS NULL OR m.until > %(as_of)s))
"""
LAPSE_DISSOLVED = """
UPDATE duties_duty SET lapsed_on = %(day)s
WHERE target <> 'member' AND window_id IN {windows} AND done_on IS NULL AND lapsed_on IS NULL
  AND organisation_id IN (SELECT o.id FROM orgs_organisation o WHERE o.dissolved IS NOT NULL AND o.dissolved <= %(as_of)s)
"""
REVIVE = """
UPDATE duties_duty SET lapsed_on = NULL
WHERE target = 'member' AND window_id IN {windows} AND lapsed_on IS NOT NULL
  AND EXISTS (SELECT 1 FROM orgs_membership m WHERE m.person_id = duties_duty.person_id
              AND m.since <= %(as_of)s AND (m.until IS NULL OR m.until > %(as_of)s))
  AND NOT EXISTS (SELECT 1 FROM answers a
                  WHERE a.organisation_id = duties_duty.organisation_id AND a.head_id = duties_duty.person_id)
"""
REPLACED = """
UPDATE duties_duty SET path = o.path FROM orgs_organisation o
WHERE o.id = duties_duty.organisation_id AND o.moved_on IS NOT NULL AND duties_duty.path <> o.path
"""

VACANT = """
SELECT o.code, o.name, o.path, COUNT(*)
FROM answers a
JOIN duties_duty d ON d.owed_by_id = a.seat_id AND d.done_on IS NULL AND d.lapsed_on IS NULL
     AND d.window_id IN {windows}
JOIN orgs_organisation o ON o.id = a.organisation_id
WHERE a.head_id IS NULL
GROUP BY o.code, o.name, o.path ORDER BY o.path
"""
# Asked of the vacant seats one by one, by window and place as the duties' index stands: few seats are vacant.
_HAS_DUTY = """
EXISTS (SELECT 1 FROM duties_duty d WHERE d.window_id IN {{windows}} AND d.path = a.path
        AND d.organisation_id = a.organisation_id AND d.target IN ({targets}) {open})
"""
_BODY = _HAS_DUTY.format(targets="'branch', 'unit'", open="")
_WAITING = _HAS_DUTY.format(
    targets="'branch_secretary', 'unit_secretary'", open="AND d.done_on IS NULL AND d.lapsed_on IS NULL"
)
NOBODY_TO_REVIEW = f"""
SELECT o.code, o.name, o.path, CASE WHEN {_WAITING} THEN 1 ELSE 0 END
FROM answers a JOIN orgs_organisation o ON o.id = a.organisation_id
WHERE a.head_id IS NULL AND {_BODY}
ORDER BY o.path
"""
NO_REVIEWER = """
SELECT o.code, o.name, o.path, COUNT(*)
FROM duties_duty d JOIN orgs_organisation o ON o.id = d.organisation_id
WHERE d.window_id IN {windows} AND d.owed_by_id IS NULL AND d.done_on IS NULL AND d.lapsed_on IS NULL
  AND d.target IN ('branch', 'branch_secretary', 'unit', 'unit_secretary')
GROUP BY o.code, o.name, o.path ORDER BY o.path
"""


def listed(windows: list[int]) -> str:
    """Window ids as an SQL list; they are integers of our own."""
    return "(" + ", ".join(str(int(pk)) for pk in windows) + ")" if windows else "(NULL)"


def follow(*, windows: list[int], day: date) -> set[int]:
    """Let the duties of these windows follow whoever moved, left or rose; the windows that changed.

    Each window asks where people stand on the day, or stood on its own last day when that is past.
    """
    changed = _replaced()
    with connection.cursor() as cursor:
        for window, target, due in Window.objects.filter(pk__in=windows).values_list("pk", "target", "due"):
            as_of = min(day, due)
            for sql in _steps(target, ended=due < day):
                cursor.execute(sql.format(windows=listed([window])), {"day": day, "as_of": as_of})
                if cursor.rowcount > 0:
                    changed.add(window)
    return changed


def _steps(target: str, *, ended: bool) -> tuple[str, ...]:
    """What may have to be followed in a window about this class of target."""
    if target != "member":
        return (LAPSE_DISSOLVED,)
    return (MOVE, LAPSE_LEFT) if ended else (MOVE, LAPSE_LEFT, LAPSE_HEADS, REVIVE)


def lately_ended(*, root: int, day: date) -> list[int]:
    """Windows of a programme that ended within a quarter before a day: late news about people still reaches them."""
    ended = Window.objects.filter(root=root, due__lt=day, due__gte=day - timedelta(days=92))
    return list(ended.exclude(target="reviewer").values_list("pk", flat=True))


def _replaced() -> set[int]:
    """After organisations were placed elsewhere in the tree: their duties' copied paths follow, all windows recount."""

    if not Organisation.objects.filter(moved_on__isnull=False).exists():
        return set()
    with connection.cursor() as cursor:
        cursor.execute(REPLACED)
        if cursor.rowcount <= 0:
            return set()
    return set(Window.objects.exclude(target="reviewer").values_list("pk", flat=True))


def move_due(*, window: Window) -> int:
    """Give a window's open duties the due date a later paper set; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE duties_duty SET due = %s WHERE window_id = %s AND done_on IS NULL",
            [window.due, window.pk],
        )
        return int(cursor.rowcount)


def gaps(*, windows: list[int]) -> list[dict[str, Any]]:
    """What stands in these windows with nobody to do it, or nobody to be reviewed; each with a sentence."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(VACANT.format(windows=listed(windows)))
        for code, name, _, count in cursor.fetchall():
            found.append(
                _gap(code, name, count, f"{name}书记空缺，也没有主持工作的副书记，{count} 项应办暂无人办。")
            )
        cursor.execute(NOBODY_TO_REVIEW.format(windows=listed(windows)))
        for code, name, _, waiting in cursor.fetchall():
            then = "等继任者到任后进行" if waiting else "没有对象；任命后从下一期起应点评"
            found.append(_gap(code, name, 0, f"{name}书记空缺，对书记的点评{then}。"))
        cursor.execute(NO_REVIEWER.format(windows=listed(windows)))
        for code, name, _, count in cursor.fetchall():
            found.append(_gap(code, name, count, f"{name}没有不是本人的点评人，{count} 项点评需上级指定。"))
    return found


def _gap(code: str, name: str, duties: int, message: str) -> dict[str, Any]:
    return {"organisation": code, "name": name, "duties": duties, "message": message}
