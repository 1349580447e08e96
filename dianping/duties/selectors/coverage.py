"""Coverage in both directions, from the tallies: cost grows with the lines shown, not with what lies below."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict, cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from dianping.common import trees
from dianping.duties.kinds import OTHER_THAN_REVIEWS, REVIEWERS
from dianping.duties.models import Duty, Tally, Target, Window
from dianping.duties.models.duty import ORGANISATION_TARGETS, OUTSIDE_TARGETS, SECRETARY_TARGETS
from dianping.orgs.models import Organisation

GROUP_OF = (
    {t.value: "organisations" for t in ORGANISATION_TARGETS}
    | {t.value: "secretaries" for t in SECRETARY_TARGETS}
    | {t.value: "outside" for t in OUTSIDE_TARGETS}
    # Reviews at a hearing are counted beside the round, which they discharge (decision 0065).
    | {
        Target.MEMBER.value: "members",
        Target.CONTACT.value: "contact",
        REVIEWERS: "reviewers",
        Target.HEARD.value: "heard",
    }
    | {kind.value: kind.of.group for kind in OTHER_THAN_REVIEWS if kind.of.group}
)
NOT_REVIEWS = (*OTHER_THAN_REVIEWS, REVIEWERS)  # targets of windows in which no review is owed


TOTALLED = tuple(
    target for target, group in GROUP_OF.items() if group in ("organisations", "secretaries", "members")
)


@dataclass(slots=True)
class Figures:
    """One line of truth. due = on_time + late + open; overdue is the part of open whose day has passed."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def open(self) -> int:
        """Not done yet, overdue or not."""
        return self.due - self.on_time - self.late

    @property
    def done(self) -> int:
        """Done, on time or late."""
        return self.on_time + self.late

    @property
    def pending(self) -> int:
        """Not done and not yet due."""
        return self.open - self.overdue

    @property
    def share(self) -> float:
        """Part done, 0 to 1; nothing owed counts as done."""
        return (self.on_time + self.late) / self.due if self.due else 1.0

    def add(self, owed: int, on_time: int, late: int, *, past: bool) -> None:
        """Count one window's sums."""
        self.due += owed
        self.on_time += on_time
        self.late += late
        if past:
            self.overdue += owed - on_time - late

    def plus(self, other: "Figures") -> "Figures":
        """The sum of two lines."""
        return Figures(
            self.due + other.due,
            self.on_time + other.on_time,
            self.late + other.late,
            self.overdue + other.overdue,
        )


@dataclass(slots=True)
class Coverage:
    """An organisation's coverage as of a day, in both directions; what outsiders owe, and leaders about their contact points, is
    kept apart."""

    organisation: Organisation
    groups: dict[str, Figures] = field(default_factory=lambda: defaultdict(Figures))

    @property
    def total(self) -> Figures:
        """Bodies, secretaries and members together."""
        return self.groups["organisations"].plus(self.groups["secretaries"]).plus(self.groups["members"])


def current_windows(*, day: date, rule: str = "") -> list[Window]:
    """The latest window of every rule that has opened by a day (a round stays current after it ends)."""
    latest: dict[tuple[int, str, str], Window] = {}
    windows = Window.objects.filter(opens__lte=day).order_by("opens")
    for window in windows.filter(rule=rule) if rule else windows:
        latest[(window.root_id, window.rule, window.responsibility)] = window
    return list(latest.values())


def windows_current(day: date) -> QuerySet[Window]:
    """The same windows, for a statement to search among: opened, and none of the same rule and responsibility opened later."""
    same = {name: OuterRef(name) for name in ("root", "rule", "responsibility")}
    later = Window.objects.filter(**same, opens__gt=OuterRef("opens"), opens__lte=day)
    return Window.objects.filter(~Exists(later), opens__lte=day)


@dataclass(frozen=True, slots=True)
class OrganisationBehind:
    """An organisation in which reviews are left to do: how many were due and done, and of those left how many are overdue."""

    short_name: str
    code: str
    due: int
    done: int
    overdue: int

    @property
    def open(self) -> int:
        """Left to do, overdue or not."""
        return self.due - self.done


