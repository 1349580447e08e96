"""People and where they stand."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.db.models import Q, QuerySet

from dianping.base.pinyin import is_spelled
from dianping.common import trees
from dianping.orgs.models import Membership, Organisation, Person, Tenure
from dianping.orgs.selectors.organisations import MOST_FOUND


def on_day(day: date) -> Q:
    """The half-open test every dated row answers: it holds on this day."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def members_of(organisation: Organisation, *, day: date) -> QuerySet[Membership]:
    """Who stands in a branch on a day, in the order of the roster that brought them."""
    return (
        Membership.objects.filter(on_day(day), organisation=organisation)
        .select_related("person")
        .order_by("pk")
    )


def member_count(path: str, *, day: date) -> int:
    """How many people stand in an organisation or below on a day."""
    below = {"organisation__path__gte": path, "organisation__path__lt": trees.after(path)}
    return Membership.objects.filter(on_day(day), **below).values("person").distinct().count()


def branch_on(person: Person, *, day: date) -> Organisation | None:
    """The branch a person stands in on a day."""
    membership = Membership.objects.filter(on_day(day), person=person).select_related("organisation").first()
    return membership.organisation if membership else None


def standings_of(person: Person) -> QuerySet[Membership]:
    """Every branch a person has stood in, newest first."""
    return Membership.objects.filter(person=person).select_related("organisation").order_by("-since")


def tenures_of_people(people: Iterable[int]) -> dict[int, list[Tenure]]:
    """Every seat some people have held, newest first, by person."""
    rows = Tenure.objects.filter(person__in=list(people)).select_related("post__organisation")
    tenures: dict[int, list[Tenure]] = {}
    for tenure in rows.order_by("-since", "-pk"):
        tenures.setdefault(tenure.person_id, []).append(tenure)
    return tenures


def visible(day: date, paths: list[str]) -> Q:
    """Memberships that lie in one of the subtrees on a day."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(organisation__path__gte=path, organisation__path__lt=trees.after(path))
    return seen & on_day(day)


def places_of(person: Person, *, day: date) -> list[str]:
    """The places (tree paths) where a person stands, or holds a post, on a day."""
    stands = Membership.objects.filter(on_day(day), person=person).values_list(
        "organisation__path", flat=True
    )
    held = Tenure.objects.filter(on_day(day), person=person)
    return [*stands, *held.values_list("post__organisation__path", flat=True)]


def person_by_id(pk: int, *, day: date, paths: list[str]) -> QuerySet[Person]:
    """A person who stands, or holds a post, in one of the subtrees that day; else nothing."""
    held = Q(pk__in=[])
    for path in paths:
        held |= Q(
            tenures__post__organisation__path__gte=path,
            tenures__post__organisation__path__lt=trees.after(path),
            tenures__since__lte=day,
        ) & (Q(tenures__until=None) | Q(tenures__until__gt=day))
    members = Membership.objects.filter(visible(day, paths), person=pk).values("person")
    return Person.objects.filter(Q(pk__in=members) | held, pk=pk).distinct()


def person_named(name: str, organisation: Organisation, *, day: date) -> Person | None:
    """The one person of that name who stands, or holds a post, in an organisation; None for nobody or namesakes."""
    standing = Membership.objects.filter(on_day(day), organisation=organisation).values("person")
    seated = Tenure.objects.filter(on_day(day), post__organisation=organisation).values("person")
    people = Person.objects.filter(Q(pk__in=standing) | Q(pk__in=seated), name=name)[:2]
    return people[0] if len(people) == 1 else None


def people_below(name: str, organisation: Organisation, *, day: date) -> list[Person]:
    """Everybody of this very name who stands, or holds a post, in an organisation or below it."""
    below = {
        "organisation__path__gte": organisation.path,
        "organisation__path__lt": trees.after(organisation.path),
    }
    standing = Membership.objects.filter(on_day(day), **below).values("person")
    seated = Tenure.objects.filter(on_day(day), **{f"post__{key}": value for key, value in below.items()})
    found = Person.objects.filter(Q(pk__in=standing) | Q(pk__in=seated.values("person")), name=name)
    return list(found.order_by("pk"))


def people_of_employee_number(number: str) -> list[Person]:
    """Everybody of an employee number."""
    return list(Person.objects.filter(employee_no=number).order_by("pk"))


def people_named(text: str, *, day: date, paths: list[str], most: int = MOST_FOUND) -> list[Membership]:
    """The first members whose name holds some text, or is what letters spell (first letters, or syllables), with their branch;
    branch by branch in the order of the roster. One query, a second one for letters; none without a text."""
    if not text.strip():
        return []
    seen = Membership.objects.filter(visible(day, paths)).order_by("organisation__path", "pk")
    found = seen.select_related("person", "organisation")
    if text.isascii():
        names = seen.values_list("pk", "person__name").iterator()
        spelled = (pk for pk, name in names if is_spelled(text, name))
        return list(found.filter(pk__in=list(islice(spelled, most))))
    return list(found.filter(person__name__contains=text)[:most])
