"""交表: a slip is used and an envelope lands in a slot, in one transaction, exactly once; nothing else is written.

No moment, no address, no account, no audit entry. A form sent again with the same stub (the answer got lost on the way)
is told that it was received; with another stub its slip is used.
"""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dianping.common.queue import in_line
from dianping.common.refusal import Refusal
from dianping.opinions.models import Box, Key, Poll, Slip, Slot
from dianping.opinions.services.accounting import (
    change,
    slip_digest,
    slip_term,
    slot_term,
    stub_digest,
)
from dianping.opinions.services.planning import slot_places
from dianping.opinions.services.sealing import seal
from dianping.rules.ballots import Answers, pack, problems, read_code, read_stub


class WrongSlip(Refusal):
    """No slip has this code."""


class UsedSlip(Refusal):
    """The slip was used before."""


class Closed(Refusal):
    """The poll takes no forms on this day."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A slip that may be used now: its code as kept, its poll, its group's number."""

    code: str
    poll: Poll
    group: int


def admit(*, code: str, today: date) -> Admitted:
    """Which poll a typed or scanned code opens; reading it uses nothing. Raises WrongSlip, UsedSlip or Closed."""
    plain = read_code(code)
    slip = (
        Slip.objects.select_related("poll", "poll__organisation").filter(digest=slip_digest(plain)).first()
        if plain
        else None
    )
    if plain is None or slip is None:
        raise WrongSlip("没有这个票码。", remedy="请对照票上的 12 个字符再输一次；还是不行，请向发票的人换一张。")
    _refuse_closed(slip.poll, today)
    _refuse_used(slip)
    return Admitted(plain, slip.poll, slip.group)


def _refuse_closed(poll: Poll, today: date) -> None:
    if poll.state != Poll.State.READY or today > poll.closes:
        raise Closed(f"“{poll.title}”到 {poll.closes} 为止，已经截止。", remedy="这张票不能再用了。")
    if today < poll.opens:
        raise Closed(f"“{poll.title}”从 {poll.opens} 开始，还没有到。", remedy="请到那一天再填，票不会失效。")


def _refuse_used(slip: Slip) -> None:
    if slip.state == Slip.State.USED:
        raise UsedSlip(
            "这张票已经用过，一张票只收一份表。", remedy="如果刚才就是您交的，那一份已经收到，不用再交。"
        )
    if slip.state == Slip.State.SPOILT:
        raise UsedSlip("这张票对应的纸质表已经登记为废票。", remedy="请向发票的人说明情况。")
    if slip.state == Slip.State.VOID:
        raise WrongSlip("这张票已经作废。", remedy="请向发票的人换一张。")


def send_form(*, code: str, answers: Answers, stub: str, today: date, on_paper: bool = False) -> str:
    """Seal one form and use up its slip; returns the stub's number. Sent twice with one stub it counts once.

    Raises WrongSlip, UsedSlip, Closed, or Refusal for answers the form does not have or a stub that is none.
    """
    plain, number = read_code(code), read_stub(stub)
    if number is None:
        raise Refusal("回执号不完整。", remedy="请刷新页面再交一次，票还没有用掉。")
    slip = Slip.objects.select_related("poll").filter(digest=slip_digest(plain)).first() if plain else None
    if slip is None:
        raise WrongSlip("没有这个票码。", remedy="请对照票上的 12 个字符再输一次。")
    poll, mark = slip.poll, stub_digest(slip.poll_id, number)
    if slip.state == Slip.State.USED and slip.stub == mark:
        return number
    if not on_paper:
        _refuse_closed(poll, today)
    _refuse_used(slip)
    envelope, box = _sealed(poll, slip, answers, number)
    with in_line(), transaction.atomic():
        _drop(box, slip, mark, envelope)
    return number


def _sealed(poll: Poll, slip: Slip, answers: Answers, number: str) -> tuple[bytes, Box]:
    """The form sealed, before anybody waits for the database, and the box it goes into."""
    box, keys = Box.objects.filter(poll=poll).first(), list(poll.keys.all())
    if box is None:
        raise Closed(f"“{poll.title}”已经截止。", remedy="这张票不能再用了。")
    subjects = poll.subjects.count()
    wrong = problems(poll.sheet, subjects, answers)
    if wrong:
        raise Refusal("".join(wrong), remedy="请改正后再交，票还没有用掉。")
    packed = pack(poll.sheet, subjects=subjects, group=slip.group, answers=answers, stub=number)
    public = {key.side: key.public for key in keys}
    envelope = seal(
        packed,
        width=box.width,
        poll=poll.pk,
        superior=public[Key.Side.SUPERIOR],
        unit=public[Key.Side.UNIT],
    )
    return envelope, box


def _drop(box: Box, slip: Slip, mark: str, envelope: bytes) -> None:
    """Use the slip and fill a free slot, both or neither. The box's row is locked first: one form at a time."""
    held = Box.objects.select_for_update().filter(pk=box.pk).first()
    fresh = Slip.objects.filter(pk=slip.pk).first()
    if held is None or fresh is None:
        raise Closed("票箱已经开了。", remedy="这张票不能再用了。")
    if fresh.state == Slip.State.USED and fresh.stub == mark:
        return
    _refuse_used(fresh)
    before = slip_term(fresh)
    fresh.state, fresh.stub = Slip.State.USED, mark
    Slip.objects.filter(pk=fresh.pk).update(state=fresh.state, stub=mark)
    place, old = _free_slot(held, slip.poll)
    Slot.objects.filter(pk=place).update(full=True, envelope=envelope)
    change(
        held,
        out=(before, slot_term(place, False, old)),
        into=(slip_term(fresh), slot_term(place, True, envelope)),
        used=1,
    )


def _free_slot(box: Box, poll: Poll) -> tuple[int, bytes]:
    """A free slot drawn at random, and the chance that fills it: half of them are free however full the box is."""
    places = slot_places(poll, box)
    while True:
        place = places[secrets.randbelow(len(places))]
        found = Slot.objects.filter(pk=place, full=False).values_list("envelope", flat=True).first()
        if found is not None:
            return place, bytes(found)
