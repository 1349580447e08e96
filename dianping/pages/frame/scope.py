"""Which organisation the pages speak of now: one of the viewer's own, kept in the session by the switch."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from dianping.accounts.requests import ViewerRequest
from dianping.orgs.models import Organisation, Person
from dianping.orgs.selectors import organisations_below, person_by_id

KEY = "organisation"


class NobodyYet(Http404):  # noqa: N818 - a page, not a failure: there is no organisation on the site
    """The site has no roster yet."""


class NoPlace(Http404):  # noqa: N818 - a page, not a failure: whoever held a seat or a role holds none now
    """There are organisations, and nothing of them is this viewer's any more."""


def current_organisation(request: ViewerRequest) -> Organisation:
    """The organisation asked for (?organisation=CODE), chosen before, or the viewer's own. 404 outside his rights,
    told as such to whoever has none."""
    asked = request.GET.get(KEY, "")
    if asked:
        return own_organisation(request, asked)
    paths, places, home = request.viewer.read_paths, request.viewer.places, request.viewer.home_path
    chosen, organisation = request.session.get(KEY, ""), None
    if chosen:
        organisation = next((place for place in places.values() if place.code == chosen), None)
        if organisation is None:
            organisation = organisations_below(paths).filter(code=chosen).select_related("parent").first()
    if organisation is None and paths:
        organisation = places.get(home)
    if organisation is None and paths:
        organisation = Organisation.objects.filter(path=home).select_related("parent").first()
    if organisation is None:
        raise NoPlace if Organisation.objects.exists() else NobodyYet
    return organisation


def begun(request: ViewerRequest) -> None:
    """For pages that show something without any organisation to read: NobodyYet where the site has none at all."""
    if not request.viewer.read_paths and not Organisation.objects.exists():
        raise NobodyYet


def own_organisation(request: ViewerRequest, code: str) -> Organisation:
    """The organisation of a code. 404 outside the viewer's rights."""
    organisation = (
        organisations_below(request.viewer.read_paths).filter(code=code).select_related("parent").first()
    )
    if organisation is None:
        raise Http404
    return organisation


def person_seen(request: ViewerRequest, pk: int) -> Person:
    """A person in the viewer's subtrees; himself wherever he stands. 404 for anybody else."""
    viewer = request.viewer
    if viewer.person is not None and viewer.person.pk == pk:
        return viewer.person
    return get_object_or_404(person_by_id(pk, day=viewer.day, paths=viewer.read_paths))


def parse_day(text: str) -> date | None:
    """A day as a browser's date box sends it, None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 1921 else None


def asked_day(request: ViewerRequest) -> date:
    """The day asked for (?day=), else the viewer's day; a day that is none is a 404."""
    text = request.GET.get("day", "")
    if not text:
        return request.viewer.day
    day = parse_day(text)
    if day is None:
        raise Http404
    return day
