"""Holding a draw, step by step: called, sealed by both sides, revealed, closed. What the hashes mean: `reviews/rules/draw`."""

from collections.abc import Iterable
from datetime import date

from dianping.accounts.models import User
from dianping.accounts.viewer import Viewer
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Organisation
from dianping.reviews.models import Draw
from dianping.reviews.rights import may_call, may_end, may_take_side
from dianping.reviews.rules.draw import (
    Candidate,
    DrawFault,
    Outcome,
    Terms,
    drawn,
    fits,
    frozen_list,
    read_list,
    seal,
)
from dianping.reviews.rules.draw import Draw as Record
from dianping.reviews.selectors.draws import may_seal

NONE = "-"


def terms_of(draw: Draw) -> Terms:
    """What was fixed before anybody sealed a seed."""
    return Terms(
        organisation=draw.organisation.code,
        superior=draw.superior.code,
        number=draw.number,
        called_on=draw.called_on,
        purpose=draw.purpose,
        places=draw.places,
        names=read_list(draw.listed).digest,
        previous=draw.previous,
        days=draw.days,
    )


def record_of(draw: Draw) -> Record:
    """A draw that is over, as its rules know it."""
    assert draw.closed_on is not None
    return Record(
        terms=terms_of(draw),
        outcome=Outcome(draw.outcome),
        closed_on=draw.closed_on,
        superior_seal=draw.superior_seal,
        own_seal=draw.own_seal,
        revealed_on=draw.revealed_on,
        superior_seed=draw.superior_seed,
        own_seed=draw.own_seed,
    )


@act
def call_draw(
    *,
    organisation: Organisation,
    superior: Organisation,
    about: str,
    purpose: str,
    places: int,
    candidates: Iterable[Candidate],
    on: date,
    actor: Actor,
) -> Draw:
    """Freeze the list and fix the terms. Raises Refusal while the organisation's last draw is open, or for a list or
    number of places that cannot stand."""
    permit(actor, may_call, superior, organisation)
    last = Draw.objects.select_for_update().filter(organisation=organisation).order_by("-number").first()
    if last is not None and last.closed_on is None:
        raise Refusal(
            f"第 {last.number} 次抽签还没有了结。",
            code="reviews.draw-still-open",
            remedy="请先办完，或写明原因作废；作废的也留在册上。",
        )
    try:
        names = frozen_list(candidates)
        if places > len(names.candidates):
            raise DrawFault(
                f"名额 {places} 多于名单上的 {len(names.candidates)} 名。请减少名额。",
                code="reviews.too-many-places",
            )
        draw = Draw(
            organisation=organisation,
            superior=superior,
            path=organisation.path,
            number=last.number + 1 if last else 1,
            about=about,
            purpose=purpose.strip(),
            called_on=on,
            called_by=actor.signature,
            places=places,
            listed=names.text,
            previous=last.digest if last else NONE,
        )
        terms_of(draw)
    except DrawFault as fault:
        raise Refusal(str(fault), code=fault.code) from fault
    draw.save()
    _record(draw, "发起抽签", actor)
    return draw


@act
def seal_draw(*, draw: Draw, side: str, sealed: str, day: date, actor: Actor) -> Draw:
    """Keep the seal of one side's seed ("superior", then "own"). The two are given by two people of two offices: the one that
    called the draw, and one below it that answers for whom is drawn from (decision 0041). Raises Refusal otherwise."""
    permit(actor, may_take_side, draw, side)
    row = _open(draw)
    if side == "own" and not row.superior_seal:
        raise Refusal(
            "上级还没有封存种子。",
            code="reviews.superior-seals-first",
            remedy="次序是上级先封存，单位再接着封存。",
        )
    if getattr(row, f"{side}_seal"):
        raise Refusal(
            "这一方已经封存过，不能换。",
            code="reviews.already-sealed",
            remedy="封错了的，请写明原因作废，另起一次。",
        )
    if side == "own" and actor.signature == row.superior_by:
        raise Refusal(
            "上级和单位的种子不能由同一个人封存。",
            code="reviews.one-person-seals-both",
            remedy="请单位的书记或党务干事来封存。",
        )
    user = User.objects.filter(username=actor.name, is_active=True).first()
    if user is None or not may_seal(Viewer(user, day), row, side):
        raise Refusal(
            "上级和单位的种子要由两个办公室封存：上级的由发起的办公室，单位的由单位的书记或它自己的党务干事。",
            code="reviews.wrong-office-seals",
            remedy="请换轮到的那一方，用自己的账号来封存。",
        )
    if len(sealed) != 64 or set(sealed) - set("0123456789abcdef"):
        raise Refusal(
            f"封存值写了 {len(sealed)} 个字符。",
            code="reviews.seal-malformed",
            remedy="应为 64 个 0–9、a–f 的字符。",
        )
    setattr(row, f"{side}_seal", sealed)
    setattr(row, f"{side}_by", actor.signature)
    row.save()
    _record(row, "封存种子", actor)
    return row


