"""Facts for 《领导点评工作情况统计表》: every figure a count of rows, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from dianping.base.kinds import COUNTED_AS, counted_as
from dianping.common import trees
from dianping.duties.models import Duty, Kind, Target
from dianping.duties.models.duty import SECRETARY_TARGETS
from dianping.ledgers.rules import LevelFigures, Measure, MeasureFigure, StatisticsFacts
from dianping.ledgers.selectors.masses import has_words, polls_in
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.opinions.rules import PollKind
from dianping.opinions.selectors import raw_counts, turnout_of
from dianping.rectification.models import Item, State
from dianping.rectification.selectors import as_of, items_of_period
from dianping.reviews.models import Mode, Review

LEVELS = (
    *(("党组织", line, "个") for line in COUNTED_AS),
    *(("书记", line, "人") for line in COUNTED_AS),
    ("", "党员", "人"),
)
ABOUT_GROUP = {"organisation": "党组织", "secretary": "书记", "member": ""}
# As what somebody is reviewed by a duty, as a review says it itself: one who is heard is reviewed as the secretary he is.
CAPACITY = Case(
    When(target=Target.MEMBER, then=Value("member")),
    When(target__in=SECRETARY_TARGETS, then=Value("secretary")),
    default=Value("organisation"),
    output_field=CharField(),
)
MODES = {
    Measure.COLLECTIVE: Mode.COLLECTIVE,
    Measure.INDIVIDUAL: Mode.INDIVIDUAL,
    Measure.ON_SITE: Mode.ON_SITE,
    Measure.RANDOM: Mode.RANDOM,
}
Counts = dict[tuple[str, str], dict[Measure, int]]


def _level(about: str, kind: str) -> tuple[str, str]:
    if about == "member":
        return "", "党员"
    return ABOUT_GROUP[about], counted_as(kind)


def statistics_facts(scope: LedgerScope) -> StatisticsFacts:
    """The return of a subtree for a period, as of the day of drawing."""
    counts: Counts = defaultdict(lambda: dict.fromkeys(_BY_LEVEL, 0))
    _count_duties(scope, counts)
    _count_reviews(scope, counts)
    _count_problems(scope, counts)
    opened = duties_counted(scope).exists()
    levels = []
    for at, (group, level, unit) in enumerate(LEVELS):
        of_level = counts[(group, level)]
        figures = {
            m: MeasureFigure(n, behind(m, str(at), n))
            for m, n in of_level.items()
            if opened or m not in _OWED
        }
        levels.append(LevelFigures(level, group, unit, figures))
    return StatisticsFacts(scope.heading, tuple(levels), _overall(scope), _carried(scope))


def _carried(scope: LedgerScope) -> int:
    """Problems the rectification log lists although they were raised before the period."""
    listed = items_of_period(
        scope.organisation.path, opens=scope.period.opens, due=scope.until, day=scope.day
    )
    return listed.filter(opened_on__lt=scope.period.opens).count()


def behind(measure: Measure, level: str, count: int) -> str:
    """The key under which a figure's records are looked up (ledgers.selectors.behind); "" where there are none."""
    return f"figure:{measure}/{level}" if count else ""


_OWED = (
    Measure.TARGETS_DUE,
    Measure.DUTIES_DUE,
    Measure.ON_TIME,
    Measure.LATE_ENTRY,
    Measure.NOT_YET_DUE,
    Measure.OVERDUE,
)
_BY_LEVEL = (
    *_OWED,
    Measure.TARGETS_REVIEWED,
    Measure.EVENTS,
    *MODES,
    Measure.PERIODIC,
    Measure.AD_HOC,
    Measure.PROBLEMS_RAISED,
    Measure.PROBLEMS_CLOSED,
    Measure.PROBLEMS_OPEN,
    Measure.PROBLEMS_UNRESOLVED,
)


def duties_counted(scope: LedgerScope) -> QuerySet[Duty]:
    """Review duties owed inside that fall due in the period; contact points are counted on a line of their own."""
    return owed_inside(scope).exclude(target=Target.CONTACT)


