"""From what a person accepted of a paper to a programme file: plain values, each with the clause it comes from.

The vocabulary of programmes is small; a paper's words are brought to it here, by the decisions of docs/decisions
where the paper is silent (0004 for the tier a paper does not name, 0007 and 0008 for who stands for whom). Every accepted line
ends as something, or is told as not carried out (0064).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dianping.programmes.rules.accepted import (
    DUTY,
    NOT_CARRIED_OUT,
    NOTE,
    RULE,
    Accepted,
    AcceptedLine,
    End,
    Head,
)
from dianping.programmes.rules.drafting_form import follow_up, forms, grounds, modes, templates
from dianping.programmes.rules.drafting_papers import deliverables, hearings
from dianping.programmes.rules.drafting_rules import NOBODY_NAMED, WHOLE_ROUND, responsibilities, rules
from dianping.programmes.rules.drafting_stricter import laid_over
from dianping.programmes.rules.model import Programme
from dianping.programmes.rules.moved import Moved, moved_hearings, moved_in, old_days

__all__ = ["NOBODY_NAMED", "WHOLE_ROUND", "AcceptedLine", "Draft", "Head", "draft_programme", "drafted"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A programme drafted from a paper: the values of its file, the deadlines it moves, what each accepted line ended as."""

    values: dict[str, object]
    moved: list[Moved]
    ends: list[End]

    @property
    def not_carried_out(self) -> list[End]:
        """The accepted lines nothing was made of."""
        return [end for end in self.ends if end.what == NOT_CARRIED_OUT]


def draft_programme(
    head: Head, lines: Iterable[AcceptedLine], *, base: Programme | None = None
) -> dict[str, object]:
    """The programme that the accepted lines order, as values of a programme file; an overlay when there is a base."""
    return drafted(head, lines, base=base).values


def drafted(head: Head, lines: Iterable[AcceptedLine], *, base: Programme | None = None) -> Draft:
    """The same with what became of every line. A date that only moves a deadline orders nothing new."""
    everything = Accepted(lines)
    moved = moved_in(everything)
    aside = [*(new.line for new in moved), *old_days(everything, moved), *moved_hearings(everything, moved)]
    accepted = Accepted([line for line in everything.lines if not any(line is one for one in aside)])
    values: dict[str, object] = {
        "code": head.code,
        "title": head.title,
        "number": head.number or "（没有文号）",
        "issuer": head.issuer or "（没有写明）",
        "issued": head.issued,
    }
    if head.aliases:
        values["aliases"] = list(head.aliases)
    papers = deliverables(accepted, head, moved=bool(moved))
    if base is not None:
        values["extends"] = base.code
        values.update(laid_over(accepted, head, base))
    else:
        ordered = rules(accepted, head)
        values["outside"] = {"reviewer": "上级党组织"}
        values["rule"] = ordered
        values["responsibility"] = responsibilities(accepted, ordered)
    values["template"] = templates(accepted, whole=base is None)
    values["deliverable"] = papers
    values["hearing"] = hearings(accepted, head)
    values["mode"] = modes(accepted)
    values["form"] = forms(accepted)
    values["follow_up"] = follow_up(accepted)
    values["grounds"] = grounds(accepted)
    _notes(accepted)
    kept = {key: value for key, value in values.items() if value not in ([], None)}
    return Draft(kept, moved, _ends(everything, accepted, moved))


def _ends(everything: Accepted, accepted: Accepted, moved: list[Moved]) -> list[End]:
    """What every line ended as, those that move a deadline among them."""
    for new in moved:
        told = (
            f"改期：{new.named or new.line.text} → {new.due}" if new.what else "没有写明改的是哪一项的期限。"
        )
        everything.ended(new.line, RULE if new.what else NOT_CARRIED_OUT, told)
    for old in old_days(everything, moved):
        everything.ended(old, NOTE, "是改期以前的日子，留作对照。")
    for end in accepted.ends:
        if accepted.end_of(end.line):
            everything.ended(end.line, end.what, end.told)
    sentences = {(new.line.clause, new.line.sentence) for new in moved}
    for line in everything.lines:
        if (
            line.kind in ("demand", "deliverable", "hearing", "responsibility")
            and (line.clause, line.sentence) in sentences
        ):
            everything.ended(line, DUTY, "随改期一并改动，不另外产生应办。")
    return everything.ends


# Other orders, which leave a trace in the paper and in nobody's list of duties; what they are good for, in a sentence.
_NOTED = {
    "forwarding": "转发的话",
    "quality": "写点评时的要求",
    "grounds": "点评以前要有的依据",
    "publishing": "公开的方式",
    "occasion": "可以结合的场合",
    "filing": "归档的要求",
    "feedback": "反馈的要求",
    "oversight": "督促检查的要求",
    "settling": "明确责任的要求",
}


def _notes(accepted: Accepted) -> None:
    """Words that order nothing by a day are kept as words; a date nothing took up is told."""
    for line in accepted.of("consequence"):
        accepted.ended(line, NOTE, "后果记在文件里，由您在出现那种情况时处理。")
    for line in accepted.of("demand"):
        kind = str(line.value.get("kind", ""))
        if kind in ("round", "hearing", "act", "parts", "focus"):
            continue  # these are to end as something else, or are told as not carried out with the reason
        what = _NOTED.get(kind, "原则性的要求")
        accepted.ended(line, NOTE, f"{what}，记在文件里，不按期限催办。")
    for line in accepted.of("date"):
        accepted.ended(line, NOT_CARRIED_OUT, "没有读出这个日子是什么事的期限。")
