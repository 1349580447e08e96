"""梳理: the sayings of one question, undone first and the like ones together; the points, each with what it lacks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from dianping.accounts.viewer import Viewer
from dianping.bulletins.rules.names import places, possible_dotted_names, possible_names
from dianping.bulletins.rules.plain import plain
from dianping.bulletins.selectors.people import people_called
from dianping.common.likeness import groups_alike
from dianping.opinions.rights import subjects_open_to
from dianping.opinions.rules import WordsQuestion, says_nothing
from dianping.opinions.selectors import UNDONE, points_of, sayings_of
from dianping.orgs.models import Organisation
from dianping.pages.polls.shown.point_links import problem_urls_of
from dianping.rectification.selectors import state_of_points
from dianping.reviews.selectors import points_named

if TYPE_CHECKING:
    from dianping.opinions.models import Point, Poll, Saying

AT_ONCE = 100  # sayings on one page; the next ones come when these are done
LIKE = 0.6  # a hint to look at two sayings together may be wider than the bar for saying the same


@dataclass(frozen=True, slots=True)
class Place:
    """One question about one subject: what is gone through together."""

    subject: int
    question: str
    title: str
    about: str
    sayings: int = 0
    undone: int = 0
    aside: int = 0
    silent: int = 0  # points neither answered nor named as a problem

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return f"{self.subject}-{self.question}"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Sayings under one head: those that say nothing (`why` would set them aside), those that read alike, the others.
    `together`: offered to be ticked at once."""

    head: str
    hint: str = ""
    why: str = ""
    together: bool = False
    sayings: list["Saying"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point on a page: who it names, and where it became a problem (None: nowhere yet, or not for this viewer)."""

    point: "Point"
    title: str
    about: str
    names: tuple[str, ...] = ()
    problem_url: str | None = None
    state: str = ""  # where its problem stands; "" where it was named nowhere


def saying_counts(poll: "Poll") -> dict[tuple[int, str], tuple[int, int, int]]:
    """By subject and question: how many sayings came, are left to merge, and came under no point."""
    return {
        (row["subject"], row["question"]): (row["n"], row["undone"], row["aside"])
        for row in sayings_of(poll)
        .order_by()
        .values("subject", "question")
        .annotate(n=Count("pk"), undone=Count("pk", filter=UNDONE), aside=Count("pk", filter=~Q(aside="")))
    }


def places_of(poll: "Poll") -> list[Place]:
    """Every question of words with its counts, in the order of the form."""
    counts = saying_counts(poll)
    open_points = list(points_of(poll).filter(reply="").values_list("pk", "subject", "question"))
    named = points_named(pk for pk, _, _ in open_points) if open_points else set()
    silent = Counter((subject, question) for pk, subject, question in open_points if pk not in named)
    return [
        Place(
            number,
            question.key,
            question.text,
            about,
            *counts.get((number, question.key), (0, 0, 0)),
            silent=silent[number, question.key],
        )
        for number, about, question in _asked(poll)
    ]


def _asked(poll: "Poll") -> Iterable[tuple[int, str, WordsQuestion]]:
    subjects = list(poll.subjects.all())
    for question in poll.sheet.questions:
        if isinstance(question, WordsQuestion) and not question.per_subject:
            yield 0, subjects[0].name if len(subjects) == 1 else "", question
    for subject in subjects:
        for question in poll.sheet.questions:
            if isinstance(question, WordsQuestion) and question.per_subject:
                yield subject.number, subject.name, question


def bundles_of(poll: "Poll", place: Place) -> list[Bundle]:
    """The sayings of a place that are left to merge: first those that say nothing, then the like ones together."""
    here = sayings_of(poll).filter(UNDONE, subject=place.subject, question=place.question)[:AT_ONCE]
    empty, undone = list["Saying"](), list["Saying"]()
    for saying in here:
        (empty if says_nothing(saying.text) else undone).append(saying)
    groups = groups_alike([saying.text for saying in undone], at_least=LIKE)
    taken = {at for group in groups for at in group}
    rest = [saying for at, saying in enumerate(undone) if at not in taken]
    bundles = [
        Bundle("看来没有写具体意见的", why="nothing", together=True, sayings=empty),
        *(
            Bundle("写法相近的", "，看一看是不是一回事", together=True, sayings=[undone[at] for at in group])
            for group in groups
        ),
        Bundle("其余的" if groups or empty else "", sayings=rest),
    ]
    return [bundle for bundle in bundles if bundle.sayings]


def aside_of(poll: "Poll", place: Place) -> list["Saying"]:
    """The sayings of a place that were set aside."""
    sayings = sayings_of(poll).filter(subject=place.subject, question=place.question).exclude(aside="")
    return list(sayings[:AT_ONCE])


def points_seen(viewer: Viewer, poll: "Poll") -> QuerySet["Point"]:
    """The points a viewer may read: all where he reads the organisation, otherwise those about himself."""
    points = points_of(poll)
    if viewer.may_read(poll.path):
        return points
    mine = {subject.number for subject in subjects_open_to(viewer, poll)}
    alone = len(poll.subjects.all()) == 1  # what was asked once of the form is then about nobody else
    return points.filter(subject__in=mine | ({0} if alone else set()))


def rows_of(poll: "Poll", points: Iterable["Point"], *, linked_for: Viewer | None = None) -> list[PointRow]:
    """Points with their question and the people each names; with `linked_for`, where that viewer may name each as a
    problem (a look-up for every target, so not for lists)."""
    fetched = list(points)
    urls = problem_urls_of(fetched, linked_for) if linked_for else {}
    states = state_of_points(fetched) if fetched else {}
    titles = {question.key: question.text for question in poll.sheet.questions}
    about = {subject.number: subject.name for subject in poll.subjects.all()}
    named = _named([point.text for point in fetched], poll.organisation)
    return [
        PointRow(
            point,
            titles.get(point.question, ""),
            about.get(point.subject, ""),
            names,
            urls.get(point.pk),
            states[point.pk],
        )
        for point, names in zip(fetched, named, strict=True)
    ]


def _named(texts: list[str], organisation: Organisation) -> list[tuple[str, ...]]:
    """Who of the organisation is named in each text; all looked up together."""
    letters = [plain(text) for text in texts]
    pieces: set[str] = set()
    for text, bare in zip(texts, letters, strict=True):
        pieces |= possible_names(bare) | possible_dotted_names(text)
    people = set(people_called(pieces, organisation=organisation)) if pieces else set()
    return [tuple(dict.fromkeys(who for who, _ in places(bare, people))) for bare in letters]


def counts_of(poll: "Poll") -> dict[str, int]:
    """原话、归并、未归并, and what the points were left with."""
    return sayings_of(poll).aggregate(
        all=Count("pk"),
        undone=Count("pk", filter=UNDONE),
        aside=Count("pk", filter=~Q(aside="")),
    ) | {
        "points": points_of(poll).count(),
        "answered": points_of(poll).exclude(reply="").count(),
    }
