"""Reading events: by place, with who was there and what was reviewed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from dianping.common import trees
from dianping.reviews.models import Attendance, Occasion, Problem, Review
from dianping.reviews.rules.parts import SAID
from dianping.reviews.selectors.grounds import with_grounds
from dianping.reviews.selectors.parts import text_of

_WHOSE = ("person__name", "organisation__name", "happened_on")
_SAID = tuple(part.key for part in SAID if not part.many)


def occasions_visible(paths: Iterable[str]) -> QuerySet[Occasion]:
    """Events of the organisations in a viewer's subtrees, and those at which one of these is heard."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= _concerns(path)
    return Occasion.objects.filter(seen).select_related("organisation")


def _concerns(path: str) -> Q:
    """Held at a place or below, or a unit there is heard at it."""
    heard = Attendance.objects.filter(
        organisation__path__gte=path, organisation__path__lt=trees.after(path)
    ).values("occasion")
    return Q(path__gte=path, path__lt=trees.after(path)) | Q(pk__in=heard)


def occasions_listed(path: str) -> QuerySet[Occasion]:
    """Events of an organisation and below, newest first, each with how many were called, of how many it was noted whether they
    came, how many did, and how many reviews hang on it."""
    occasions = Occasion.objects.filter(_concerns(path)).select_related("organisation")
    return occasions.annotate(
        called=Count("attendance", distinct=True),
        noted=Count("attendance", filter=Q(attendance__present__isnull=False), distinct=True),
        there=Count("attendance", filter=Q(attendance__present=True), distinct=True),
        filed=Count("reviews", filter=Q(reviews__filed=True), distinct=True),
    ).order_by("-held_on", "-pk")


def occasions_in(occasions: QuerySet[Occasion], state: str, *, today: date) -> QuerySet[Occasion]:
    """Events that are coming, held, or over with people called in of whom nobody noted whether they came (unmarked);
    else all of them."""
    called = Attendance.objects.values("occasion")
    noted = called.filter(present__isnull=False)
    tests = {
        "coming": Q(held_on__gt=today),
        "held": Q(held_on__lte=today),
        "unmarked": Q(held_on__lt=today, pk__in=called) & ~Q(pk__in=noted),
    }
    return occasions.filter(tests.get(state, Q()))


def attendance_of(occasion: Occasion) -> list[Attendance]:
    """The list of an event: in the order drawn, else as called in."""
    return list(occasion.attendance.select_related("person", "organisation").order_by("place", "pk"))


def occasion_of(kind: str, organisation: int, day: date, place: str) -> Occasion | None:
    """The event of this kind, day and place, if it was set down."""
    return Occasion.objects.filter(
        kind=kind, organisation=organisation, held_on=day, place=place.strip()
    ).first()


def was_absent(occasion: Occasion, person: int) -> bool:
    """Whether somebody on the list was noted as not there."""
    return occasion.attendance.filter(person=person, present=False).exists()


def drafts_of(
    post: int, *, people: Iterable[int], bodies: Iterable[int]
) -> dict[tuple[str, int, int], Review]:
    """The drafts of one seat about some people and organisations, by (about, organisation, person or 0)."""
    same = Q(person__in=list(people)) | Q(person=None, organisation__in=list(bodies))
    drafts = Review.objects.filter(same, post=post, filed=False).prefetch_related(
        "problems__point", "revisits", with_grounds()
    )
    return {(r.about, r.organisation_id, r.person_id or 0): r for r in drafts}


def last_filed_of(*, people: Iterable[int], bodies: Iterable[int]) -> dict[tuple[str, int, int], Review]:
    """The newest filed review of each of some targets: a person's by (about, 0, person), a body's by (about, body, 0)."""
    last: dict[tuple[str, int, int], Review] = {}
    related = ("reviewer", "organisation")
    newest = Review.objects.filter(filed=True, about=OuterRef("about")).order_by("-happened_on", "-pk")
    of_person = newest.filter(person=OuterRef("person")).values("pk")[:1]
    of_body = newest.filter(person=None, organisation=OuterRef("organisation")).values("pk")[:1]
    persons = Review.objects.filter(filed=True, person__in=list(people), pk=Subquery(of_person))
    for review in persons.select_related(*related).prefetch_related("problems"):
        last[(review.about, 0, review.person_id or 0)] = review
    about_bodies = Review.objects.filter(
        filed=True, person=None, organisation__in=list(bodies), pk=Subquery(of_body)
    )
    for review in about_bodies.select_related(*related).prefetch_related("problems"):
        last[(review.about, review.organisation_id, 0)] = review
    return last


def texts_around(
    *, occasion: Occasion | None, post: int, about: str, organisation: int, person: int | None
) -> list[tuple[str, str]]:
    """(whose, text) of the reviews one seat wrote at the same event, and of those filed about the same target before."""
    same = Q(person=person) if person else Q(person=None, organisation=organisation)
    around = Q(same, filed=True, about=about)
    if occasion is not None:
        around |= Q(occasion=occasion, post=post) & ~Q(same, about=about)
    rows = Review.objects.filter(around).order_by("-pk").values_list("pk", *_WHOSE, *_SAID)[:300]
    named: dict[int, list[str]] = {}
    for review, text in Problem.objects.filter(review__in=[row[0] for row in rows]).values_list(
        "review", "text"
    ):
        named.setdefault(review, []).append(text)
    return [
        (
            f"{someone or body}{f' {day}' if day else ''}",
            text_of(dict(zip(_SAID, said, strict=True)), named.get(pk, ())),
        )
        for pk, someone, body, day, *said in rows
    ]
