"""销毁: a box that is not opened; and the paper keys of one that was."""

from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Poll
from dianping.opinions.rights import may_keep_key, may_manage
from dianping.opinions.services.ending import end_box, held_box, turnout_now
from dianping.opinions.services.planning import lock_poll


@act
def destroy_box(*, poll: Poll, why: str, today: date, actor: Actor, witness: str = "") -> Poll:
    """销毁 (before slips were printed: 取消): nothing is opened and nothing stays but the turnout. For too few forms, a lost key, or a poll called off.

    Once forms are in that might be opened it takes both custodians, the actor and the `witness` (an account), and a
    reason, which stays on file. Raises Refusal otherwise.
    """
    permit(actor, may_manage, poll)
    locked = lock_poll(poll)
    if locked.state in (Poll.State.OPENED, Poll.State.DESTROYED, Poll.State.CANCELLED):
        raise Refusal(
            f"这一箱现在是“{locked.get_state_display()}”。",
            code="opinions.box-in-other-state",
            remedy="请刷新后再看。",
        )
    box = held_box(locked)
    few = box is not None and today > locked.closes and box.used < locked.least
    locked.few, locked.ended_why = few, why.strip()
    keepers = {key.account for key in locked.keys.all()}
    if box is not None and box.used and not few and {actor.name, witness} != keepers:
        raise Refusal(
            f"票箱里已经有 {box.used} 份表，一个人不能销毁。",
            code="opinions.two-must-destroy",
            remedy="请两位保管人一起办，并写明原因。",
        )
    if not few and not why.strip():
        raise Refusal(
            "没有写为什么不开箱。",
            code="opinions.destruction-without-reason",
            remedy="请写明原因，例如保管人丢失了钥匙。",
        )
    if box is not None:
        locked.turnout = turnout_now(locked, box)
    state = Poll.State.DESTROYED if locked.batches.exists() else Poll.State.CANCELLED
    end_box(locked, state, today)
    locked.save()
    audit.record(
        actor=actor,
        act="销毁票箱" if state == Poll.State.DESTROYED else "取消征求意见",
        about=f"poll:{locked.pk}",
        path=locked.path,
        turnout=locked.turnout,
        witness=witness,
        why=why.strip() or f"不足 {locked.least} 份",
    )
    return locked


@act
def confirm_papers_gone(*, poll: Poll, today: date, actor: Actor, witness: str) -> Poll:
    """销毁钥匙纸: both custodians say together that both papers are destroyed. Kept with the poll, told in its report.

    Raises Refusal before the opening, a second time, and unless actor and `witness` (an account) are the two custodians.
    """
    permit(actor, may_keep_key, poll)
    locked = lock_poll(poll)
    if locked.state != Poll.State.OPENED:
        raise Refusal(
            "这一箱还没有开，钥匙纸要留着。", code="opinions.box-not-opened-yet", remedy="开箱以后再销毁。"
        )
    if locked.papers_gone_on is not None:
        raise Refusal(
            f"{locked.papers_gone_on}已经登记过销毁。",
            code="opinions.papers-already-gone",
            remedy="不用再登记。",
        )
    keepers = {key.account: key.name for key in locked.keys.all()}
    if {actor.name, witness} != set(keepers):
        raise Refusal(
            "要两位保管人一起登记。",
            code="opinions.two-must-register",
            remedy="请两位当面把两张纸都销毁，再一起登记。",
        )
    locked.papers_gone_on, locked.papers_gone_by = today, "、".join(keepers.values())
    locked.version += 1
    locked.save(update_fields=["papers_gone_on", "papers_gone_by", "version"])
    audit.record(actor=actor, act="销毁钥匙纸", about=f"poll:{locked.pk}", path=locked.path, witness=witness)
    return locked
