"""Going through the agenda of an event, step by step."""

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.reviews.models import Occasion
from dianping.reviews.rights import may_run
from dianping.reviews.selectors.running import running_order


@act
def go_to_step(*, occasion: Occasion, step: int, was: int, actor: Actor) -> Occasion:
    """Put an event at a line of its agenda: 0 before it begins, one past the last when it is over.

    `was` is where the one who steps saw it. Raises Conflict when somebody stepped meanwhile, Refusal for a step that is none.
    """
    permit(actor, may_run, occasion)
    locked = Occasion.objects.select_for_update().get(pk=occasion.pk)
    most = len(running_order(locked)) + 1
    if most == 1:
        raise Refusal(
            "这次活动没有写议程，没有可走的步骤。",
            code="reviews.no-agenda",
            remedy="请在登记活动时写议程，一行一项。",
        )
    if locked.step != was:
        raise Conflict(
            f"议程刚刚有人走到了第 {locked.step} 项。请看过后再走。", code="reviews.agenda-moved-meanwhile"
        )
    if not 0 <= step <= most:
        raise Refusal(
            f"议程没有第 {step} 项。",
            code="reviews.no-such-step",
            remedy=f"请在第 1 项和第 {most - 1} 项之间走。",
        )
    if step == was:
        return locked
    locked.step = step
    locked.save(update_fields=["step"])
    audit.record(actor=actor, act="议程走到", about=f"occasion:{locked.pk}", path=locked.path, step=step)
    return locked
