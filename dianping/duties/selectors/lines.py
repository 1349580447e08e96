"""Duties as the sentences of a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NotRequired, TypedDict

from django.db.models import BooleanField, Case, Count, Min, Q, QuerySet, When
from django.urls import reverse

from dianping.duties.kinds import Basis, kind_of
from dianping.duties.models import Duty, Target

SOON, LATER = 12, 6  # lines of a desk
# How many of a class of target stand in one line.
MANY: dict[str, str] = {
    Target.MEMBER: "{n} 名党员",
    Target.BRANCH: "{n} 个党支部",
    Target.BRANCH_SECRETARY: "{n} 名党支部书记",
    Target.UNIT: "{n} 个二级党组织",
    Target.UNIT_SECRETARY: "{n} 名二级党组织书记",
    Target.COMMITTEE: "党委",
    Target.COMMITTEE_SECRETARY: "党委书记",
    Target.CONTACT: "{n} 个联系点",
}


def target_words(target: str) -> str:
    """What a class of target is called."""
    return str(Target(target).label)


PAGE = "duties:duty"  # the page of one duty, of whatever kind


class WindowClause(TypedDict):
    """A clause as a window keeps it: the paper, the place in it, its words."""

    paper: str
    clause: str
    says: NotRequired[str]


@dataclass(frozen=True, slots=True)
class ClauseChip:
    """A clause chip."""

    number: str
    place: str
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One sentence: what, about whom, until when, why, and the one thing to do."""

    verb: str
    about: str
    rest: str
    due: date
    clause: ClauseChip | None
    act: str
    url: str


def clause_of(cited: list[WindowClause] | None) -> ClauseChip | None:
    """The binding clause of a window, for a chip."""
    if not cited:
        return None
    first = cited[0]
    return ClauseChip(first["paper"], first["clause"], first.get("says", ""))


def clauses_of(cited: list[WindowClause]) -> list[ClauseChip]:
    """Every clause behind a window."""
    return [ClauseChip(c["paper"], c["clause"], c.get("says", "")) for c in cited]


def clause_of_kind(basis: Basis) -> ClauseChip:
    """The clause a kind of duty rests on, where no window brings its own."""
    return ClauseChip(basis.paper, basis.place, basis.says)


def clauses_behind(duty: Duty) -> list[ClauseChip]:
    """The clauses behind a duty, the binding one first: its window's, else its kind's."""
    return clauses_of(duty.window.cited) if duty.window else [clause_of_kind(kind_of(duty.kind).of.basis)]


def clause_behind(duty: Duty) -> ClauseChip | None:
    """The binding clause behind a duty: its window's, else its kind's."""
    return clause_of(duty.window.cited) if duty.window else clause_of_kind(kind_of(duty.kind).of.basis)


def about_words(duty: Duty) -> str:
    """Whom or what a duty is about."""
    kind = kind_of(duty.kind)
    if kind.of.about and (duty.window is not None or not kind.names_its_window):
        return kind.of.about.format(
            place=duty.organisation.short_name,
            who=duty.person.name if duty.person else duty.organisation.short_name,
            window=duty.window.name if duty.window else "",
        )
    if duty.target == Target.MEMBER and duty.person:
        return duty.person.name
    if duty.person:
        return f"{duty.organisation.short_name}书记{duty.person.name}"
    return (
        f"联系点{duty.organisation.short_name}"
        if duty.target == Target.CONTACT
        else duty.organisation.short_name
    )


def act_of(duty: Duty) -> tuple[str, str]:
    """The verb on a duty's button and where it leads."""
    kind = kind_of(duty.kind).of
    return kind.act, reverse(kind.page, args=[duty.pk])


def is_done_on_its_page(duty: Duty) -> bool:
    """Whether the page of the duty is itself where it is done (a paper is noted there as handed in)."""
    return kind_of(duty.kind).of.page == PAGE


def window_beside(duty: Duty) -> str:
    """The name of the window it stands in, where what it is about does not say it; else ""."""
    return duty.window.name if duty.window and not kind_of(duty.kind).names_its_window else ""


def sentences(
    duties: QuerySet[Duty], *, most: int = 12, together: bool = False, look: bool = False
) -> list[DutyLine]:
    """Open duties as lines, the nearest due first; in two queries.

    `look`: the line leads to the duty, not to the act. One line a window and reviewer; `together` (for an office that looks after many seats) one line a window.
    """
    seat = () if together else ("owed_by",)
    groups = list(
        duties.filter(done_on=None)
        .values(*seat, "kind", "target", "window", "due")
        .annotate(n=Count("pk"), first=Min("pk"))
        .order_by("due", "first")[:most]
    )
    return _lines(groups, together, look=look)


@dataclass(frozen=True, slots=True)
class DutiesOwed:
    """What some seats owe, as a desk tells it: lines of what falls due soon or is overdue, of what comes later; how many duties
    the first are (also of lines not shown), how many of those are overdue, and when the next one from today on falls due."""

    soon: list[DutyLine]
    later: list[DutyLine]
    count: int
    overdue: int
    next_due: date | None


def owed_on(duties: QuerySet[Duty], *, day: date, until: date, together: bool) -> DutiesOwed:
    """Open duties told on a day: soon is what has opened and falls due until a day, later what has opened and falls due after.

    Two queries: every group that would be a line (one a window and seat, or a window where `together`, as in `sentences`), then
    the first duty of those shown.
    """
    seat = () if together else ("owed_by",)
    begun = Case(When(Q(opens__lte=day), then=True), default=False, output_field=BooleanField())
    groups = list(
        duties.filter(done_on=None)
        .annotate(begun=begun)
        .values(*seat, "kind", "target", "window", "due", "begun")
        .annotate(n=Count("pk"), first=Min("pk"))
        .order_by("due", "first")
    )
    soon = [g for g in groups if g["begun"] and g["due"] <= until]
    later = [g for g in groups if g["begun"] and g["due"] > until]
    lines = _lines([*soon[:SOON], *later[:LATER]], together, look=False)
    return DutiesOwed(
        soon=lines[: len(soon[:SOON])],
        later=lines[len(soon[:SOON]) :],
        count=sum(g["n"] for g in soon),
        overdue=sum(g["n"] for g in soon if g["due"] < day),
        next_due=min((g["due"] for g in groups if g["due"] >= day), default=None),
    )


class _Group(TypedDict):
    """Duties of one line: how many, and the key of the first."""

    n: int
    first: int


def _lines(groups: Sequence[_Group], together: bool, *, look: bool) -> list[DutyLine]:
    """Each group as a line, by its first duty; one query for all."""
    duties = Duty.objects.filter(pk__in=[g["first"] for g in groups]).select_related(
        "organisation", "person", "window", "owed_by__organisation"
    )
    first_of = {duty.pk: duty for duty in duties}
    return [_line(first_of[g["first"]], g["n"], together, look) for g in groups]


def _line(duty: Duty, n: int, together: bool, look: bool) -> DutyLine:
    act, url = ("看这一项", reverse(PAGE, args=[duty.pk])) if look else act_of(duty)
    if together and n > 1:
        act, url = "看名单", f"{reverse('duties:duties')}?whose=office&target={duty.target}&due={duty.due}"
    kind = kind_of(duty.kind).of
    about = about_words(duty) if n == 1 else (kind.many or MANY[duty.target]).format(n=n)
    beside = window_beside(duty)
    return DutyLine(
        kind.verb, about, f"，{beside}" if beside else "", duty.due, clause_behind(duty), act, url
    )
