"""Rosters that were taken in, the newest first."""

from django.db.models import QuerySet

from dianping.orgs.models import RosterTaken


def imports_taken() -> QuerySet[RosterTaken]:
    """Every import, the newest first."""
    return RosterTaken.objects.order_by("-pk")
