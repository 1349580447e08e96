"""Facts for 《领导点评工作情况统计表》: every figure a count of rows, in a fixed number of queries."""

from collections import defaultdict

from django.db.models import Count, Q

from dianping.base.kinds import COUNTED_AS, counted_as
from dianping.common import trees
from dianping.duties.models import Duty, Kind, Target
from dianping.ledgers.rules import LevelFigures, Measure, MeasureFigure, StatisticsFacts
from dianping.ledgers.selectors.masses import has_words, polls_in
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.opinions.rules import PollKind
from dianping.opinions.selectors import raw_counts, turnout_of
from dianping.rectification.models import Item, State
from dianping.rectification.selectors import as_of
from dianping.reviews.models import Mode, Review

LEVELS = (
    *(("党组织", line, "个") for line in COUNTED_AS),
    *(("书记", line, "人") for line in COUNTED_AS),
    ("", "党员", "人"),
)
ABOUT_GROUP = {"organisation": "党组织", "secretary": "书记", "member": ""}
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
    opened = _duties(scope).exists()
    levels = []
    for group, level, unit in LEVELS:
        of_level = counts[(group, level)]
        figures = {m: MeasureFigure(n) for m, n in of_level.items() if opened or m not in _OWED}
        levels.append(LevelFigures(level, group, unit, figures))
    return StatisticsFacts(scope.heading, tuple(levels), _overall(scope))


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


def _duties(scope: LedgerScope):  # type: ignore[no-untyped-def]
    """Review duties owed inside that fall due in the period; contact points are counted on a line of their own."""
    return _owed_inside(scope).exclude(target=Target.CONTACT)


def _owed_inside(scope: LedgerScope):  # type: ignore[no-untyped-def]
    return Duty.objects.filter(
        **scope.below, kind=Kind.REVIEW, lapsed_on=None, due__range=(scope.period.opens, scope.period.due)
    ).exclude(owed_by=None)


def _duties_of_seats(scope: LedgerScope):  # type: ignore[no-untyped-def]
    """The same duties, taken by the seats that owe them: who reviews sits in this organisation or below."""
    top = scope.organisation.path
    return Duty.objects.filter(
        kind=Kind.REVIEW,
        lapsed_on=None,
        due__range=(scope.period.opens, scope.period.due),
        owed_by__organisation__path__gte=top,
        owed_by__organisation__path__lt=trees.after(top),
    )


def _count_duties(scope: LedgerScope, counts: Counts) -> None:
    done = Q(entered_on__lte=scope.day)
    for row in (
        _duties(scope)
        .values("target", "organisation__kind")
        .annotate(
            people=Count("person", distinct=True),
            organisations=Count("organisation", distinct=True, filter=Q(person=None)),
            owed=Count("pk"),
            n_on_time=Count("pk", filter=Q(on_time=True) & done),
            n_late=Count("pk", filter=Q(on_time=False) & done),
            overdue=Count("pk", filter=~_done(scope) & Q(due__lt=scope.day)),
        )
        .order_by()
    ):
        about = (
            "member"
            if row["target"] == "member"
            else "secretary"
            if row["target"].endswith("secretary")
            else "organisation"
        )
        of_level = counts[_level(about, row["organisation__kind"])]
        of_level[Measure.TARGETS_DUE] += row["people"] + row["organisations"]
        of_level[Measure.DUTIES_DUE] += row["owed"]
        of_level[Measure.ON_TIME] += row["n_on_time"]
        of_level[Measure.LATE_ENTRY] += row["n_late"]
        of_level[Measure.OVERDUE] += row["overdue"]
        of_level[Measure.NOT_YET_DUE] += row["owed"] - row["n_on_time"] - row["n_late"] - row["overdue"]


def _done(scope: LedgerScope) -> Q:
    return Q(done_on__isnull=False, entered_on__lte=scope.day)


