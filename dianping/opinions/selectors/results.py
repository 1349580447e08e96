"""What was released: figures, points, sayings. Counts only, of what was large enough; never a form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dianping.common import trees
from dianping.opinions.models import Figure, Point, Poll, Saying, Subject
from dianping.opinions.selectors.turnout import turnout_of
from dianping.orgs.models import Organisation, Person

UNDONE = Q(point=None, aside="")  # a saying that is left to merge
ASIDE = tuple(Saying.Aside.choices)  # (value, words) of why one comes under no point


@dataclass(frozen=True, slots=True)
class ScopeVotes:
    """The votes of one scope under one heading: counts a grade, abstentions, and how many forms stand behind them."""

    scope: str
    kind: str
    path: str
    forms: int | None
    votes: tuple[int, ...]
    abstained: int
    withheld: str


@dataclass(frozen=True, slots=True)
class QuestionVotes:
    """One question about one subject with its votes by scope, the whole first."""

    subject: int
    question: str
    grades: tuple[str, ...]
    whole: ScopeVotes
    parts: tuple[ScopeVotes, ...]


def scopes_shown(poll: Poll) -> list[Figure]:
    """Every scope with its number of forms, or why it is not shown; the whole first."""
    return list(Figure.objects.filter(poll=poll, question="").order_by("number"))


def headings_of(poll: Poll, *, subject: int | None = None) -> list[QuestionVotes]:
    """Every question of grades of an opened poll, in the order of the form."""
    rows = Figure.objects.filter(poll=poll).exclude(question="").order_by("number")
    if subject is not None:
        rows = rows.filter(subject=subject)
    by_place: dict[tuple[int, str], list[ScopeVotes]] = {}
    for row in rows:
        by_place.setdefault((row.subject, row.question), []).append(votes_of(row))
    return [
        QuestionVotes(number, key, poll.sheet.set_of(key).grades, votes[0], tuple(votes[1:]))
        for (number, key), votes in by_place.items()
    ]


def votes_of(row: Figure) -> ScopeVotes:
    """One figure as votes."""
    counts: list[int] = row.votes or [0]
    return ScopeVotes(
        row.scope, row.scope_kind, row.path, row.forms, tuple(counts[:-1]), counts[-1], row.withheld
    )


def points_of(poll: Poll) -> QuerySet[Point]:
    """The points of a poll, each with how many sayings lie under it."""
    return Point.objects.filter(poll=poll).annotate(count=Count("sayings")).order_by("number")


def sayings_of(poll: Poll) -> QuerySet[Saying]:
    """The raw texts; for those who merge them, and for nobody else."""
    return Saying.objects.filter(poll=poll).select_related("point")


def asides_of(poll: Poll) -> list[tuple[str, int]]:
    """Why sayings of a poll came under no point, and how many for each reason."""
    rows = Saying.objects.filter(poll=poll).exclude(aside="").order_by().values_list("aside")
    counts = dict(rows.annotate(Count("pk")))
    return [(str(why.label), counts[why.value]) for why in Saying.Aside if why.value in counts]


def points_about(*, organisation: Organisation, person: Person | None) -> QuerySet[Point]:
    """The points of opened polls about an organisation or a person, newest poll first."""
    subjects = Subject.objects.filter(organisation=organisation, person=person, poll__trial=False)
    about = Q(pk__in=[])
    for poll, number, only in _subjects_with_company(subjects):
        about |= Q(poll=poll, subject=number)
        if only:
            about |= Q(poll=poll, subject=0)  # asked once of the form, which is about nobody else
    return Point.objects.filter(about).select_related("poll").order_by("-poll_id", "number")


def _subjects_with_company(subjects: Iterable[Subject]) -> list[tuple[int, int, bool]]:
    listed = list(subjects)
    counts = dict(
        Subject.objects.filter(poll__in=[s.poll_id for s in listed])
        .order_by()
        .values_list("poll")
        .annotate(n=Count("pk"))
    )
    return [(s.poll_id, s.number, counts[s.poll_id] == 1) for s in listed]


@dataclass(frozen=True, slots=True)
class LastAsked:
    """The newest poll about somebody, for whoever is to review him; `few` says why there is nothing but the turnout."""

    poll: Poll
    subject: int
    due: int
    returned: int
    headings: tuple[QuestionVotes, ...]
    words: bool
    few: str = ""


def polls_opened_in(*, path: str, opens: date, due: date, kinds: Iterable[str]) -> QuerySet[Poll]:
    """The polls of a subtree that were opened between two days, oldest first; trials count nowhere."""
    return Poll.objects.filter(
        organisation__path__gte=path,
        organisation__path__lt=trees.after(path),
        state=Poll.State.OPENED,
        opened_on__range=(opens, due),
        kind__in=list(kinds),
        trial=False,
    ).order_by("opened_on", "pk")


def raw_counts(polls: Iterable[Poll]) -> dict[str, int]:
    """Over some opened polls: slips issued, forms returned, sayings, how many of them are not merged yet, points."""
    listed = list(polls)
    turnouts = [turnout_of(poll) for poll in listed]
    return {
        "sent": sum(turnout.issued for turnout in turnouts),
        "returned": sum(turnout.returned for turnout in turnouts),
        **Saying.objects.filter(poll__in=listed).aggregate(
            raw=Count("pk"), undone=Count("pk", filter=UNDONE)
        ),
        "points": Point.objects.filter(poll__in=listed).count(),
    }
