"""Who had a reviewer before a change and has none after it, by kind of organisation (decision 0063).

A change is an adoption (a programme begins, or ends) or a roster (an import, organisations placed elsewhere or dissolved). For each of
the last quarter the rules of the day before it are asked of today's organisations, or today's rules of the organisations of the day
before: what the one changed is not hidden by the other. Nobody is asked one by one; a member is reached where his branch is.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypedDict

from django.db import connection
from django.db.models import F, Max

from dianping.duties.models import Target
from dianping.duties.services import reviewers
from dianping.duties.services.vocabulary import written
from dianping.orgs.models import Organisation, RosterTaken
from dianping.programmes.models import Adoption
from dianping.programmes.rules import CONTACT, Responsibility, Rule
from dianping.programmes.selectors import adoptions_on, programmes_in_force

LOOKS_BACK = timedelta(days=92)
MOST_CHANGES = 6  # of each kind, the newest
NONE_NAMED, NOBODY_ELSE, VACANT, REACHED, NOBODY_THERE = -1, 0, 1, 2, 3

# Who is reached by some programme, one row an organisation and what is reviewed of it: before a change (`side` 0) or now (1).
TABLE = """
CREATE TEMPORARY TABLE reached (side integer, day date, about varchar(12), target varchar(20), organisation_id bigint, state integer)
"""
# Takes it away, also one that a broken opening left behind.
DROP = "DROP TABLE IF EXISTS reached"
# Finds the organisations one responsibility speaks of, and whether somebody answers for the review: 2 somebody does, 1 his seat is
# vacant, 0 everybody above is the target himself, 3 there is nobody to be reviewed.
REACH = """
INSERT INTO reached
SELECT %(side)s, %(day)s, %(about)s, %(target)s, a.organisation_id,
       CASE WHEN {nobody_there} THEN 3 WHEN {holder} IS NOT NULL THEN 2 WHEN {seat} IS NOT NULL THEN 1 ELSE %(outside)s END
FROM answers a WHERE a.kind IN {kinds} AND (%(about)s = 'member' OR (a.at_top = %(top)s AND a.covered = 0))
"""
# Finds, by class of target and kind of organisation, how many organisations and secretaries were reached before and are not now.
LOST = """
SELECT b.target, {o.kind}, COALESCE(now.state, -1), COUNT(*)
FROM (SELECT about, MIN(target) AS target, organisation_id FROM reached WHERE side = 0 AND state = 2 AND about <> 'member'
      GROUP BY about, organisation_id) b
JOIN {Organisation} o ON {o.id} = b.organisation_id
LEFT JOIN (SELECT about, organisation_id, MAX(state) AS state FROM reached WHERE side = 1 GROUP BY about, organisation_id) now
     ON now.about = b.about AND now.organisation_id = b.organisation_id
WHERE ({o.dissolved} IS NULL OR {o.dissolved} > %(day)s) AND COALESCE(now.state, -1) < 2
GROUP BY b.target, {o.kind}, COALESCE(now.state, -1)
"""
# Finds the same of members: who stands today in a branch that is not reached, does not head it, and stood in one that was.
LOST_MEMBERS = """
SELECT {target.MEMBER}, {o.kind}, COALESCE(x.state, -1), COUNT(DISTINCT {m.person})
FROM {Membership} m JOIN {Organisation} o ON {o.id} = {m.organisation}
LEFT JOIN (SELECT organisation_id, MAX(state) AS state FROM reached WHERE side = 1 AND about = 'member' GROUP BY organisation_id) x
     ON x.organisation_id = {m.organisation}
WHERE {m.since} <= %(day)s AND ({m.until} IS NULL OR {m.until} > %(day)s) AND COALESCE(x.state, -1) < 2
  AND NOT EXISTS (SELECT 1 FROM {Tenure} t JOIN {Post} p ON {p.id} = {t.post} WHERE {t.person} = {m.person}
                  AND {p.organisation} = {m.organisation} AND {p.role} IN ({role.SECRETARY}, {role.ACTING})
                  AND {t.since} <= %(day)s AND ({t.until} IS NULL OR {t.until} > %(day)s))
  AND EXISTS (SELECT 1 FROM {Membership} n JOIN reached b ON b.organisation_id = {n.organisation}
              WHERE {n.person} = {m.person} AND b.side = 0 AND b.state = 2 AND b.about = 'member'
              AND {n.since} <= b.day AND ({n.until} IS NULL OR {n.until} > b.day))
