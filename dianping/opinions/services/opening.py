"""开箱: both paper keys and the machine's at once, everything checked against everything, written in one transaction.

The box is read first, in memory and outside any transaction (`read_box`): opening every envelope of a large one takes seconds,
in which nobody else could write. The act (`open_box`) writes what was read, and refuses where the box has moved since.
Until its transaction commits the box stays sealed as it was and the opening may be begun again. After it the machine's key
is destroyed: an older copy of the database holds envelopes that both papers do not open (decision 0039). Copies of that key
itself, and disks that keep what was overwritten, are out of this program's reach.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.views.decorators.debug import sensitive_variables

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.queue import one_at_a_time
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Box, Key, Poll, Slip, Slot
from dianping.opinions.rights import may_keep_key
from dianping.opinions.rules import Blank, ReturnedForm, is_blank, unpack
from dianping.opinions.services.accounting import faults_of, stub_digest
from dianping.opinions.services.checking import frozen_faults
from dianping.opinions.services.custody import refuse_opening_by_one_office
from dianping.opinions.services.ending import end_box, held_box, turnout_now
from dianping.opinions.services.machine_key import opened_before, read_machine_key
from dianping.opinions.services.planning import lock_poll
from dianping.opinions.services.release import release, release_digest
from dianping.opinions.services.sealing import public_of, read_key, unseal

OPENING = 2010_26  # the number of this act among those of which only one is at work


class Unsound(Refusal):
    """What was found when the box was checked; it stays sealed. `faults` are sentences."""

    def __init__(self, faults: Sequence[str], *, code: str) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"开箱前核对，有 {len(faults)} 处不符：{''.join(faults)}",
            code=code,
            remedy="票箱没有打开。请先查明；两位保管人都认为应当照开的，勾选“仍然开箱，并写明不符之处”。",
        )


class OpenedBefore(Refusal):
    """The data folder says that this very box was opened or destroyed before: an older database was put back."""


@dataclass(frozen=True, slots=True)
class BoxRead:
    """A closed box as it was read with all its keys: in memory only, never written.

    `standing`: the box's sum and counts at that time; `forms`: what was in the envelopes that opened; `faults`: whatever does
    not add up, as sentences.
    """

    poll: int
    standing: tuple[str, int, int]
    forms: tuple[ReturnedForm, ...] = field(repr=False)
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpeningCheck:
    """What is in an opening's way, told without asking who is there: `refusals` that stand, `faults` one may open despite;
    and the box as it was `read`, where nothing was refused."""

    refusals: tuple[Refusal, ...] = ()
    faults: tuple[str, ...] = ()
    read: BoxRead | None = None


@sensitive_variables()
def look_before_opening(
    *,
    poll: Poll,
    unit_key: str,
    superior_key: str,
    today: date,
    actor: Actor,
    again: str = "",
    paper: int | None = None,
) -> OpeningCheck:
    """Everything that can be said of an opening before it, in sentences; reads only.

    Only a custodian may ask; it is the same whoever the second one is: an answer that came only after the second custodian's password was right would tell whoever
    tries passwords that it was.
    """
    permit(actor, may_keep_key, poll)
    refusals, faults = list[Refusal](), list[str]()
    read: BoxRead | None = None
    box = Box.objects.filter(poll=poll).first()
    checks: list[Callable[[], object]] = [
        lambda: _refuse_unready(poll, today),
        lambda: refuse_opening_by_one_office(poll, day=today),
        lambda: _keys(poll, {Key.Side.UNIT: unit_key, Key.Side.SUPERIOR: superior_key}),
        lambda: read_machine_key(poll),
        lambda: _refuse_opened_before(poll, again),
    ]
    if box is not None:
        checks.append(partial(_refuse_few, poll, box.used))
        checks.append(partial(_counted_by_hand, poll, box, paper, faults))
    for check in checks:
        try:
            check()
        except Refusal as no:
            refusals.append(no)
    if box is None:
        return OpeningCheck((*refusals, _missing()))
    if refusals:  # the envelopes stay shut; what can be seen from outside is told all the same
        poll.box = box
        return OpeningCheck(tuple(refusals), (*faults_of(poll), *frozen_faults(poll), *faults))
    try:
        read = read_box(poll=poll, unit_key=unit_key, superior_key=superior_key, actor=actor)
        _refuse_few_opened(poll, read)
    except Refusal as no:
        refusals.append(no)
    return OpeningCheck(tuple(refusals), (*(read.faults if read else ()), *faults), read)


def _missing() -> Unsound:
    return Unsound(["票箱不见了。"], code="opinions.box-missing")


@sensitive_variables()
def read_box(*, poll: Poll, unit_key: str, superior_key: str, actor: Actor) -> BoxRead:
    """Read every envelope of a closed box with both keys as they stand on paper, and the machine's; check everything.

    Refuses a wrong key, a missing machine key, a box that is gone. Slow in proportion to the forms: not for a transaction.
    """
    permit(actor, may_keep_key, poll)
    poll = Poll.objects.get(pk=poll.pk)
    _refuse_other_states(poll)
    keys = _keys(poll, {Key.Side.UNIT: unit_key, Key.Side.SUPERIOR: superior_key})
    machine = read_machine_key(poll)
    box = Box.objects.filter(poll=poll).first()
    if box is None:
        raise _missing()
    poll.box = box
    faults = [*faults_of(poll), *frozen_faults(poll)]
    forms = _forms(poll, keys, machine, faults)
    return BoxRead(poll.pk, _standing(box), tuple(forms), tuple(faults))


def _standing(box: Box) -> tuple[str, int, int]:
    return box.sum, box.used, box.typed


@sensitive_variables()
@act
def open_box(
    *,
    poll: Poll,
    read: BoxRead,
    today: date,
    actor: Actor,
    witness: str,
    despite: bool = False,
    again: str = "",
    paper: int | None = None,
) -> Poll:
    """Open a box after its last day as it was `read`. Once, wholly, or not at all.

    Refuses a box not closed, one that has moved since it was read, too few forms, and unless actor and `witness` (an account)
    are its two custodians and still of two offices; OpenedBefore where it was opened already and nobody says why `again`;
    Unsound when anything does not add up and the custodians have not said to open it `despite` that (the faults are then part
    of what is released).
    `paper`: how many paper forms came back, as the two have counted the sheets before them; wanted where any were printed.
    """
    permit(actor, may_keep_key, poll)
    one_at_a_time(OPENING)  # two boxes about the same, opened at once, would each be shown whole
    locked = lock_poll(poll)
    _refuse_unready(locked, today)
    if {actor.name, witness} != {key.account for key in locked.keys.all()}:
        raise Refusal(
            "要两位保管人一起开箱。",
            code="opinions.two-must-open",
            remedy="请两位保管人都到场，各用自己的账号。",
        )
    refuse_opening_by_one_office(locked, day=today)
    _refuse_opened_before(locked, again)
    box = held_box(locked)
    if box is None:
        raise _missing()
    if (read.poll, read.standing) != (locked.pk, _standing(box)):
        raise Refusal(
            "这一箱在核对的时候又有变动（有纸质表录入）。",
            code="opinions.box-changed-while-checked",
            remedy="票箱没有打开，请再开一次。",
        )
    _refuse_few(locked, box.used)
    faults, forms = list(read.faults), list(read.forms)
    turnout = turnout_now(locked, box) | _counted_by_hand(locked, box, paper, faults)
    if faults and not despite:
        raise Unsound(faults, code="opinions.box-unsound")
    _refuse_few_opened(locked, read)
    counted = _counted(locked, forms)
    locked.faults, locked.opened_again = faults, again.strip() if opened_before(locked) else ""
    locked.turnout = turnout | {"opened": len(counted), "blank": len(forms) - len(counted)}
    if release(
        locked, forms, counted
    ):  # nothing is shown: nor is whether the one real form among them was blank
        locked.turnout |= {"opened": len(forms), "blank": 0}
    end_box(locked, Poll.State.OPENED, today)
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
        again=locked.opened_again,
        release=locked.release_digest,
    )
    return locked


def _refuse_opened_before(poll: Poll, again: str) -> None:
    before = opened_before(poll)
    if before is not None and not again.strip():
        raise OpenedBefore(
            f"数据夹里记着，这一箱{before['day']}已经开过或者销毁了；现在的数据库是恢复的旧备份，不能再开一次。",
            code="opinions.opened-before",
            remedy="结果请从开箱以后的备份恢复。两位保管人都认为必须再开的，请写明原因，原因随结果公布。",
        )


def _refuse_few(poll: Poll, used: int) -> None:
    if used < poll.least:
        raise Refusal(
            f"只收到 {used} 份，不足 {poll.least} 份，不能开箱。",
            code="opinions.too-few-forms",
            remedy="请按表上说明的销毁这一箱。",
        )


def _refuse_few_opened(poll: Poll, read: BoxRead) -> None:
    if len(read.forms) < poll.least:
        raise Refusal(
            f"能打开的只有 {len(read.forms)} 份，不足 {poll.least} 份。",
            code="opinions.too-few-readable",
            remedy="请销毁这一箱。",
        )


def _refuse_unready(poll: Poll, today: date) -> None:
    _refuse_other_states(poll)
    if today <= poll.closes:
        raise Refusal(
            f"到 {poll.closes} 才截止，截止以前谁也不能开箱。",
            code="opinions.not-closed-yet",
            remedy="请在截止以后再开。",
        )


def _refuse_other_states(poll: Poll) -> None:
    if poll.state != Poll.State.READY:
        raise Refusal(
            f"这一箱现在是“{poll.get_state_display()}”，不能开箱。",
            code="opinions.box-in-other-state",
            remedy="请刷新后再看。",
        )


@sensitive_variables()
def _keys(poll: Poll, typed: dict[str, str]) -> dict[str, X25519PrivateKey]:
    kept = {key.side: key for key in poll.keys.all()}
    keys = {}
    read = {side: read_key(text) for side, text in typed.items()}
    unit, superior = (read[side] for side in (Key.Side.UNIT, Key.Side.SUPERIOR))
    if unit and superior and public_of(unit) == kept[Key.Side.SUPERIOR].public:
        raise Refusal(
            "两把钥匙填反了。", code="opinions.keys-swapped", remedy="请把本单位的和上级的对调，再开一次。"
        )
    for side in typed:
        private, label = read[side], Key.Side(side).label
        if private is None:
            raise Refusal(
                f"{label}的钥匙没有输对：末尾的校验不符。",
                code="opinions.key-mistyped",
                remedy="请对照纸上逐组核对，或扫二维码。",
            )
        if public_of(private) != kept[side].public:
            raise Refusal(
                f"{label}的钥匙不是这一箱的。",
                code="opinions.key-of-another-box",
                remedy="请核对纸上写的是哪一次征求意见；再领过的，只有最后领的那一张有效。",
            )
        keys[side] = private
    return keys


@sensitive_variables()
def _forms(
    poll: Poll, keys: dict[str, X25519PrivateKey], machine: X25519PrivateKey | None, faults: list[str]
) -> list[ReturnedForm]:
    """Every form in the box, decrypted in memory; what cannot be, or belongs to no slip, is added to the faults."""
    damaged, forms = 0, list[ReturnedForm]()
    for envelope in Slot.objects.filter(poll=poll, full=True).values_list("envelope", flat=True):
        packed = unseal(
            bytes(envelope),
            poll=poll.pk,
            superior=keys[Key.Side.SUPERIOR],
            unit=keys[Key.Side.UNIT],
            machine=machine,
        )
        try:
            form = unpack(poll.sheet, packed or b"")
        except ValueError:
            damaged += 1
        else:
            forms.append(form)
    if damaged:
        faults.append(f"有 {damaged} 个封套打不开，内容被改动过。")
    return _belonging(poll, forms, faults)


def _counted_by_hand(poll: Poll, box: Box, paper: int | None, faults: list[str]) -> dict[str, int]:
    """The sheets that lie on the table, against what was typed of them: what is typed without a sheet, or a sheet nobody
    typed, is a fault."""
    if not poll.batches.filter(on_paper=True).exists():
        return {}
    if paper is None or paper < 0:
        raise Refusal(
            "没有写收回了几份纸质表。",
            code="opinions.paper-count-missing",
            remedy="请两位保管人当面点清，写上份数；一份也没有的写 0。",
        )
    spoilt = Slip.objects.filter(poll=poll, state=Slip.State.SPOILT).count()
    if box.typed + spoilt != paper:
        faults.append(
            f"当面点清收回纸质表 {paper} 份，录入 {box.typed} 份、登记废票 {spoilt} 份，合起来 {box.typed + spoilt} 份，不符。"
        )
    return {"paper": paper}


def _counted(poll: Poll, forms: list[ReturnedForm]) -> list[ReturnedForm]:
    """The forms that count: all, or without the blank ones where the form says that a blank one is spoilt."""
    if poll.sheet.validity.blank != Blank.SPOILT:
        return forms
    return [form for form in forms if not is_blank(form.answers)]


def _belonging(poll: Poll, forms: list[ReturnedForm], faults: list[str]) -> list[ReturnedForm]:
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