def behind_below(organisation: Organisation, *, day: date) -> list[OrganisationBehind]:
    """The organisations right below that have reviews left in the current windows, those with most overdue first; the figures
    are the totals of `coverage_board`. One query."""
    counted = [target for target in TOTALLED if not target.startswith("committee")]
    left = F("owed") - F("on_time") - F("late")
    rows = (
        Tally.objects.filter(
            organisation__parent=organisation,
            organisation__dissolved=None,
            window__in=windows_current(day).filter(target__in=counted).values("pk"),
            day__lte=day,
        )
        .values("organisation", short=F("organisation__short_name"), code=F("organisation__code"))
        .annotate(
            due=Sum("owed"),
            done=Sum(F("on_time") + F("late")),
            overdue=Sum(left, filter=Q(window__due__lt=day), default=0),
        )
        .order_by("organisation__path")
    )
    behind = [
        OrganisationBehind(row["short"], row["code"], row["due"], row["done"], row["overdue"]) for row in rows
    ]
    return sorted((body for body in behind if body.open), key=lambda body: (-body.overdue, -body.open))


def coverage_of(organisations: list[Organisation], *, day: date, rule: str = "") -> list[Coverage]:
    """The coverage of some organisations (each with all below it) as of a day, in two queries."""
    windows = {window.pk: window for window in current_windows(day=day, rule=rule)}
    coverages = {o.pk: Coverage(o) for o in organisations}
    sums = (
        Tally.objects.filter(organisation__in=list(coverages), window__in=list(windows), day__lte=day)
        .values_list("organisation_id", "window_id")
        .annotate(Sum("owed"), Sum("on_time"), Sum("late"))
        .order_by()
    )
    for organisation_id, window_id, owed, on_time, late in sums:
        window = windows[window_id]
        groups = coverages[organisation_id].groups
        groups[GROUP_OF[window.target]].add(owed, on_time, late, past=window.due < day)
    return [coverages[o.pk] for o in organisations]


def coverage_board(
    organisation: Organisation, *, day: date, rule: str = ""
) -> tuple[Coverage, list[Coverage]]:
    """One organisation and the level right below it."""
    children = list(organisation.children.filter(dissolved=None).order_by("path"))
    own, *below = coverage_of([organisation, *children], day=day, rule=rule)
    return own, below


def reviewers_of(path: str, *, day: date) -> tuple[int, int]:
    """How many seats in a subtree owe reviews in the current windows, and how many have done every one of them."""
    windows = [w.pk for w in current_windows(day=day) if w.target not in NOT_REVIEWS]
    seats = (
        Duty.objects.filter(
            window__in=windows,
            lapsed_on=None,
            owed_by__organisation__path__gte=path,
            owed_by__organisation__path__lt=trees.after(path),
        )
        .values("owed_by")
        .annotate(open=Count("pk", filter=Q(done_on=None) | Q(entered_on__gt=day)))
    )
    opens = [row["open"] for row in seats]
    return len(opens), opens.count(0)


def due_days(windows: list[Window], *, organisation: int, day: date) -> list[tuple[date, int, int]]:
    """What falls due when below an organisation: (due date, owed, done) for the windows given, in order."""
    due_of = {w.pk: w.due for w in windows if w.target not in NOT_REVIEWS}
    sums = (
        Tally.objects.filter(organisation=organisation, window__in=list(due_of), day__lte=day)
        .values_list("window")
        .annotate(Sum("owed"), Sum("on_time"), Sum("late"))
        .order_by()
    )
    counts: dict[date, tuple[int, int]] = {}
    for window, owed, on_time, late in sums:
        before = counts.get(due_of[window], (0, 0))
        counts[due_of[window]] = (before[0] + owed, before[1] + on_time + late)
    return [(due, *counts[due]) for due in sorted(counts)]


class SeatBehind(TypedDict):
    """A seat that has not done all of a rule: its key, title and place, how many it owes and how many of them are left."""

    owed_by: int
    title: str
    place: str
    code: str
    owed: int
    left: int
    organisation: str


def reviewers_behind(organisation: Organisation, *, rule: str, day: date) -> list[SeatBehind]:
    """Seats of an organisation and of the level below that have not done all of a rule, those with most left first."""
    windows = [w.pk for w in current_windows(day=day, rule=rule) if w.target not in NOT_REVIEWS]
    places = [organisation.pk, *organisation.children.filter(dissolved=None).values_list("pk", flat=True)]
    rows = (
        Duty.objects.filter(window__in=windows, lapsed_on=None, owed_by__organisation__in=places)
        .values(
            "owed_by",
            title=F("owed_by__title"),
            place=F("owed_by__organisation__short_name"),
            code=F("owed_by__organisation__code"),
        )
        .annotate(owed=Count("pk"), left=Count("pk", filter=Q(done_on=None) | Q(entered_on__gt=day)))
        .filter(left__gt=0)
        .order_by("-left", "owed_by")
    )
    return cast("list[SeatBehind]", [row | {"organisation": row["place"]} for row in rows])
