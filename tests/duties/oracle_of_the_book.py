"""What stands in the database as the plain values of the oracles, read row by row in the simplest way there is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dianping.duties.models import Duty, Window
from dianping.duties.selectors.coverage import GROUP_OF
from dianping.orgs.models import Charge, Membership, Organisation, Post, Tenure
from dianping.programmes.selectors import programme_for
from tests.duties import oracle_of_coverage as coverage
from tests.duties import oracle_of_reviewers as responsibility
from tests.duties.oracle_of_reviewers import Seat, Target


def holds(row, day: date) -> bool:
    """The half-open test of every dated row."""
    return row.since <= day and (row.until is None or row.until > day)


def organisations_on(day: date) -> dict[int, responsibility.Organisation]:
    """Every organisation with who heads it and who is in charge of it that day."""
    holder = {t.post_id: t.person_id for t in Tenure.objects.all() if holds(t, day)}
    secretary, acting, charges = {}, {}, defaultdict(list)
    for post in Post.objects.all():
        {"secretary": secretary, "acting": acting}.get(post.role, {})[post.organisation_id] = post.pk
    for charge in Charge.objects.filter(kind="in_charge"):
        if holds(charge, day) and holder.get(charge.post_id) is not None:
            charges[charge.organisation_id].append(charge.post_id)
    found = {}
    for place in Organisation.objects.all():
        seat = secretary[place.pk]
        deputy = holder.get(acting.get(place.pk))
        leader = min(charges[place.pk]) if charges[place.pk] else None
        found[place.pk] = responsibility.Organisation(
            place.pk,
            place.parent_id,
            Seat(seat, responsibility.head_of(holder.get(seat), deputy)),
            Seat(leader, holder[leader]) if leader else None,
        )
    return found


def headed_on(place: int, day: date) -> bool:
    """Whether somebody headed an organisation on a day, as secretary or as deputy in charge."""
    rows = Tenure.objects.filter(post__organisation=place, post__role__in=["secretary", "acting"])
    return any(holds(tenure, day) for tenure in rows)


def owed_on(day: date, top: Organisation) -> dict[tuple, int | None]:
    """Every review that is to be owed by the windows of a day: (rule, about, organisation, person) → seat.

    Whoever fills a seat that stood vacant when the window opened is due from the next one, like every newcomer
    (decision 0008); whoever takes over from somebody is due in his place.
    """
    organisations = organisations_on(day)
    memberships = list(Membership.objects.all())
    found = {}
    for line in programme_for(top, day).programme.lines(day):
        duty = line.responsibility
        stood = {m.person_id for m in memberships if holds(m, line.window.opens)}
        for place in Organisation.objects.filter(kind__in=line.kinds):
            if (duty.place == "top") is not (place.parent_id is None) and duty.about != "member":
                continue
            if place.dissolved is not None and place.dissolved <= day:
                continue
            if duty.about == "member":
                people = [
                    m.person_id
                    for m in memberships
                    if m.organisation_id == place.pk and holds(m, day) and m.person_id in stood
                ]
            elif place.founded <= line.window.opens:
                people = [organisations[place.pk].secretary.head if duty.about == "secretary" else None]
                if duty.about == "secretary" and not headed_on(place.pk, line.window.opens):
                    people = []
            else:
                people = []
            for person in people:
                target = Target(duty.about, place.pk, person if duty.about == "member" else None)
                if responsibility.is_target(target, organisations):
                    seat = responsibility.reviewer_of(target, organisations, duty.reviewers)
                    found[(line.rule, duty.about, place.pk, person)] = seat.key if seat else None
    return found


ABOUT = {"member": "member", "branch": "organisation", "unit": "organisation", "committee": "organisation"}


def key_of(duty: Duty) -> tuple:
    """A duty under the same key as `owed_on`."""
    return (duty.window.rule, ABOUT.get(duty.target, "secretary"), duty.organisation_id, duty.person_id)


def standing(day: date, top: Organisation) -> list[Duty]:
    """The reviews of the lines that hold a day, those that have lapsed left out.

    A line whose nearer date has passed still holds the day while the superior's window runs.
    """
    lines = {
        (ln.rule, ln.responsibility.code, ln.window.opens)
        for ln in programme_for(top, day).programme.lines(day)
    }
    duties = Duty.objects.filter(kind="review", lapsed_on=None).select_related("window")
    return [d for d in duties if (d.window.rule, d.window.responsibility, d.window.opens) in lines]


def current(windows: Iterable[Window], day: date) -> list[Window]:
    """The newest window of every line that has opened by a day."""
    newest: dict[tuple, Window] = {}
    for window in windows:
        key = (window.root_id, window.rule, window.responsibility)
        if window.opens <= day and (key not in newest or newest[key].opens < window.opens):
            newest[key] = window
    return list(newest.values())


class Book:
    """The duty book as it stands, read once; counts as often as it is asked."""

    def __init__(self) -> None:
        self.windows = list(Window.objects.all())
        self.duties = list(
            Duty.objects.filter(lapsed_on=None, window__isnull=False).select_related(
                "window", "organisation", "owed_by__organisation"
            )
        )

    def recounted(self, place: Organisation, day: date) -> dict[str, coverage.Figures]:
        """The coverage of a subtree by group, counted from the duties themselves; empty groups are left out."""
        groups: dict[str, list[coverage.Figures]] = defaultdict(list)
        for window in current(self.windows, day):
            if window.target == "reviewer":
                groups["reviewers"].append(self._reviewers(window, place, day))
            else:
                mine = [d for d in self.duties if d.window_id == window.pk and within(d.organisation, place)]
                groups[GROUP_OF[window.target]].append(coverage.count(map(plain, mine), day))
        summed = {
            group: coverage.Figures(
                *(sum(getattr(f, name) for f in figures) for name in coverage.Figures.__slots__)
            )
            for group, figures in groups.items()
        }
        return {group: figures for group, figures in summed.items() if figures.due}

    def _reviewers(self, window: Window, place: Organisation, day: date) -> coverage.Figures:
        rule = (window.root_id, window.rule, window.opens)
        mine = [
            d
            for d in self.duties
            if (d.window.root_id, d.window.rule, d.window.opens) == rule
            and d.owed_by is not None
            and within(d.owed_by.organisation, place)
        ]
        found = coverage.count_reviewers(map(plain, mine), day)
        return found if window.due < day else replace(found, overdue=0)


def within(place: Organisation, top: Organisation) -> bool:
    """Whether a place lies in the subtree of another."""
    return place.path.startswith(top.path)


def plain(duty: Duty) -> coverage.Owed:
    """A duty as a plain value."""
    return coverage.Owed(duty.opens, duty.due, duty.entered_on, duty.on_time, duty.owed_by_id)


def told(found) -> dict[str, coverage.Figures]:
    """What `coverage_of` says, in the shape of `recounted`."""
    return {
        group: coverage.Figures(f.due, f.on_time, f.late, f.open, f.overdue)
        for group, f in found.groups.items()
        if f.due
    }
