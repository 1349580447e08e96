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
from dianping.programmes.rules.amending import Amendment, NotAmendable, amended
from dianping.programmes.rules.drafting import AcceptedLine, Head, draft_programme
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
        number=notice.number or f"{notice.title[:30]}",
        on=_dated(notice),
        actor=actor,
        today=today,
    )


def amendment(notice: Notice, over: Supersession) -> Amendment:
    """The standing programme with what was accepted of a notice, and of what it encloses, in the place of the older.

    Raises Refusal when that changes nothing, or cannot be put into a programme.
    """
    _refuse_undecided(notice)
    values = tomllib.loads(over.adoption.text)
    above = adopted_by_code(over.adoption.extends, organisation=notice.organisation)
    base = parsed(above.text) if above else None
    drafts = [
        draft_programme(_head(paper), _accepted(paper), base=base)
        for paper in (*notice.enclosed.order_by("pk"), notice)
    ]
    try:
        outcome = amended(values, drafts, dropped=over.dropped)
    except NotAmendable as no:
        raise Refusal(str(no), code=no.code) from no
    if not outcome.changes:
        raise Refusal(
            f"采纳的内容没有改动 {over.adoption.number} 的任何规定。",
            code="programmes.nothing-amended",
            remedy="请核对读出的期限、频次和材料名称。",
        )
    return outcome


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
    return [*rules, *papers]


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
    return written_out(draft_programme(_head(notice), _accepted(notice), base=base))


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
    return [
        AcceptedLine(line.kind, line.value, line.clause, line.text, (line.start, line.end))
        for line in accepted_of(notice)
        if line.kind != "doubt"
    ]
