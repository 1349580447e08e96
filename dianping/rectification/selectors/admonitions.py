"""约谈: who was called in, and which units lag (豫创组办发〔2010〕26号 三.2)."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from dianping.common import trees
from dianping.orgs.models import Person
from dianping.rectification.models import Admonition, Item, State
from dianping.rectification.selectors.items import RELATED

MOST_UNITS = 12


def admonitions_visible(
    *, paths: list[str], places: list[str], person: Person | None
) -> QuerySet[Admonition]:
    """Admonitions in some subtrees, at some places alone, or of the person himself; nobody else knows of any."""
    seen = Q(path__in=places)
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    if person is not None:
        seen |= Q(person=person)
    return Admonition.objects.filter(seen).select_related("organisation", "person", "post__organisation")


def admonitions_below(admonitions: QuerySet[Admonition], path: str) -> QuerySet[Admonition]:
    """Those of an organisation and all below it."""
    return admonitions.filter(path__gte=path, path__lt=trees.after(path))


def admonitions_in(admonitions: QuerySet[Admonition], state: str, *, today: date) -> QuerySet[Admonition]:
    """Those open, overdue or settled; anything else means all of them."""
    tests = {
        "open": Q(settled_on=None),
        "overdue": Q(settled_on=None, due__lt=today),
        "settled": Q(settled_on__isnull=False),
    }
    return admonitions.filter(tests.get(state, Q()))


def lagging_items(path: str, *, today: date) -> QuerySet[Item]:
    """Problems of a subtree past their date or found not well resolved: what an admonition may be about."""
    return (
        Item.objects.filter(path__gte=path, path__lt=trees.after(path))
        .exclude(state=State.CLOSED)
        .filter(Q(due__lt=today) | Q(state=State.UNRESOLVED))
        .select_related(*RELATED)
        .order_by("due", "pk")
    )


def items_told_of(admonition: Admonition) -> QuerySet[Item]:
    """The problems an admonition was about."""
    return admonition.items.select_related(*RELATED).order_by("due", "pk")


def lagging_units(path: str, *, today: date) -> list[dict[str, object]]:
    """The organisations of a subtree with the most problems overdue or unresolved: code, name, path, two figures."""
    rows = (
        lagging_items(path, today=today)
        .order_by()
        .values("organisation__code", "organisation__short_name", "path")
        .annotate(
            overdue=Count("pk", filter=Q(due__lt=today)),
            unresolved=Count("pk", filter=Q(state=State.UNRESOLVED)),
        )
        .order_by("-unresolved", "-overdue", "path")
    )
    return [
        {
            "code": row["organisation__code"],
            "name": row["organisation__short_name"],
            "path": row["path"],
            "overdue": row["overdue"],
            "unresolved": row["unresolved"],
        }
        for row in rows[:MOST_UNITS]
    ]
