"""From accepted lines to programmes in force: the notice and what it encloses."""

import tomllib
from dataclasses import dataclass
from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.notices.models import Notice
from dianping.notices.rights import may_decide
from dianping.notices.selectors import accepted_of
from dianping.programmes.models import Adoption
from dianping.programmes.rights import may_adopt
from dianping.programmes.rules import Programme
from dianping.programmes.rules.accepted import End
from dianping.programmes.rules.amending import Amendment, NotAmendable, amended
from dianping.programmes.rules.drafting import AcceptedLine, Draft, Head, drafted
from dianping.programmes.selectors import adopted_by_code, adopted_by_number, parsed
from dianping.programmes.services.adoption import (
    AdoptionResult,
    adopt_programme,
    amend_adoption,
    end_adoption,
    written_out,
)


@dataclass(frozen=True, slots=True)
class Supersession:
    """What a notice does to a programme already in force: takes its place whole, or amends some clauses of it.

    `dropped` are the codes of rules and deliverables the amendment takes away.
    """

    adoption: Adoption
    amends: bool = False
    dropped: tuple[str, ...] = ()


@act
def adopt_notice(
    *, notice: Notice, today: date, actor: Actor, over: Supersession | None = None
) -> list[AdoptionResult]:
    """Adopt what was accepted of a notice: the superior's notice it encloses first, then its own overlay.

    `over` is the programme whose place it takes, or which it amends, from its own date on; the old text answers for the
    days before. Raises Refusal while lines are undecided, or when what was accepted makes no programme.
    """
    permit(actor, may_decide, notice)
    permit(actor, may_adopt, notice.organisation)
    over = over or supersession_meant(notice)
    if over is not None and not same_issuer(notice, over.adoption):
        audit.record(
            actor=actor,
            act="以另一机关的文件改动方案",
            about=f"adoption:{over.adoption.pk}",
            path=notice.path,
            number=notice.number,
        )
    if over is not None and over.amends:
        return [_amend(notice, over, today, actor)]
    if over is not None and notice.dated is not None:
        end_adoption(adoption=over.adoption, on=notice.dated, actor=actor)
    standing = adopted_by_number(notice.number, organisation=notice.organisation)
    if standing is not None and standing.code != Head.code_of(notice.number):
        raise _twice(notice, standing)
    return [
        adopt_programme(text=text, organisation=notice.organisation, actor=actor, today=today)
        for text in programme_texts(notice)
    ]


def _twice(notice: Notice, standing: Adoption) -> Refusal:
    return Refusal(
        f"{notice.number} 已于 {standing.adopted_on} 采用（{standing.organisation.name}）。",
        code="programmes.adopted-already",
        remedy="同一份文件不必采用两次；要改用这里核对的内容，请在页脚选“代替”那一份。",
    )


def _amend(notice: Notice, over: Supersession, today: date, actor: Actor) -> AdoptionResult:
    standing = adopted_by_number(notice.number, organisation=notice.organisation)
    if standing is not None:
        raise _twice(notice, standing)
    return amend_adoption(
        adoption=over.adoption,
        text=written_out(amendment(notice, over).values),
        number=_called(notice),
        on=_dated(notice),
        actor=actor,
        today=today,
    )


def _called(notice: Notice) -> str:
    """What an amending paper is known by: its number, else the beginning of its title."""
    return notice.number or notice.title[:30]


def amendment(notice: Notice, over: Supersession) -> Amendment:
    """The standing programme with what was accepted of a notice, and of what it encloses, in the place of the older.

    Raises Refusal when that changes nothing, or cannot be put into a programme.
    """
    _refuse_undecided(notice)
    values = tomllib.loads(over.adoption.text)
    above = adopted_by_code(over.adoption.extends, organisation=notice.organisation)
    base = parsed(above.text) if above else None
    drafts = [
        drafted(_head(paper), _accepted(paper), base=base)
        for paper in (*notice.enclosed.order_by("pk"), notice)
    ]
    try:
        outcome = amended(values, map(_with_moved, drafts), dropped=over.dropped)
    except NotAmendable as no:
        raise Refusal(str(no), code=no.code) from no
    if not outcome.changes:
        raise Refusal(
            f"采纳的内容没有改动 {over.adoption.number} 的任何规定。",
            code="programmes.nothing-amended",
            remedy="请核对读出的期限、频次和材料名称。",
        )
    return outcome


def _with_moved(draft: Draft) -> dict[str, object]:
    """A draft's values with the deadlines it moves, as an amendment takes them."""
    moved = [new.as_entry() for new in draft.moved if new.what]
    return {**draft.values, "moved": moved}


def ends_of(notice: Notice, over: Supersession | None = None) -> list[tuple[Notice, list[End]]]:
    """What every accepted line of a notice, and of what it encloses, ends as when it is adopted; [] while lines are undecided."""
    papers = [*notice.enclosed.order_by("pk"), notice]
    if notice.dated is None or any(p.lines.filter(state="proposed").exists() for p in papers):
        return []
    amends = over is not None and over.amends
    above = (
        adopted_by_code(over.adoption.extends, organisation=notice.organisation) if over and amends else None
    )
    base = parsed(above.text) if above else None
    told = []
    for paper in papers:
        if paper.dated is None:
            continue
        draft = drafted(_head(paper), _accepted(paper), base=base)
        told.append((paper, draft.ends))
        if not amends:
            standing = adopted_by_number(paper.number, organisation=notice.organisation)
            base = parsed(standing.text) if standing else parsed(written_out(draft.values))
    return told


