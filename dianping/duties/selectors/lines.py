"""Duties as the sentences of a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NotRequired, TypedDict

from django.db.models import Count, F, Min, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from dianping.duties.kinds import Basis, kind_of
from dianping.duties.models import Duty, Target
from dianping.duties.models.duty import target_choices

# How many of a class of target stand in one line.
MANY: dict[str, str] = {
    Target.MEMBER: "{n} 名党员",
    Target.BRANCH: "{n} 个党支部",
    Target.BRANCH_SECRETARY: "{n} 名党支部书记",
    Target.UNIT: "{n} 个二级党组织",
    Target.UNIT_SECRETARY: "{n} 名二级党组织书记",
    Target.COMMITTEE: "党委",
    Target.COMMITTEE_SECRETARY: "党委书记",
    Target.HEARD: "{n} 名听取汇报的单位书记",
    Target.CONTACT: "{n} 个联系点",
}


def target_words(target: str) -> str:
    """What a class of target is called."""
    return str(Target(target).label)


PAGE = "duties:duty"  # the page of one duty, of whatever kind
LIST = "duties:duties"
HEARD_PAGE = "occasions:hearing_reviews"  # reviews owed at a hearing are written in the one sitting of it (decision 0065)
HEARD_ACT = "开始集中点评"


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
    page: str
    args: tuple[int, ...] = ()
    asked: str = ""
    count: int = 1

    @property
    def url(self) -> str:
        """The address of its page."""
        return reverse(self.page, args=self.args) + self.asked


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


def owed_lines(duties: QuerySet[Duty], *, day: date, together: bool) -> list[DutyLine]:
    """Every open duty as a line, however many stand in one: a line a window and seat (a window where `together`), the nearest due
    first; those not begun by a day say from when. One query."""
    same = [F(name) for name in (*(() if together else ("owed_by",)), "kind", "target", "window", "due")]
    first = (
        duties.filter(done_on=None)
        .annotate(
            n=Window(Count("pk"), partition_by=same),
            place_in_line=Window(RowNumber(), partition_by=same, order_by=F("pk").asc()),
        )
        .filter(place_in_line=1)
        .order_by("due", "pk")
    )
    return [
        _line(duty, duty.n, together, False, since=duty.opens if duty.opens > day else None) for duty in first
    ]


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


def _line(duty: Duty, n: int, together: bool, look: bool, *, since: date | None = None) -> DutyLine:
    kind = kind_of(duty.kind).of
    act, page, asked = kind.act, kind.page, ""
    args: tuple[int, ...] = (duty.pk,)
    if look:
        act, page = "看这一项", PAGE
    if together and n > 1:
        act, page, args = "看名单", LIST, ()
        asked = f"?whose=office&target={duty.target}&due={duty.due}"
    if duty.target == Target.HEARD and duty.window_id is not None and not look:
        act, page, args, asked = HEARD_ACT, HEARD_PAGE, (duty.window_id,), f"?seat={duty.owed_by_id or ''}"
    about = about_words(duty) if n == 1 else (kind.many or MANY[duty.target]).format(n=n)
    beside = window_beside(duty)
    rest = f"，{beside}" if beside else ""
    if since is not None:
        rest += f"，{since.month}月{since.day}日起"
    return DutyLine(kind.verb, about, rest, duty.due, clause_behind(duty), act, page, args, asked, n)


def target_word(target: str) -> str:
    """A class of target as people call it; an unknown one as it stands."""
    return str(dict(target_choices()).get(target, target))
