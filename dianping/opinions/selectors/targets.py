"""The same for many at once: targets of a sitting, polls of a ledger. A fixed number of queries each."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from dianping.opinions.models import Figure, Point, Poll, Saying, Subject
from dianping.opinions.rules import PollKind
from dianping.opinions.selectors.results import LastAsked, QuestionVotes, votes_of
from dianping.opinions.selectors.turnout import turnout_of
from dianping.orgs.models import Organisation, Person

Target = tuple[int, int]  # organisation, person (0: the organisation itself)


def _asked_about(targets: Iterable[Target], *states: str) -> list[Subject]:
    """The subjects of polls in some states that are these targets, oldest poll first, each with its `company`."""
    wanted = set(targets)
    people = {person for _, person in wanted if person}
    bodies = {organisation for organisation, _ in wanted}
    same = Q(person__in=people) | Q(person=None)
    subjects = (
        Subject.objects.filter(same, organisation__in=bodies, poll__state__in=states, poll__trial=False)
        .annotate(company=Count("poll__subjects"))
        .select_related("poll")
        .defer("poll__electorate")
        .order_by("poll__opened_on", "poll_id", "number")
    )
    return [subject for subject in subjects if target_of(subject) in wanted]


def target_of(subject: Subject) -> Target:
    """The target a subject is."""
    return subject.organisation_id, subject.person_id or 0


def last_asked_of(targets: Iterable[Target]) -> dict[Target, LastAsked]:
    """What the masses said last of some targets; those nobody was ever asked about are left out.

    A poll destroyed because too few answered is told as such. 真的办好了吗 is no asking about anybody.
    """
    last: dict[Target, Subject] = {}
    for subject in _asked_about(targets, Poll.State.OPENED, Poll.State.DESTROYED):
        poll = subject.poll
        few = poll.state == Poll.State.DESTROYED and poll.few
        if poll.kind != PollKind.VERDICT and (few or poll.state == Poll.State.OPENED):
            last[target_of(subject)] = subject
    opened = {s.poll_id for s in last.values() if s.poll.state == Poll.State.OPENED}
    if not last:
        return {}
    rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for row in (
        Figure.objects.filter(poll__in=opened, scope_kind="all")
        .exclude(question="")
        .order_by("poll_id", "number")
    ):
        rows[(row.poll_id, row.subject)].append(row)
    with_words = set(
        Saying.objects.filter(poll__in=opened).order_by().values_list("poll", flat=True).distinct()
    )
    return {key: _last(subject, rows, with_words) for key, subject in last.items()}


def _last(subject: Subject, rows: dict[tuple[int, int], list[Figure]], with_words: set[int]) -> LastAsked:
    poll = subject.poll
    mine = rows[(poll.pk, subject.number)] + (rows[(poll.pk, 0)] if _alone(subject) else [])
    opened = poll.state == Poll.State.OPENED
    return LastAsked(
        poll=poll,
        subject=subject.number,
        due=poll.turnout["due"],
        returned=turnout_of(poll).returned,
        headings=tuple(
            QuestionVotes(
                row.subject, row.question, poll.sheet.set_of(row.question).grades, votes_of(row), ()
            )
            for row in mine
        ),
        words=poll.pk in with_words,
        few="" if opened else f"不足 {poll.least} 份",
    )


def _alone(subject: Subject) -> bool:
    """Whether what a form asks as a whole can be about nobody else."""
    return bool(subject.company == 1)  # type: ignore[attr-defined]  # annotated by _asked_about


def unanswered_of(targets: Iterable[Target]) -> dict[Target, list[Point]]:
    """The points about some targets without a reply, newest poll first."""
    about: dict[tuple[int, int], Target] = {}
    for subject in _asked_about(targets, Poll.State.OPENED):
        about[(subject.poll_id, subject.number)] = target_of(subject)
        if _alone(subject):
            about[(subject.poll_id, 0)] = target_of(subject)
    if not about:
        return {}
    unanswered: dict[Target, list[Point]] = defaultdict(list)
    points = Point.objects.filter(poll__in={poll for poll, _ in about}, reply="")
    for point in points.select_related("poll").defer("poll__electorate").order_by("-poll_id", "number"):
        key = about.get((point.poll_id, point.subject))
        if key is not None:
            unanswered[key].append(point)
    return dict(unanswered)


def was_asked_about(*, organisation: int, person: int) -> bool:
    """Whether opinions or an appraisal of a target are on file: a box about it was opened."""
    subjects = Subject.objects.filter(
        organisation=organisation,
        person=person or None,
        poll__state=Poll.State.OPENED,
        poll__trial=False,
    )
    return subjects.exclude(poll__kind=PollKind.VERDICT).exists()


def polls_opened_about(targets: Iterable[Target], *, opens: date, due: date) -> dict[Target, list[Poll]]:
    """The polls about each of some targets whose box was opened between two days; 真的办好了吗 is no asking about anybody."""
    opened: dict[Target, list[Poll]] = defaultdict(list)
    wanted = set(targets)
    for subject in _asked_about(wanted, Poll.State.OPENED) if wanted else ():
        poll = subject.poll
        if poll.kind != PollKind.VERDICT and poll.opened_on and opens <= poll.opened_on <= due:
            opened[target_of(subject)].append(poll)
    return opened


def polls_about(
    organisation: Organisation, *, opens: date, due: date, kinds: Iterable[str]
) -> QuerySet[Poll]:
    """The polls about an organisation itself, by whomever, that were opened between two days, newest first."""
    asked = Subject.objects.filter(organisation=organisation, person=None)
    return (
        Poll.objects.filter(
            pk__in=asked.values("poll"),
            state=Poll.State.OPENED,
            opened_on__range=(opens, due),
            kind__in=list(kinds),
            trial=False,
        )
        .defer("electorate")
        .order_by("-opened_on", "-pk")
    )


def points_in(polls: Iterable[Poll]) -> QuerySet[Point]:
    """The points of some polls, oldest poll first, each with how many sayings of each side lie under it.

    `inside` and `outside` are only known where the sides of the poll were released; `unsided` counts the rest.
    """
    sides = {"inside": "党内", "outside": "党外", "unsided": ""}
    return (
        Point.objects.filter(poll__in=list(polls))
        .annotate(**{key: Count("sayings", filter=Q(sayings__side=side)) for key, side in sides.items()})
        .order_by("poll__opened_on", "poll_id", "number")
    )


def subject_of(point: Point) -> tuple[Organisation, Person | None] | None:
    """Whom a point is about; None where its form was about several and asked once for all."""
    subjects = list(point.poll.subjects.select_related("organisation", "person"))
    candidates = [s for s in subjects if s.number == point.subject] if point.subject else subjects
    return (candidates[0].organisation, candidates[0].person) if len(candidates) == 1 else None


def questions_running(kind: PollKind) -> set[str]:
    """The keys of all questions of polls of a kind whose box is neither opened nor destroyed."""
    running = Poll.objects.filter(kind=kind, trial=False).exclude(
        state__in=(Poll.State.OPENED, Poll.State.DESTROYED, Poll.State.CANCELLED)
    )
    return {
        question["key"] for form in running.values_list("form", flat=True) for question in form["questions"]
    }
