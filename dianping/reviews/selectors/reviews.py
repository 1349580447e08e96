"""Reviews by place, reviewer and target."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from dianping.common import trees
from dianping.duties.models import Duty
from dianping.orgs.models import Organisation, Person, Post
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Mode, Problem, Review, ReviewDuty

RELATED = ("organisation", "person", "reviewer", "post__organisation", "occasion")


def filed_below(path: str, *, opens: date | None = None, due: date | None = None) -> QuerySet[Review]:
    """Filed reviews about an organisation and all below it, newest first; optionally of a period."""
    reviews = Review.objects.filter(filed=True, path__gte=path, path__lt=trees.after(path))
    if opens is not None and due is not None:
        reviews = reviews.filter(happened_on__range=(opens, due))
    return reviews.select_related(*RELATED).order_by("-happened_on", "-pk")


def last_filed(*, about: str, organisation: Organisation, person: Person | None) -> Review | None:
    """The last review of the same target, by whomever; a person's is found wherever he stood then."""
    same = Q(person=person) if person else Q(person=None, organisation=organisation)
    return (
        Review.objects.filter(same, filed=True, about=about)
        .select_related(*RELATED)
        .prefetch_related("problems")
        .order_by("-happened_on", "-pk")
        .first()
    )


def draft_of(target: ReviewTarget) -> Review | None:
    """The draft of one seat about one target."""
    return (
        Review.objects.filter(
            post=target.post,
            about=target.about,
            organisation=target.organisation,
            person=target.person,
            filed=False,
        )
        .prefetch_related("problems__point")
        .first()
    )


def reviews_by(posts: Iterable[int]) -> QuerySet[Review]:
    """What these seats have written, drafts first, then newest."""
    return (
        Review.objects.filter(post__in=list(posts))
        .select_related(*RELATED)
        .order_by("filed", "-happened_on", "-pk")
    )


def reviews_about_person(
    person: Person, *, paths: list[str], posts: Iterable[int], viewer: Person | None
) -> QuerySet[Review]:
    """The filed reviews of one person that a viewer may see, newest first; his own he sees all."""
    return (
        Review.objects.filter(_seen(paths, posts, viewer), person=person, filed=True)
        .select_related(*RELATED)
        .order_by("-happened_on", "-pk")
    )


def reviews_about_body(
    organisation: Organisation, *, paths: list[str], posts: Iterable[int]
) -> QuerySet[Review]:
    """The filed reviews of an organisation itself that a viewer may see, newest first."""
    return (
        Review.objects.filter(_seen(paths, posts, None), organisation=organisation, person=None, filed=True)
        .select_related(*RELATED)
        .order_by("-happened_on", "-pk")
    )


COUNTED = {"on_time": "按时", "late": "补录", "void": "不计入", "extra": ""}


def in_count(reviews: QuerySet[Review], state: str) -> QuerySet[Review]:
    """Reviews by how they count: on_time, late, void, or extra (met no duty); anything else means all of them."""
    return reviews.filter(counts=COUNTED[state]) if state in COUNTED else reviews


def absences_explained(reports: list[Duty], *, day: date) -> dict[int, str]:
    """Why the next review went ahead without a written report, by the report's duty, as written down by a day."""
    told = (
        Review.objects.filter(
            filed=True,
            organisation__in={duty.organisation_id for duty in reports},
            entered_at__date__lte=day,
        )
        .exclude(report_absence="")
        .order_by("entered_at")
        .values_list("organisation", "person", "entered_at", "report_absence")
    )
    reasons: dict[int, str] = {}
    for organisation, person, entered_at, reason in told:
        entered = timezone.localtime(entered_at).date()
        for duty in reports:
            still_owed = duty.opens <= entered and (duty.entered_on is None or entered <= duty.entered_on)
            if (duty.organisation_id, duty.person_id) == (organisation, person) and still_owed:
                reasons[duty.pk] = reason
    return reasons


def _seen(paths: list[str], posts: Iterable[int], person: Person | None) -> Q:
    seen = Q(post__in=list(posts))
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path), filed=True)
    return seen | Q(person=person, filed=True) if person is not None else seen


def review_visible(
    pk: int, *, paths: list[str], posts: Iterable[int], person: Person | None
) -> QuerySet[Review]:
    """One review, when the viewer may see it: it lies in his subtrees, his seat wrote it, or it is about himself.

    A draft is its writer's and his office's alone.
    """
    return (
        Review.objects.filter(_seen(paths, posts, person), pk=pk)
        .select_related(*RELATED)
        .prefetch_related(
            "problems__point",
            "corrections",
            "answers",
            "met__duty__window",
            "reopenings",
            "revisits__problem",
        )
    )


def last_by(post: Post, *, entered_on: date) -> Review | None:
    """The review one seat filed last on a day of entry, late entries left out."""
    filed = Review.objects.filter(post=post, filed=True, entered_at__date=entered_on).exclude(counts="补录")
    return filed.select_related("occasion").order_by("-pk").first()


def points_named(points: Iterable[int]) -> set[int]:
    """Of some points of what the masses said, those a filed review named as a problem."""
    return set(
        Problem.objects.filter(point__in=list(points), review__filed=True)
        .order_by()
        .values_list("point", flat=True)
    )


def ways_of(duties: Iterable[int]) -> dict[int, str]:
    """In which way each of some duties was met (集中点评), by the duty; those not met are left out."""
    met = ReviewDuty.objects.filter(duty__in=list(duties), review__filed=True)
    return {duty: Mode(mode).label for duty, mode in met.values_list("duty", "review__mode")}


def mode_word(mode: str) -> str:
    """A way of reviewing as people call it; an unknown one as it stands."""
    return str(dict(Mode.choices).get(mode, mode))