def owed_inside(scope: LedgerScope) -> QuerySet[Duty]:
    """Review duties owed inside that fall due in the period, contact points among them."""
    return Duty.objects.filter(
        **scope.below, kind=Kind.REVIEW, lapsed_on=None, due__range=(scope.period.opens, scope.period.due)
    ).exclude(owed_by=None)


def contacts_counted(scope: LedgerScope) -> QuerySet[Duty]:
    """The reviews of contact points among them."""
    return owed_inside(scope).filter(target=Target.CONTACT)


def duties_of_seats(scope: LedgerScope) -> QuerySet[Duty]:
    """The same duties, taken by the seats that owe them: who reviews sits in this organisation or below."""
    top = scope.organisation.path
    return Duty.objects.filter(
        kind=Kind.REVIEW,
        lapsed_on=None,
        due__range=(scope.period.opens, scope.period.due),
        owed_by__organisation__path__gte=top,
        owed_by__organisation__path__lt=trees.after(top),
    )


def reviews_counted(scope: LedgerScope) -> QuerySet[Review]:
    """Reviews held in the period and entered by the day of drawing."""
    return Review.objects.filter(
        **scope.below,
        filed=True,
        happened_on__range=(scope.period.opens, scope.period.due),
        entered_at__date__lte=scope.day,
    )


def problems_counted(scope: LedgerScope) -> QuerySet[Item]:
    """Problems raised in the period, with the state they had on the day of drawing (`state_then`)."""
    raised = Item.objects.filter(**scope.below, opened_on__range=(scope.period.opens, scope.until))
    return as_of(raised, day=scope.day)


def reports_counted(scope: LedgerScope) -> QuerySet[Duty]:
    """Written reports demanded in the period."""
    return Duty.objects.filter(
        **scope.below, kind=Kind.REPORT, lapsed_on=None, opens__range=(scope.period.opens, scope.until)
    )


def duty_conditions(scope: LedgerScope) -> dict[Measure, Q]:
    """Which review duties each measure counts; a target counts once however many duties are about it."""
    done = Q(entered_on__lte=scope.day)
    return {
        Measure.TARGETS_DUE: Q(),
        Measure.DUTIES_DUE: Q(),
        Measure.ON_TIME: Q(on_time=True) & done,
        Measure.LATE_ENTRY: Q(on_time=False) & done,
        Measure.OVERDUE: ~done_by(scope) & Q(due__lt=scope.day),
        Measure.NOT_YET_DUE: ~done_by(scope) & Q(due__gte=scope.day),
    }


def review_conditions() -> dict[Measure, Q]:
    """Which reviews each measure counts."""
    return {
        Measure.TARGETS_REVIEWED: Q(),
        Measure.EVENTS: Q(),
        **{measure: Q(mode=mode) for measure, mode in MODES.items()},
        Measure.PERIODIC: Q(regular=True),
        Measure.AD_HOC: Q(regular=False),
    }


PROBLEM_CONDITIONS = {
    Measure.PROBLEMS_RAISED: Q(),
    Measure.PROBLEMS_CLOSED: Q(state_then=State.CLOSED),
    Measure.PROBLEMS_UNRESOLVED: Q(state_then=State.UNRESOLVED),
    Measure.PROBLEMS_OPEN: ~Q(state_then__in=[State.CLOSED, State.UNRESOLVED]),
}


def _count_duties(scope: LedgerScope, counts: Counts) -> None:
    counted = {f"n_{m}": Count("pk", filter=q) for m, q in duty_conditions(scope).items() if m in _OWED[1:]}
    for row in (
        duties_counted(scope)
        .annotate(capacity=CAPACITY)
        .values("capacity", "organisation__kind")
        .annotate(
            people=Count("person", distinct=True),
            organisations=Count("organisation", distinct=True, filter=Q(person=None)),
            **counted,
        )
        .order_by()
    ):
        of_level = counts[_level(row["capacity"], row["organisation__kind"])]
        of_level[Measure.TARGETS_DUE] += row["people"] + row["organisations"]
        _add(of_level, row, counted)


