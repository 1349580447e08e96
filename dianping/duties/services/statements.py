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

# Opens the reviews of members. One is owed about whoever stands in a branch today and stood in some branch since the window
# opened, having come by %(joined)s: the day it opened, in a one-off round the last day on which enough is left of it (decisions
# 0008, 0063). The secretary of the branch he stands in now owes it; he himself is covered from above (decision 0005). That he
# stands here since that day is asked first: for nearly all it spares the second look.
MEMBERS = (
    _COLUMNS
    + """
SELECT {kind.REVIEW}, {target.MEMBER}, %(window)s, a.organisation_id, a.path, {m.person},
       a.seat_id, CASE WHEN a.seat_id IS NULL THEN %(outsider)s ELSE '' END, %(opens)s, %(due)s
FROM answers a JOIN {Membership} m ON {m.organisation} = a.organisation_id
WHERE a.kind IN {kinds} AND {m.since} <= %(day)s AND ({m.until} IS NULL OR {m.until} > %(day)s)
  AND (a.head_id IS NULL OR {m.person} <> a.head_id)
  AND ({m.since} <= %(joined)s OR EXISTS (
        SELECT 1 FROM {Membership} n
        WHERE {n.person} = {m.person} AND {n.since} <= %(joined)s AND ({n.until} IS NULL OR {n.until} > %(opens)s)))
{elsewhere} ON CONFLICT DO NOTHING
"""
)
# Opens the reviews of organisations, or of their secretaries: `{held}` says which of them are due, `{subject}` who heads the
# organisation and must not review it, `{person}` whom it is about, `{reviewer}` which seat owes it. Only what was founded by
# %(joined)s, as above; `top` asks for the top itself or for what is below it; what a programme above orders already is left to it.
# Materialized, so that neither is worked out once for every place it is named in.
HEADS = (
    _COLUMNS
    + """
WITH due AS MATERIALIZED (
    SELECT a.*, {subject} AS subject
    FROM answers a
    WHERE a.kind IN {kinds} AND a.founded <= %(joined)s AND a.at_top = %(top)s AND a.covered = 0 {held}
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
# Finds the leaders whose contact points (联系点) organisations are as of a day: the seat held, and by somebody who does not head the
# organisation himself (decision 0005); a leader is in contact as a person, as he is in charge.
_IN_CONTACT = """
    FROM {Charge} c JOIN {Tenure} v ON {v.post} = {c.post} AND {v.since} <= %(as_of)s
         AND ({v.until} IS NULL OR {v.until} > %(as_of)s)
    WHERE {c.kind} = {charge.CONTACT} AND {c.since} <= %(as_of)s AND ({c.until} IS NULL OR {c.until} > %(as_of)s)"""
# Finds whether a leader l heads the organisation a himself as of a day: as its secretary, or as the deputy in charge of a seat that
# is vacant. `answers` cannot say it: it stands on the day of opening, and the window may have ended before.
_HEADS_IT = """
  EXISTS (SELECT 1 FROM {Tenure} t JOIN {Post} p ON {p.id} = {t.post}
          WHERE {p.organisation} = a.organisation_id AND {t.person} = l.head_id
            AND {t.since} <= %(as_of)s AND ({t.until} IS NULL OR {t.until} > %(as_of)s)
            AND ({p.role} = {role.SECRETARY} OR ({p.role} = {role.ACTING} AND NOT EXISTS (
                  SELECT 1 FROM {Tenure} v JOIN {Post} p ON {p.id} = {v.post}
                  WHERE {p.organisation} = a.organisation_id AND {p.role} = {role.SECRETARY}
                    AND {v.since} <= %(as_of)s AND ({v.until} IS NULL OR {v.until} > %(as_of)s)))))"""
# Opens the reviews of contact points: each leader owes one of each of his own, several leaders of the same one each his own. A
# charge begun within the window is due in it when it came in time (%(joined)s), or took the place of one that stood in the window;
# not when the contact point has been reviewed as such already (decision 0063).
CONTACTS = (
    """
INSERT {or_rollback} INTO {Duty} ({Duty.kind}, {Duty.target}, {Duty.window}, {Duty.organisation}, {Duty.path}, {Duty.owed_by},
    {Duty.owed_by_outsider}, {Duty.leader}, {Duty.opens}, {Duty.due})
SELECT {kind.REVIEW}, {target.CONTACT}, %(window)s, a.organisation_id, a.path, l.post_id, '', l.post_id, %(opens)s, %(due)s
FROM answers a JOIN (SELECT {c.organisation} AS organisation_id, {c.post} AS post_id, {v.person} AS head_id, {c.since} AS since"""
    + _IN_CONTACT
    + """) l ON l.organisation_id = a.organisation_id
WHERE a.kind IN {kinds} AND a.founded <= %(joined)s AND a.at_top = 0 AND a.covered = 0
  AND NOT"""
    + _HEADS_IT
    + """
  AND (l.since <= %(opens)s OR (
        (l.since <= %(joined)s OR EXISTS (
            SELECT 1 FROM {Charge} e WHERE {e.organisation} = a.organisation_id AND {e.kind} = {charge.CONTACT}
              AND {e.since} <= l.since AND {e.until} > %(opens)s AND {e.until} <= %(as_of)s))
        AND NOT EXISTS (SELECT 1 FROM {Duty} d WHERE {d.window} = %(window)s AND {d.organisation} = a.organisation_id
              AND {d.target} = {target.CONTACT} AND {d.done_on} IS NOT NULL AND {d.lapsed_on} IS NULL)))
{elsewhere} ON CONFLICT DO NOTHING
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
# A secretary is owed a review when somebody headed the organisation as the window opened, or since by %(joined)s; who fills a seat
# that was vacant till later is due from the next window (decisions 0007, 0008, 0063).
_HELD = (
    "AND EXISTS (SELECT 1"
    + _HEADED
    + " AND {t.since} <= %(joined)s AND ({t.until} IS NULL OR {t.until} > %(opens)s))"
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


def in_contact() -> str:
    """The leaders in contact with organisations as of a day, from FROM on: of charges c and the tenures v that hold their seats."""
    return written(_IN_CONTACT)


def elsewhere(windows: str, *, about: str) -> str:
    """The clause that keeps a target from being owed twice; "" when no other window of the kind is there."""
    if not windows:
        return ""
    same = {
        "member": "{z.person} = {m.person}",
        "contact": "{z.organisation} = a.organisation_id AND {z.leader} = l.post_id",
    }.get(about, "{z.organisation} = a.organisation_id")
    return written(_ELSEWHERE, windows=windows, same=written(same))
