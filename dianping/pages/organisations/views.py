"""组织 and people: who is who, what is owed and what was said; and the search box."""

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from dianping.accounts.requests import ViewerRequest
from dianping.acts.masses import masses_of, target
from dianping.acts.person_file import print_person_file
from dianping.base.day_words import written
from dianping.common import trees
from dianping.common.refusal import Refusal
from dianping.common.refusing import tell_refusal
from dianping.duties.selectors import coverage_board, duties_about_person, standing_of_members, why_not_due
from dianping.duties.selectors.lines import sentences
from dianping.orgs.selectors import (
    branch_on,
    by_head,
    children_of,
    members_of,
    organisations_named,
    path_of,
    people_named,
    standings_of,
    tenures_of,
)
from dianping.orgs.selectors.posts import charges_over, heads_on, holders_on, leaders_on
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.picker import picker
from dianping.pages.frame.scope import current_organisation, person_seen
from dianping.rectification.selectors import items_about_person, items_below
from dianping.reviews.selectors import filed_below, reviews_about_person

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from dianping.accounts.viewer import Viewer
    from dianping.acts.masses import Masses
    from dianping.duties.models import Duty
    from dianping.duties.selectors import Figures
    from dianping.orgs.models import Membership, Organisation, Person

MOST_MEMBERS = 400  # of one branch on its page; the workbook holds all
MEMBERS = Listing(
    title="党员名册",
    columns=(
        ListColumn("姓名", lambda row: row[0].person.name, 12),
        ListColumn("性别", lambda row: row[0].person.sex, 6),
        ListColumn("党籍", lambda row: row[0].standing, 10),
        ListColumn("流动去向", lambda row: row[0].mobile_to, 20),
        ListColumn("组织关系起", lambda row: row[0].since, 12),
        ListColumn("点评", lambda row: _review_told(row[1], row[2]), 24),
    ),
    people=("person__name",),
    day="since",
    day_word="组织关系起",
    states=(("", "全部"), ("正式党员", "正式党员"), ("预备党员", "预备党员")),
)
CHILDREN = Listing(
    title="下级组织",
    columns=(
        ListColumn("组织", lambda row: row[0].name, 30),
        ListColumn("代码", lambda row: row[0].code, 10),
        ListColumn("类别", lambda row: row[0].kind, 12),
        ListColumn("书记", lambda row: row[1] or "空缺", 12),
        ListColumn("副书记、委员", lambda row: "\n".join(row[3]), 26),
        ListColumn("应", lambda row: row[2].due if row[2] else 0, 7),
        ListColumn("已", lambda row: row[2].done if row[2] else 0, 7),
        ListColumn("逾期", lambda row: row[2].overdue if row[2] else 0, 7),
    ),
    places=("path",),
    seats=("posts",),
    day="founded",
    day_word="成立日",
    states=(("", "全部"), ("headed", "有书记"), ("vacant", "书记空缺")),
)


def organisation(request: ViewerRequest) -> HttpResponse:
    """One organisation: its head, its leaders in charge, the level below or its members, its last reviews."""
    organisation, day = current_organisation(request), request.viewer.day
    own, below = coverage_board(organisation, day=day)
    figures = {c.organisation.pk: c.total for c in below}
    asked = asked_of(request, MEMBERS if organisation.is_branch else CHILDREN)
    paths = [organisation.path]
    standing = _in_standing(organisation, asked.state, day)
    under = children_of(organisation, day=day)
    if organisation.is_branch:
        standing = asked.narrowed(standing, paths=paths, today=day)
    else:
        under = asked.narrowed(by_head(under, asked.state, day=day), paths=paths, today=day)
    if wants_workbook(request):
        if organisation.is_branch:
            rows = partial(_members, organisation=organisation, day=day)
            return workbook(
                request, asked, standing, rows, scope=organisation.name, organisation=organisation
            )
        told = partial(_children, figures=figures, day=day)
        return workbook(
            request, asked, under, told, scope=f"{organisation.name}的下一级", organisation=organisation
        )
    children = _children(list(under), figures=figures, day=day)
    members = (
        _members(list(standing[:MOST_MEMBERS]), organisation=organisation, day=day)
        if organisation.is_branch
        else None
    )
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
            "list": asked,
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


def _in_standing(organisation: "Organisation", state: str, day: "date") -> "QuerySet[Membership]":
    """The members of a branch, of one 党籍 or all."""
    members = members_of(organisation, day=day)
    return members.filter(standing=state) if state in dict(MEMBERS.states) and state else members


def _children(
    rows: "list[Organisation]", *, figures: "dict[int, Figures]", day: "date"
) -> "list[tuple[Organisation, str, Figures | None, list[str]]]":
    """Organisations, each with who heads it, its figures, and who else leads it."""
    keys = [row.pk for row in rows]
    heads, leaders = heads_on(keys, day=day), leaders_on(keys, day=day)
    return [(row, heads.get(row.pk, ""), figures.get(row.pk), leaders.get(row.pk, [])) for row in rows]


def _review_told(duty: "Duty | None", why: str) -> str:
    """How the review owed about a member stands, in words."""
    if duty is None:
        return why
    if duty.done_on is None:
        return f"{written(duty.due)}前"
    return f"{written(duty.done_on)}，{'补录' if duty.on_time is False else '按时'}"


def _members(
    rows: "list[Membership]", *, organisation: "Organisation", day: "date"
) -> list[tuple["Membership", "Duty | None", str]]:
    """The members of a branch, each with the review owed about him, or why none is."""
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
    organisations = organisations_named(text, paths=paths, most=20)
    people = people_named(text, day=request.viewer.day, paths=paths, most=40)
    return render(
        request,
        "pages/organisations/search.html",
        {"q": text, "organisations": organisations, "people": people},
    )
