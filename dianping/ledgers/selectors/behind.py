"""Behind a figure of the statistics return: the records it counts, by the very conditions it is counted with."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from dianping.base.kinds import KINDS, counted_as
from dianping.duties.models import Target
from dianping.duties.models.duty import SECRETARY_TARGETS
from dianping.ledgers.rules import Measure
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.selectors.statistics import (
    CAPACITY,
    LEVELS,
    PROBLEM_CONDITIONS,
    contacts_counted,
    done_by,
    duties_counted,
    duties_of_seats,
    duty_conditions,
    problems_counted,
    reports_counted,
    review_conditions,
    reviews_counted,
)
from dianping.opinions.rules import PollKind
from dianping.opinions.selectors import polls_opened_in
from dianping.orgs.models import Post

WHOLE = "all"  # the column of the total
DISTINCT = frozenset(
    {Measure.TARGETS_DUE, Measure.TARGETS_REVIEWED}
)  # count targets, list what is about them


@dataclass(frozen=True, slots=True)
class Behind:
    """`rows` of one kind ("duty", "review", "item", "report", "seat", "poll"), unordered."""

    kind: str
    rows: QuerySet[Any]


def level_name(level: str) -> str | None:
    """A column of the return as it is called; None where there is no such column."""
    if level == WHOLE:
        return "合计"
    if not (level.isascii() and level.isdecimal() and len(level) < 4 and int(level) < len(LEVELS)):
        return None
    group, name, _ = LEVELS[int(level)]
    return f"{group}（{name}）" if group else name


def records_behind(scope: LedgerScope, measure: Measure, level: str) -> Behind | None:
    """The records one figure counts. `level`: the number of its column from 0, or "all". None for a cell that has none."""
    if level_name(level) is None:
        return None
    if measure in duty_conditions(scope):
        duties = duties_counted(scope).filter(duty_conditions(scope)[measure])
        return Behind("duty", duties.filter(_duty_level(level)))
    if measure in review_conditions():
        reviews = reviews_counted(scope).filter(review_conditions()[measure])
        return Behind("review", reviews.filter(_about_level(level)))
    if measure in PROBLEM_CONDITIONS:
        items = problems_counted(scope).filter(PROBLEM_CONDITIONS[measure])
        return Behind("item", items.filter(_about_level(level)))
    return _of_the_whole(scope, measure) if level == WHOLE else None


def targets_behind(behind: Behind) -> int:
    """How many targets the duties or reviews behind a figure are about: a person once in each capacity, and every
    organisation reviewed as itself."""
    rows: QuerySet[Any] = behind.rows
    people = rows.exclude(person=None).annotate(capacity=CAPACITY if behind.kind == "duty" else F("about"))
    organisations = rows.filter(person=None).values("organisation").distinct()
    return int(people.values("capacity", "person").distinct().count() + organisations.count())


def _of_the_whole(scope: LedgerScope, measure: Measure) -> Behind:
    if measure in (Measure.REPORTS_OWED, Measure.REPORTS_FILED):
        reports = reports_counted(scope)
        return Behind(
            "report", reports if measure == Measure.REPORTS_OWED else reports.filter(done_by(scope))
        )
    if measure in (Measure.CONTACTS_DUE, Measure.CONTACTS_DONE):
        contacts = contacts_counted(scope)
        return Behind(
            "duty", contacts if measure == Measure.CONTACTS_DUE else contacts.filter(done_by(scope))
        )
    if measure in (Measure.REVIEWERS_DUE, Measure.REVIEWERS_COMPLETE):
        # Each seat that owes, with how many of its duties are open.
        counted = duties_of_seats(scope).values("owed_by").annotate(left=Count("pk", filter=~done_by(scope)))
        if measure == Measure.REVIEWERS_COMPLETE:
            counted = counted.filter(left=0)
        seats = Post.objects.filter(pk__in=counted.values("owed_by")).annotate(path=F("organisation__path"))
        return Behind("seat", seats)
    kind = PollKind.OPINION if measure == Measure.OPINIONS else PollKind.APPRAISAL
    path = scope.organisation.path
    return Behind("poll", polls_opened_in(path=path, opens=scope.period.opens, due=scope.until, kinds=[kind]))


def _kinds(line: str) -> list[str]:
    return [kind.label for kind in KINDS if counted_as(kind.label) == line]


def _duty_level(level: str) -> Q:
    """Duties of one column: about members, or about secretaries or organisations of some kinds."""
    if level == WHOLE:
        return Q()
    group, line, _ = LEVELS[int(level)]
    if not group:
        return Q(target=Target.MEMBER)
    secretary = Q(target__in=SECRETARY_TARGETS)
    of_kind = Q(organisation__kind__in=_kinds(line))
    return of_kind & (secretary if group == "书记" else ~secretary & ~Q(target=Target.MEMBER))


def _about_level(level: str) -> Q:
    """The same of reviews and problems, which say what they are about."""
    if level == WHOLE:
        return Q()
    group, line, _ = LEVELS[int(level)]
    if not group:
        return Q(about="member")
    return Q(about="secretary" if group == "书记" else "organisation", organisation__kind__in=_kinds(line))
