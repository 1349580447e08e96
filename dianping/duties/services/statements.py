"""The statements that open duties: one a line of the programme, however many people it concerns.

They read the temporary table `answers` a (`reviewers.py`). `{kinds}` are the kinds of organisation a line is about, `{elsewhere}`
the condition `elsewhere()` makes. What stands already stays: each has a unique constraint behind it, so opening twice adds
nothing.
"""

from dianping.duties.services.vocabulary import written

# Whoever owes: the seat, else the outsider named by the window, else nobody yet (decision 0052).
_COLUMNS = """
INSERT {or_rollback} INTO {Duty} ({Duty.kind}, {Duty.target}, {Duty.window}, {Duty.organisation}, {Duty.path}, {Duty.person},
    {Duty.owed_by}, {Duty.owed_by_outsider}, {Duty.opens}, {Duty.due})
"""
# A target already owed in another programme's window of the same rule and day is not owed twice.
_ELSEWHERE = """
  AND NOT EXISTS (SELECT 1 FROM {Duty} z WHERE {z.window} IN {windows} AND {z.lapsed_on} IS NULL AND {same})
"""

# Opens the reviews of members. One is owed about whoever stands in a branch today and stood in some branch on the day the
# window opened (decision 0008), by the secretary of the branch he stands in now; the secretary himself is covered from
# above (decision 0005). That he stands here since that day is asked first: for nearly all it spares the second look.
MEMBERS = (
    _COLUMNS
    + """
SELECT {kind.REVIEW}, {target.MEMBER}, %(window)s, a.organisation_id, a.path, {m.person},
       a.seat_id, CASE WHEN a.seat_id IS NULL THEN %(outsider)s ELSE '' END, %(opens)s, %(due)s
FROM answers a JOIN {Membership} m ON {m.organisation} = a.organisation_id
WHERE a.kind IN {kinds} AND {m.since} <= %(day)s AND ({m.until} IS NULL OR {m.until} > %(day)s)
  AND (a.head_id IS NULL OR {m.person} <> a.head_id)
  AND ({m.since} <= %(opens)s OR EXISTS (
        SELECT 1 FROM {Membership} n
        WHERE {n.person} = {m.person} AND {n.since} <= %(opens)s AND ({n.until} IS NULL OR {n.until} > %(opens)s)))
{elsewhere} ON CONFLICT DO NOTHING
"""
)
# Opens the reviews of organisations, or of their secretaries: `{held}` says which of them are due, `{subject}` who heads the
# organisation and must not review it, `{person}` whom it is about, `{reviewer}` which seat owes it. Only what stood when the
# window opened; `top` asks for the top itself or for what is below it; what a programme above orders already is left to it.
# Materialized, so that neither is worked out once for every place it is named in.
HEADS = (
    _COLUMNS
    + """
WITH due AS MATERIALIZED (
    SELECT a.*, {subject} AS subject
    FROM answers a
    WHERE a.kind IN {kinds} AND a.founded <= %(opens)s AND a.at_top = %(top)s AND a.covered = 0 {held}
    {elsewhere}
), reviewed AS MATERIALIZED (
    SELECT a.organisation_id, a.path, CAST({person} AS bigint) AS person_id, CAST({reviewer} AS bigint) AS seat_id
    FROM due a
)
SELECT {kind.REVIEW}, %(target)s, %(window)s, x.organisation_id, x.path, x.person_id,
       x.seat_id, CASE WHEN x.seat_id IS NULL THEN %(outsider)s ELSE '' END, %(opens)s, %(due)s
FROM reviewed x
WHERE true ON CONFLICT DO NOTHING
"""
)
# Opens the papers, and what is prepared for a hearing: each organisation of these kinds owes its own, by its secretary's seat.
PAPERS = (
    _COLUMNS
    + """
SELECT %(kind)s, %(kind)s, %(window)s, a.organisation_id, a.path, CAST(NULL AS bigint),
       a.seat_id, CASE WHEN a.seat_id IS NULL THEN %(outsider)s ELSE '' END, %(opens)s, %(due)s
FROM answers a WHERE a.kind IN {kinds} AND a.founded <= %(opens)s AND a.covered = 0
{elsewhere} ON CONFLICT DO NOTHING
"""
)
# Opens the duty to hold a hearing: the organisation that adopted the paper owes it, by its secretary's seat.
HOLD = (
    _COLUMNS
    + """
SELECT {kind.HEARING}, {kind.HEARING}, %(window)s, a.organisation_id, a.path, CAST(NULL AS bigint),
       a.seat_id, CASE WHEN a.seat_id IS NULL THEN %(outsider)s ELSE '' END, %(opens)s, %(due)s
FROM answers a WHERE a.organisation_id = %(root)s ON CONFLICT DO NOTHING
"""
)
# The tenures that ever made somebody head of the organisation: in the secretary's seat or as the deputy in charge.
_HEADED = """
    FROM {Tenure} t JOIN {Post} p ON {p.id} = {t.post}
    WHERE {p.organisation} = a.organisation_id AND {p.role} IN ({role.SECRETARY}, {role.ACTING})"""
# A secretary is owed a review when somebody headed the organisation as the window opened; who fills a seat that was
# vacant then is due from the next window (decisions 0007, 0008).
_HELD = (
    "AND EXISTS (SELECT 1"
    + _HEADED
    + " AND {t.since} <= %(opens)s AND ({t.until} IS NULL OR {t.until} > %(opens)s))"
)
# Whoever heads it, else whoever did last: the duty waits for his successor.
_HEAD = "COALESCE(a.head_id, (SELECT {t.person}" + _HEADED + " ORDER BY {t.since} DESC, {t.id} DESC LIMIT 1))"
# Lets the open duties of a window follow a new leader in charge and a new secretary. A vacated seat leaves the person as he
# was, and what was handed over stays with the seat it was handed to. Only rows that change are written: each is a record.
FOLLOW_HEADS = """
UPDATE {Duty} AS d
SET {Duty.owed_by} = CASE WHEN {d.handed_over} IS NULL THEN {reviewer} ELSE {d.owed_by} END,
    {Duty.owed_by_outsider} = CASE WHEN {d.handed_over} IS NOT NULL THEN {d.owed_by_outsider}
                                   WHEN {reviewer} IS NOT NULL THEN ''
                                   WHEN {d.owed_by} IS NULL THEN {d.owed_by_outsider} ELSE %(outsider)s END,
    {Duty.person} = {person}
FROM answers a
WHERE {d.window} = %(window)s AND {d.organisation} = a.organisation_id AND {d.done_on} IS NULL
  AND (({d.handed_over} IS NULL AND {d.owed_by} IS DISTINCT FROM {reviewer}) OR {d.person} IS DISTINCT FROM {person})
"""


def head() -> str:
    """An expression over `answers` a: whoever heads the organisation, or did last."""
    return written(_HEAD)


def held() -> str:
    """The condition over `answers` a that somebody headed the organisation as the window opened."""
    return written(_HELD)


def elsewhere(windows: str, *, about: str) -> str:
    """The clause that keeps a target from being owed twice; "" when no other window of the kind is there."""
    if not windows:
        return ""
    same = "{z.person} = {m.person}" if about == "member" else "{z.organisation} = a.organisation_id"
    return written(_ELSEWHERE, windows=windows, same=written(same))
