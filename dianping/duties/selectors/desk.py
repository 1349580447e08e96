"""What a desk shows of the duty book beside its lines: whom one reviews as cells, and who below still owes what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from dianping.common import trees
from dianping.duties.kinds import REVIEWERS, Kind
from dianping.duties.models import Duty, Tally, Target
from dianping.duties.models.duty import OUTSIDE_TARGETS
from dianping.duties.selectors.coverage import NOT_REVIEWS, windows_current
from dianping.duties.selectors.duties import standing_duties
from dianping.orgs.models import Organisation, Post, Role, Tenure
from dianping.orgs.rules.short_names import seat_name

MOST_CELLS = 400
MOST_PAPERS = 4
HANDED_IN = tuple(kind.value for kind in Kind if kind.of.handed_in)
OTHERWISE = tuple(
    k.value for k in Kind if k is not Kind.REVIEW and not k.of.handed_in
)  # neither review nor paper
NEAR = 7  # days ahead a paper is told

Rows = QuerySet[Model, tuple[Any, ...]]


class Cell(NamedTuple):
    """One member in one window: the duty, his name, when he was reviewed and whether on time."""

    duty: int
    name: str
    code: str
    window: int
    title: str
    due: date
    done_on: date | None
    on_time: bool | None


def members_of_seats(posts: Iterable[int], *, day: date) -> list[Cell]:
    """The members these seats review in every window that has some left, those done too, in the order of the roster. One query."""
    seats = list(posts)
    if not seats:
        return []
    mine = Duty.objects.filter(owed_by__in=seats, target=Target.MEMBER, lapsed_on=None, opens__lte=day)
    left = mine.filter(done_on=None).order_by().values("window")
    rows = mine.filter(window__in=left).order_by("due", "window", "person")
    columns = (
        "pk",
        "person__name",
        "organisation__code",
        "window",
        "window__name",
        "due",
        "done_on",
        "on_time",
    )
    return [Cell(*row) for row in rows.values_list(*columns)[:MOST_CELLS]]


class _Row(NamedTuple):
    what: str
    key: int
    name: str
    title: str
    place: str
    code: str
    owed: int
    left: int
    overdue: int
    due: date | None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A seat with reviews left in the current windows: who holds it, or as deputy answers for it ("" for nobody), and how many it owes, has left, is late with;
    the nearest day."""

    post: int
    name: str
    title: str
    place: str
    code: str
    owed: int
    left: int
    overdue: int
    due: date | None

    @property
    def seat(self) -> str:
        """The seat as people say it."""
        return seat_name(self.place, self.title)

    @property
    def done(self) -> int:
        """How many are done."""
        return self.owed - self.left


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper not handed in."""

    duty: int
    name: str
    place: str
    due: date | None


@dataclass(frozen=True, slots=True)
class OwedBelow:
    """What is owed below a place: how many reviews and papers in truth, the reviewers of the next level who have some left, the
    nearest first, and the papers that are near or late."""

    reviews: int = 0
    papers: int = 0
    reviewers: list[Reviewer] = field(default_factory=list)
    nearest: list[Paper] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return bool(self.reviews > 0 or self.papers > 0 or self.reviewers or self.nearest)


_NOTHING: dict[str, Any] = {
    "key": Value(0, IntegerField()),
    "name": Value("", TextField()),
    "title": Value("", TextField()),
    "place": Value("", TextField()),
    "code": Value("", TextField()),
    "owed": Value(0, IntegerField()),
    "left": Value(0, IntegerField()),
    "overdue": Value(0, IntegerField()),
    "due": Cast(Value(None), DateField()),
}


def owed_below(organisation: Organisation, *, posts: list[int], office: bool, day: date) -> OwedBelow:
    """What is owed below; without what is one's own (of these seats, for an office of every seat of its place), and without what
    those above owe: their reviews of the place itself, their contact points. One query: the sums of the tallies and of what is taken
    off, the seats of the next level, the papers."""
    own = Q(owed_by__organisation=organisation) if office else Q(owed_by__in=posts)
    first, *rest = (
        _seats(organisation, own, day),
        _sums(organisation, day),
        _not_from_below(own, organisation, day),
        _papers(organisation, own, day),
    )
    found = [_Row(*row) for row in first.union(*rest, all=True)]
    sums = {"reviews": 0, "papers": 0}
    for row in found:
        if row.what in sums:
            sums[row.what] += row.left
    reviewers = [Reviewer(*row[1:]) for row in found if row.what == "seat"]
    papers = [Paper(row.key, row.title, row.place, row.due) for row in found if row.what == "not_in"]
    return OwedBelow(
        sums["reviews"],
        sums["papers"],
        sorted(reviewers, key=lambda one: (one.due or day, -one.overdue, -one.left, one.post)),
        sorted(papers, key=lambda one: (one.due or day, one.duty)),
    )


def _rows(found: QuerySet[Any, Any], what: Any, **columns: Any) -> Rows:
    named = {"what": what} | _NOTHING | columns
    typed = {f"c_{name}": named[name] for name in _Row._fields}
    rows: Rows = found.annotate(**typed).values_list(*typed)
    return rows


def reviewers_left(organisation: Organisation, *, day: date) -> list[Reviewer]:
    """Seats of a place and the two levels below with reviews left in the current windows, the nearest first. One query."""
    two = Q(owed_by__organisation__parent__parent=organisation)
    rows = [_Row(*row) for row in _seats(organisation, Q(pk__in=[]), day, further=two)]
    found = [Reviewer(*row[1:]) for row in rows]
    return sorted(found, key=lambda one: (one.due or day, -one.overdue, -one.left, one.post))


def _seats(organisation: Organisation, own: Q, day: date, *, further: Q | None = None) -> Rows:
    """Seats of the place and of the next level with reviews left in the current windows."""
    held = Tenure.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    holder = held.filter(post=OuterRef("owed_by"))
    headless = Post.objects.filter(pk=OuterRef(OuterRef("owed_by")), role=Role.SECRETARY)
    acting = held.filter(
        Exists(headless), post__organisation=OuterRef("owed_by__organisation"), post__role=Role.ACTING
    )
    level = Q(owed_by__organisation=organisation) | Q(owed_by__organisation__parent=organisation)
    if further is not None:
        level |= further
    found = (
        Duty.objects.filter(
            level,
            window__in=windows_current(day).exclude(target__in=NOT_REVIEWS).values("pk"),
            lapsed_on=None,
        )
        .exclude(own)
        .values(
            "owed_by", "owed_by__title", "owed_by__organisation__short_name", "owed_by__organisation__code"
        )
        .annotate(total=Count("pk"), rest=Count("pk", filter=Q(done_on=None)))
        .filter(rest__gt=0)
        .order_by()
    )
    return _rows(
        found,
        Value("seat", TextField()),
        key=F("owed_by"),
        name=Coalesce(
            Subquery(holder.values("person__name")[:1]),
            Subquery(acting.values("person__name")[:1]),
            Value(""),
        ),
        title=F("owed_by__title"),
        place=F("owed_by__organisation__short_name"),
        code=F("owed_by__organisation__code"),
        owed=F("total"),
        left=F("rest"),
        overdue=Count("pk", filter=Q(done_on=None, due__lt=day)),
        due=Min("due", filter=Q(done_on=None)),
    )


def _class_of(target: str) -> Any:
    return Case(
        When(**{f"{target}__in": HANDED_IN}, then=Value("papers")),
        When(**{f"{target}__in": OTHERWISE}, then=Value("others")),
        default=Value("reviews"),
        output_field=CharField(),
    )


def _sums(organisation: Organisation, day: date) -> Rows:
    """What is left in all windows, from the tallies; what somebody outside owes is not owed from below."""
    aside = [REVIEWERS, *OUTSIDE_TARGETS]
    found = (
        Tally.objects.filter(organisation=organisation, day__lte=day)
        .exclude(window__target__in=aside)
        .annotate(class_of=_class_of("window__target"))
        .values("class_of")
        .order_by()
    )
    return _rows(found, F("class_of"), left=Sum(F("owed") - F("on_time") - F("late")))


def _not_from_below(own: Q, organisation: Organisation, day: date) -> Rows:
    """One's own of these and what is owed from above, to be taken off again."""
    above = trees.ancestors(organisation.path)[:-1]
    aside = own | Q(owed_by__organisation__path__in=above) if above else own
    found = (
        standing_duties()
        .select_related(None)
        .filter(aside, done_on=None, opens__lte=day, window__isnull=False)
        .filter(path__gte=organisation.path, path__lt=trees.after(organisation.path))
        .exclude(target__in=OUTSIDE_TARGETS)
        .annotate(class_of=_class_of("kind"))
        .values("class_of")
        .order_by()
    )
    return _rows(found, F("class_of"), left=Count("pk") * -1)


def _papers(organisation: Organisation, own: Q, day: date) -> Rows:
    """Papers not handed in that fall due within a week or are late, the nearest few, chosen in a search of their own."""
    path = organisation.path
    found = (
        Duty.objects.filter(path__gte=path, path__lt=trees.after(path), lapsed_on=None)
        .filter(kind__in=HANDED_IN, done_on=None, opens__lte=day, due__lte=day + timedelta(days=NEAR))
        .exclude(own)
        .order_by("due", "path")
    )
    chosen = Duty.objects.filter(pk__in=found.values("pk")[:MOST_PAPERS]).order_by()
    return _rows(
        chosen,
        Value("not_in", TextField()),
        key=F("pk"),
        title=Coalesce("window__name", Value("")),
        place=F("organisation__short_name"),
        due=F("due"),
    )
