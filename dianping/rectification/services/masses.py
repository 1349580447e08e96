"""真的办好了吗: what the masses answered comes in as counts; one no reopens a closed problem.

Basis: 豫创组办发〔2010〕26号 四.3 (信息反馈); decision 0010 for what is shown of the counts. The asking itself, and
who answered, are none of this room's business: it is told two numbers.
"""

from datetime import date, datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import caused
from dianping.rectification.models import Item, Progress, State, Verdict
from dianping.rectification.rules.steps import STEPS

REOPENED = "到了承诺的日子，问了群众“真的办好了吗”，有人答没有办好，重新整改。"


@act
def hear_masses(
    *, item: Item, yes: int, no: int, asked_on: date, closed_on: date, moment: datetime, actor: Actor
) -> Verdict:
    """Write down one asking; a no reopens the item when it is still closed as it was when asked.

    The same asking told twice is one. Raises Refusal for counts or days that cannot be, and for other counts of an
    asking already written down.
    """
    caused(actor)
    _refuse_wrong_counts(yes, no, asked_on, closed_on, moment.date())
    locked = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    known = Verdict.objects.filter(item=locked, asked_on=asked_on).first()
    if known is not None:
        if (known.yes, known.no, known.closed_on) == (yes, no, closed_on):
            return known
        raise Refusal(
            f"{asked_on} 问的群众回音已经登记过，与这次报来的不一致。",
            code="rectification.answers-differ",
            remedy="请核对是哪一次询问；原来的没有改动。",
        )
    verdict = Verdict.objects.create(item=locked, asked_on=asked_on, closed_on=closed_on, yes=yes, no=no)
    audit.record(
        actor=actor, act="登记群众回音", about=f"item:{locked.pk}", path=locked.path, asked_on=asked_on
    )
    if no and locked.state == State.CLOSED and locked.closed_on is not None and asked_on >= locked.closed_on:
        _reopen(locked, moment, actor)
    return verdict


def _refuse_wrong_counts(yes: int, no: int, asked_on: date, closed_on: date, today: date) -> None:
    if yes < 0 or no < 0:
        raise Refusal(
            f"群众回音的份数写的是 {yes} 和 {no}，应为不小于零的整数。",
            code="rectification.counts-impossible",
            remedy="请核对后再登记。",
        )
    if not asked_on <= closed_on <= today:
        raise Refusal(
            f"询问日 {asked_on}、截止日 {closed_on}、登记日 {today} 的先后不对。",
            code="rectification.days-out-of-order",
            remedy="请在截止以后登记，截止日不早于询问日。",
        )


def _reopen(item: Item, moment: datetime, actor: Actor) -> None:
    step = STEPS["masses"]
    item.state, item.version = step.end, item.version + 1
    item.closed_on, item.closed_by = None, ""
    item.save(update_fields=["state", "version", "closed_on", "closed_by"])
    Progress.objects.create(
        item=item, on=moment.date(), at=moment, by=actor.signature, step="masses", text=REOPENED
    )
    audit.record(actor=actor, act=step.name, about=f"item:{item.pk}", path=item.path, state=item.state)
