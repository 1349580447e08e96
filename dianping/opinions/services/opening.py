"""开箱、销毁: both keys at once, everything checked against everything, written in one transaction, then destroyed.

Until that transaction commits the box stays sealed as it was and the opening may be begun again; after it there is no
envelope and no slip left, in this database or in any older copy that could still be read: nobody has the keys.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import OperationalError, connection, transaction
from django.db.models import Count

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.queue import one_at_a_time
from dianping.common.refusal import Refusal
from dianping.opinions.models import Box, Key, PaperEntry, Poll, Slip, Slot
from dianping.opinions.services.accounting import faults_of, stub_digest
from dianping.opinions.services.checking import frozen_faults
from dianping.opinions.services.planning import lock_poll
from dianping.opinions.services.release import release, release_digest
from dianping.opinions.services.sealing import public_of, read_key, unseal
from dianping.rules.ballots import Blank, Returned, is_blank, unpack

OPENING = 2010_26  # the number of this act among those of which only one is at work


class Unsound(Refusal):
    """What was found when the box was checked; it stays sealed. `faults` are sentences."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"开箱前核对，有 {len(faults)} 处不符：{''.join(faults)}",
            remedy="票箱没有打开。请先查明；两位保管人都认为应当照开的，勾选“仍然开箱，并写明不符之处”。",
        )


@act
def open_box(
    *,
    poll: Poll,
    unit_key: str,
    superior_key: str,
    today: date,
    actor: Actor,
    witness: str = "",
    despite: bool = False,
    paper: int | None = None,
) -> Poll:
    """Open a box after its last day with both keys as they stand on paper. Once, wholly, or not at all.

    Raises Refusal for a wrong key, a box not closed, too few forms; Unsound when anything does not add up and the
    custodians have not said to open it `despite` that (the faults are then part of what is released). `witness`: the
    account of the custodian who is there beside the actor. `paper`: how many paper forms came back, as the two have counted
    the sheets before them; wanted where any were printed.
    """
    one_at_a_time(OPENING)  # two boxes about the same, opened at once, would each be shown whole
    locked = lock_poll(poll)
    _refuse_unready(locked, today)
    keys = _keys(locked, {Key.Side.UNIT: unit_key, Key.Side.SUPERIOR: superior_key})
    box = _held(locked)
    if box is None:
        raise Unsound(["票箱不见了。"])
    locked.box = box
    if box.used < locked.least:
        raise Refusal(
            f"只收到 {box.used} 份，不足 {locked.least} 份，不能开箱。", remedy="请按表上说明的销毁这一箱。"
        )
    faults = faults_of(locked) + frozen_faults(locked)
    turnout = turnout_of(locked, box) | _counted_by_hand(locked, box, paper, faults)
    forms = _forms(locked, keys, faults)
    if faults and not despite:
        raise Unsound(faults)
    if len(forms) < locked.least:
        raise Refusal(f"能打开的只有 {len(forms)} 份，不足 {locked.least} 份。", remedy="请销毁这一箱。")
    counted = _counted(locked, forms)
    locked.turnout = turnout | {"opened": len(counted), "blank": len(forms) - len(counted)}
    locked.faults = faults
    release(locked, forms, counted)
    _end(locked, Poll.State.OPENED, today)
    locked.release_digest = release_digest(locked)
    locked.save()
    audit.record(
        actor=actor,
        act="开箱",
        witness=witness,
        about=f"poll:{locked.pk}",
        path=locked.path,
        turnout=locked.turnout,
        faults=faults,
        release=locked.release_digest,
    )
    return locked


def _refuse_unready(poll: Poll, today: date) -> None:
    if poll.state != Poll.State.READY:
        raise Refusal(f"这一箱现在是“{poll.get_state_display()}”，不能开箱。", remedy="请刷新后再看。")
    if today <= poll.closes:
        raise Refusal(f"到 {poll.closes} 才截止，截止以前谁也不能开箱。", remedy="请在截止以后再开。")


def _keys(poll: Poll, typed: dict[str, str]) -> dict[str, X25519PrivateKey]:
    kept = {key.side: key for key in poll.keys.all()}
    found = {}
    read = {side: read_key(text) for side, text in typed.items()}
    unit, superior = (read[side] for side in (Key.Side.UNIT, Key.Side.SUPERIOR))
    if unit and superior and public_of(unit) == kept[Key.Side.SUPERIOR].public:
        raise Refusal("两把钥匙填反了。", remedy="请把本单位的和上级的对调，再开一次。")
    for side in typed:
        private, label = read[side], Key.Side(side).label
        if private is None:
            raise Refusal(
                f"{label}的钥匙没有输对：末尾的校验不符。", remedy="请对照纸上逐组核对，或扫二维码。"
            )
        if public_of(private) != kept[side].public:
            raise Refusal(f"{label}的钥匙不是这一箱的。", remedy="请核对纸上写的是哪一次征求意见。")
        found[side] = private
    return found


def _forms(poll: Poll, keys: dict[str, X25519PrivateKey], faults: list[str]) -> list[Returned]:
    """Every form in the box, decrypted in memory; what cannot be, or belongs to no slip, is added to the faults."""
    damaged, found = 0, list[Returned]()
    for envelope in Slot.objects.filter(poll=poll, full=True).values_list("envelope", flat=True):
        packed = unseal(
            bytes(envelope), poll=poll.pk, superior=keys[Key.Side.SUPERIOR], unit=keys[Key.Side.UNIT]
        )
        try:
            form = unpack(poll.sheet, packed or b"")
        except ValueError:
            damaged += 1
        else:
            found.append(form)
    if damaged:
        faults.append(f"有 {damaged} 个封套打不开，内容被改动过。")
    return _belonging(poll, found, faults)