def supersession_meant(notice: Notice) -> Supersession | None:
    """The standing programme a notice amends by what it says: it moves a deadline, and one programme here of the same issuer
    holds what is moved. None where it moves nothing. Raises Refusal while lines are undecided, where it did so
    already, and where that is not to be told from the papers."""
    _refuse_undecided(notice)
    moved = [
        new
        for paper in (*notice.enclosed.order_by("pk"), notice)
        if paper.dated is not None
        for new in drafted(_head(paper), _accepted(paper)).moved
        if new.what
    ]
    if not moved:
        return None
    done = Adoption.objects.filter(organisation=notice.organisation, amended_by=_called(notice)).first()
    if done is not None:
        raise _twice(notice, done)
    standing = Adoption.objects.filter(organisation=notice.organisation, until=None).select_related(
        "organisation"
    )
    fits = []
    for adoption in standing:
        if same_issuer(notice, adoption) and (notice.dated is None or adoption.in_force < notice.dated):
            try:
                amendment(notice, Supersession(adoption, amends=True))
            except Refusal as no:
                if no.code == "programmes.moved-into-the-past":
                    raise
                continue
            fits.append(adoption)
    if len(fits) == 1:
        return Supersession(fits[0], amends=True)
    raise Refusal(
        f"文中改动已有的期限（{moved[0].line.text}），"
        + ("这里有几份现行方案都对得上。" if fits else "而这里没有同一机关的、有这项安排的现行方案。"),
        code="programmes.moves-which-programme",
        remedy="请在页脚“与现行方案”一栏选修订哪一份；没有这样的方案的，请把这一行更正或划去。",
    )


def same_issuer(notice: Notice, adoption: Adoption) -> bool:
    """Whether a standing programme comes from whoever issued a notice, or one it encloses: by name, or by the letters
    before the year of the number (豫创组办发)."""
    standing = parsed(adoption.text)
    papers = (notice, *notice.enclosed.all())
    names = {paper.issuer.removeprefix("中共") for paper in papers}
    letters = {paper.number.partition("〔")[0] for paper in papers if paper.number}
    return standing.issuer.removeprefix("中共") in names or standing.number.partition("〔")[0] in letters


def entries_of(adoption: Adoption) -> list[tuple[str, str]]:
    """What a programme asks by the clock, which a later paper may take away: (code, in words)."""
    programme = parsed(adoption.text)
    rules = [(rule.code, f"{rule.name}（{rule.cited[0].clause}）") for rule in programme.rules]
    papers = [
        (paper.code, f"{paper.name}，{paper.window.due} 前（{paper.cited.clause}）")
        for paper in programme.deliverables
    ]
    hearings = [
        (hearing.code, f"{hearing.name}，{hearing.window.due} 前（{hearing.cited.clause}）")
        for hearing in programme.hearings
    ]
    return [*rules, *papers, *hearings]


def programme_texts(notice: Notice) -> list[str]:
    """The programme files of a notice, the superior's first; each is read back before it is given out."""
    _refuse_undecided(notice)
    base: Programme | None = None
    texts = []
    for enclosed in notice.enclosed.order_by("pk"):
        standing = adopted_by_number(enclosed.number, organisation=notice.organisation)
        if standing is not None:
            base = parsed(standing.text)
            continue
        texts.append(_text(enclosed, None))
        base = parsed(texts[-1])
    texts.append(_text(notice, base))
    return texts


def _refuse_undecided(notice: Notice) -> None:
    waiting = sum(p.lines.filter(state="proposed").count() for p in (notice, *notice.enclosed.all()))
    if waiting:
        raise Refusal(
            f"还有 {waiting} 行没有核对。",
            code="programmes.lines-undecided",
            remedy="请逐行采纳、更正或划去，或把其余的一并采纳。",
        )


def _text(notice: Notice, base: Programme | None) -> str:
    return written_out(drafted(_head(notice), _accepted(notice), base=base).values)


def _dated(notice: Notice) -> date:
    if notice.dated is None:
        raise Refusal(
            f"《{notice.title}》没有成文日期。",
            code="programmes.notice-undated",
            remedy="请在登记时填写成文日期。",
        )
    return notice.dated


def _head(notice: Notice) -> Head:
    aliases = tuple(c.number for c in notice.citations.filter(is_alias=True))
    return Head(notice.title, notice.number, notice.issuer, _dated(notice), aliases, notice.addressees)


def _accepted(notice: Notice) -> list[AcceptedLine]:
    lines = []
    for line in accepted_of(notice):
        if line.kind == "doubt":
            continue
        begins, ends = _sentence(notice.text, line.start, line.end)
        lines.append(
            AcceptedLine(
                line.kind,
                line.value,
                line.clause,
                line.text,
                (line.start, line.end),
                notice.text[begins:ends],
                begins,
            )
        )
    return lines


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch from one end of a sentence, or of a paragraph, to the next around some words."""
    begins = max(text.rfind(mark, 0, start) for mark in "。；;\n") + 1
    after = [at for mark in "。；;\n" if (at := text.find(mark, max(start, end - 1))) >= 0]
    return begins, min(after, default=len(text))
