"""What waits in ledgers: the quarter that is over and was not issued, where ledgers are issued at all (accounts.waiting)."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef

from dianping.accounts.waiting import Desk, Found, KindOfWaiting, Row, Waiting
from dianping.base.windows import Cadence, Window, period_name
from dianping.ledgers.models import Issue


def _over(desk: Desk) -> Window:
    """The last quarter that is over."""
    return Cadence(3).window(Cadence(3).window(desk.day).opens - timedelta(days=1))


def _to_issue(desk: Desk) -> Found | None:
    if not desk.kept:
        return None
    since = Issue.objects.filter(organisation=OuterRef("organisation"), due__gte=_over(desk).due)
    later = Issue.objects.filter(organisation=OuterRef("organisation"), pk__gt=OuterRef("pk"))
    found = Issue.objects.filter(~Exists(since), ~Exists(later), organisation__path__in=desk.kept)
    return Found(found, {"name": F("organisation__short_name")})


def _issue(row: Row, desk: Desk) -> Waiting:
    what = f"的{period_name(_over(desk))}台账还没有印发"
    return Waiting(row.kind, "", row.name, what, "看台账", "ledgers:ledgers")


KINDS = (KindOfWaiting("ledgers.issue", "没有印发的台账", "ledgers:ledgers", _to_issue, _issue),)
