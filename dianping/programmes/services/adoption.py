"""Adopting a programme."""

import hashlib
from dataclasses import dataclass
from datetime import date

import tomli_w

from dianping.base.coded import CodedFault
from dianping.common import audit, trees
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Organisation
from dianping.programmes.models import Adoption
from dianping.programmes.rights import may_adopt
from dianping.programmes.rules import Programme, Unreadable, Weakened, read_programme
from dianping.programmes.selectors import composed, highest_first
from dianping.programmes.shelf import programme_text, shipped_names, shipped_text


def written_out(draft: dict[str, object]) -> str:
    """A drafted programme as the text of a programme file, checked by reading it back.

    Raises Refusal when what was accepted does not make a programme.
    """
    text = tomli_w.dumps(draft)
    _read(text)
    return text


@dataclass(frozen=True, slots=True)
class AdoptionResult:
    """What one call adopted: the adoption, whether it is new, and the superior's papers adopted along with it."""

    adoption: Adoption
    new: bool
    along: tuple[Adoption, ...] = ()


def adopt_programme(*, text: str, organisation: Organisation, actor: Actor, today: date) -> AdoptionResult:
    """Put a programme in force for an organisation and all below it, from the day of its paper.

    The superior's programme it extends is adopted along with it when nothing above has adopted it yet.
    Twice changes nothing. Raises Refusal for an unreadable file, a changed text under the same code, or an
    overlay that weakens what it extends (both clauses side by side).
    """
    return _adopt(_read(text), text, organisation, actor, today)


@act
def _adopt(
    programme: Programme, text: str, organisation: Organisation, actor: Actor, today: date
) -> AdoptionResult:
    permit(actor, may_adopt, organisation)
    standing = _standing(programme.code, organisation)
    if standing is not None:
        _refuse_another_text(standing, text)
        return AdoptionResult(standing, new=False)
    along = _adopt_base(programme, organisation, actor, today)
    adoption = Adoption.objects.create(
        organisation=organisation,
        code=programme.code,
        title=programme.title,
        number=programme.number,
        extends=programme.extends,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        in_force=programme.issued,
        adopted_on=today,
        adopted_by=actor.name,
    )
    _refuse_unusable(adoption)
    audit.record(
        actor=actor,
        act="采用方案",
        about=f"adoption:{adoption.pk}",
        path=organisation.path,
        number=programme.number,
        organisation=organisation.code,
        digest=adoption.digest,
    )
    return AdoptionResult(adoption, new=True, along=along)


@act
def end_adoption(*, adoption: Adoption, on: date, actor: Actor) -> None:
    """A later paper takes a programme's place from a day on; the programme still answers for the days before it.

    Raises Refusal when it never was in force by then, or when an overlay that stands on it is still in force.
    """
    permit(actor, may_adopt, adoption.organisation)
    if on <= adoption.in_force:
        raise Refusal(
            f"{adoption.number} 自 {adoption.in_force} 起施行，不能在 {on} 就被代替。",
            code="programmes.replaced-before-in-force",
            remedy="请核对两份文件的成文日期。",
        )
    over = Adoption.objects.filter(extends=adoption.code, until=None).select_related("organisation").first()
    if over is not None:
        raise Refusal(
            f"{over.organisation.name}的 {over.number} 是叠加在 {adoption.number} 上的，还在施行。",
            code="programmes.overlay-still-stands",
            remedy="请先以新的文件代替那一份。",
        )
    if Adoption.objects.filter(pk=adoption.pk, until=None).update(until=on):
        audit.record(
            actor=actor,
            act="方案被代替",
            about=f"adoption:{adoption.pk}",
            path=adoption.organisation.path,
            until=on,
        )


def renew_adoption(*, name: str, organisation: Organisation, actor: Actor, today: date) -> AdoptionResult:
    """Put the text of a shipped programme as it ships now in the place of an older one of the same code, from today on; the older
    text answers for the days before. The same text again changes nothing.

    Raises Refusal where the programme is not adopted, or not longer than since today.
    """
    text, standing = shipped_text(name), _standing(name, organisation)
    if standing is None:
        raise Refusal(
            f"“{name}”还没有采用。",
            code="programmes.not-adopted-yet",
            remedy="请先照常采用，不用 --renewed。",
        )
    if standing.digest == hashlib.sha256(text.encode()).hexdigest():
        permit(actor, may_adopt, standing.organisation)
        return AdoptionResult(standing, new=False)
    return amend_adoption(
        adoption=standing, text=text, number=standing.number, on=today, actor=actor, today=today
    )


