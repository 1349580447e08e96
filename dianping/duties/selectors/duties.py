"""Which duties, whose, about whom."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from dianping.accounts.viewer import Viewer
from dianping.common import trees
from dianping.duties.models import Duty, Kind, Target
from dianping.orgs.models import Organisation, Person, Post

RELATED = (
    "organisation",
    "person",
    "owed_by__organisation",
    "owed_by_person",
    "window",
    "handed_over__from_post__organisation",
)


def standing_duties() -> QuerySet[Duty]:
    """Every duty that has not lapsed, with what a line of it shows."""
    return Duty.objects.filter(lapsed_on=None).select_related(*RELATED)


def duties_owed_by(posts: Iterable[int]) -> QuerySet[Duty]:
    """What these seats owe."""
    return standing_duties().filter(owed_by__in=list(posts))


def duties_owed_from(organisation: Organisation) -> QuerySet[Duty]:
    """What the seats of one organisation owe, all that its office looks after."""
    return standing_duties().filter(owed_by__organisation=organisation)


def duties_of(viewer: Viewer) -> QuerySet[Duty]:
    """What a viewer owes: by the seats he answers for that day, and himself."""
    return standing_duties().filter(_owed_by(viewer.post_ids, viewer.person_id))


def owes(viewer: Viewer, duty: Duty) -> bool:
    """Whether a viewer owes a duty: by a seat he answers for that day, or himself."""
    if duty.owed_by_person_id is not None:
        return duty.owed_by_person_id == viewer.person_id
    return duty.owed_by_id in viewer.post_ids


def _owed_by(posts: Iterable[int], person: int | None) -> Q:
    by_seat = Q(owed_by__in=list(posts))
    return by_seat if person is None else by_seat | Q(owed_by_person=person)


def duties_below(path: str) -> QuerySet[Duty]:
    """What is owed about an organisation and everything below it."""
    return standing_duties().filter(path__gte=path, path__lt=trees.after(path))


def duty_for(
    pk: int, *, posts: Iterable[int], paths: Iterable[str], person: int | None = None
) -> QuerySet[Duty]:
    """One duty, when one of the seats or the person owes it or it lies in one of the subtrees; else nothing."""
    seen = _owed_by(posts, person)
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    return standing_duties().filter(seen, pk=pk)


def duties_met_by(
    *,
    owed_by: Post,
    organisation: Organisation,
    person: Person | None,
    target_kinds: tuple[str, ...],
    on: date,
) -> QuerySet[Duty]:
    """Every open review duty of one reviewer about one target whose window holds a day (decision 0014)."""
    return Duty.objects.filter(
        kind=Kind.REVIEW,
        owed_by=owed_by,
        organisation=organisation,
        person=person,
        target__in=target_kinds,
        done_on=None,
        lapsed_on=None,
        opens__lte=on,
    ).select_related("window", "owed_by__organisation")


def open_duties_about(
    *, organisation: Organisation, person: Person | None, target_kinds: tuple[str, ...]
) -> QuerySet[Duty]:
    """Open review duties about one target, whoever owes them."""
    return (
        standing_duties()
        .filter(
            kind=Kind.REVIEW, organisation=organisation, person=person, target__in=target_kinds, done_on=None
        )
        .order_by("due")
    )


def open_reports_about(*, organisation: Organisation, person: Person | None) -> QuerySet[Duty]:
    """Written reports still owed about a target; the next review asks for them (decision 0009)."""
    return standing_duties().filter(kind=Kind.REPORT, organisation=organisation, person=person, done_on=None)


def reports_owed_about(*, people: Iterable[int], bodies: Iterable[int]) -> dict[tuple[int, int], Duty]:
    """Written reports still owed about some targets, by (organisation, person or 0)."""
    same = Q(person__in=list(people)) | Q(person=None, organisation__in=list(bodies))
    reports = standing_duties().filter(same, kind=Kind.REPORT, done_on=None)
    return {(duty.organisation_id, duty.person_id or 0): duty for duty in reports}


def seats_owing(path: str, *, day: date) -> list[tuple[Post, int]]:
    """The seats that owe reviews at a place on a day, and how many are still open, the most first."""
    owed = duties_below(path).filter(kind=Kind.REVIEW, opens__lte=day).exclude(owed_by=None).order_by()
    rows = owed.filter(done_on=None).values_list("owed_by").annotate(n=Count("pk")).order_by("-n", "owed_by")
    counts = dict(rows)
    posts = Post.objects.filter(pk__in=counts).select_related("organisation")
    return sorted(((post, counts[post.pk]) for post in posts), key=lambda pair: (-pair[1], pair[0].pk))


def counted_inside(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Those the headline of coverage counts: owed inside, contact points apart."""
    return duties.filter(owed_by_outsider="").exclude(target=Target.CONTACT)


def in_state(duties: QuerySet[Duty], state: str, *, today: date) -> QuerySet[Duty]:
    """Duties that are open, overdue, pending, on_time or late as of a day; anything else means all of them."""
    tests = {
        "open": Q(done_on=None),
        "overdue": Q(done_on=None, due__lt=today),
        "pending": Q(done_on=None, due__gte=today),
        "on_time": Q(on_time=True),
        "late": Q(on_time=False),
    }
    return duties.filter(tests.get(state, Q()))


def duties_about_person(person: Person, *, paths: Iterable[str]) -> QuerySet[Duty]:
    """What is owed about one person, whatever his standing, in the subtrees a viewer may read."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    return standing_duties().filter(seen, person=person)


def standing_of_members(people: list[int], *, day: date) -> dict[int, Duty]:
    """For each of some members the newest review duty about him that had opened by a day."""
    rows = Duty.objects.filter(
        target=Target.MEMBER, person__in=people, opens__lte=day, lapsed_on=None
    ).order_by("opens", "pk")
    return {duty.person_id: duty for duty in rows if duty.person_id}
