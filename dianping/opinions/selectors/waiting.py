"""What waits in opinions beside the course of a poll (`acts.waiting_polls`): paper forms typed once, words nobody merged or
answered (accounts.waiting, decision 0060)."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from dianping.accounts.waiting import Desk, Found, KindOfWaiting, Row, Waiting, quoted, shortened
from dianping.opinions.models import PaperEntry, Point, Poll, Saying
from dianping.opinions.selectors.results import UNDONE

QUOTED = 36  # characters of a title


def _kept_here(desk: Desk) -> QuerySet[Poll]:
    """Polls of the office of the place; none that asks about its owner himself."""
    found = Poll.objects.filter(organisation__path__in=desk.kept)
    return found if desk.person is None else found.exclude(subjects__person=desk.person)


def _typed_once(desk: Desk) -> Found | None:
    if not desk.kept:
        return None
    once = PaperEntry.objects.filter(poll=OuterRef("pk")).exclude(typed_by=desk.account)
    many = once.order_by().values("poll").annotate(count=Count("pk")).values("count")
    found = _kept_here(desk).filter(Exists(once), state=Poll.State.READY)
    return Found(found, {"day": F("closes"), "name": quoted("title", QUOTED), "n": Subquery(many)})


def _second_typing(row: Row, desk: Desk) -> Waiting:
    what = f"有 {row.n} 张纸质表录过一次，等您录第二次"
    return Waiting(
        row.kind, "", f"“{shortened(row.name, QUOTED)}”", what, "录入", "polls:poll_paper", (row.key,)
    )


def polls_with_words_left(desk: Desk, *, named: QuerySet[Any, Any]) -> QuerySet[Poll]:
    """Opened polls of the office of the place with sayings left to merge, or points nobody answered; `named`: the points that a
    review named as a problem, which answers them."""
    sayings = Saying.objects.filter(UNDONE, poll=OuterRef("pk"))
    points = Point.objects.filter(poll=OuterRef("pk"), reply="").exclude(pk__in=named)
    left = Q(Exists(sayings)) | Q(Exists(points))
    return _kept_here(desk).filter(left, state=Poll.State.OPENED)


def verdicts_running(path: str, kind: str) -> QuerySet[Poll]:
    """Polls of a kind at a place that are neither opened nor ended."""
    ended = (Poll.State.OPENED, Poll.State.DESTROYED, Poll.State.CANCELLED)
    return Poll.objects.filter(kind=kind, trial=False, organisation__path=path).exclude(state__in=ended)


KINDS = (
    KindOfWaiting(
        "opinions.second_typing",
        "等第二次录入的纸质表",
        "polls:polls",
        _typed_once,
        _second_typing,
        word=True,
    ),
)
