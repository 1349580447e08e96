"""What stands in the database as the plain values of the oracles, read row by row in the simplest way there is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dianping.duties.models import Duty, Window
from dianping.duties.selectors.coverage import GROUP_OF
from dianping.orgs.models import Charge, Membership, Organisation, Post, Tenure
from dianping.programmes.rules import RuleLine
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


def in_time(row, line: RuleLine) -> bool:
    """Whether a dated row held as the window opened, or began within it in time (decision 0063)."""
    return row.since <= line.joins_until and (row.until is None or row.until > line.window.opens)


def headed_in(place: int, line: RuleLine) -> bool:
    """Whether somebody headed an organisation in time for a window, as secretary or as deputy in charge."""
    rows = Tenure.objects.filter(post__organisation=place, post__role__in=["secretary", "acting"])
    return any(in_time(tenure, line) for tenure in rows)


def owed_on(day: date, top: Organisation) -> dict[tuple, int | None]:
    """Every review that is to be owed by the windows of a day: (rule, about, organisation, person) → seat.

    Whoever fills a seat that stood vacant when the window opened is due from the next one, like every newcomer
    (decision 0008), in a one-off round within it while enough days are left (decision 0063); whoever takes over from somebody is
    due in his place.
    """
    organisations = organisations_on(day)
    memberships = list(Membership.objects.all())
    found = {}
    for line in programme_for(top, day).programme.lines(day):
        duty = line.responsibility
        if duty.target == "contact":
            found |= contacts_owed_on(min(day, line.window.due), line)
            continue
        stood = {m.person_id for m in memberships if in_time(m, line)}
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
            elif place.founded <= line.joins_until:
                people = [organisations[place.pk].secretary.head if duty.about == "secretary" else None]
                if duty.about == "secretary" and not headed_in(place.pk, line):
                    people = []
            else:
                people = []
            for person in people:
                target = Target(duty.about, place.pk, person if duty.about == "member" else None)
                if responsibility.is_target(target, organisations):
                    seat = responsibility.reviewer_of(target, organisations, duty.reviewers)
                    found[(line.rule, duty.about, place.pk, person)] = seat.key if seat else None
    return found


def contacts_owed_on(day: date, line: RuleLine) -> dict[tuple, int | None]:
    """Each leader's contact points: his seat held, not headed by himself, and his since the window opened, or since in time for it,
    or in the place of a leader who gave it up within it; whoever came within it owes none that was reviewed already."""
    organisations = organisations_on(day)
    holder = {t.post_id: t.person_id for t in Tenure.objects.all() if holds(t, day)}
    contacts = list(Charge.objects.filter(kind="contact"))
    opens, found = line.window.opens, {}
    for charge in contacts:
        place = Organisation.objects.get(pk=charge.organisation_id)
        person = holder.get(charge.post_id)
        stands = place.dissolved is None or place.dissolved > day
        if (
            not stands
            or place.parent_id is None
            or place.kind not in line.kinds
            or place.founded > line.joins_until
        ):
            continue
        if not holds(charge, day) or person is None or person == organisations[place.pk].secretary.head:
            continue
        followed = any(
            c.organisation_id == place.pk and c.since <= charge.since and c.until and opens < c.until <= day
            for c in contacts
        )
        key = {"target": "contact", "organisation": place, "window__rule": line.rule, "window__opens": opens}
        done = Duty.objects.filter(**key, done_on__isnull=False, lapsed_on=None).exists()
        if charge.since <= opens or ((charge.since <= line.joins_until or followed) and not done):
            found[(line.rule, "contact", place.pk, charge.post_id)] = charge.post_id
    return found


ABOUT = {
    "member": "member",
    "branch": "organisation",
    "unit": "organisation",
    "committee": "organisation",
    "contact": "contact",
}


def key_of(duty: Duty) -> tuple:
    """A duty under the same key as `owed_on`."""
    subject = duty.leader_id if duty.target == "contact" else duty.person_id
    return (duty.window.rule, ABOUT.get(duty.target, "secretary"), duty.organisation_id, subject)


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