def sealed_with(draw: Draw, side: str, seed: str) -> str:
    """The seal of a seed for one side of a draw. Raises Refusal for what is no seed."""
    try:
        return seal(draw.superior_seal if side == "own" else terms_of(draw).digest, seed)
    except DrawFault as fault:
        raise Refusal(str(fault), code=fault.code) from fault


@act
def reveal_seed(*, draw: Draw, side: str, seed: str, on: date, actor: Actor) -> Draw:
    """Reveal one side's seed: the superior's once both are sealed, then the organisation's, which closes the draw."""
    permit(actor, may_take_side, draw, side)
    row = _open(draw)
    if not (row.superior_seal and row.own_seal):
        raise Refusal(
            "双方还没有都封存。", code="reviews.seals-incomplete", remedy="请先由上级、再由单位封存。"
        )
    if side == "own" and not row.superior_seed:
        raise Refusal(
            "上级还没有公开种子。",
            code="reviews.superior-reveals-first",
            remedy="次序是上级先公开，单位再公开。",
        )
    if getattr(row, f"{side}_seed"):
        raise Refusal("这一方的种子已经公开。", code="reviews.already-revealed", remedy="不用再公开。")
    _refuse_other_seed(row, side, seed)
    setattr(row, f"{side}_seed", seed)
    if side == "superior":
        row.revealed_on = on
        row.save()
        _record(row, "公开种子", actor)
        return row
    return _close(row, Outcome.HELD, on, actor)


def _refuse_other_seed(row: Draw, side: str, seed: str) -> None:
    after, sealed = (
        (row.superior_seal, row.own_seal) if side == "own" else (terms_of(row).digest, row.superior_seal)
    )
    try:
        if not fits(after, seed, sealed):
            raise Refusal(
                "这个种子与封存值对不上。",
                code="reviews.seed-does-not-match",
                remedy="请公开当时封存的那个种子，一个字符也不能差。",
            )
    except DrawFault as fault:
        raise Refusal(str(fault), code=fault.code) from fault


@act
def close_withheld(*, draw: Draw, on: date, actor: Actor) -> Draw:
    """The organisation let its days pass without revealing: its seal and the superior's seed decide, and it is recorded."""
    permit(actor, may_end, draw)
    return _close(_open(draw), Outcome.WITHHELD, on, actor)


@act
def void_draw(*, draw: Draw, why: str, on: date, actor: Actor) -> Draw:
    """Call a draw off before the superior has revealed; its number stays used, and why stands beside it."""
    permit(actor, may_end, draw)
    row = _open(draw)
    if not why.strip():
        raise Refusal(
            "没有写作废的原因。",
            code="reviews.voiding-without-reason",
            remedy="请写明为什么作废；作废的也留在册上。",
        )
    row.why = why.strip()
    return _close(row, Outcome.VOID, on, actor)


def _close(row: Draw, outcome: Outcome, on: date, actor: Actor) -> Draw:
    row.outcome, row.closed_on = outcome.value, on
    try:
        record = record_of(row)
        row.drawn = list(drawn(read_list(row.listed), record).codes)
    except DrawFault as fault:
        raise Refusal(str(fault), code=fault.code) from fault
    row.digest = record.digest
    row.save()
    _record(row, f"抽签{outcome.value}", actor)
    return row


def _open(draw: Draw) -> Draw:
    row = (
        Draw.objects.select_for_update(of=("self",))
        .select_related("organisation", "superior")
        .get(pk=draw.pk)
    )
    if row.closed_on is not None:
        raise Refusal(
            f"第 {row.number} 次抽签已于 {row.closed_on} 了结。",
            code="reviews.draw-already-closed",
            remedy="要再抽，另起一次。",
        )
    return row


def _record(row: Draw, act: str, actor: Actor) -> None:
    audit.record(
        actor=actor, act=act, about=f"draw:{row.pk}", path=row.path, number=row.number, digest=row.digest
    )
