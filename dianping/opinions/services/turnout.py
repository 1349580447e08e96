"""票箱计数: what is written down while a box is closed, once an hour: how many, never which or when."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from dianping.common import audit
from dianping.common.audit import Actor
from dianping.opinions.models import Box, Poll

_wrong: dict[
    str, int
] = {}  # codes tried that are none, in this process, by the hour; only the last hour is kept


def note_wrong_code(moment: datetime) -> int:
    """One more code that is none; how many there were within this hour. Nothing of it is written down."""
    hour = moment.strftime("%Y-%m-%dT%H")
    count = _wrong.get(hour, 0) + 1
    _wrong.clear()
    _wrong[hour] = count
    return count


@transaction.atomic
def count_boxes(*, moment: datetime, actor: Actor) -> int:
    """Write each closed box's count and sum into the audit chain, once an hour at most; how many were written.

    The head of the chain, printed elsewhere, then holds what the box had that hour.
    """
    hour, written = moment.strftime("%Y-%m-%dT%H"), 0
    for poll in _taking(moment.date()):
        if poll.marked_hour == hour:
            continue
        box = Box.objects.select_for_update().get(poll=poll)
        audit.record(
            actor=actor,
            act="票箱计数",
            about=f"poll:{poll.pk}",
            path=poll.path,
            used=box.used,
            sum=box.sum,
        )
        Poll.objects.filter(pk=poll.pk).update(marked_hour=hour)
        written += 1
    return written


def _taking(day: date) -> Iterable[Poll]:
    return Poll.objects.filter(state=Poll.State.READY, opens__lte=day).order_by("pk")
