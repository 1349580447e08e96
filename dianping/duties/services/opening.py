"""Opening duties: every duty of the windows that hold a day, in a handful of statements, safe to run daily."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from dianping.common import audit, trees
from dianping.common.acts import act, note_set
from dianping.common.audit import Actor
from dianping.common.naming import key_list
from dianping.common.records.gathering import write_set
from dianping.common.rights import permit
from dianping.duties.kinds import Kind
from dianping.duties.models import TO_BE_NAMED, Duty, Target, Window
from dianping.duties.models.duty import OUTSIDE_TARGETS
from dianping.duties.rights import may_open
from dianping.duties.services import following, handover, locks, reviewers, tallying
from dianping.duties.services.following import Gap
from dianping.duties.services.latecomers import latecomers
from dianping.duties.services.statements import (
    CONTACTS,
    FOLLOW_HEADS,
    HEADS,
    HOLD,
    MEMBERS,
    PAPERS,
    elsewhere,
    head,
    held,
)
from dianping.duties.services.uncovering import Uncovered, uncovered
from dianping.duties.services.vocabulary import written
from dianping.duties.services.windows import (
    DatedWindow,
    other_windows,
    stands,
    window_of_heard,
    window_of_hearing,
    window_of_line,
    window_of_paper,
)
from dianping.orgs.models import Organisation
from dianping.programmes.rules import CONTACT, Hearing, RuleLine
from dianping.programmes.selectors import InForce, programmes_in_force

APART = (*OUTSIDE_TARGETS, Target.CONTACT)  # reviews counted beside the others
INSIDE = tuple(target for target in Target if target not in APART)


@dataclass(slots=True)
class OpenedDuties:
    """What one call did. `by_target` counts the reviews opened inside, and those of contact points, which `opened` does not;
    `outside` those owed by outsiders in these windows; `papers` the deliverables opened, `hearings` what a hearing asks to be held
    and prepared; `redated` the open duties a later paper gave another last day; `passed_on` those that follow a new secretary or a
    new leader in charge, or a programme of one's own; `windows` the windows made or moved; `gaps` names what nobody can do;
    `uncovered` who had a reviewer before the last changes and has none now."""

    opened: int = 0
    already: int = 0
    outside: int = 0
    papers: int = 0
    hearings: int = 0
    moved: int = 0
    passed_on: int = 0
    windows: int = 0
    redated: int = 0
    by_target: Counter[str] = field(default_factory=Counter)
    gaps: list[Gap] = field(default_factory=list)
    uncovered: list[Uncovered] = field(default_factory=list)


@act
def open_duties(*, day: date, actor: Actor) -> OpenedDuties:
    """Open every duty of the windows that hold `day`, and let open duties follow those who moved.

    Twice changes nothing. Raises Refusal when no programme is in force on that day.
    """
    permit(actor, may_open)
    locks.opening()
    report = OpenedDuties()
    touched = handover.end_over_ones(day=day, actor=actor)
    newest = Duty.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for in_force in programmes_in_force(day):
        _open_one(in_force, day, report)
    touched |= handover.keep_handed_over(day=day, actor=actor)
    tallying.recount(windows=sorted(touched), day=day)
    report.uncovered = uncovered(day=day)
    reviewers.drop_answers()
    opened = write_set(Duty, first=newest + 1)
    if opened is not None:
        note_set(opened)
    if (
        report.opened
        or report.by_target.total()
        or report.papers
        or report.hearings
        or report.moved
        or report.redated
        or report.passed_on
        or report.windows
    ):
        audit.record(
            actor=actor,
            act="开列应办",
            about=f"day:{day}",
            opened=report.opened,
            papers=report.papers,
            hearings=report.hearings,
            moved=report.moved,
            redated=report.redated,
            passed_on=report.passed_on,
            windows=report.windows,
            by_target=dict(report.by_target),
        )
    return report


def _open_one(in_force: InForce, day: date, report: OpenedDuties) -> None:
    root = in_force.organisation
    reviewers.fill_answers(
        path=root.path, nested=in_force.nested, day=day, covered=root.path if in_force.from_above else ""
    )
    ordered = max(row.in_force for row in in_force.adoptions)
    book = _Book(report, day)
    lines = in_force.programme.lines(day)
    for line in lines:
        if line.responsibility.place == "top" and root.parent_id is not None:
            continue  # reviewed from above, inside the system
        dated = window_of_line(root, line, in_force.programme.outside, ordered=ordered)
        book.reviews(line, dated)
    for paper in in_force.programme.deliverables:
        if day in paper.window:
            dated = window_of_paper(root, paper, ordered=ordered)
            report.papers += _open_papers(Kind.PAPER, paper.kinds, dated, book)
    for hearing in in_force.programme.hearings:
        if day <= hearing.window.due and _is_ordered_here(hearing, in_force):
            _open_hearing(hearing, root, ordered, book)
    touched, windows, followed = book.touched, book.windows, book.followed
    if touched:
        reviewers.let_planner_know(Duty._meta.db_table)
    moved = following.follow(windows=[*followed, *following.lately_ended(root=root.pk, day=day)], day=day)
    report.moved += len(moved)
    tallying.recount(windows=sorted(touched | moved), day=day)
    inside, outside = tallying.standing(windows=windows)
    report.opened += book.opened
    report.already += inside - book.opened
    report.outside += outside
    in_time = {
        kind: line.joins_until
        for line in lines
        for kind in line.kinds
        if line.responsibility.about == "secretary" and line.days_left is not None
    }
    report.gaps.extend(following.gaps(windows=windows, in_time=in_time, day=day))
    report.gaps.extend(latecomers(lines, day=day))


@dataclass(slots=True)
class _Book:
    """The windows of one programme as they are opened on a day: those to count anew, all of them, and those in which duties
    stood before and follow people now; how many reviews were opened inside."""

    report: OpenedDuties
    day: date
    touched: set[int] = field(default_factory=set)
    windows: list[int] = field(default_factory=list)
    followed: list[int] = field(
        default_factory=list
    )  # what a window holds that was empty before stands right already
    opened: int = 0

    def reviews(self, line: RuleLine, dated: DatedWindow) -> None:
        """Open the reviews of one line."""
        count, stood = self._open(dated, lambda window: _open_line(line, window, self.day))
        window = dated.window
        if window.target in INSIDE:
            self.opened += count
        if window.target not in OUTSIDE_TARGETS:
            self.report.by_target[window.target] += count
        passed_on = _follow_heads(line, window) if stood else 0
        self.report.passed_on += passed_on
        if passed_on:
            self.touched.add(window.pk)

    def others(self, dated: DatedWindow, opening: Callable[[Window], int]) -> int:
        """Open what is no review; how many."""
        return self._open(dated, opening)[0]

    def _open(self, dated: DatedWindow, opening: Callable[[Window], int]) -> tuple[int, bool]:
        window = dated.window
        self.report.redated += dated.redated
        self.report.windows += dated.written
        self.touched |= _take_over(window, self.report)
        stood = Duty.objects.filter(window=window).exists()
        count = opening(window)
        self.windows.append(window.pk)
        if stood:
            self.followed.append(window.pk)
        if count or dated.redated or dated.written and stood:  # its reviewers' own row has the same days
            self.touched.add(window.pk)
        return count, stood


def _open_papers(kind: Kind, kinds: frozenset[str], dated: DatedWindow, book: _Book) -> int:
    """Open what units of some kinds owe of their own; how many."""
    values = {"kind": kind.value}
    return book.others(dated, lambda window: _execute(PAPERS, kinds, window, about=kind, values=values))


def _is_ordered_here(hearing: Hearing, in_force: InForce) -> bool:
    """Whether the organisation itself adopted the paper that orders a hearing: who adopted one above it holds no second one."""
    own = [row for row in in_force.adoptions if row.organisation_id == in_force.organisation.pk]
    return any(hearing.cited.paper in (row.number, row.amended_by) for row in own)


def _open_hearing(hearing: Hearing, root: Organisation, ordered: date, book: _Book) -> None:
    """What a hearing asks: that it be held and prepared, from the paper on; and in its own days the reviews there."""
    held = window_of_hearing(root, hearing, Kind.HEARING, ordered=ordered)
    book.report.hearings += book.others(
        held,
        lambda window: _execute(HOLD, frozenset(), window, about=Kind.HEARING, values={"root": root.pk}),
    )
    prepared = window_of_hearing(root, hearing, Kind.PREPARE, ordered=ordered)
    book.report.hearings += _open_papers(Kind.PREPARE, hearing.units, prepared, book)
    if hearing.collective and (book.day >= hearing.window.opens or stands(root, hearing)):
        book.reviews(hearing.reviews(), window_of_heard(root, hearing, ordered=ordered))


def _open_line(line: RuleLine, window: Window, day: date) -> int:
    duty = line.responsibility
    if duty.about == "member":
        return _execute(
            MEMBERS, line.kinds, window, about="member", values={"day": day, "joined": line.joins_until}
        )
    if CONTACT in duty.reviewers:
        # As it stands, or stood on the window's own last day when a superior's window keeps the line open beyond it.
        values: dict[str, int | str | date] = {"as_of": min(day, window.due), "joined": line.joins_until}
        return _execute(CONTACTS, line.kinds, window, about="contact", values=values)
    return _execute(
        HEADS,
        line.kinds,
        window,
        about=duty.about,
        values={"target": window.target, "top": int(duty.place == "top"), "joined": line.joins_until},
        subject=head() if duty.about == "secretary" else "a.head_id",
        person="a.subject" if duty.about == "secretary" else "NULL",
        reviewer=reviewers.reviewer_sql(duty.reviewers, head="a.subject"),
        held=held() if duty.about == "secretary" else "",
    )


def _follow_heads(line: RuleLine, window: Window) -> int:
    """Let open duties about an organisation or its secretary follow a new secretary or a new leader in charge."""
    if line.responsibility.about == "member" or CONTACT in line.responsibility.reviewers:
        return 0
    now = written("COALESCE(a.head_id, {d.person})")
    person = now if line.responsibility.about == "secretary" else "CAST(NULL AS bigint)"
    reviewer = f"CAST({reviewers.reviewer_sql(line.responsibility.reviewers, head=now)} AS bigint)"
    with connection.cursor() as cursor:
        cursor.execute(
            written(FOLLOW_HEADS, person=person, reviewer=reviewer),
            {"window": window.pk, "outsider": window.outside or TO_BE_NAMED},
        )
        return int(cursor.rowcount)


def _take_over(window: Window, report: OpenedDuties) -> set[int]:
    """Move open duties from the windows of programmes above into a programme of one's own; the windows touched."""
    others = other_windows(window)
    if not others:
        return set()
    path = window.root.path
    above = [
        w.pk
        for w in Window.objects.filter(pk__in=others).select_related("root")
        if path.startswith(w.root.path)
    ]
    if not above:
        return set()
    open_below = Duty.objects.filter(
        window__in=above, done_on=None, lapsed_on=None, path__gt=path, path__lt=trees.after(path)
    )
    taken = open_below.update(window=window, due=window.due)  # with the nearer date
    report.passed_on += taken
    return {window.pk, *above} if taken else set()


def _execute(
    sql: str,
    kinds: frozenset[str],
    window: Window,
    *,
    about: str,
    values: Mapping[str, int | str | date] | None = None,
    **parts: str,
) -> int:
    """Write the duties of one window by one of the statements; how many were new."""
    names: dict[str, str] = {f"kind{i}": kind for i, kind in enumerate(sorted(kinds))}
    placeholders = ", ".join(f"%({name})s" for name in names)
    others = other_windows(window)
    with connection.cursor() as cursor:
        cursor.execute(
            written(
                sql,
                kinds=f"({placeholders})",
                elsewhere=elsewhere(key_list(others) if others else "", about=about),
                **parts,
            ),
            {
                "window": window.pk,
                "opens": window.opens,
                "due": window.due,
                "outsider": window.outside or TO_BE_NAMED,
                **(values or {}),
                **names,
            },
        )
        return int(cursor.rowcount)
