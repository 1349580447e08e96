"""Open duties follow people: who moved, who left, who became the secretary himself (decisions 0005, 0007, 0008)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypedDict

from django.db import connection

from dianping.common.naming import key_list, literal_list
from dianping.duties.kinds import REVIEWERS
from dianping.duties.models import Duty, Target, Window
from dianping.duties.services.statements import in_contact
from dianping.duties.services.vocabulary import written
from dianping.orgs.models import Organisation

# Each of these is asked of the windows `{windows}`, as people stand on the day %(as_of)s; %(day)s is written where a duty lapses.
# "Somebody who ever left some branch" (an ended membership) is asked first: there is an index of just those, and few.

# Moves the duties about a member to the branch he has gone to. What was done stays with whoever did it; what is still open
# passes to the new branch's secretary, and so does what was handed over.
MOVE = """
UPDATE {Duty} AS d
SET {Duty.organisation} = {m.organisation}, {Duty.path} = {o.path},
    {Duty.owed_by} = CASE WHEN {d.done_on} IS NULL THEN {p.id} ELSE {d.owed_by} END,
    {Duty.owed_by_outsider} = CASE WHEN {d.done_on} IS NULL THEN '' ELSE {d.owed_by_outsider} END,
    {Duty.handed_over} = CASE WHEN {d.done_on} IS NULL THEN NULL ELSE {d.handed_over} END
FROM {Membership} m
JOIN {Organisation} o ON {o.id} = {m.organisation}
JOIN {Post} p ON {p.organisation} = {o.id} AND {p.role} = {role.SECRETARY}
WHERE {m.person} = {d.person} AND {d.target} = {target.MEMBER} AND {d.window} IN {windows}
  AND {m.person} IN (SELECT {n.person} FROM {Membership} n WHERE {n.until} IS NOT NULL)
  AND {m.since} <= %(as_of)s AND ({m.until} IS NULL OR {m.until} > %(as_of)s)
  AND {m.organisation} <> {d.organisation}
"""
# A member who has come to head his branch is no longer reviewed as a member: he is covered from above (decision 0005).
# The heads are asked first: they are few, and the duties about them are found by person.
LAPSE_HEADS = """
UPDATE {Duty} AS d SET {Duty.lapsed_on} = %(day)s
WHERE {d.target} = {target.MEMBER} AND {d.window} IN {windows} AND {d.done_on} IS NULL AND {d.lapsed_on} IS NULL
  AND {d.person} IN (SELECT a.head_id FROM answers a WHERE a.head_id IS NOT NULL)
  AND EXISTS (SELECT 1 FROM answers a WHERE a.organisation_id = {d.organisation} AND a.head_id = {d.person})
"""
# A member who left his branch and stands in none is owed no review (decision 0008).
LAPSE_LEFT = """
UPDATE {Duty} AS d SET {Duty.lapsed_on} = %(day)s
WHERE {d.target} = {target.MEMBER} AND {d.window} IN {windows} AND {d.done_on} IS NULL AND {d.lapsed_on} IS NULL
  AND {d.person} IN (SELECT {n.person} FROM {Membership} n WHERE {n.until} IS NOT NULL AND {n.until} <= %(as_of)s)
  AND NOT EXISTS (SELECT 1 FROM {Membership} m WHERE {m.person} = {d.person}
                  AND {m.since} <= %(as_of)s AND ({m.until} IS NULL OR {m.until} > %(as_of)s))
"""
# What is owed about, or by, an organisation that is dissolved is owed no more; its members' duties have moved with them.
LAPSE_DISSOLVED = """
UPDATE {Duty} AS d SET {Duty.lapsed_on} = %(day)s
WHERE {d.target} <> {target.MEMBER} AND {d.window} IN {windows} AND {d.done_on} IS NULL AND {d.lapsed_on} IS NULL
  AND {d.organisation} IN (SELECT {o.id} FROM {Organisation} o
                           WHERE {o.dissolved} IS NOT NULL AND {o.dissolved} <= %(as_of)s)
"""
# A contact point that is no longer this leader's, or whose leader left his seat, is owed no more by him.
LAPSE_CONTACTS = """
UPDATE {Duty} AS d SET {Duty.lapsed_on} = %(day)s
WHERE {d.target} = {target.CONTACT} AND {d.window} IN {windows} AND {d.done_on} IS NULL AND {d.lapsed_on} IS NULL
  AND NOT EXISTS (SELECT 1 {in_contact} AND {c.post} = {d.leader} AND {c.organisation} = {d.organisation})
