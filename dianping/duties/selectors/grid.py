"""The grid of one branch: everybody with when he was reviewed, and its seats with how far they are, for one rule as of a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from dianping.duties.models import Duty
from dianping.duties.selectors.coverage import NOT_REVIEWS, current_windows
from dianping.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class Square:
    """One who is reviewed: the duty, his name or the branch's, until when, when it was done (None before), and whether on time."""

    duty: int
    name: str
    target: str
    due: date
    done_on: date | None
    on_time: bool | None

    def mark(self, day: date) -> str:
        """How it stands on a day: done, late, overdue or open."""
        if self.done_on is not None:
            return "done" if self.on_time else "late"
        return "overdue" if self.due < day else "open"


@dataclass(frozen=True, slots=True)
class SeatDoing:
    """One seat of the branch that reviews: how many it owes and has left."""

    post: int
    title: str
    owed: int
    left: int

    @property
    def done(self) -> int:
        """How many are done."""
        return self.owed - self.left


def grid_of(branch: Organisation, *, rule: str, day: date) -> tuple[list[Square], list[SeatDoing]]:
    """Whom the current windows of a rule want reviewed in a branch, the branch and its secretary first, then the members in the
    order of the roster; and the seats of the branch that review in them. Three queries."""
    windows = [w.pk for w in current_windows(day=day, rule=rule) if w.target not in NOT_REVIEWS]
    standing = Duty.objects.filter(window__in=windows, lapsed_on=None)
    rows = standing.filter(path=branch.path).select_related("person", "organisation")
    squares = [
        Square(
            duty.pk,
            duty.person.name if duty.person else duty.organisation.short_name,
            duty.get_target_display(),
            duty.due,
            *((duty.done_on, duty.on_time) if duty.entered_on and duty.entered_on <= day else (None, None)),
        )
        for duty in sorted(rows, key=lambda d: (d.person is not None, d.target == "member", d.person_id or 0))
    ]
    left = Q(done_on=None) | Q(entered_on__gt=day)
    seats = (
        standing.filter(owed_by__organisation=branch)
        .values("owed_by", title=F("owed_by__title"))
        .annotate(owed=Count("pk"), left=Count("pk", filter=left))
        .order_by("-left", "owed_by")
    )
    return squares, [SeatDoing(row["owed_by"], row["title"], row["owed"], row["left"]) for row in seats]