def _count_reviews(scope: LedgerScope, counts: Counts) -> None:
    reviews = Review.objects.filter(
        **scope.below,
        filed=True,
        happened_on__range=(scope.period.opens, scope.period.due),
        entered_at__date__lte=scope.day,
    )
    modes = {m.value: Count("pk", filter=Q(mode=mode)) for m, mode in MODES.items()}
    for row in (
        reviews.values("about", "organisation__kind")
        .annotate(
            people=Count("person", distinct=True),
            organisations=Count("organisation", distinct=True, filter=Q(person=None)),
            events=Count("pk"),
            periodic=Count("pk", filter=Q(regular=True)),
            **modes,
        )
        .order_by()
    ):
        of_level = counts[_level(row["about"], row["organisation__kind"])]
        of_level[Measure.TARGETS_REVIEWED] += row["people"] + row["organisations"]
        of_level[Measure.EVENTS] += row["events"]
        of_level[Measure.PERIODIC] += row["periodic"]
        of_level[Measure.AD_HOC] += row["events"] - row["periodic"]
        for measure in MODES:
            of_level[measure] += int(str(row.get(measure.value, 0)))


def _count_problems(scope: LedgerScope, counts: Counts) -> None:
    raised_in = (scope.period.opens, scope.until)
    items = as_of(Item.objects.filter(**scope.below, opened_on__range=raised_in), day=scope.day)
    for row in (
        items.values("about", "organisation__kind")
        .annotate(
            raised=Count("pk"),
            closed=Count("pk", filter=Q(state_then=State.CLOSED)),
            unresolved=Count("pk", filter=Q(state_then=State.UNRESOLVED)),
        )
        .order_by()
    ):
        of_level = counts[_level(row["about"], row["organisation__kind"])]
        of_level[Measure.PROBLEMS_RAISED] += row["raised"]
        of_level[Measure.PROBLEMS_CLOSED] += row["closed"]
        of_level[Measure.PROBLEMS_UNRESOLVED] += row["unresolved"]
        of_level[Measure.PROBLEMS_OPEN] += row["raised"] - row["closed"] - row["unresolved"]


def _overall(scope: LedgerScope) -> dict[Measure, MeasureFigure]:
    """Figures of the organisation as a whole: reviewers, written reports, what the masses said."""
    seats = (
        _duties_of_seats(scope).values("owed_by").annotate(open=Count("pk", filter=~_done(scope))).order_by()
    )
    opens = [row["open"] for row in seats]
    reports = Duty.objects.filter(
        **scope.below, kind=Kind.REPORT, lapsed_on=None, opens__range=(scope.period.opens, scope.until)
    )
    figures: dict[Measure, MeasureFigure] = {}
    if opens:
        figures[Measure.REVIEWERS_DUE] = MeasureFigure(len(opens))
        figures[Measure.REVIEWERS_COMPLETE] = MeasureFigure(opens.count(0))
    contacts = _owed_inside(scope).filter(target=Target.CONTACT)
    counted = contacts.aggregate(due=Count("pk"), done=Count("pk", filter=_done(scope)))
    if counted["due"]:
        figures[Measure.CONTACTS_DUE] = MeasureFigure(counted["due"])
        figures[Measure.CONTACTS_DONE] = MeasureFigure(counted["done"])
    figures[Measure.REPORTS_OWED] = MeasureFigure(reports.count())
    figures[Measure.REPORTS_FILED] = MeasureFigure(reports.filter(_done(scope)).count())
    return figures | _of_masses(scope)


def _of_masses(scope: LedgerScope) -> dict[Measure, MeasureFigure]:
    """Opinions, and valid ballots of appraisals; left out where nobody was asked, or too few answered to keep words."""
    figures: dict[Measure, MeasureFigure] = {}
    opinions, appraisals = polls_in(scope, PollKind.OPINION), polls_in(scope, PollKind.APPRAISAL)
    if any(map(has_words, opinions)):
        figures[Measure.OPINIONS] = MeasureFigure(raw_counts(opinions)["raw"])
    if appraisals:
        figures[Measure.BALLOTS] = MeasureFigure(sum(turnout_of(poll).valid or 0 for poll in appraisals))
    return figures
