"""交表: a slip is used and an envelope lands in a slot, in one transaction, exactly once; nothing else is written.

No moment, no address, no account, no audit entry. A form sent again with the same stub (the answer got lost on the way)
is told that it was received; with another stub its slip is used.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.views.decorators.debug import sensitive_variables

from dianping.common.refusal import Refusal
from dianping.opinions.models import Batch, Box, Poll, Slip, Slot
from dianping.opinions.rules import Answers, Form, is_paper_stub, pack, problems, read_code, read_stub
from dianping.opinions.services.accounting import (
    change,
    slip_digest,
    slip_term,
    slot_term,
    stub_digest,
)
from dianping.opinions.services.keys import slot_places
from dianping.opinions.services.machine_key import has_its_key
from dianping.opinions.services.sealing import seal

TRIES = 64  # slots drawn before it is clear that there is no box any more


class WrongSlip(Refusal):
    """No slip has this code."""


class NotHandedOut(WrongSlip):
    """The slip was printed and not counted out yet: until somebody else does, it opens nothing."""


class UsedSlip(Refusal):
    """The slip was used before."""


class Closed(Refusal):
    """The poll takes no forms on this day."""


class NotKept(Refusal):
    """The form could not be written: the disk is full, or the database did not answer. Nothing was used up."""


class StubTaken(Refusal):
    """Another form of this poll carries the same stub."""


@dataclass(frozen=True, slots=True)
class AdmittedSlip:
    """A slip that may be used now. `box` is as it was read, not locked; `received`: it was used by this very sending."""

    code: str
    slip: Slip
    box: Box
    received: bool

    @property
    def poll(self) -> Poll:
        """The poll it opens; its form's text is not loaded until asked for."""
        return self.box.poll

    @property
    def form(self) -> Form:
        """What is asked."""
        return _form(self.poll.form_digest, self.poll.pk)

    @property
    def subjects(self) -> int:
        """About how many."""
        return self.box.subjects


@lru_cache(maxsize=64)
def _form(digest: str, poll: int) -> Form:
    """A form by its digest, read once a process: a digest never comes to stand for another form."""
    form = Form.load(Poll.objects.values_list("form", flat=True).get(pk=poll))
    assert form.digest == digest
    return form


@sensitive_variables("code", "plain", "stub", "number")
def admit(*, code: str, today: date, stub: str = "", on_paper: bool = False) -> AdmittedSlip:
    """Which poll a typed or scanned code opens; reading it uses nothing. Raises WrongSlip, UsedSlip or Closed.

    With the stub of a form sent before it tells that this one was received, whatever the day.
    """
    plain, number = read_code(code), read_stub(stub)
    slip = _slip(slip_digest(plain)) if plain else None
    if plain is None or slip is None:
        raise WrongSlip(
            "没有这个票码。",
            code="opinions.no-such-slip",
            remedy="请对照票上的 12 个字符再输一次；还是不行，请向发票的人换一张。",
        )
    if slip.state == Slip.State.USED and number and slip.stub == stub_digest(slip.poll_id, number):
        return AdmittedSlip(plain, slip, slip.poll.box, received=True)
    if not on_paper:
        _refuse_paper(slip)
        _refuse_closed(slip.poll, today)
    _refuse_used(slip)
    refuse_uncounted(slip.handed_out)  # type: ignore[attr-defined]  # annotated by _slip
    return AdmittedSlip(plain, slip, slip.poll.box, received=False)


def _slip(digest: str) -> Slip | None:
    """A slip with its poll, its box and whether it is a paper form's, in one look-up; the form's text and the electorate
    stay where they are."""
    paper = Batch.objects.filter(poll=OuterRef("poll"), number=OuterRef("batch"), on_paper=True)
    rows = Slip.objects.select_related("poll__box").defer("poll__form", "poll__electorate")
    counted = Batch.objects.filter(poll=OuterRef("poll"), number=OuterRef("batch"), counted_on__isnull=False)
    rows = rows.annotate(is_paper=Exists(paper), handed_out=Exists(counted))
    return next(iter(rows.filter(digest=digest)), None)


def refuse_uncounted(counted: bool) -> None:
    """Raise NotHandedOut for a slip whose printing nobody else counted out."""
    if not counted:
        raise NotHandedOut(
            "这批票还没有点交，现在不能用。",
            code="opinions.slip-not-handed-out",
            remedy="请告诉发票的人：要由另一个办公室的一位同志当场点清，在系统里确认，票才能用。",
        )


def _refuse_paper(slip: Slip) -> None:
    """What is on paper is typed by two: whoever holds the sheets could else put others in their place, alone and unseen."""
    if slip.is_paper:  # type: ignore[attr-defined]  # annotated by _slip
        raise WrongSlip(
            "这是纸质表的编号，不在手机上填。",
            code="opinions.slip-is-paper",
            remedy="请填那张纸，交回给发表的人；想用手机填的，请换一张票。",
        )


def _refuse_closed(poll: Poll, today: date) -> None:
    if poll.state != Poll.State.READY or today > poll.closes:
        raise Closed(
            f"“{poll.title}”到 {poll.closes} 为止，已经截止。",
            code="opinions.closed",
            remedy="这张票不能再用了。",
        )
    if today < poll.opens:
        raise Closed(
            f"“{poll.title}”从 {poll.opens} 开始，还没有到。",
            code="opinions.not-begun-yet",
            remedy="请到那一天再填，票不会失效。",
        )


