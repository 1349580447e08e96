"""制票、点交、作废: as many slips as people, printed once; the codes leave with the paper and are kept nowhere."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.views.decorators.debug import sensitive_variables

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Batch, Box, Group, PaperEntry, Poll, Slip
from dianping.opinions.rights import may_count, may_manage
from dianping.opinions.rules import slip_code, stub_number
from dianping.opinions.selectors.custodians import account_of, keeps_a_key, one_office
from dianping.opinions.selectors.polls import hidden_groups
from dianping.opinions.services.accounting import change, paper_stub, slip_digest, slip_term
from dianping.opinions.services.custody import refuse_one_office
from dianping.opinions.services.planning import lock_poll


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """One slip to be printed: its code, and for a paper form the stub on its tear-off part."""

    code: str
    stub: str = ""


@sensitive_variables("codes", "slips", "code")
@act
def issue_slips(
    *, poll: Poll, group: Group, count: int, on_paper: bool, today: date, actor: Actor
) -> tuple[Batch, list[PrintedSlip]]:
    """Make slips for one group and return them for printing, shuffled. They are never shown again.

    Raises Refusal when the group would get more than it has people, the box is not ready, or a custodian would print them.
    """
    permit(actor, may_manage, poll)
    locked = lock_poll(poll)
    if locked.state != Poll.State.READY:
        raise Refusal(
            "票箱还没有封好，不能制票。", code="opinions.box-not-ready", remedy="请先由两位保管人各领钥匙。"
        )
    if keeps_a_key(locked, actor.name):
        raise Refusal(
            "您保管着这一箱的钥匙，不能再制票。",
            code="opinions.custodian-cannot-print",
            remedy="请由管着这个单位账册的另一位党务干事制票。",
        )
    if today > locked.closes:
        raise Refusal(
            f"{locked.closes} 已经截止，不能再制票。", code="opinions.closed", remedy="请按截止时的票开箱。"
        )
    box = Box.objects.select_for_update().get(poll=locked)
    had = Batch.objects.filter(group=group).aggregate(issued=Sum("issued"), voided=Sum("voided"))
    left = group.size - (had["issued"] or 0) + (had["voided"] or 0)
    if not 1 <= count <= left:
        raise Refusal(
            f"“{group.label}”应参加 {group.size} 人，还可以制 {left} 张，这次要 {count} 张。",
            code="opinions.more-slips-than-people",
            remedy="请写不超过这个数的张数；没有打印好的，先把那一批作废。",
        )
    batch = Batch.objects.create(
        poll=locked,
        group=group,
        number=locked.batches.count() + 1,
        issued=count,
        on_paper=on_paper,
        issued_by=actor.signature,
        issued_account=actor.name,
        issued_on=today,
    )
    codes = _new_codes(count)
    slips = [
        Slip(
            digest=slip_digest(code),
            poll=locked,
            group=group.number,
            batch=batch.number,
            stub=secrets.token_hex(32),
        )
        for code in codes
    ]
    Slip.objects.bulk_create(sorted(slips, key=lambda slip: slip.digest), batch_size=200)
    change(box, into=map(slip_term, slips))
    _note(locked, "制票", actor, group=group.label, count=count, batch=batch.number, on_paper=on_paper)
    return batch, [PrintedSlip(code, printed_stub(code) if on_paper else "") for code in codes]


def _new_codes(count: int) -> list[str]:
    """So many codes no slip has, in an order of chance."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(slip_code(secrets.randbelow))
    shuffled = list(codes)
    secrets.SystemRandom().shuffle(shuffled)
    return shuffled


def printed_stub(code: str) -> str:
    """The stub number on a paper form, the same whenever it is asked for."""
    chance = paper_stub(code)

    def below(most: int) -> int:
        nonlocal chance
        chance, rest = divmod(chance, most)
        return rest

    return stub_number(below, on_paper=True)


