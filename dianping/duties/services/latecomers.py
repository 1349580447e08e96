"""Who joined a one-off round too late to be due in it: named, with the reason (decision 0063)."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.db import connection

from dianping.duties.selectors.latecomers import too_late
from dianping.duties.services.following import Gap
from dianping.duties.services.statements import held
from dianping.duties.services.vocabulary import written
from dianping.programmes.rules import CONTACT, RuleLine

NAMED = 5  # people of one branch named in a sentence

# Finds the members under a line who came after the last day in time for it (%(joined)s), and stood nowhere in the round before.
LATE_MEMBERS = """
SELECT {o.code}, {o.name}, {o.path}, {m.since}, {q.name}
FROM answers a JOIN {Membership} m ON {m.organisation} = a.organisation_id
JOIN {Person} q ON {q.id} = {m.person} JOIN {Organisation} o ON {o.id} = a.organisation_id
WHERE a.kind IN {kinds} AND {m.since} > %(joined)s AND {m.since} <= %(day)s AND ({m.until} IS NULL OR {m.until} > %(day)s)
  AND (a.head_id IS NULL OR {m.person} <> a.head_id)
  AND NOT EXISTS (SELECT 1 FROM {Membership} n WHERE {n.person} = {m.person} AND {n.since} <= %(joined)s
                  AND ({n.until} IS NULL OR {n.until} > %(opens)s))
ORDER BY {o.path}, {m.since}, {m.id}
"""
# Finds the organisations under a line that were founded after that day.
LATE_BODIES = """
SELECT {o.code}, {o.name}, {o.path}, a.founded, ''
FROM answers a JOIN {Organisation} o ON {o.id} = a.organisation_id
WHERE a.kind IN {kinds} AND a.at_top = 0 AND a.covered = 0 AND a.founded > %(joined)s AND a.founded <= %(day)s
ORDER BY {o.path}
"""
# Finds the secretaries under a line who came to a seat that nobody had held in the round by that day.
LATE_HEADS = """
SELECT {o.code}, {o.name}, {o.path}, (
    SELECT MIN({t.since}) FROM {Tenure} t JOIN {Post} p ON {p.id} = {t.post}
    WHERE {p.organisation} = a.organisation_id AND {t.person} = a.head_id AND {t.since} > %(joined)s), {q.name}
FROM answers a JOIN {Organisation} o ON {o.id} = a.organisation_id JOIN {Person} q ON {q.id} = a.head_id
WHERE a.kind IN {kinds} AND a.at_top = 0 AND a.covered = 0 AND a.founded <= %(joined)s AND NOT ({held})
ORDER BY {o.path}
"""


def latecomers(lines: Iterable[RuleLine], *, day: date) -> list[Gap]:
    """Who is not due in the rounds among these lines because he came too late, by organisation, each with a sentence."""
    gaps: list[Gap] = []
    for line in lines:
        if line.days_left is None or CONTACT in line.responsibility.reviewers or day <= line.joins_until:
            continue
        about = line.responsibility.about
        if about == "member":
            rows = _rows(LATE_MEMBERS, line, day)
            for (code, name), some in groupby(rows, key=lambda row: (row[0], row[1])):
                came = list(some)
                people = "、".join(str(row[4]) for row in came[:NAMED])
                more = f"等 {len(came)} 名党员" if len(came) > NAMED else ""
                gaps.append(_gap(code, name, f"{name}的{people}{more}{_when(came[0][3])}起在这里", line))
        elif about == "organisation":
            for code, name, _, founded, _ in _rows(LATE_BODIES, line, day):
                gaps.append(_gap(code, name, f"{name}{_when(founded)}成立", line))
        else:
            for code, name, _, since, person in _rows(LATE_HEADS, line, day):
                gaps.append(_gap(code, name, f"{name}书记{person}{_when(since)}到任，此前空缺", line))
    return gaps


def _rows(sql: str, line: RuleLine, day: date) -> list[tuple[str, str, str, object, str]]:
    names = {f"kind{n}": kind for n, kind in enumerate(sorted(line.kinds))}
    statement = written(
        sql, kinds="(" + ", ".join(f"%({name})s" for name in names) + ")", held=held().removeprefix("AND ")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement, {"joined": line.joins_until, "opens": line.window.opens, "day": day, **names}
        )
        return list(cursor.fetchall())


def _gap(code: str, name: str, who: str, line: RuleLine) -> Gap:
    return {"organisation": code, "name": name, "duties": 0, "message": f"{who}，{too_late(line)}。"}


def _when(day: object) -> str:
    return f" {day if isinstance(day, str) else str(day)} "