GROUP BY {o.kind}, COALESCE(x.state, -1)
"""


class Uncovered(TypedDict):
    """A class of target that lost its reviewers: its key, how many, and why, with the kinds of organisation."""

    target: str
    count: int
    why: str


@dataclass(slots=True)
class _Lost:
    count: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


def uncovered(*, day: date) -> list[Uncovered]:
    """Who had a reviewer before the changes of the last quarter and has none on a day; [] where nothing changed."""
    befores = _before_adoptions(day) + _before_rosters(day)
    if not befores:
        return []
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute(TABLE)
    for rules_of, people_of in befores:
        _reach(0, rules_of=rules_of, people_of=people_of)
    _reach(1, rules_of=day, people_of=day)
    reviewers.let_planner_know("reached")
    lost: dict[tuple[str, int], _Lost] = {}
    with connection.cursor() as cursor:
        for statement in (LOST, LOST_MEMBERS):
            cursor.execute(written(statement), {"day": day})
            for target, kind, state, count in cursor.fetchall():
                group = lost.setdefault((target, int(state)), _Lost())
                group.count += count
                group.kinds[kind] = group.kinds.get(kind, 0) + count
        cursor.execute(DROP)
    reviewers.drop_answers()
    order = {target: at for at, target in enumerate(Target.values)}
    return [
        {"target": target, "count": group.count, "why": _why(group, state, day)}
        for (target, state), group in sorted(lost.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    ]


def _before_adoptions(day: date) -> list[tuple[date, date]]:
    """The days before a programme began or ended, each with today's organisations."""
    rows = Adoption.objects.filter(in_force__lte=day).values_list("in_force", "until")
    changes = {changed for row in rows for changed in row if changed is not None}
    return [(before, day) for before in _newest(changes, day) if adoptions_on(before).exists()]


def _before_rosters(day: date) -> list[tuple[date, date]]:
    """Today's rules with the organisations of the days before a roster was taken, or one was moved or dissolved."""
    if not adoptions_on(day).exists():
        return []
    changes: set[date] = set(RosterTaken.objects.values_list("taken_on", flat=True))
    for name in ("moved_on", "dissolved"):
        changed = Organisation.objects.filter(**{f"{name}__lte": day}).aggregate(newest=Max(F(name)))
        changes |= {changed["newest"]} - {None}
    return [(day, before) for before in _newest(changes, day)]


def _newest(changes: set[date], day: date) -> list[date]:
    late = sorted((changed for changed in changes if day - LOOKS_BACK < changed <= day), reverse=True)
    return [changed - timedelta(days=1) for changed in late[:MOST_CHANGES]]


def _reach(side: int, *, rules_of: date, people_of: date) -> None:
    """Note who is reached by the rules of one day, as people and organisations stand on another."""
    for in_force in programmes_in_force(rules_of):
        root = in_force.organisation
        covered = root.path if in_force.from_above else ""
        reviewers.fill_answers(path=root.path, nested=in_force.nested, day=people_of, covered=covered)
        ordered = {code for rule in in_force.programme.rules for code in rule.about}
        for duty in in_force.programme.responsibilities:
            if duty.code not in ordered or CONTACT in duty.reviewers:
                continue
            if duty.place == "top" and root.parent_id is not None:
                continue
            outside = REACHED if duty.place == "top" and in_force.programme.outside else NOBODY_ELSE
            values: dict[str, str | int | date] = {"side": side, "day": people_of, "outside": outside}
            _reach_one(duty, _kinds_ordered(duty, in_force.programme.rules), values)


def _kinds_ordered(duty: Responsibility, rules: tuple[Rule, ...]) -> frozenset[str]:
    """The kinds of organisation a responsibility is ordered for by some rule."""
    ordered: frozenset[str] = frozenset()
    for rule in rules:
        if duty.code in rule.about:
            ordered |= duty.kinds & rule.kinds if rule.kinds else duty.kinds
    return ordered


def _reach_one(duty: Responsibility, kinds: frozenset[str], values: dict[str, str | int | date]) -> None:
    if not kinds:
        return
    names: dict[str, str | int | date] = {f"kind{n}": kind for n, kind in enumerate(sorted(kinds))}
    of_members = duty.about == "member"
    statement = written(
        REACH,
        kinds="(" + ", ".join(f"%({name})s" for name in names) + ")",
        seat="a.seat_id" if of_members else reviewers.reviewer_sql(duty.reviewers),
        holder="a.head_id" if of_members else reviewers.reviewer_sql(duty.reviewers, give="holder"),
        nobody_there="a.head_id IS NULL" if duty.about == "secretary" else "1 = 0",
    )
    asked: dict[str, str | int | date] = {
        "about": duty.about,
        "target": duty.target,
        "top": int(duty.place == "top"),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, **asked, **names})


def _why(group: _Lost, state: int, day: date) -> str:
    kinds = "、".join(f"{kind} {count}" for kind, count in sorted(group.kinds.items()))
    if state == NONE_NAMED:
        papers = "、".join(dict.fromkeys(row.amended_by or row.number for row in adoptions_on(day)))
        reason = f"施行中的方案（{papers}）没有规定由谁点评，原来有"
    elif state == VACANT:
        reason = "应当点评的职务空缺，也没有主持工作的副书记，原来有人"
    else:
        reason = "上面能点评的都是本人，需上级指定，原来有别人"
    return f"{kinds}：{reason}"