"""
# A leader who has come to head his contact point does not review it (decision 0005).
LAPSE_OWN_CONTACTS = """
UPDATE {Duty} AS d SET {Duty.lapsed_on} = %(day)s
WHERE {d.target} = {target.CONTACT} AND {d.window} IN {windows} AND {d.done_on} IS NULL AND {d.lapsed_on} IS NULL
  AND EXISTS (SELECT 1 {in_contact} AND {c.post} = {d.leader} AND {c.organisation} = {d.organisation}
              AND {v.person} = (SELECT a.head_id FROM answers a WHERE a.organisation_id = {d.organisation}))
"""
# A contact point that is this leader's again is owed again.
REVIVE_CONTACTS = """
UPDATE {Duty} AS d SET {Duty.lapsed_on} = NULL
WHERE {d.target} = {target.CONTACT} AND {d.window} IN {windows} AND {d.lapsed_on} IS NOT NULL
  AND EXISTS (SELECT 1 {in_contact} AND {c.post} = {d.leader} AND {c.organisation} = {d.organisation}
              AND EXISTS (SELECT 1 FROM answers a WHERE a.organisation_id = {d.organisation}
                          AND (a.head_id IS NULL OR a.head_id <> {v.person})))
"""
# A member who stands in a branch again, or heads it no longer, is owed his review again.
REVIVE = """
UPDATE {Duty} AS d SET {Duty.lapsed_on} = NULL
WHERE {d.target} = {target.MEMBER} AND {d.window} IN {windows} AND {d.lapsed_on} IS NOT NULL
  AND EXISTS (SELECT 1 FROM {Membership} m WHERE {m.person} = {d.person}
              AND {m.since} <= %(as_of)s AND ({m.until} IS NULL OR {m.until} > %(as_of)s))
  AND NOT EXISTS (SELECT 1 FROM answers a WHERE a.organisation_id = {d.organisation} AND a.head_id = {d.person})
"""
# Brings the copied place of every duty up to date whose organisation was placed elsewhere in the tree, in all windows.
REPLACED = """
UPDATE {Duty} AS d SET {Duty.path} = {o.path} FROM {Organisation} o
WHERE {o.id} = {d.organisation} AND {o.moved_on} IS NOT NULL AND {d.path} <> {o.path}
"""

# Finds the secretary's seats that nobody answers for, and how much of these windows each still owes.
VACANT = """
SELECT {o.code}, {o.name}, {o.path}, COUNT(*)
FROM answers a
JOIN {Duty} d ON {d.owed_by} = a.seat_id AND {d.done_on} IS NULL AND {d.lapsed_on} IS NULL AND {d.window} IN {windows}
JOIN {Organisation} o ON {o.id} = a.organisation_id
WHERE a.head_id IS NULL
GROUP BY {o.code}, {o.name}, {o.path} ORDER BY {o.path}
"""
# Whether some duty of these windows about `{targets}` stands at a place. Asked of the vacant seats one by one, by window and
# place as the duties' index stands: few seats are vacant.
_HAS_DUTY = """
EXISTS (SELECT 1 FROM {Duty} d WHERE {d.window} IN {windows} AND {d.path} = a.path
        AND {d.organisation} = a.organisation_id AND {d.target} IN {targets} {open})
"""
# Finds the organisations under review that nobody heads, and whether (1) or not (0) a review of the next head waits for him.
NOBODY_TO_REVIEW = """
SELECT {o.code}, {o.name}, {o.kind}, CASE WHEN {waiting} THEN 1 ELSE 0 END
FROM answers a JOIN {Organisation} o ON {o.id} = a.organisation_id
WHERE a.head_id IS NULL AND {reviewed}
ORDER BY {o.path}
"""
# Finds the organisations of which reviews stand open with nobody inside to hold them, and how many: everybody above is the
# target himself. That no seat owes them is said too: the duties' index by seat finds them.
NO_REVIEWER = """
SELECT {o.code}, {o.name}, {o.path}, COUNT(*)
FROM {Duty} d JOIN {Organisation} o ON {o.id} = {d.organisation}
WHERE {d.window} IN {windows} AND {d.owed_by} IS NULL AND {d.owed_by_outsider} <> '' AND {d.done_on} IS NULL
  AND {d.lapsed_on} IS NULL AND {d.target} IN {targets}
GROUP BY {o.code}, {o.name}, {o.path} ORDER BY {o.path}
"""


class Gap(TypedDict):
    """What nobody can do, or nobody is there for: the organisation's code and name, how many duties wait, a sentence."""

    organisation: str
    name: str
    duties: int
    message: str