def _refuse_used(slip: Slip) -> None:
    if slip.state == Slip.State.USED:
        raise UsedSlip(
            "这张票已经用过，一张票只收一份表。",
            code="opinions.slip-used",
            remedy="如果刚才就是您交的，那一份已经收到，不用再交。",
        )
    if slip.state == Slip.State.SPOILT:
        raise UsedSlip(
            "这张票对应的纸质表已经登记为废票。", code="opinions.form-spoilt", remedy="请向发票的人说明情况。"
        )
    if slip.state == Slip.State.VOID:
        raise WrongSlip("这张票已经作废。", code="opinions.slip-void", remedy="请向发票的人换一张。")


@sensitive_variables()
def send_form(*, code: str, answers: Answers, stub: str, today: date, on_paper: bool = False) -> str:
    """Admit a code and take its form in one go; returns the stub's number."""
    return take_form(
        admitted=admit(code=code, today=today, stub=stub, on_paper=on_paper), answers=answers, stub=stub
    )


@sensitive_variables()
def take_form(*, admitted: AdmittedSlip, answers: Answers, stub: str) -> str:
    """Seal one form and use up its slip; returns the stub's number. Sent twice with one stub it counts once.

    Raises UsedSlip, Closed, NotKept, or Refusal for answers the form does not have or a stub that is none.
    """
    number = read_stub(stub)
    if number is None or (is_paper_stub(number) and not admitted.slip.is_paper):  # type: ignore[attr-defined]
        raise Refusal(
            "回执号不完整。", code="opinions.stub-incomplete", remedy="请刷新页面再交一次，票还没有用掉。"
        )
    if not admitted.received:
        if not has_its_key(admitted.box):
            raise NotKept(
                "这个票箱的机内钥匙不见了，收下的表也打不开，所以没有收。",
                code="opinions.machine-key-missing",
                remedy="票还没有用掉，请告诉发票的人。",
            )
        # Sealing and drawing a slot come before anybody waits for the database.
        envelope, mark = _sealed(admitted, answers, number), stub_digest(admitted.poll.pk, number)
        drawn = _free_slot(admitted.box)
        try:
            with transaction.atomic():
                _drop(admitted, mark, envelope, drawn)
        except IntegrityError as taken:  # somebody else's form carries this stub: a sender chose it himself
            raise StubTaken(
                "这个回执号已经有人用了。",
                code="opinions.stub-taken",
                remedy="已换了一个号，请再交一次，票还没有用掉。",
            ) from taken
        except OperationalError as fault:
            raise NotKept(
                "系统现在存不下，这份表没有收下。",
                code="opinions.form-not-kept",
                remedy="票还没有用掉，填的都还在，请过一会儿再交。",
            ) from fault
    return number


@sensitive_variables()
def _sealed(admitted: AdmittedSlip, answers: Answers, number: str) -> bytes:
    form, box = admitted.form, admitted.box
    wrong = problems(form, box.subjects, answers)
    if wrong:
        raise Refusal("".join(wrong), code="opinions.answers-wrong", remedy="请改正后再交，票还没有用掉。")
    return seal(
        pack(form, subjects=box.subjects, group=admitted.slip.group, answers=answers, stub=number),
        width=box.width,
        poll=box.poll_id,
        superior=box.superior_key,
        unit=box.unit_key,
        machine=box.machine_key,
    )


def _drop(admitted: AdmittedSlip, mark: str, envelope: bytes, drawn: tuple[int, bytes]) -> None:
    """Use the slip and fill a free slot, both or neither. The box's row, which all have in common, is locked last and
    shortest; whoever locks slips and a box does it in this order, so that no two wait for one another."""
    slip = admitted.slip
    unused = Slip.objects.filter(pk=slip.pk, state=Slip.State.UNUSED, stub=slip.stub)
    if not unused.update(state=Slip.State.USED, stub=mark):
        return _used_meanwhile(slip, mark)
    out = [slip_term(slip)]
    slip.state, slip.stub = Slip.State.USED, mark
    place, chance = drawn
    while not Slot.objects.filter(pk=place, full=False).update(full=True, envelope=envelope):
        place, chance = _free_slot(admitted.box)
    out.append(slot_term(place, False, chance))
    box = Box.objects.select_for_update().get(pk=admitted.box.pk)  # its slip is there, so is the box
    change(box, out=out, into=(slip_term(slip), slot_term(place, True, envelope)), used=1)
    return None


def _used_meanwhile(slip: Slip, mark: str) -> None:
    """Somebody was quicker with this slip: the same form sent twice at once, or another one."""
    now = _slip(slip.digest)
    if now is None:
        raise Closed("票箱已经开了。", code="opinions.box-already-opened", remedy="这张票不能再用了。")
    if not (now.state == Slip.State.USED and now.stub == mark):
        _refuse_used(now)


def _free_slot(box: Box) -> tuple[int, bytes]:
    """A free slot drawn at random, and the chance that fills it: half of them are free however full the box is."""
    places = slot_places(box)
    for _ in range(TRIES):
        place = places[secrets.randbelow(len(places))]
        envelopes = Slot.objects.filter(pk=place, full=False).values_list("envelope", flat=True)
        for chance in envelopes:
            return place, bytes(chance)
    raise Closed(
        "票箱已经开了。", code="opinions.box-already-opened", remedy="这张票不能再用了。"
    )  # half of the slots are free while there is a box
