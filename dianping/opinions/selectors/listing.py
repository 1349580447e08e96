"""What a list of polls tells of each, in as many queries however many polls there are."""

from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from dianping.opinions.models import Batch, Box, Group, Key, Point, Poll, Saying
from dianping.opinions.selectors.cover import roster_unsaid
from dianping.opinions.selectors.custodians import printed_here
from dianping.opinions.selectors.results import UNDONE
from dianping.opinions.selectors.unable import SUBJECTS

STATES = tuple((str(key), str(word)) for key, word in Poll.State.choices)


def with_counts(polls: QuerySet[Poll]) -> QuerySet[Poll]:
    """Polls with `due` people, `issued` slips that count, `uncounted` of them not counted out (`printed_here`: by the unit's own
    office), `used` of them (None without a box), whether the unit's custodian has still to say of the roster
    (`unsaid_here`), their keys and subjects."""
    mine = {"poll": OuterRef("pk")}
    due = Group.objects.filter(**mine).order_by().values("poll").annotate(n=Sum("size")).values("n")
    live = Sum(F("issued") - F("voided"))
    issued = Batch.objects.filter(**mine).order_by().values("poll").annotate(n=live).values("n")
    lying = (
        Batch.objects.filter(**mine, counted_on=None).order_by().values("poll").annotate(n=live).values("n")
    )
    used = Box.objects.filter(**mine).values("used")
    counted = polls.annotate(
        due=Subquery(due),
        issued=Subquery(issued),
        uncounted=Subquery(lying),
        used=Subquery(used),
        unsaid_here=Exists(roster_unsaid().filter(poll=OuterRef("pk"))),
        printed_here=printed_here(),
    )
    return counted.defer("electorate", "form").prefetch_related("keys", SUBJECTS)


def papers_not_destroyed(account: str) -> Q:
    """Of polls: those opened of which an account kept a key, and nobody has said yet that the papers are destroyed."""
    kept = Key.objects.filter(account=account).values("poll")
    return Q(state=Poll.State.OPENED, papers_gone_on=None, pk__in=kept)


def undone_of(polls: Iterable[int]) -> dict[int, int]:
    """How many sayings of each of some polls are left to merge; polls without any are left out."""
    rows = Saying.objects.filter(UNDONE, poll__in=list(polls)).order_by().values("poll")
    return dict(rows.annotate(n=Count("pk")).values_list("poll", "n"))


def without_reply(polls: Iterable[int]) -> list[tuple[int, int]]:
    """(poll, point) of every point of some polls to which nothing was said."""
    points = Point.objects.filter(poll__in=list(polls), reply="")
    return list(points.order_by("poll", "number").values_list("poll", "pk"))
