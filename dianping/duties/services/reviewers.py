"""Who answers for whom on a day, for a whole subtree at once.

The rule one organisation at a time is told by an oracle of the tests (`tests/duties/oracle_of_reviewers.py`), which asks it of
random trees and holds this one to it. Basis: 豫创组办发〔2010〕26号 一 (原则上按照党组织隶属关系和领导分工进行); decisions
0004 (the leader in charge before the superior's secretary), 0005 (nobody reviews himself), 0007 (a vacant seat passes to the
deputy in charge).
"""

from datetime import date
from typing import Literal

from django.db import connection

from dianping.common import trees
from dianping.duties.services.vocabulary import written
from dianping.programmes.rules import IN_CHARGE, SUPERIOR_SECRETARY

# One row an organisation: its secretary's seat and whoever heads it; the leader in charge of it; the same two of its superior;
# the secretary two levels up. A seat that nobody holds has no head. `at_top` and `covered` are 1 or 0.
TABLE = """
CREATE TEMPORARY TABLE answers (
    organisation_id bigint PRIMARY KEY, path varchar(160), kind varchar(10), at_top integer, covered integer,
    founded date,
    seat_id bigint, head_id bigint,
    in_charge_id bigint, in_charge_head bigint, superior_id bigint, superior_head bigint,
    above_id bigint, above_head bigint, upper_id bigint, upper_head bigint
)
"""

# Finds that row for every organisation of a subtree that stands on the day. Posts and tenures are walked once for all of them:
# asking for each organisation would look up six seats a row.
FILL = """
INSERT INTO answers
WITH holder AS (
    -- who holds each seat that day; a vacant seat is here too, with nobody
    SELECT {p.id} AS post_id, {p.organisation} AS organisation_id, {p.role} AS role, {t.person} AS person_id
    FROM {Post} p
    LEFT JOIN {Tenure} t ON {t.post} = {p.id} AND {t.since} <= %(day)s AND ({t.until} IS NULL OR {t.until} > %(day)s)
), seat AS (
    -- the secretary's seat with whoever heads the organisation: its holder, else the deputy in charge (decision 0007)
    SELECT s.organisation_id, s.post_id, COALESCE(s.person_id, a.person_id) AS head_id
    FROM holder s
    LEFT JOIN holder a ON a.organisation_id = s.organisation_id AND a.role = {role.ACTING}
    WHERE s.role = {role.SECRETARY}
), first_charge AS (
    -- the leader in charge, where his seat is held: a leader is in charge as a person; the first seat, should there be two
    SELECT {c.organisation} AS organisation_id, MIN({c.post}) AS post_id
    FROM {Charge} c JOIN holder h ON h.post_id = {c.post} AND h.person_id IS NOT NULL
    WHERE {c.kind} = {charge.IN_CHARGE} AND {c.since} <= %(day)s AND ({c.until} IS NULL OR {c.until} > %(day)s)
    GROUP BY {c.organisation}
), charge AS (
    SELECT f.organisation_id, f.post_id, h.person_id AS head_id
    FROM first_charge f JOIN holder h ON h.post_id = f.post_id
)
SELECT {o.id}, {o.path}, {o.kind}, CASE WHEN {o.parent} IS NULL THEN 1 ELSE 0 END,
       CASE WHEN {o.path} = %(covered)s THEN 1 ELSE 0 END, {o.founded},
       own.post_id, own.head_id, own_charge.post_id, own_charge.head_id,
       superior.post_id, superior.head_id, superior_charge.post_id, superior_charge.head_id,
       upper_seat.post_id, upper_seat.head_id
FROM {Organisation} o
LEFT JOIN seat own ON own.organisation_id = {o.id}
LEFT JOIN charge own_charge ON own_charge.organisation_id = {o.id}
LEFT JOIN {Organisation} u ON {u.id} = {o.parent}
LEFT JOIN seat superior ON superior.organisation_id = {u.id}
LEFT JOIN charge superior_charge ON superior_charge.organisation_id = {u.id}
LEFT JOIN seat upper_seat ON upper_seat.organisation_id = {u.parent}
WHERE {o.path} >= %(path)s AND {o.path} < %(after)s AND ({o.dissolved} IS NULL OR {o.dissolved} > %(day)s)
"""
# Takes out what lies strictly below an organisation that adopted a programme of its own: it answers under that one.
LEAVE_OUT = "DELETE FROM answers WHERE path > %(top)s AND path < %(after)s"
# Takes the table away: temporary, but the connection is kept.
DROP = "DROP TABLE IF EXISTS answers"

# The relations in the order a responsibility names them; whoever is himself the head of the target is passed
# over (decision 0005), first for the leader in charge of the unit above, then for the secretary two levels up.
RELATIONS = {
    IN_CHARGE: (("in_charge_id", "in_charge_head"),),
    SUPERIOR_SECRETARY: (
        ("superior_id", "superior_head"),
        ("above_id", "above_head"),
        ("upper_id", "upper_head"),
    ),
}


def fill_answers(*, path: str, nested: tuple[str, ...], day: date, covered: str = "") -> None:
    """Fill the temporary table `answers` for a subtree; what lies strictly below `nested` is left out.

    `covered` is the place whose own review is ordered by a programme above.
    """
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute(TABLE)
        cursor.execute(
            written(FILL), {"day": day, "path": path, "after": trees.after(path), "covered": covered}
        )
        for below in nested:
            cursor.execute(LEAVE_OUT, {"top": below, "after": trees.after(below)})
    let_planner_know("answers")


def let_planner_know(table: str) -> None:
    """Let PostgreSQL look at what this transaction has filled; it would plan for an empty table and loop over millions."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Counts rows and values, here and now; what is left to the database comes after the transaction.
            cursor.execute(f"ANALYZE {table}")


def drop_answers() -> None:
    """Leave no temporary table behind on a kept connection."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)


def reviewer_sql(
    reviewers: tuple[str, ...], *, head: str = "a.head_id", give: Literal["seat", "holder"] = "seat"
) -> str:
    """An expression over `answers` a for the seat (or whoever holds it) that reviews the organisation or its secretary: the first of the relations
    whose seat there is and whose holder is not `head`, who must not review because he heads the organisation. A vacant seat
    still owes. "NULL" for no relations; so is the value where everybody above is the head himself.
    """
    cases = [
        f"WHEN a.{seat} IS NOT NULL AND (a.{holder} IS NULL OR {head} IS NULL OR a.{holder} <> {head})"
        f" THEN a.{seat if give == 'seat' else holder}"
        for relation in reviewers
        for seat, holder in RELATIONS[relation]
    ]
    return f"CASE {' '.join(cases)} END" if cases else "NULL"
