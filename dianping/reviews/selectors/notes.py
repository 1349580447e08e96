"""Reading notes: a seat's own, and no other's."""

from collections.abc import Iterable

from django.db.models import QuerySet

from dianping.orgs.models import Organisation, Person, Post
from dianping.reviews.models import Note


def notes_by(posts: Iterable[int]) -> QuerySet[Note]:
    """What some seats noted and no review took up yet, newest first."""
    return Note.objects.filter(post__in=list(posts), review=None).select_related("person", "organisation")


def notes_about(post: Post, *, about: str, organisation: Organisation, person: Person | None) -> list[Note]:
    """What one seat noted about one target and no review took up yet, newest first."""
    mine = notes_by([post.pk]).filter(about=about)
    return list(
        (mine.filter(person=person) if person else mine.filter(person=None, organisation=organisation))[:20]
    )
