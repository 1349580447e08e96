"""Duties as the sentences of a desk."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, Min, Q, QuerySet, When
from django.urls import reverse

from dianping.duties.models import Duty, Kind

VERBS = {Kind.REVIEW: "点评", Kind.PAPER: "报送", Kind.REPORT: "写出"}
SOON, LATER = 12, 6  # lines of a desk
GROUPS = {
    "member": "{n} 名党员",
    "branch": "{n} 个党支部",
    "branch_secretary": "{n} 名党支部书记",
    "unit": "{n} 个二级党组织",
    "unit_secretary": "{n} 名二级党组织书记",
    "committee": "党委",
    "committee_secretary": "党委书记",
    "paper": "{n} 份材料",
    "report": "{n} 份专门书面报告",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause chip."""

    number: str
    place: str
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: what, about whom, until when, why, and the one thing to do."""

    verb: str
    about: str
    rest: str
    due: date
    clause: Clause | None
    act: str
    url: str


def clause_of(cited: list[dict[str, Any]] | None) -> Clause | None:
    """The binding clause of a window, for a chip."""
    if not cited:
        return None
    first = cited[0]
    return Clause(first["paper"], first["clause"], first.get("says", ""))


def clauses_of(cited: list[dict[str, Any]]) -> list[Clause]:
    """Every clause behind a window."""
    return [Clause(c["paper"], c["clause"], c.get("says", "")) for c in cited]


REPORT_CLAUSE = Clause("豫创组办发〔2010〕26号", "四.1", "问题没有得到较好解决的，下次点评前写出专门书面报告")


def about_words(duty: Duty) -> str:
    """Whom or what a duty is about."""
    if duty.kind == Kind.PAPER and duty.window is not None:
        return f"{duty.organisation.short_name}的{duty.window.name}"
    if duty.kind == Kind.REPORT:
        return f"专门书面报告（{duty.person.name if duty.person else duty.organisation.short_name}）"
    if duty.target == "member" and duty.person:
        return duty.person.name
    if duty.person:
        return f"{duty.organisation.short_name}书记{duty.person.name}"
    return duty.organisation.short_name


def act_of(duty: Duty) -> tuple[str, str]:
    """The verb on a duty's button and where it leads."""
    if duty.kind == Kind.REVIEW:
        return "登记点评", reverse("reviews:write", args=[duty.pk])
    if duty.kind == Kind.REPORT:
        return "写报告", reverse("rectification:report", args=[duty.pk])
    return "看材料", reverse("duties:duty", args=[duty.pk])


def sentences(
    duties: QuerySet[Duty], *, most: int = 12, together: bool = False, look: bool = False
) -> list[Line]:
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
class Owed:
    """What some seats owe, as a desk tells it: lines of what falls due soon or is overdue, of what comes later; how many duties
    the first are (also of lines not shown), how many of those are overdue, and when the next one from today on falls due."""

    soon: list[Line]
    later: list[Line]
    count: int
    overdue: int
    next_due: date | None


def owed_on(duties: QuerySet[Duty], *, day: date, until: date, together: bool) -> Owed:
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
    return Owed(
        soon=lines[: len(soon[:SOON])],
        later=lines[len(soon[:SOON]) :],
        count=sum(g["n"] for g in soon),
        overdue=sum(g["n"] for g in soon if g["due"] < day),
        next_due=min((g["due"] for g in groups if g["due"] >= day), default=None),
    )


def _lines(groups: list[dict[str, Any]], together: bool, *, look: bool) -> list[Line]:
    """Each group as a line, by its first duty; one query for all."""
    found = Duty.objects.filter(pk__in=[g["first"] for g in groups]).select_related(
        "organisation", "person", "window", "owed_by__organisation"
    )
    first_of = {duty.pk: duty for duty in found}
    return [_line(first_of[g["first"]], g["n"], together, look) for g in groups]


def _line(duty: Duty, n: int, together: bool, look: bool) -> Line:
    act, url = ("看这一项", reverse("duties:duty", args=[duty.pk])) if look else act_of(duty)
    if together and n > 1:
        act, url = "看名单", f"{reverse('duties:duties')}?whose=office&target={duty.target}&due={duty.due}"
    about = about_words(duty) if n == 1 else GROUPS[duty.target].format(n=n)
    rest = f"，{duty.window.name}" if duty.window and duty.kind == Kind.REVIEW else ""
    clause = clause_of(duty.window.cited) if duty.window else REPORT_CLAUSE
    return Line(VERBS[Kind(duty.kind)], about, rest, duty.due, clause, act, url)
