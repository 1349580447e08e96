"""组织 and people: who is who, what is owed and what was said; and the search box."""

import re
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from dianping.accounts.requests import ViewerRequest
from dianping.acts.masses import masses_of, target
from dianping.acts.person_file import print_person_file
from dianping.common import trees
from dianping.common.refusal import Refusal
from dianping.common.refusing import tell_refusal
from dianping.duties.selectors import coverage_board, duties_about_person, standing_of_members, why_not_due
from dianping.duties.selectors.lines import sentences
from dianping.orgs.selectors import (
    branch_on,
    children_with_heads,
    members_of,
    organisations_named,
    path_of,
    people_named,
    standings_of,
    tenures_of,
)
from dianping.orgs.selectors.posts import charges_over, heads_on, holders_on
from dianping.pages.frame.picker import picker
from dianping.pages.frame.scope import current_organisation, person_seen
from dianping.rectification.selectors import items_about_person, items_below
from dianping.reviews.selectors import filed_below, reviews_about_person

if TYPE_CHECKING:
    from datetime import date

    from dianping.accounts.viewer import Viewer
    from dianping.acts.masses import Masses
    from dianping.duties.models import Duty
    from dianping.orgs.models import Membership, Organisation, Person


def organisation(request: ViewerRequest) -> HttpResponse:
    """One organisation: its head, its leaders in charge, the level below or its members, its last reviews."""
    organisation, day = current_organisation(request), request.viewer.day
    own, below = coverage_board(organisation, day=day)
    figures = {c.organisation.pk: c.total for c in below}
    children = [(o, head, figures.get(o.pk)) for o, head in children_with_heads(organisation, day=day)]
    members = _members(organisation, request) if organisation.is_branch else None
    charges = list(charges_over(organisation, day=day))
    holders = holders_on({c.post_id for c in charges}, day=day)
    return render(
        request,
        "pages/organisations/organisation.html",
        {
            "organisation": organisation,
            "head": heads_on([organisation.pk], day=day).get(organisation.pk, ""),
            "figures": own.total,
            "headed": organisation.path in viewer_heads(request),
            "may_review": bool(request.viewer.posts) or keeps_above(request.viewer, organisation.path),
            "meter": {
                "owed": own.total.due,
                "on_time": own.total.on_time,
                "late": own.total.late,
                "open": own.total.pending,
                "overdue": own.total.overdue,
            },
            "children": children,
            "members": members,
            "charges": [
                (c.get_kind_display(), holders.get(c.post_id, "空缺"), c.post.title) for c in charges
            ],
            "reviews": list(
                filed_below(organisation.path).filter(organisation=organisation, person=None)[:6]
            ),
            "masses": masses_of([target(organisation, None)])[target(organisation, None)],
            "items": list(items_below(organisation.path).exclude(state="closed")[:6]),
            "path": [
                (o.short_name, f"{reverse('organisations:organisation')}?organisation={o.code}")
                for o in path_of(organisation, paths=request.viewer.read_paths)
            ],
        },
    )


def viewer_heads(request: ViewerRequest) -> list[str]:
    """The places this viewer heads himself: nobody reviews his own (decision 0005)."""
    return [post.organisation.path for post in request.viewer.posts]


def keeps_above(viewer: "Viewer", path: str) -> bool:
    """Whether a place lies below one this viewer keeps the books of: the office writes down what was said of it from there."""
    return any(path != top and trees.is_within(path, top) for top in viewer.office_paths)


def _members(
    organisation: "Organisation", request: ViewerRequest
) -> list[tuple["Membership", "Duty | None", str]]:
    """The members of a branch, each with the review owed about him, or why none is."""
    day = request.viewer.day
    rows = list(members_of(organisation, day=day)[:400])
    owed = standing_of_members([m.person_id for m in rows], day=day)
    without = {m.person_id: m.since for m in rows if m.person_id not in owed}
    why = why_not_due(without, branch=organisation, day=day)
    return [(m, owed.get(m.person_id), why.get(m.person_id, "")) for m in rows]


