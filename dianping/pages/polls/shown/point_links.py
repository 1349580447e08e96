"""From a point of what the masses said to the writing page of whom it is about, for whoever may review him."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from dianping.accounts.viewer import Viewer
from dianping.duties.rights import may_keep
from dianping.duties.selectors import open_duties_about
from dianping.opinions.selectors import subject_of
from dianping.orgs.models import Organisation, Person
from dianping.orgs.selectors import branch_on, person_by_id
from dianping.orgs.selectors.posts import head_person
from dianping.reviews.services.file import TARGETS

if TYPE_CHECKING:
    from dianping.opinions.models import Point


def problem_url_of(point: "Point", viewer: Viewer) -> str | None:
    """Where this viewer writes about the target of a point, the point chosen; None where he may not, or it has none."""
    return problem_urls_of([point], viewer)[point.pk]


def problem_urls_of(points: Iterable["Point"], viewer: Viewer) -> dict[int, str | None]:
    """The same for many points, by key; a target is looked up once."""
    urls: dict[int, str | None] = {}
    pages: dict[tuple[int, int], str | None] = {}
    for point in points:
        place = (point.poll_id, point.subject)
        if place not in pages:
            about = subject_of(point)
            pages[place] = _page(*about, viewer) if about else None
        page = pages[place]
        urls[point.pk] = f"{page}{'&' if '?' in page else '?'}point={point.pk}" if page else None
    return urls


def _page(organisation: Organisation, person: Person | None, viewer: Viewer) -> str | None:
    """The writing page: of an open duty of his own seat or of an office he keeps, else of a review nobody ordered."""
    kinds = ("secretary", "member") if person else ("organisation",)
    owed = open_duties_about(
        organisation=organisation,
        person=person,
        target_kinds=tuple(target for about in kinds for target in TARGETS[about]),
    ).filter(opens__lte=viewer.day, owed_by__isnull=False)
    own = owed.filter(owed_by__in=viewer.post_ids).first()
    if own is None and may_keep(viewer.actor, organisation):
        own = owed.first()
    if own is not None:
        return reverse("reviews:write", args=[own.pk])
    return _extra_page(organisation, person, viewer)


def _extra_page(organisation: Organisation, person: Person | None, viewer: Viewer) -> str | None:
    if not viewer.posts or not viewer.may_read(organisation.path):
        return None
    page = reverse("reviews:write_extra")
    if person is None or head_person(organisation, day=viewer.day) == person:
        headed = [post.organisation.path for post in viewer.posts if post.role != "leader"]
        if organisation.path in headed:  # nobody reviews what he heads himself (decision 0005)
            return None
        about = "secretary" if person else "organisation"
        return f"{page}?{urlencode({'about': about, 'organisation': organisation.code})}"
    here = branch_on(person, day=viewer.day) == organisation and person != viewer.person
    if here and person_by_id(person.pk, day=viewer.day, paths=viewer.read_paths).exists():
        return f"{page}?{urlencode({'about': 'member', 'person': person.pk})}"
    return None
