"""看板: how many problems stand in each state and how near their dates are, and the first few of each state."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from dianping.common import trees
from dianping.rectification.models import Extension, Item, State
from dianping.rectification.selectors.items import COLOURS, in_colour, items_listed


def figures_of(path: str, *, today: date) -> dict[str, int]:
    """How many items of a subtree stand in each state, and how many are of each colour; one query."""
    items = Item.objects.filter(path__gte=path, path__lt=trees.after(path))
    states = {state: Count("pk", filter=Q(state=state)) for state in State.values}
    colours = {c: Count("pk", filter=in_colour(c, today=today)) for c in COLOURS}
    return items.aggregate(**states, **colours)


def items_on_board(path: str, state: str) -> QuerySet[Item]:
    """Items of one state, the nearest date first and those without one last; closed ones newest first."""
    items = items_listed(path).filter(state=state)
    if state == State.CLOSED:
        return items.order_by("-closed_on", "-pk")
    return items.order_by(F("due").asc(nulls_last=True), "pk")


def extensions_lately(path: str, *, since: date, until: date) -> QuerySet[Extension]:
    """More time asked for in a subtree and still waiting, or answered lately, the newest first."""
    waiting = Q(granted=None, asked_on__range=(since, until))
    return (
        Extension.objects.filter(
            waiting | Q(decided_on__range=(since, until)),
            item__path__gte=path,
            item__path__lt=trees.after(path),
        )
        .select_related("item__organisation", "item__person")
        .order_by("-pk")
    )
