"""Laying a local programme over its superior's: the stricter binds, both are shown, a weaker one is refused.

Basis: a forwarding notice may add and tighten, never relax (平学院创组文〔2010〕1号 1–4 beside 豫创组办发
〔2010〕26号 四.4; slip B34: the nearer issuer's nearer date binds its own units).
"""

from dataclasses import dataclass, field, replace
from datetime import date

from dianping.base.coded import CodedFault
from dianping.base.windows import Cadence
from dianping.programmes.rules.model import (
    NO_PARTS_NAMED,
    ClauseCitation,
    Criteria,
    Deliverable,
    EntryRule,
    Grounds,
    Hearing,
    Mode,
    Programme,
    Responsibility,
    Rule,
    Template,
)

YEAR = 2011  # any year: which windows lie inside which does not depend on it


class Weakened(CodedFault):
    """An overlay that relaxes its superior's rule; `pairs` holds (superior's clause, own clause, why)."""

    def __init__(self, pairs: list[tuple[ClauseCitation, ClauseCitation, str]], *, code: str) -> None:
        self.pairs = pairs
        told = [
            f"{why}上级〔{up.paper} {up.clause}〕：{up.says}；本级〔{own.paper} {own.clause}〕：{own.says}。"
            for up, own, why in pairs
        ]
        super().__init__(
            "\n".join([*told, "本级只能加严或补充，不能放宽；请改正后再采用，现行方案不受影响。"]),
            code=code,
        )


class NotOrdered(CodedFault):
    """An overlay that speaks of what neither it nor its superior orders."""


@dataclass(slots=True)
class _Weak:
    """Gathers every weakening, so that all are told at once."""

    pairs: list[tuple[ClauseCitation, ClauseCitation, str]] = field(default_factory=list)

    def add(self, up: ClauseCitation, own: ClauseCitation, why: str) -> None:
        self.pairs.append((up, own, why))


def lay_over(base: Programme, overlay: Programme) -> Programme:
    """The programme both papers order together.

    Raises Weakened where the overlay relaxes the base, NotOrdered where it speaks of what nobody ordered.
    """
    weak = _Weak()
    responsibilities = _responsibilities(base, overlay, weak)
    rules = _rules(base, overlay, weak)
    templates = _templates(base, overlay, weak)
    deliverables = _deliverables(base, overlay, weak)
    criteria = _criteria(base, overlay, weak)
    hearings = _hearings(base, overlay, weak)
    grounds = _grounds(base.grounds, overlay.grounds, weak)
    _compare_entry(base, overlay, weak)
    _compare_joiners(base, overlay, weak)
    _refuse_unknown(rules, responsibilities, overlay)
    if weak.pairs:
        raise Weakened(weak.pairs, code="programmes.weakens-its-base")
    return replace(
        overlay,
        issued=base.issued,
        responsibilities=tuple(responsibilities.values()),
        rules=tuple(rules.values()),
        templates=templates,
        stricter=(),
        deliverables=deliverables,
        hearings=hearings,
        modes=_modes(base, overlay),
        forms=_forms(base, overlay),
        criteria=criteria,
        outside=overlay.outside or base.outside,
        entry=overlay.entry if overlay.entry != EntryRule() else base.entry,
        follow_up=overlay.follow_up or base.follow_up,
        grounds=grounds,
        papers=(*base.papers, *overlay.papers),
        days_left=base.days_left if overlay.days_left is None else overlay.days_left,
        present=tuple({**dict(base.present), **dict(overlay.present)}.items()),
    )


def _responsibilities(base: Programme, overlay: Programme, weak: _Weak) -> dict[str, Responsibility]:
    merged = {r.code: r for r in base.responsibilities}
    for own in overlay.responsibilities:
        up = merged.get(own.code)
        if up is not None:
            if (own.about, own.target, own.place) != (up.about, up.target, up.place):
                weak.add(up.cited, own.cited, f"责任“{own.code}”改成了另一种对象。")
            if lost := up.kinds - own.kinds:
                weak.add(up.cited, own.cited, f"责任“{own.code}”少了组织类别：{'、'.join(sorted(lost))}。")
        merged[own.code] = own
    return merged


