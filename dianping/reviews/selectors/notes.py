"""Reading notes: a seat's own, and no other's."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Note


def notes_by(posts: Iterable[int]) -> QuerySet[Note]:
    """What some seats noted and no review took up yet, newest first."""
    return Note.objects.filter(post__in=list(posts), review=None).select_related("person", "organisation")


def notes_about(target: ReviewTarget) -> list[Note]:
    """What one seat noted about one target and no review took up yet, newest first."""
    mine = notes_by([target.post.pk]).filter(about=target.about)
    same = Q(person=target.person) if target.person else Q(person=None, organisation=target.organisation)
    return list(mine.filter(same)[:20])


def notes_of(
    post: int, *, people: Iterable[int], bodies: Iterable[int]
) -> dict[tuple[str, int, int], list[Note]]:
    """What one seat noted about some targets and no review took up yet: a person's by (about, 0, person), a body's by
    (about, body, 0), newest first."""
    same = Q(person__in=list(people)) | Q(person=None, organisation__in=list(bodies))
    notes: dict[tuple[str, int, int], list[Note]] = defaultdict(list)
    for note in notes_by([post]).filter(same):
        notes[(note.about, 0 if note.person_id else note.organisation_id, note.person_id or 0)].append(note)
    return notes
