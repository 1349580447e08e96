"""The statements that open duties: one a line of the programme, however many people it concerns."""

from django.db import connection

# On SQLite a statement that fails takes the whole transaction back; it then keeps no copy of every page it changes,
# which for a province is half a gigabyte held in memory.
OR_ROLLBACK = {"sqlite": "OR ROLLBACK"}

_COLUMNS = """
INSERT {or_rollback} INTO duties_duty (kind, target, window_id, organisation_id, path, person_id, owed_by_id, opens, due)
"""
# A target already owed in another programme's window of the same rule and day is not owed twice.
_ELSEWHERE = """
  AND NOT EXISTS (SELECT 1 FROM duties_duty z WHERE z.window_id IN {elsewhere} AND z.lapsed_on IS NULL AND {same})
"""

# A member is owed a review when he stood in some branch on the day the window opened (decision 0008), by the
# secretary of the branch he stands in now; the secretary himself is covered from above (decision 0005).
MEMBERS = (
    _COLUMNS
    + """
SELECT 'review', 'member', %(window)s, a.organisation_id, a.path, m.person_id, a.seat_id, %(opens)s, %(due)s
FROM answers a JOIN orgs_membership m ON m.organisation_id = a.organisation_id
WHERE a.kind IN {kinds} AND m.since <= %(day)s AND (m.until IS NULL OR m.until > %(day)s)
  AND (a.head_id IS NULL OR m.person_id <> a.head_id)
  AND (m.since <= %(opens)s OR EXISTS (
        SELECT 1 FROM orgs_membership e
        WHERE e.person_id = m.person_id AND e.since <= %(opens)s AND (e.until IS NULL OR e.until > %(opens)s)))
{elsewhere} ON CONFLICT DO NOTHING
"""
)
HEADS = (
    _COLUMNS
    + """
SELECT 'review', %(target)s, %(window)s, a.organisation_id, a.path, CAST({person} AS bigint),
       CAST({reviewer} AS bigint), %(opens)s, %(due)s
FROM answers a
WHERE a.kind IN {kinds} AND a.founded <= %(opens)s AND a.at_top = %(top)s AND a.covered = 0 {held}
{elsewhere} ON CONFLICT DO NOTHING
"""
)
PAPERS = (
    _COLUMNS
    + """
SELECT 'paper', 'paper', %(window)s, a.organisation_id, a.path, NULL, a.seat_id, %(opens)s, %(due)s
FROM answers a WHERE a.kind IN {kinds} AND a.founded <= %(opens)s AND a.covered = 0
{elsewhere} ON CONFLICT DO NOTHING
"""
)
_HEADED = """
    FROM orgs_tenure e JOIN orgs_post p ON p.id = e.post_id
    WHERE p.organisation_id = a.organisation_id AND p.role IN ('secretary', 'acting')"""
# A secretary is owed a review when somebody headed the organisation as the window opened; who fills a seat that was
# vacant then is due from the next window (decisions 0007, 0008).
HELD = (
    f"AND EXISTS (SELECT 1 {_HEADED} AND e.since <= %(opens)s AND (e.until IS NULL OR e.until > %(opens)s))"
)
# Whoever heads it, else whoever did last: the duty waits for his successor.
HEAD = f"COALESCE(a.head_id, (SELECT e.person_id {_HEADED} ORDER BY e.since DESC, e.id DESC LIMIT 1))"
# An open duty follows a new leader in charge and a new secretary; a vacated seat leaves the person as he was, and what
# was handed over stays with the seat it was handed to.
FOLLOW_HEADS = """
UPDATE duties_duty
SET owed_by_id = CASE WHEN duties_duty.handed_over_id IS NULL THEN {reviewer} ELSE duties_duty.owed_by_id END,
    person_id = {person}
FROM answers a
WHERE duties_duty.window_id = %(window)s AND duties_duty.organisation_id = a.organisation_id
  AND duties_duty.done_on IS NULL
  AND ((duties_duty.handed_over_id IS NULL AND duties_duty.owed_by_id IS DISTINCT FROM {reviewer}) OR duties_duty.person_id IS DISTINCT FROM {person})
"""
# A unit that adopted its own paper takes its open duties over from the window above, with the nearer date.
TAKE_OVER = """
UPDATE duties_duty SET window_id = %(window)s, due = %(due)s
WHERE window_id IN {elsewhere} AND done_on IS NULL AND lapsed_on IS NULL
  AND path > %(root)s AND path < %(after)s
"""


def elsewhere(windows: str, *, about: str) -> str:
    """The clause that keeps a target from being owed twice; "" when no other window of the kind is there."""
    if not windows:
        return ""
    same = "z.person_id = m.person_id" if about == "member" else "z.organisation_id = a.organisation_id"
    return _ELSEWHERE.format(elsewhere=windows, same=same)


def written(sql: str, **parts: str) -> str:
    """A statement with its parts filled in, as the database in use wants it."""
    return sql.format(or_rollback=OR_ROLLBACK.get(connection.vendor, ""), **parts)