def _rules(base: Programme, overlay: Programme, weak: _Weak) -> dict[str, Rule]:
    rules = {rule.code: rule for rule in base.rules}
    for code, about, cited in overlay.stricter:
        rules[code] = _tightened(rules.get(code), code, about, cited, base, weak)
    for own in overlay.rules:
        up = rules.get(own.code)
        if up is not None:
            _compare_rules(up, own, weak)
            own = replace(own, cited=(*own.cited, *up.cited), earlier=up.earlier, since=up.since)
        rules[own.code] = own
    return rules


def _tightened(
    rule: Rule | None, code: str, about: tuple[str, ...], cited: ClauseCitation, base: Programme, weak: _Weak
) -> Rule:
    if rule is None or rule.round is None or cited.due is None:
        raise NotOrdered(
            f"{cited.paper} {cited.clause} 要加严“{code}”，但 {base.number} 里没有这一轮。",
            code="programmes.stricter-without-round",
        )
    if unknown := set(about) - set(rule.about):
        names = "、".join(sorted(unknown))
        raise NotOrdered(
            f"{cited.paper} {cited.clause} 提到“{names}”，{base.number} 这一轮里没有。",
            code="programmes.stricter-names-unknown",
        )
    kept = []
    for target in about:
        standing = rule.nearer(target)
        up, due = (standing, standing.due) if standing and standing.due else (rule.cited[0], rule.round.due)
        if due is None or cited.due <= due:
            kept.append(target)
        elif not any(old.due is not None and cited.due <= old.due for old in rule.cited):
            weak.add(up, cited, f"“{rule.name}”的期限由 {due} 放宽到 {cited.due}。")
            break
        # else it was nearer until a later paper moved the round nearer still: the round's day binds
    return replace(rule, earlier=(*rule.earlier, *((target, cited) for target in kept)))


def _compare_rules(base: Rule, own: Rule, weak: _Weak) -> None:
    up, down = base.cited[0], own.cited[0]
    if base.round and (own.round is None or own.round.due > base.round.due):
        weak.add(up, down, f"“{base.name}”的期限 {base.round.due} 被放宽。")
    if base.cadence and (own.cadence is None or not keeps(own.cadence, base.cadence)):
        weak.add(
            up, down, f"“{base.name}”的频次每 {base.cadence.months} 个月 {base.cadence.times} 次被放宽。"
        )
    if missing := set(base.about) - set(own.about):
        weak.add(up, down, f"“{base.name}”少了对象：{'、'.join(sorted(missing))}。")
    if own.kinds and (not base.kinds or base.kinds - own.kinds):
        weak.add(up, down, f"“{base.name}”少了组织类别。")


def keeps(own: Cadence, base: Cadence) -> bool:
    """Whether whoever keeps one cadence keeps the other, on whatever days: counts the windows that lie inside."""
    inner = {own.window(date(YEAR, month, 1)) for month in range(1, 13)}
    outer = {base.window(date(YEAR, month, 1)) for month in range(1, 13)}
    return all(
        sum(own.times for w in inner if window.opens <= w.opens and w.due <= window.due) >= base.times
        for window in outer
    )


def _templates(base: Programme, overlay: Programme, weak: _Weak) -> tuple[Template, ...]:
    """What an overlay says nothing about stays as the superior ordered it: the parts, what to look at, the hints by kind of unit."""
    merged = {t.about: t for t in base.templates}
    for own in overlay.templates:
        up = merged.get(own.about)
        if up is not None:
            own = _laid_over(up, own, weak)
        merged[own.about] = own
    return tuple(merged.values())


def _laid_over(up: Template, own: Template, weak: _Weak) -> Template:
    if own.cited.says == NO_PARTS_NAMED:  # how a paper that said nothing of the parts was once written down
        own = replace(own, parts=())
    kept = {p.key for p in own.parts if p.required}
    if own.parts and (lost := [p.name for p in up.parts if p.required and p.key not in kept]):
        weak.add(up.cited, own.cited, f"点评内容少了必填的“{'、'.join(lost)}”。")
    return Template(
        own.about,
        own.parts or up.parts,
        own.look_at or up.look_at,
        own.cited if own.parts else up.cited,
        tuple(sorted({**dict(up.by_unit_kind), **dict(own.by_unit_kind)}.items())),
        (own.looked_at or own.cited) if own.look_at else (up.looked_at or up.cited),
    )


def _modes(base: Programme, overlay: Programme) -> tuple[Mode, ...]:
    """A mode the overlay does not name is still one of the superior's."""
    merged = {mode.key: mode for mode in base.modes}
    for own in overlay.modes:
        up = merged.get(own.key)
        merged[own.key] = replace(up, cited=(*up.cited, *own.cited)) if up else own
    return tuple(merged.values())


