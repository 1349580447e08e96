"""Reading what was handed over: by place, with how much of it is done by now."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from dianping.common import trees
from dianping.duties.models import Duty, Handover


def handovers_seen(path: str, *, paths: Iterable[str], posts: Iterable[int]) -> QuerySet[Handover]:
    """Handovers that touch an organisation or one below, of places a viewer reads or to and from seats of his own."""
    seen = Q(from_post__in=list(posts)) | Q(to_post__in=list(posts))
    for top in paths:
        seen |= _touches(top)
    handovers = Handover.objects.filter(seen & _touches(path))
    return handovers.select_related("from_post__organisation", "to_post__organisation")


def handovers_in(handovers: QuerySet[Handover], state: str, *, today: date) -> QuerySet[Handover]:
    """Handovers that stand today, are still coming, or are over; anything else means all of them."""
    over = Q(ended_on__isnull=False) | Q(until__lt=today)
    tests = {"standing": ~over & Q(on__lte=today), "coming": ~over & Q(on__gt=today), "over": over}
    return handovers.filter(tests.get(state, Q()))


def standing_on(day: date) -> QuerySet[Handover]:
    """The handovers that have begun by a day and are not over, nor taken back."""
    standing = Handover.objects.filter(Q(until=None) | Q(until__gte=day), ended_on=None, on__lte=day)
    return standing.select_related("from_post__organisation", "to_post__organisation")


def handovers_of(posts: Iterable[int], *, day: date) -> QuerySet[Handover]:
    """What some seats have handed over, or were handed, that stands on a day or is still to come."""
    mine = list(posts)
    seen = Handover.objects.filter(Q(from_post__in=mine) | Q(to_post__in=mine), ended_on=None)
    seen = seen.filter(Q(until=None) | Q(until__gte=day)).order_by("on", "pk")
    return seen.select_related("from_post__organisation", "to_post__organisation")


def handover_for(pk: int, *, paths: Iterable[str], posts: Iterable[int]) -> QuerySet[Handover]:
    """One handover that touches places a viewer reads or seats of his own; else nothing."""
    seen = Q(from_post__in=list(posts)) | Q(to_post__in=list(posts))
    for top in paths:
        seen |= _touches(top)
    return Handover.objects.filter(seen, pk=pk).select_related(
        "from_post__organisation", "to_post__organisation"
    )


def done_since(handovers: Iterable[int]) -> dict[int, int]:
    """How many of the reviews that came over with each handover are done."""
    rows = Duty.objects.filter(handed_over__in=list(handovers), done_on__isnull=False)
    return dict(rows.values_list("handed_over").annotate(done=Count("pk")))


def _touches(path: str) -> Q:
    after = trees.after(path)
    return Q(from_post__organisation__path__gte=path, from_post__organisation__path__lt=after) | Q(
        to_post__organisation__path__gte=path, to_post__organisation__path__lt=after
    )
