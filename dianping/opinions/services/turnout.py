"""票箱计数: what is written down while a box is closed, once an hour: how many, never which or when."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from dianping.common import audit
from dianping.common.audit import Actor
from dianping.opinions.models import Box, Poll

_wrong: Counter[str] = Counter()  # codes tried that are none, in this process, since the last count


def note_wrong_code() -> int:
    """One more code that is none; how many there were since the last count."""
    _wrong["codes"] += 1
    return _wrong["codes"]


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
            wrong_codes=_wrong.pop("codes", 0),
        )
        Poll.objects.filter(pk=poll.pk).update(marked_hour=hour)
        written += 1
    return written


def _taking(day: date) -> Iterable[Poll]:
    return Poll.objects.filter(state=Poll.State.READY, opens__lte=day).order_by("pk")
