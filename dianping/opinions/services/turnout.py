"""票箱计数: what is written down while a box is closed, once an hour: how many, never which or when."""

from datetime import date, datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.models import AuditEntry
from dianping.common.rights import permit
from dianping.opinions.models import Box, Poll
from dianping.opinions.rights import may_watch
from dianping.opinions.services.machine_key import is_left, mark_and_erase, polls_with_a_key

COUNTED, CLOSED = "票箱计数", "截止计数"


def count_boxes(*, moment: datetime, actor: Actor) -> int:
    """Write each closed box's count into the audit chain, once an hour at most; how many were written.

    The sum goes in once only, when the last day is over and no more forms come: two sums an hour apart would tell whoever
    holds the key which slip and which slot changed in between. The head of the chain, printed elsewhere, holds it. Each box is counted by itself: whoever
    held one while waiting for the next would keep its senders waiting too.
    """
    permit(actor, may_watch)
    finish_erasing()
    hour = moment.strftime("%Y-%m-%dT%H")
    return sum(_counted(pk, hour, moment.date(), actor) for pk in _taking(moment.date()))


def finish_erasing() -> int:
    """Destroy every machine key that was left behind when a box was opened or destroyed (the machine stopped in between); how
    many there were."""
    ended = Poll.objects.filter(state__in=(Poll.State.OPENED, Poll.State.DESTROYED, Poll.State.CANCELLED))
    left = [poll for poll in ended.filter(pk__in=polls_with_a_key()) if is_left(poll)]
    for poll in left:
        mark_and_erase(poll)
    return len(left)


@act
def _counted(pk: int, hour: str, day: date, actor: Actor) -> bool:
    permit(actor, may_watch)
    poll = Poll.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)
    box = Box.objects.select_for_update().filter(poll=poll).first()
    if poll.marked_hour == hour or box is None:
        return False
    about, closed = f"poll:{pk}", {"sum": box.sum} if day > poll.closes else {}
    if closed and AuditEntry.objects.filter(about=about, act=CLOSED).exists():
        return False
    audit.record(
        actor=actor, act=CLOSED if closed else COUNTED, about=about, path=poll.path, used=box.used, **closed
    )
    Poll.objects.filter(pk=pk).update(marked_hour=hour)
    return True


def _taking(day: date) -> list[int]:
    taking = Poll.objects.filter(state=Poll.State.READY, opens__lte=day)
    return list(taking.order_by("pk").values_list("pk", flat=True))