def _counted_by_hand(poll: Poll, box: Box, paper: int | None, faults: list[str]) -> dict[str, int]:
    """The sheets that lie on the table, against what was typed of them: what is typed without a sheet, or a sheet nobody
    typed, is a fault."""
    if not poll.batches.filter(on_paper=True).exists():
        return {}
    if paper is None or paper < 0:
        raise Refusal("没有写收回了几份纸质表。", remedy="请两位保管人当面点清，写上份数；一份也没有的写 0。")
    spoilt = Slip.objects.filter(poll=poll, state=Slip.State.SPOILT).count()
    if box.typed + spoilt != paper:
        faults.append(
            f"当面点清收回纸质表 {paper} 份，录入 {box.typed} 份、登记废票 {spoilt} 份，合起来 {box.typed + spoilt} 份，不符。"
        )
    return {"paper": paper}


def _counted(poll: Poll, forms: list[Returned]) -> list[Returned]:
    """The forms that count: all, or without the blank ones where the form says that a blank one is spoilt."""
    if poll.sheet.validity.blank != Blank.SPOILT:
        return forms
    return [form for form in forms if not is_blank(form.answers)]


def _belonging(poll: Poll, forms: list[Returned], faults: list[str]) -> list[Returned]:
    """The forms whose stub some used slip of the same group stands for, each slip once."""
    slips = Slip.objects.filter(poll=poll, state=Slip.State.USED)
    expected = dict(slips.values_list("stub", "group"))
    kept = []
    for form in forms:
        if expected.pop(stub_digest(poll.pk, form.stub), None) == form.group:
            kept.append(form)
    if len(kept) < len(forms):
        faults.append(f"有 {len(forms) - len(kept)} 份表没有对应的票，不计入。")
    if expected:
        faults.append(f"有 {len(expected)} 张用过的票找不到它的表，表被删去或换过。")
    return kept


def _held(poll: Poll) -> Box | None:
    """The box, locked, its slips first: a form on its way in is let in before, or finds its slip gone."""
    list(Slip.objects.select_for_update().filter(poll=poll).order_by("pk").values_list("pk"))
    return Box.objects.select_for_update().filter(poll=poll).first()


def turnout_of(poll: Poll, box: Box) -> dict[str, int]:
    """How many were due, slips issued and voided, forms in the box, forms spoilt."""
    rows = Slip.objects.filter(poll=poll).order_by().values_list("state").annotate(Count("pk"))
    states = Counter(dict(rows))
    return {
        "due": sum(poll.groups.values_list("size", flat=True)),
        "issued": sum(states.values()) - states[Slip.State.VOID],
        "voided": states[Slip.State.VOID],
        "used": box.used,
        "spoilt": states[Slip.State.SPOILT],
        "typed": box.typed,
    }


@act
def destroy_box(*, poll: Poll, why: str, today: date, actor: Actor, witness: str = "") -> Poll:
    """销毁 (before slips were printed: 取消): nothing is opened and nothing stays but the turnout. For too few forms, a lost key, or a poll called off.

    Once forms are in that might be opened it takes both custodians, the actor and the `witness` (an account), and a
    reason, which stays on file. Raises Refusal otherwise.
    """
    locked = lock_poll(poll)
    if locked.state in (Poll.State.OPENED, Poll.State.DESTROYED, Poll.State.CANCELLED):
        raise Refusal(f"这一箱现在是“{locked.get_state_display()}”。", remedy="请刷新后再看。")
    box = _held(locked)
    few = box is not None and today > locked.closes and box.used < locked.least
    locked.few, locked.ended_why = few, why.strip()
    keepers = {key.account for key in locked.keys.all()}
    if box is not None and box.used and not few and {actor.name, witness} != keepers:
        raise Refusal(
            f"票箱里已经有 {box.used} 份表，一个人不能销毁。", remedy="请两位保管人一起办，并写明原因。"
        )
    if not few and not why.strip():
        raise Refusal("没有写为什么不开箱。", remedy="请写明原因，例如保管人丢失了钥匙。")
    if box is not None:
        locked.turnout = turnout_of(locked, box)
    state = Poll.State.DESTROYED if locked.batches.exists() else Poll.State.CANCELLED
    _end(locked, state, today)
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


def _end(poll: Poll, state: str, today: date) -> None:
    """Whatever a form or a slip left is deleted; the pages it stood on are cleared after the commit."""
    PaperEntry.objects.filter(poll=poll).delete()
    Slip.objects.filter(poll=poll).delete()
    Slot.objects.filter(poll=poll).delete()
    Box.objects.filter(poll=poll).delete()
    poll.state, poll.opened_on, poll.version = state, today, poll.version + 1
    transaction.on_commit(sweep)


def sweep() -> None:
    """Clear the space the box stood in: rewrite the tables, cut the write-ahead log. Harmless to repeat, or to miss:
    what is left there are envelopes without a key.
    """
    tables = [model._meta.db_table for model in (Slot, Slip, Box, PaperEntry)]
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:  # FULL rewrites, and keeps the senders of other boxes out meanwhile
                how = "VACUUM" if Box.objects.exists() else "VACUUM FULL"
                for table in tables:
                    cursor.execute(f'{how} "{table}"')
    except OperationalError:
        return