@act
def count_out(*, poll: Poll, batch: Batch, count: int, today: date, actor: Actor) -> Batch:
    """点交: somebody of another office than whoever printed a batch has counted it and seen it handed out; from then on its
    slips open the form.

    Raises Refusal for whoever printed it and his colleagues, for another number than was printed and not voided, and for a
    second time.
    """
    permit(actor, may_count, poll)
    locked = lock_poll(poll)
    held = Batch.objects.select_for_update().get(pk=batch.pk, poll=locked)
    if locked.state != Poll.State.READY:
        raise Refusal(
            "票箱没有封好，或者已经开了，不能点交。", code="opinions.box-not-ready", remedy="请刷新后再看。"
        )
    if held.counted_on is not None:
        raise Refusal(
            f"第 {held.number} 批已由{held.counted_by}点交。",
            code="opinions.batch-counted-already",
            remedy="不用再点。",
        )
    if actor.name == held.issued_account:
        raise Refusal(
            "这一批是您制的，不能由您点交。",
            code="opinions.printer-cannot-count",
            remedy="请另一个办公室的一位同志到场点清，用他自己的账号确认。",
        )
    shared = one_office(account_of(held.issued_account), account_of(actor.name), day=today)
    if shared:
        raise Refusal(
            f"制票的{held.issued_by}和您是{shared}，这一批不能由您点交。",
            code="opinions.counter-shares-office",
            remedy="请另一个办公室的一位同志（例如另一位保管人）到场点清，用他自己的账号确认。",
        )
    refuse_one_office(locked, day=today)
    left = held.issued - held.voided
    if count != left:
        raise Refusal(
            f"第 {held.number} 批应有 {left} 张，点到的是 {count} 张。",
            code="opinions.count-not-right",
            remedy="请当面再点一遍；少了的，先作废这一批再制。",
        )
    held.counted_by, held.counted_account, held.counted_on = actor.signature, actor.name, today
    held.save(update_fields=["counted_by", "counted_account", "counted_on"])
    _note(locked, "点交票", actor, group=held.group.label, batch=held.number, count=count)
    return held


@act
def void_batch(*, poll: Poll, batch: Batch, actor: Actor) -> Batch:
    """作废一批: every unused slip of a printing (it was spoilt, or lost) stops counting. Used ones stay.

    How many were unused tells how many came back; where that is not told of a group, its slips are made void only
    before the first form of all came. Raises Refusal otherwise.
    """
    permit(actor, may_manage, poll)
    locked = lock_poll(poll)
    if locked.state != Poll.State.READY:
        raise Refusal("现在不能作废票。", code="opinions.not-voidable-now", remedy="请刷新后再看。")
    box = Box.objects.get(poll=locked)
    came = box.used or Slip.objects.filter(poll=locked, state=Slip.State.SPOILT).exists()
    if came and batch.group.number in hidden_groups(locked):
        raise Refusal(
            f"“{batch.group.label}”人太少，收到表以后不能作废：作废了几张，就看得出有几个人交了。",
            code="opinions.voiding-would-tell",
            remedy="丢了票的，这一次不能再填；没有打印好的，要在收到第一份表以前作废再制。",
        )
    unused = Slip.objects.filter(poll=locked, batch=batch.number, state=Slip.State.UNUSED)
    slips = list(unused.select_for_update().order_by("pk"))
    out = [slip_term(slip) for slip in slips]
    for slip in slips:
        slip.state = Slip.State.VOID
    PaperEntry.objects.filter(slip__in=[slip.pk for slip in slips]).delete()
    unused.update(state=Slip.State.VOID)
    box = Box.objects.select_for_update().get(poll=locked)
    change(box, out=out, into=map(slip_term, slips))
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    held.voided += len(slips)
    held.save(update_fields=["voided"])
    _note(locked, "作废票", actor, batch=batch.number, count=len(slips))
    return held


def _note(poll: Poll, act: str, actor: Actor, **detail: object) -> None:
    audit.record(actor=actor, act=act, about=f"poll:{poll.pk}", path=poll.path, **detail)