BODIES = (Target.BRANCH, Target.UNIT)
HEADS = (Target.BRANCH_SECRETARY, Target.UNIT_SECRETARY, Target.HEARD)


def follow(*, windows: list[int], day: date) -> set[int]:
    """Let the duties of these windows follow whoever moved, left or rose; the windows that changed.

    Each window asks where people stand on the day, or stood on its own last day when that is past.
    """
    changed = _replaced()
    with connection.cursor() as cursor:
        for window, target, due in Window.objects.filter(pk__in=windows).values_list("pk", "target", "due"):
            as_of = min(day, due)
            for sql in _steps(target, ended=due < day):
                statement = written(sql, windows=key_list([window]), in_contact=in_contact())
                cursor.execute(statement, {"day": day, "as_of": as_of})
                if cursor.rowcount > 0:
                    changed.add(window)
    return changed


def _steps(target: str, *, ended: bool) -> tuple[str, ...]:
    """What may have to be followed in a window about this class of target."""
    if target == Target.CONTACT:
        lapsing = (LAPSE_DISSOLVED, LAPSE_CONTACTS)
        return lapsing if ended else (*lapsing, LAPSE_OWN_CONTACTS, REVIVE_CONTACTS)
    if target != Target.MEMBER:
        return (LAPSE_DISSOLVED,)
    return (MOVE, LAPSE_LEFT) if ended else (MOVE, LAPSE_LEFT, LAPSE_HEADS, REVIVE)


def lately_ended(*, root: int, day: date) -> list[int]:
    """Windows of a programme that ended within a quarter before a day: late news about people still reaches them."""
    ended = Window.objects.filter(root=root, due__lt=day, due__gte=day - timedelta(days=92))
    return list(ended.exclude(target=REVIEWERS).values_list("pk", flat=True))


def _replaced() -> set[int]:
    """After organisations were placed elsewhere in the tree: their duties' copied paths follow, all windows recount."""

    if not Organisation.objects.filter(moved_on__isnull=False).exists():
        return set()
    with connection.cursor() as cursor:
        cursor.execute(written(REPLACED))
        if cursor.rowcount <= 0:
            return set()
    return set(Window.objects.exclude(target=REVIEWERS).values_list("pk", flat=True))


def move_due(*, window: Window) -> int:
    """Give a window's open duties the due date a later paper set; how many."""
    return Duty.objects.filter(window=window, done_on=None).update(due=window.due)


def move_opens(*, window: Window) -> int:
    """Give a window's open duties the first day a later paper set; how many."""
    return Duty.objects.filter(window=window, done_on=None).update(opens=window.opens, due=window.due)


def gaps(*, windows: list[int], in_time: Mapping[str, date], day: date) -> list[Gap]:
    """What stands in these windows with nobody to do it, or nobody to be reviewed; each with a sentence. `in_time`: by kind of
    organisation the last day on which a new secretary is still due in a one-off round among them."""
    lacking, listed = [], key_list(windows)
    with connection.cursor() as cursor:
        cursor.execute(written(VACANT, windows=listed))
        for code, name, _, count in cursor.fetchall():
            lacking.append(
                _gap(code, name, count, f"{name}书记空缺，也没有主持工作的副书记，{count} 项应办暂无人办。")
            )
        cursor.execute(_nobody_to_review(listed))
        for code, name, kind, waiting in cursor.fetchall():
            last = in_time.get(kind, date.min)
            from_next = "没有对象；任命后从下一期起应点评"
            in_round = f"没有对象；{last} 以前（含当日）任命的在这一轮应点评，其后任命的从下一期起"
            then = "等继任者到任后进行" if waiting else in_round if day <= last else from_next
            lacking.append(_gap(code, name, 0, f"{name}书记空缺，对书记的点评{then}。"))
        cursor.execute(written(NO_REVIEWER, windows=listed, targets=literal_list([*BODIES, *HEADS])))
        for code, name, _, count in cursor.fetchall():
            lacking.append(_gap(code, name, count, f"{name}没有不是本人的点评人，{count} 项点评需上级指定。"))
    return lacking


def _nobody_to_review(windows: str) -> str:
    open_one = written("AND {d.done_on} IS NULL AND {d.lapsed_on} IS NULL")
    return written(
        NOBODY_TO_REVIEW,
        waiting=written(_HAS_DUTY, windows=windows, targets=literal_list(HEADS), open=open_one),
        reviewed=written(_HAS_DUTY, windows=windows, targets=literal_list(BODIES), open=""),
    )


def _gap(code: str, name: str, duties: int, message: str) -> Gap:
    return {"organisation": code, "name": name, "duties": duties, "message": message}
