"""The sum by which any change made beside the system is found before a box is opened (decision 0033).

Every slot and every slip has a term, a keyed hash of all it holds; the box keeps the sum of the terms modulo 2**256 and
a keyed mark over it (a set hash: the order of changes leaves nothing behind). An act changes the sum by the terms it
takes away and the terms it puts in. Whoever writes to the database without the key cannot make the sum come out right.
"""

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings

from dianping.opinions.models import Box, Poll, Slip, Slot

_MODULUS = 1 << 256


def _keyed(*parts: bytes | str | int) -> bytes:
    key = settings.BALLOT_KEY.encode()
    body = b"\0".join(
        str(part).encode() if not isinstance(part, bytes) else part.hex().encode() for part in parts
    )
    return hmac.new(key, body, hashlib.sha256).digest()


def slip_digest(code: str) -> str:
    """What is kept of a slip's code: a keyed hash, useless without the key of this site."""
    return _keyed("code", code).hex()


def paper_stub(code: str) -> int:
    """The chance behind the stub printed on a paper form: worked out anew when the form is typed."""
    return int.from_bytes(_keyed("paper stub", code))


def stub_digest(poll: int, number: str) -> str:
    """What is kept of a stub's number while the box is closed."""
    return _keyed("stub", poll, number).hex()


def answer_digest(poll: int, code: str, question: str, answer: str) -> str:
    """What is kept of one answer of a paper form until it is typed again. The form's own code is part of the key: an answer is
    one of a few, and whoever held all keys of this site could else try them."""
    return _keyed("paper", poll, code, question, answer).hex()


def slot_term(place: int, full: bool, envelope: bytes) -> int:
    """A slot's part of the sum."""
    return int.from_bytes(_keyed("slot", place, int(full), hashlib.sha256(envelope).digest()))


def slip_term(slip: Slip) -> int:
    """A slip's part of the sum."""
    return int.from_bytes(
        _keyed("slip", slip.digest, slip.poll_id, slip.group, slip.batch, slip.state, slip.stub)
    )


def change(
    box: Box, *, out: Iterable[int] = (), into: Iterable[int] = (), used: int = 0, typed: int = 0
) -> None:
    """Move the sum and the counts of a locked box and write them."""
    total = (int(box.sum, 16) - sum(out) + sum(into)) % _MODULUS
    box.sum, box.used, box.typed = f"{total:064x}", box.used + used, box.typed + typed
    box.mark = mark_of(box)
    Box.objects.filter(pk=box.pk).update(sum=box.sum, used=box.used, typed=box.typed, mark=box.mark)


def mark_of(box: Box) -> str:
    """The keyed mark over what the box says of itself."""
    keys = [box.unit_key, box.superior_key] + [box.machine_key] * bool(box.machine_key)
    made_with = (box.slots, box.width, box.subjects)
    return _keyed("box", box.poll_id, box.used, box.typed, *made_with, *keys, box.sum).hex()


def faults_of(poll: Poll) -> list[str]:
    """Everything about a closed box that does not add up, as sentences; an empty list is a box nobody touched."""
    box = poll.box
    faults = []
    if box.mark != mark_of(box):
        faults.append("票箱的核对码与所记的份数、核对和不符，票箱一行被改动过。")
    slips = list(Slip.objects.filter(poll=poll))
    total = sum(map(slip_term, slips))
    slots = full = 0
    for place, is_full, envelope in (
        Slot.objects.filter(poll=poll).values_list("place", "full", "envelope").iterator(chunk_size=500)
    ):
        total += slot_term(place, is_full, bytes(envelope))
        slots, full = slots + 1, full + is_full
    if f"{total % _MODULUS:064x}" != box.sum:
        faults.append("票、封套与核对和不符，有票或封套在系统之外被改动、增加或删除过。")
    used = sum(slip.state == Slip.State.USED for slip in slips)
    if not used == full == box.used:
        faults.append(f"已用的票 {used} 张、封套 {full} 个、所记份数 {box.used} 份，三个数应当相同。")
    if slots != box.slots:
        faults.append(f"票箱应有 {box.slots} 格，现在有 {slots} 格。")
    return faults + _issue_faults(poll, slips)


def _issue_faults(poll: Poll, slips: list[Slip]) -> list[str]:
    faults = []
    sizes = dict(poll.groups.values_list("number", "size"))
    batches = list(poll.batches.all())
    issued = sum(batch.issued for batch in batches)
    voided = sum(batch.voided for batch in batches)
    if issued != len(slips) or voided != sum(slip.state == Slip.State.VOID for slip in slips):
        faults.append(f"各批共发出 {issued} 张、作废 {voided} 张，与票的张数不符。")
    live: dict[int, int] = {}
    for slip in slips:
        live[slip.group] = live.get(slip.group, 0) + (slip.state != Slip.State.VOID)
    over = [number for number, count in live.items() if count > sizes.get(number, 0)]
    if over:
        faults.append(f"有 {len(over)} 组发出的票多于应参加人数。")
    return faults