def amend_adoption(
    *, adoption: Adoption, text: str, number: str, on: date, actor: Actor, today: date
) -> AdoptionResult:
    """Put the amended text of a programme in force from a day on, under the same code; what is laid over it stays.

    Raises Refusal when it is no longer in force, was not yet by then, or when the amended text cannot be used.
    """
    return _amend(_read(text), adoption, text, number, on, actor, today)


@act
def _amend(
    programme: Programme, adoption: Adoption, text: str, number: str, on: date, actor: Actor, today: date
) -> AdoptionResult:
    permit(actor, may_adopt, adoption.organisation)
    if adoption.until is not None or on <= adoption.in_force:
        raise Refusal(
            f"{adoption.number} 自 {adoption.in_force} 起施行"
            + (f"，到 {adoption.until} 为止" if adoption.until else "")
            + f"，不能自 {on} 起修订。",
            code="programmes.not-in-force-then",
            remedy="请核对两份文件的成文日期。",
        )
    Adoption.objects.filter(pk=adoption.pk).update(until=on)
    new = Adoption.objects.create(
        organisation=adoption.organisation,
        code=programme.code,
        title=programme.title,
        number=programme.number,
        amended_by=number,
        extends=programme.extends,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        in_force=on,
        adopted_on=today,
        adopted_by=actor.name,
    )
    _refuse_unusable(new)
    audit.record(
        actor=actor,
        act="修订方案",
        about=f"adoption:{new.pk}",
        path=adoption.organisation.path,
        number=adoption.number,
        amended_by=number,
        digest=new.digest,
    )
    return AdoptionResult(new, new=True)


def _refuse_unusable(adoption: Adoption) -> None:
    """Compose what binds here, and at every place below with a paper of its own, for every day on which a paper
    begins; what cannot be in force together is refused now, not on the day duties are opened."""
    here = adoption.organisation.path
    rows = list(
        Adoption.objects.select_related("organisation").order_by("organisation__path", "in_force", "pk")
    )
    places = {row.organisation.path for row in rows if row.organisation.path.startswith(here)}
    for place in sorted(places):
        binding = [row for row in rows if place.startswith(row.organisation.path)]
        for day in sorted({row.in_force for row in binding if row.in_force >= adoption.in_force}):
            try:
                standing = highest_first(row for row in binding if row.binds_on(day))
                composed(tuple(row.text for row in standing))
            except Weakened as weakened:
                raise Refusal(
                    f"“{adoption.title}”没有采用：", code=weakened.code, remedy=str(weakened)
                ) from weakened
            except CodedFault as fault:
                raise Refusal(f"“{adoption.title}”没有采用：{fault}", code=fault.code) from fault


def _read(text: str) -> Programme:
    try:
        return read_programme(text)
    except Unreadable as fault:
        raise Refusal(str(fault), code=fault.code) from fault


def _standing(code: str, organisation: Organisation) -> Adoption | None:
    above = trees.ancestors(organisation.path)
    return Adoption.objects.filter(organisation__path__in=above, code=code, until=None).first()


def _refuse_another_text(standing: Adoption, text: str) -> None:
    if standing.digest == hashlib.sha256(text.encode()).hexdigest():
        return
    if standing.code in shipped_names() and text == programme_text(standing.code):
        raise Refusal(
            f"{standing.number} 已于 {standing.adopted_on} 采用，采用的是系统早先附带的一版，与现在附带的不同；仍照采用时的一版施行。",
            code="programmes.shipped-text-newer",
            remedy=f"要从今天起照现在的一版施行，请在命令行用 adopt_programme {standing.code} --renewed；以前的日子仍照原来的一版。",
        )
    raise Refusal(
        f"代号“{standing.code}”的方案已于 {standing.adopted_on} 采用，内容与这份不同。",
        code="programmes.same-code-other-text",
        remedy="修订的方案请换一个代号，旧方案仍对自己的日子负责。",
    )


def _adopt_base(
    programme: Programme, organisation: Organisation, actor: Actor, today: date
) -> tuple[Adoption, ...]:
    if not programme.extends or _standing(programme.extends, organisation):
        return ()
    if programme.extends not in shipped_names():
        raise Refusal(
            f"“{programme.title}”是在“{programme.extends}”之上的安排，而后者还没有采用。",
            code="programmes.base-not-adopted",
            remedy="请先采用上级的方案。",
        )
    base = adopt_programme(
        text=programme_text(programme.extends), organisation=organisation, actor=actor, today=today
    )
    return (*base.along, base.adoption)
