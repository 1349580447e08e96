"""Reviews as they were written down, for signs to look at: plain rows, no words but where words are asked."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from dianping.common import trees
from dianping.orgs.models import Tenure
from dianping.reviews.models import Mode, Problem, Review, Sweep
from dianping.reviews.rules.parts import SAID
from dianping.reviews.rules.signs import FiledReview
from dianping.reviews.selectors.parts import text_of

MOST = 20_000  # reviews looked at for one page; a larger place is looked at by its parts
_SAID = tuple(part.key for part in SAID if not part.many)
SHORTEST = 12  # letters; shorter texts are alike without anybody copying


def _filed(path: str, opens: date, due: date) -> QuerySet[Review]:
    return Review.objects.filter(
        filed=True, path__gte=path, path__lt=trees.after(path), happened_on__range=(opens, due)
    )


def entered_below(path: str, *, opens: date, due: date) -> list[FiledReview]:
    """Every review of a period below a place, with when it was held and written down; by seat, as one seat owes them."""
    rows = (
        _filed(path, opens, due)
        .order_by("pk")
        .values_list("post", "reviewer", "happened_on", "entered_at", "mode", "occasion__held_on")[:MOST]
    )
    held = _tenures({post for post, *_ in rows})
    return [
        FiledReview(
            reviewer=str(reviewer),
            happened_on=happened,
            entered_at=timezone.localtime(entered),
            individual=mode == Mode.INDIVIDUAL,
            seat_since=held.get((post, reviewer), (None, None))[0],
            seat_until=held.get((post, reviewer), (None, None))[1],
            occasion_on=occasion,
        )
        for post, reviewer, happened, entered, mode, occasion in rows
        if happened is not None and entered is not None
    ]


def _tenures(posts: set[int]) -> dict[tuple[int, int], tuple[date, date | None]]:
    """(since, until) of whoever held some seats, where he held the seat once; who held it twice is left out."""
    tenures: dict[tuple[int, int], tuple[date, date | None]] = {}
    twice = set()
    for post, person, since, until in Tenure.objects.filter(post__in=posts).values_list(
        "post", "person", "since", "until"
    ):
        if (post, person) in tenures:
            twice.add((post, person))
        tenures[(post, person)] = (since, until)
    return {key: value for key, value in tenures.items() if key not in twice}


def without_shortcoming(path: str, *, opens: date, due: date) -> tuple[int, int]:
    """(how many reviews of a period name no shortcoming, how many there are)."""
    named = Problem.objects.filter(review=OuterRef("pk"))
    counts = _filed(path, opens, due).aggregate(all=Count("pk"), none=Count("pk", filter=~Exists(named)))
    return int(counts["none"]), int(counts["all"])


def texts_of_period(path: str, *, opens: date, due: date, most: int = MOST) -> list[tuple[int, str]]:
    """(key, text) of the reviews of a period below a place, the newest so many, without those too short to copy."""
    rows = _filed(path, opens, due).only(*_SAID).prefetch_related("problems")
    texts = (
        (r.pk, text_of({key: getattr(r, key) for key in _SAID}, [p.text for p in r.problems.all()]))
        for r in rows.order_by("-pk")[:most].iterator(chunk_size=2000)
    )
    return [(pk, text) for pk, text in texts if len(text) >= SHORTEST]


def keys_of_period(path: str, *, opens: date, due: date) -> set[int]:
    """The keys of the reviews of a period below a place."""
    return set(_filed(path, opens, due).values_list("pk", flat=True))


def named_reviews(keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Of whom some reviews are and how they begin, by key."""
    rows = Review.objects.filter(pk__in=list(keys)).select_related("person", "organisation")
    return {r.pk: (f"{r.organisation.short_name} {r.target_name}", r.evaluation or r.direction) for r in rows}


def sweep_over(path: str, *, opens: date, day: date) -> Sweep | None:
    """The newest search for like reviews that took in a place and its reviews from a day on, made by another day."""
    return (
        Sweep.objects.filter(
            organisation__path__in=trees.ancestors(path), opens__lte=opens, day__range=(opens, day)
        )
        .order_by("-looked_at")
        .first()
    )
