"""票箱计数: what is written down while a box is closed, once an hour: how many, never which or when."""

from datetime import date, datetime

from django.db import transaction

from dianping.common import audit
from dianping.common.audit import Actor
from dianping.opinions.models import Box, Poll


def count_boxes(*, moment: datetime, actor: Actor) -> int:
    """Write each closed box's count and sum into the audit chain, once an hour at most; how many were written.

    The head of the chain, printed elsewhere, then holds what the box had that hour. Each box is counted by itself: whoever
    held one while waiting for the next would keep its senders waiting too.
    """
    hour = moment.strftime("%Y-%m-%dT%H")
    return sum(_counted(pk, hour, actor) for pk in _taking(moment.date()))


@transaction.atomic
def _counted(pk: int, hour: str, actor: Actor) -> bool:
    poll = Poll.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)
    box = Box.objects.select_for_update().filter(poll=poll).first()
    if poll.marked_hour == hour or box is None:
        return False
    audit.record(actor=actor, act="票箱计数", about=f"poll:{pk}", path=poll.path, used=box.used, sum=box.sum)
    Poll.objects.filter(pk=pk).update(marked_hour=hour)
    return True


def _taking(day: date) -> list[int]:
    taking = Poll.objects.filter(state=Poll.State.READY, opens__lte=day)
    return list(taking.order_by("pk").values_list("pk", flat=True))
