"""The figures a bulletin begins with, from the same selectors the board stands on; a fixed number of queries."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count

from dianping.base.windows import Window, period_name
from dianping.bulletins.models import ModelCase
from dianping.bulletins.rules.body import BulletinFigures, TargetGroup
from dianping.bulletins.selectors.bulletins import within
from dianping.duties.selectors import Coverage, Figures, coverage_board, current_windows
from dianping.duties.selectors.coverage import GROUP_OF
from dianping.orgs.models import Organisation
from dianping.rectification.models import State
from dianping.rectification.selectors import items_of_period

# What is counted once by one rule, and what a count under several rules is called.
GROUPS = (
    ("党组织", "organisations", ("个", "项")),
    ("党组织书记", "secretaries", ("人", "人次")),
    ("党员", "members", ("人", "人次")),
)


def figures_of(organisation: Organisation, *, period: Window, today: date) -> BulletinFigures:
    """Coverage of an organisation and the level below, its items by state, its cases by kind; as of the period's end."""
    day = min(today, period.due)
    own, below = coverage_board(organisation, day=day)
    rules = _rules(day)
    return BulletinFigures(
        day=day,
        period=period_name(period),
        below=tuple(coverage.organisation.short_name for coverage in below),
        groups=tuple(_group(name, key, units, own, below, rules[key]) for name, key, units in GROUPS),
        problems=_problems(organisation, period, day),
        cases=_cases(organisation, period),
    )


def _group(
    name: str, key: str, units: tuple[str, str], own: Coverage, below: list[Coverage], rules: int
) -> TargetGroup:
    return TargetGroup(
        name=name,
        unit=units[rules > 1],
        own=_row(own.groups[key]),
        below=tuple(_row(coverage.groups[key]) for coverage in below),
        people=key != "organisations",
        rules=max(rules, 1),
    )


def _row(figures: Figures) -> tuple[int, ...]:
    return (figures.due, figures.on_time, figures.late, figures.pending, figures.overdue)


def _rules(day: date) -> Counter[str]:
    """How many rules count the same target at once, by group: a secretary reviewed in a round and each quarter is one."""
    by_target: dict[str, set[str]] = {}
    for window in current_windows(day=day):
        by_target.setdefault(window.target, set()).add(window.rule)
    most: Counter[str] = Counter()
    for target, rules in by_target.items():
        group = GROUP_OF.get(target, "")
        most[group] = max(most[group], len(rules))
    return most


def _problems(organisation: Organisation, period: Window, day: date) -> tuple[tuple[str, int], ...]:
    items: Any = items_of_period(organisation.path, opens=period.opens, due=period.due, day=day)
    counts = dict(items.prefetch_related(None).order_by().values_list("state_then").annotate(Count("pk")))
    return tuple((str(state.label), counts.get(state.value, 0)) for state in State)


def _cases(organisation: Organisation, period: Window) -> tuple[tuple[str, int, bool], ...]:
    """(what, how many, whether they are people), from the reviews of the period."""
    checked = ModelCase.objects.filter(
        within([organisation.path]),
        state__in=[ModelCase.State.CHECKED, ModelCase.State.PUBLISHED],
        review__happened_on__range=(period.opens, period.due),
    )
    people = checked.filter(kind=ModelCase.Kind.EXEMPLAR, person__isnull=False).values("person").distinct()
    bodies = checked.filter(kind=ModelCase.Kind.EXEMPLAR, person=None)
    practices = checked.filter(kind=ModelCase.Kind.PRACTICE)
    return (
        ("先进个人", people.count(), True),
        ("先进组织", bodies.count(), False),
        ("好做法", practices.count(), False),
    )
