"""What a list of polls tells of each, in as many queries however many polls there are."""

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from dianping.opinions.models import Batch, Box, Group, Poll


def with_counts(polls: QuerySet[Poll]) -> QuerySet[Poll]:
    """Polls with `due` people, `issued` slips that count, `used` of them (None without a box), and their keys."""
    mine = {"poll": OuterRef("pk")}
    due = Group.objects.filter(**mine).order_by().values("poll").annotate(n=Sum("size")).values("n")
    live = Sum(F("issued") - F("voided"))
    issued = Batch.objects.filter(**mine).order_by().values("poll").annotate(n=live).values("n")
    used = Box.objects.filter(**mine).values("used")
    counted = polls.annotate(due=Subquery(due), issued=Subquery(issued), used=Subquery(used))
    return counted.defer("electorate", "form").prefetch_related("keys")
