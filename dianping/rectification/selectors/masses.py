"""真的办好了吗: which closed problems are to be asked about, and what may be shown of the answers."""

from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from dianping.rectification.models import Item, State, Verdict


def items_to_ask(day: date) -> QuerySet[Item]:
    """Closed items whose promised day has come and that were not asked about since they were closed."""
    asked = Verdict.objects.filter(item=OuterRef("pk"), asked_on__gte=OuterRef("closed_on"))
    return (
        Item.objects.filter(~Exists(asked), state=State.CLOSED, due__lte=day, closed_on__lte=day)
        .select_related("source", "organisation", "person")
        .order_by(F("due"), "pk")
    )


def verdicts_of(item: Item) -> QuerySet[Verdict]:
    """What the masses answered about one item, each asking in its order."""
    return Verdict.objects.filter(item=item)
