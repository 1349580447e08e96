"""制票、作废: as many slips as people, printed once; the codes leave with the paper and are kept nowhere."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.opinions.models import Batch, Box, Group, PaperEntry, Poll, Slip
from dianping.opinions.selectors.polls import hidden_groups
from dianping.opinions.services.accounting import change, paper_stub, slip_digest, slip_term
from dianping.opinions.services.planning import lock_poll
from dianping.rules.ballots import slip_code, stub_number


@dataclass(frozen=True, slots=True)
class Printed:
    """One slip to be printed: its code, and for a paper form the stub on its tear-off part."""

    code: str
    stub: str = ""


@act
def issue_slips(
    *, poll: Poll, group: Group, count: int, on_paper: bool, today: date, actor: Actor
) -> tuple[Batch, list[Printed]]:
    """Make slips for one group and return them for printing, shuffled. They are never shown again.

    Raises Refusal when the group would get more than it has people, or the box is not ready.
    """
    locked = lock_poll(poll)
    if locked.state != Poll.State.READY:
        raise Refusal("票箱还没有封好，不能制票。", remedy="请先由两位保管人各领钥匙。")
    if today > locked.closes:
        raise Refusal(f"{locked.closes} 已经截止，不能再制票。", remedy="请按截止时的票开箱。")
    box = Box.objects.select_for_update().get(poll=locked)
    had = Batch.objects.filter(group=group).aggregate(issued=Sum("issued"), voided=Sum("voided"))
    left = group.size - (had["issued"] or 0) + (had["voided"] or 0)
    if not 1 <= count <= left:
        raise Refusal(
            f"“{group.label}”应参加 {group.size} 人，还可以制 {left} 张，这次要 {count} 张。",
            remedy="请写不超过这个数的张数；没有打印好的，先把那一批作废。",
        )
    batch = Batch.objects.create(
        poll=locked,
        group=group,
        number=locked.batches.count() + 1,
        issued=count,
        on_paper=on_paper,
        issued_by=actor.signature,
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
    return batch, [Printed(code, printed_stub(code) if on_paper else "") for code in codes]


def _new_codes(count: int) -> list[str]:
    """So many codes no slip has, in an order of chance."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(slip_code(secrets.randbelow))
    found = list(codes)
    secrets.SystemRandom().shuffle(found)
    return found


def printed_stub(code: str) -> str:
    """The stub number on a paper form, the same whenever it is asked for."""
    chance = paper_stub(code)

    def below(most: int) -> int:
        nonlocal chance
        chance, rest = divmod(chance, most)
        return rest

    return stub_number(below, on_paper=True)


@act
def void_batch(*, poll: Poll, batch: Batch, actor: Actor) -> Batch:
    """作废一批: every unused slip of a printing (it was spoilt, or lost) stops counting. Used ones stay.

    How many were unused tells how many came back; where that is not told of a group, its slips are made void only
    before the first form of all came. Raises Refusal otherwise.
    """
    locked = lock_poll(poll)
    if locked.state != Poll.State.READY:
        raise Refusal("现在不能作废票。", remedy="请刷新后再看。")
    box = Box.objects.get(poll=locked)
    came = box.used or Slip.objects.filter(poll=locked, state=Slip.State.SPOILT).exists()
    if came and batch.group.number in hidden_groups(locked):
        raise Refusal(
            f"“{batch.group.label}”人太少，收到表以后不能作废：作废了几张，就看得出有几个人交了。",
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