def _why_not_due(person: "Person", branch: "Organisation | None", day: "date") -> str:
    """Why no review of him as a member is owed; "" where one is, or where he stands in no branch."""
    standing = next((m for m in standings_of(person) if m.until is None or m.until > day), None)
    if branch is None or standing is None or person.pk in standing_of_members([person.pk], day=day):
        return ""
    return why_not_due({person.pk: standing.since}, branch=branch, day=day)[person.pk]


def person(request: ViewerRequest, pk: int) -> HttpResponse:
    """One person with all his standings together (decision 0015)."""
    viewer = request.viewer
    person = person_seen(request, pk)
    branch = branch_on(person, day=viewer.day)
    seen: dict[str, Any] = {"paths": viewer.read_paths, "posts": viewer.post_ids, "viewer": viewer.person}
    return render(
        request,
        "pages/organisations/person.html",
        {
            "person": person,
            "branch": branch,
            "may_review": branch is not None
            and viewer.person != person
            and (bool(viewer.posts) or viewer.keeps(branch.path)),
            "organisation": branch,
            "standings": [(m, viewer.may_read(m.organisation.path)) for m in standings_of(person)],
            "tenures": list(tenures_of(person)),
            "owed": sentences(duties_about_person(person, paths=viewer.read_paths), most=10, look=True),
            "why_not_due": _why_not_due(person, branch, viewer.day),
            "masses": _masses(viewer, person, branch),
            "reviews": list(reviews_about_person(person, **seen)[:20]),
            "items": list(items_about_person(person, **seen)[:20]),
            "path": [
                (o.short_name, f"{reverse('organisations:organisation')}?organisation={o.code}")
                for o in (path_of(branch, paths=viewer.read_paths) if branch else [])
            ]
            + [(person.name, "")],
        },
    )


def _masses(
    viewer: "Viewer", person: "Person", branch: "Organisation | None"
) -> list[tuple["Organisation", "Masses"]]:
    """What the masses said of a person, by the place he was asked about in, as far as the viewer reads that place."""
    places = {t.post.organisation_id: t.post.organisation for t in tenures_of(person)}
    if branch is not None:
        places[branch.pk] = branch
    himself = viewer.person is not None and viewer.person.pk == person.pk
    seen = [place for place in places.values() if himself or viewer.may_read(place.path)]
    said = masses_of(target(place, person) for place in seen)
    return [
        (place, masses) for place in seen if (masses := said[target(place, person)]).asked or masses.points
    ]


@require_GET
def seats(request: ViewerRequest) -> HttpResponse:
    """Seats the viewer's offices keep, found by a search; the fragment of a picker follows what is typed in it."""
    viewer = request.viewer
    name = request.GET.get("name", "")
    # The name of a form's field: small letters.
    if not viewer.office_paths or not re.fullmatch(r"[a-z_]{1,20}", name):
        raise Http404
    found = picker(
        request.GET, name=name, label="找职务", paths=viewer.office_paths, day=viewer.day, offered=[]
    )
    template = "pages/frame/_picker_found.html" if request.htmx else "pages/organisations/seats.html"
    return render(request, template, {"picker": found})


@require_GET
def person_file(request: ViewerRequest, pk: int) -> HttpResponse:
    """Everything on file about a person that the viewer may read, as one PDF; each printing is recorded."""
    person = person_seen(request, pk)
    try:
        name, content = print_person_file(person=person, viewer=request.viewer)
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("organisations:person", pk=pk)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response


def search(request: ViewerRequest) -> HttpResponse:
    """People and organisations by a piece of their name, inside what one may see."""
    text = request.GET.get("q", "").strip()
    paths = request.viewer.read_paths
    organisations = list(organisations_named(text, paths=paths)[:20]) if text else []
    people = list(people_named(text, day=request.viewer.day, paths=paths)[:40]) if text else []
    return render(
        request,
        "pages/organisations/search.html",
        {"q": text, "organisations": organisations, "people": people},
    )
