"""Who answers for whom on a day, for a whole subtree at once.

The same rule as `rules.responsibility`, written as one statement over sets; a test holds the two together.
"""

from datetime import date

from django.db import connection

from dianping.common import trees

TABLE = """
CREATE TEMPORARY TABLE answers (
    organisation_id bigint PRIMARY KEY, path varchar(160), kind varchar(10), at_top integer, covered integer,
    founded date,
    seat_id bigint, head_id bigint,
    in_charge_id bigint, in_charge_head bigint, superior_id bigint, superior_head bigint,
    above_id bigint, above_head bigint, upper_id bigint, upper_head bigint
)
"""

# holder: who holds each seat that day; seat: the secretary's seat with whoever heads it, the acting deputy
# where it is vacant (decision 0007); charge: the leader in charge, where that leader's seat is held.
FILL = """
INSERT INTO answers
WITH holder AS (
    SELECT p.id AS post_id, p.organisation_id, p.role, t.person_id
    FROM orgs_post p
    LEFT JOIN orgs_tenure t ON t.post_id = p.id AND t.since <= %(day)s AND (t.until IS NULL OR t.until > %(day)s)
), seat AS (
    SELECT s.organisation_id, s.post_id, COALESCE(s.person_id, a.person_id) AS head_id
    FROM holder s
    LEFT JOIN holder a ON a.organisation_id = s.organisation_id AND a.role = 'acting'
    WHERE s.role = 'secretary'
), first_charge AS (
    SELECT c.organisation_id, MIN(c.post_id) AS post_id
    FROM orgs_charge c JOIN holder h ON h.post_id = c.post_id AND h.person_id IS NOT NULL
    WHERE c.kind = 'in_charge' AND c.since <= %(day)s AND (c.until IS NULL OR c.until > %(day)s)
    GROUP BY c.organisation_id
), charge AS (
    SELECT f.organisation_id, f.post_id, h.person_id AS head_id
    FROM first_charge f JOIN holder h ON h.post_id = f.post_id
)
SELECT o.id, o.path, o.kind, CASE WHEN o.parent_id IS NULL THEN 1 ELSE 0 END,
       CASE WHEN o.path = %(covered)s THEN 1 ELSE 0 END, o.founded,
       s.post_id, s.head_id, c.post_id, c.head_id, u.post_id, u.head_id, uc.post_id, uc.head_id, g.post_id, g.head_id
FROM orgs_organisation o
LEFT JOIN seat s ON s.organisation_id = o.id
LEFT JOIN charge c ON c.organisation_id = o.id
LEFT JOIN orgs_organisation p ON p.id = o.parent_id
LEFT JOIN seat u ON u.organisation_id = p.id
LEFT JOIN charge uc ON uc.organisation_id = p.id
LEFT JOIN seat g ON g.organisation_id = p.parent_id
WHERE o.path >= %(path)s AND o.path < %(after)s AND (o.dissolved IS NULL OR o.dissolved > %(day)s)
"""

# The relations in the order a responsibility names them; whoever is himself the head of the target is passed
# over (decision 0005), first for the leader in charge of the unit above, then for the secretary two levels up.
RELATIONS = {
    "in_charge": (("in_charge_id", "in_charge_head"),),
    "superior_secretary": (
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
        cursor.execute("DROP TABLE IF EXISTS answers")
        cursor.execute(TABLE)
        cursor.execute(FILL, {"day": day, "path": path, "after": trees.after(path), "covered": covered})
        for below in nested:
            cursor.execute("DELETE FROM answers WHERE path > %s AND path < %s", [below, trees.after(below)])
    let_planner_know("answers")


def let_planner_know(table: str) -> None:
    """Let PostgreSQL look at what this transaction has filled; it would plan for an empty table and loop over millions."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")


def drop_answers() -> None:
    """Leave no temporary table behind on a kept connection."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS answers")


def reviewer_sql(reviewers: tuple[str, ...], *, head: str = "a.head_id") -> str:
    """An expression over `answers` for the seat that reviews the organisation or its secretary.

    `head` says who must not review: whoever heads the organisation.
    """
    cases = [
        f"WHEN a.{seat} IS NOT NULL AND (a.{holder} IS NULL OR {head} IS NULL OR a.{holder} <> {head}) THEN a.{seat}"
        for relation in reviewers
        for seat, holder in RELATIONS[relation]
    ]
    return f"CASE {' '.join(cases)} END" if cases else "NULL"
