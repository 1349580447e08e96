"""Who is named in a text, and what was said of people: looked up by the text, and not the other way round.

A bulletin of 2,000 letters asks for some 6,000 pieces of two to four letters in one query, however many members there are.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q

from dianping.bulletins.models import ModelCase
from dianping.bulletins.rules.plain import squeezed
from dianping.bulletins.selectors.bulletins import within
from dianping.orgs.models import Membership, Organisation, Person, Tenure
from dianping.reviews.models import Correction, Note, Problem, Reopening, Review
from dianping.reviews.rules.parts import TEXTS

AT_ONCE = 10_000  # values in one IN; below what SQLite takes (32,766)


def people_called(pieces: Iterable[str], *, organisation: Organisation) -> dict[str, set[int]]:
    """The people some pieces of text are the names of, by name: who stood or held a post in the organisation or below at
    any time, and whoever was reviewed there."""
    wanted = sorted(set(pieces))
    below = [organisation.path]
    own = {"person": OuterRef("pk")}
    known = (
        Exists(Membership.objects.filter(within(below, "organisation__path"), **own))
        | Exists(Tenure.objects.filter(within(below, "post__organisation__path"), **own))
        | Exists(Review.objects.filter(within(below), **own))
    )
    by_name: dict[str, set[int]] = {}
    for at in range(0, len(wanted), AT_ONCE):
        people = Person.objects.filter(known, name__in=wanted[at : at + AT_ONCE])
        for pk, name in people.values_list("pk", "name"):
            by_name.setdefault(name, set()).add(pk)
    return by_name


def people_agreed(organisation: Organisation, *, telling: Iterable[ModelCase]) -> set[int]:
    """Who agreed to be named: the subject of a case that is told now, or stands published from here."""
    standing = Q(within([organisation.path]), state=ModelCase.State.PUBLISHED)
    cases = ModelCase.objects.filter(standing | Q(pk__in=[case.pk for case in telling]))
    return set(cases.filter(agreed_on__isnull=False, person__isnull=False).values_list("person", flat=True))


def organisation_names(organisation: Organisation) -> set[str]:
    """What the organisation and the level below are called; such a name names nobody."""
    rows = Organisation.objects.filter(Q(pk=organisation.pk) | Q(parent=organisation))
    return {squeezed(name) for row in rows.values_list("name", "short_name") for name in row}


def remarks_below(organisation: Organisation) -> Iterator[str]:
    """Everything written about a person in an organisation or below: reviews and their drafts, the problems named, the texts
    corrections replaced, notes. Streamed; nothing is kept."""
    about = {"person__isnull": False}
    reviews = Review.objects.filter(within([organisation.path]), **about).order_by()
    for texts in reviews.values_list(*(part.key for part in TEXTS)).iterator(2000):
        yield from texts
    inside = Q(within([organisation.path], "review__path"), review__person__isnull=False)
    yield from Problem.objects.filter(inside).order_by().values_list("text", flat=True).iterator(2000)
    for model in (Correction, Reopening):
        for before in model.objects.filter(inside).order_by().values_list("before", flat=True).iterator(2000):
            yield from _texts(before)
    notes = Note.objects.filter(within([organisation.path]), **about).order_by()
    yield from notes.values_list("text", flat=True).iterator(2000)


def _texts(kept: object) -> Iterator[str]:
    """Every text in a kept piece of JSON."""
    if isinstance(kept, str):
        yield kept
    elif isinstance(kept, dict):
        for value in kept.values():
            yield from _texts(value)
    elif isinstance(kept, list):
        for value in kept:
            yield from _texts(value)