def _forms(base: Programme, overlay: Programme) -> tuple[tuple[str, str], ...]:
    """The superior's forms and the overlay's further ones; one name is one form."""
    named = {name for _, name in base.forms}
    more = tuple((key, name) for key, name in overlay.forms if name not in named)
    return (*base.forms, *more)


def _criteria(base: Programme, overlay: Programme, weak: _Weak) -> tuple[Criteria, ...]:
    """A list of the superior's may be added to; what stands in it stays."""
    merged = {(named.about, named.name): named for named in base.criteria}
    for own in overlay.criteria:
        up = merged.get((own.about, own.name))
        if up is not None and (lost := [item for item in up.items if item not in own.items]):
            weak.add(up.cited, own.cited, f"“{own.name}”少了“{'、'.join(lost)}”。")
        merged[own.about, own.name] = own
    return tuple(merged.values())


def _deliverables(base: Programme, overlay: Programme, weak: _Weak) -> tuple[Deliverable, ...]:
    merged = {d.code: d for d in base.deliverables}
    for own in overlay.deliverables:
        up = merged.get(own.code)
        if up is not None:
            if own.window.due > up.window.due:
                weak.add(
                    up.cited, own.cited, f"“{up.name}”的期限由 {up.window.due} 放宽到 {own.window.due}。"
                )
            if lost := up.kinds - own.kinds:
                weak.add(up.cited, own.cited, f"“{up.name}”少了组织类别：{'、'.join(sorted(lost))}。")
        merged[own.code] = own
    return tuple(merged.values())


def _hearings(base: Programme, overlay: Programme, weak: _Weak) -> tuple[Hearing, ...]:
    merged = {h.code: h for h in base.hearings}
    for own in overlay.hearings:
        up = merged.get(own.code)
        if up is not None:
            if own.window.due > up.window.due:
                weak.add(
                    up.cited, own.cited, f"“{up.name}”的期限由 {up.window.due} 放宽到 {own.window.due}。"
                )
            if lost := up.units - own.units:
                weak.add(up.cited, own.cited, f"“{up.name}”少听了{'、'.join(sorted(lost))}的汇报。")
            if up.collective and not own.collective:
                weak.add(up.cited, own.cited, f"“{up.name}”上不再对书记集中点评。")
        merged[own.code] = own
    return tuple(merged.values())


def _grounds(up: Grounds | None, own: Grounds | None, weak: _Weak) -> Grounds | None:
    """What must rest on something on file still must; a shorter time back asks for more."""
    if up is None or own is None:
        return own or up
    if lost := up.about - own.about:
        names = "、".join(replace(up, about=lost).named)
        weak.add(up.cited, own.cited, f"点评{names}不再要求有在案的依据。")
    if own.months > up.months:
        weak.add(up.cited, own.cited, f"点评的依据由 {up.months} 个月内的放宽到 {own.months} 个月内的。")
    return own


def _compare_entry(base: Programme, overlay: Programme, weak: _Weak) -> None:
    own, up = overlay.entry, base.entry
    if own != EntryRule() and (own.on_time_days > up.on_time_days or own.latest_days > up.latest_days):
        cited = base.follow_up or base.rules[0].cited[0]
        weak.add(cited, ClauseCitation(overlay.number, "登记时限", "登记时限比上级长"), "登记时限被放宽。")


def _compare_joiners(base: Programme, overlay: Programme, weak: _Weak) -> None:
    """Asking for more days leaves more of those who join out of the round."""
    if overlay.days_left is not None and overlay.days_left > base.least_days_left:
        own = ClauseCitation(overlay.number, "中途加入", f"还剩 {overlay.days_left} 天才列入")
        up = ClauseCitation(base.number, "中途加入", f"还剩 {base.least_days_left} 天即列入")
        weak.add(up, own, "一轮点评中途加入的列入得少了。")


def _refuse_unknown(
    rules: dict[str, Rule], responsibilities: dict[str, Responsibility], overlay: Programme
) -> None:
    for rule in rules.values():
        if unknown := set(rule.about) - set(responsibilities):
            names = "、".join(sorted(unknown))
            raise NotOrdered(
                f"{overlay.number} 的规则“{rule.code}”提到“{names}”，上下级方案里都没有这样的责任。",
                code="programmes.rule-names-unknown",
            )