def done_by(scope: LedgerScope) -> Q:
    """What was entered as done by the day of drawing."""
    return Q(done_on__isnull=False, entered_on__lte=scope.day)


def _add(of_level: dict[Measure, int], row: Mapping[str, Any], counted: Iterable[str]) -> None:
    """Add up the counts `n_<measure>` of one row; a measure's own name may be a column's."""
    for name in counted:
        of_level[Measure(name.removeprefix("n_"))] += row[name]


def _count_reviews(scope: LedgerScope, counts: Counts) -> None:
    conditions = review_conditions()
    counted = {
        f"n_{m}": Count("pk", filter=q) for m, q in conditions.items() if m != Measure.TARGETS_REVIEWED
    }
    for row in (
        reviews_counted(scope)
        .values("about", "organisation__kind")
        .annotate(
            people=Count("person", distinct=True),
            organisations=Count("organisation", distinct=True, filter=Q(person=None)),
            **counted,
        )
        .order_by()
    ):
        of_level = counts[_level(row["about"], row["organisation__kind"])]
        of_level[Measure.TARGETS_REVIEWED] += row["people"] + row["organisations"]
        _add(of_level, row, counted)


def _count_problems(scope: LedgerScope, counts: Counts) -> None:
    counted = {f"n_{m}": Count("pk", filter=q) for m, q in PROBLEM_CONDITIONS.items()}
    rows = problems_counted(scope).values("about", "organisation__kind").annotate(**counted).order_by()
    for row in rows:
        of_level = counts[_level(row["about"], row["organisation__kind"])]
        _add(of_level, row, counted)


def whole(measure: Measure, count: int) -> MeasureFigure:
    """A figure of the organisation as a whole, which stands in the column of the total."""
    return MeasureFigure(count, behind(measure, "all", count))


def _overall(scope: LedgerScope) -> dict[Measure, MeasureFigure]:
    """Figures of the organisation as a whole: reviewers, written reports, what the masses said."""
    seats = (
        duties_of_seats(scope).values("owed_by").annotate(open=Count("pk", filter=~done_by(scope))).order_by()
    )
    opens = [row["open"] for row in seats]
    reports = reports_counted(scope)
    figures: dict[Measure, MeasureFigure] = {}
    if opens:
        figures[Measure.REVIEWERS_DUE] = whole(Measure.REVIEWERS_DUE, len(opens))
        figures[Measure.REVIEWERS_COMPLETE] = whole(Measure.REVIEWERS_COMPLETE, opens.count(0))
    contacts = contacts_counted(scope)
    counted = contacts.aggregate(due=Count("pk"), done=Count("pk", filter=done_by(scope)))
    if counted["due"]:
        figures[Measure.CONTACTS_DUE] = whole(Measure.CONTACTS_DUE, counted["due"])
        figures[Measure.CONTACTS_DONE] = whole(Measure.CONTACTS_DONE, counted["done"])
    figures[Measure.REPORTS_OWED] = whole(Measure.REPORTS_OWED, reports.count())
    figures[Measure.REPORTS_FILED] = whole(Measure.REPORTS_FILED, reports.filter(done_by(scope)).count())
    return figures | _of_masses(scope)


def _of_masses(scope: LedgerScope) -> dict[Measure, MeasureFigure]:
    """Opinions, and valid ballots of appraisals; left out where nobody was asked, or too few answered to keep words."""
    figures: dict[Measure, MeasureFigure] = {}
    opinions, appraisals = polls_in(scope, PollKind.OPINION), polls_in(scope, PollKind.APPRAISAL)
    if any(map(has_words, opinions)):
        figures[Measure.OPINIONS] = whole(Measure.OPINIONS, raw_counts(opinions)["raw"])
    if appraisals:
        figures[Measure.BALLOTS] = whole(
            Measure.BALLOTS, sum(turnout_of(poll).valid or 0 for poll in appraisals)
        )
    return figures
