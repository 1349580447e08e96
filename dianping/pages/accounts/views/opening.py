"""Opening accounts: for everybody with a seat in one act, for one of them, for an office. The answer is the paper to cut."""

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.accounts.rights import may_open_accounts, may_see_accounts
from dianping.accounts.selectors import Skipped, newest_slip, people_without_account, plan_of
from dianping.accounts.services import GOOD_FOR, Issued, Printing, open_office, open_person, open_seats
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal, refuse_form, tell_refusal
from dianping.orgs.selectors import person_by_id
from dianping.pages.accounts.forms import OfficeForm
from dianping.pages.accounts.shown import places_to_keep, roles_to_give
from dianping.pages.frame.scope import begun, own_organisation

MOST_SHOWN = 40


@never_cache
def account_slips(request: ViewerRequest) -> HttpResponse:
    """成批开设: how many would get an account, who is left out and why; one press makes the accounts and the paper."""
    viewer = request.viewer
    begun(request)
    if not may_see_accounts(viewer.actor):
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    place = own_organisation(request, sent.get("organisation", "") or _first(request))
    if not may_open_accounts(viewer.actor, place):
        raise Http404
    again, no = sent.get("again") == "1", None
    if request.method == "POST":
        try:
            issued = open_seats(
                organisation=place, again=again, printing=printing_of(request), actor=viewer.actor
            )
            if issued.slips:
                return paper_of(issued, f"启用票-{place.short_name}.pdf")
            no = Refusal(
                f"{place.short_name}范围里没有要开的账号。",
                code="accounts.nobody-to-open",
                remedy="什么也没有开；下面写着各是什么原因。",
            )
        except Refusal as refused:
            no = refused
        note_refusal(request, no)
    plan = plan_of(place, day=viewer.day, keeps=viewer.actor.keeps)
    context = {
        "refusal": no,
        "place": place,
        "places": places_to_keep(viewer),
        "plan": plan,
        "again": again,
        "skipped": _by_reason(plan.skipped),
        **_paper_context(request),
    }
    return render(request, "pages/accounts/account_slips.html", context, status=422 if no else 200)


@never_cache
def account_new(request: ViewerRequest) -> HttpResponse:
    """开设一个: somebody with a seat, found by name; or an office, which holds none."""
    viewer = request.viewer
    begun(request)
    if not may_see_accounts(viewer.actor):
        raise Http404
    form = OfficeForm(request.POST or None, roles=roles_to_give(viewer), places=places_to_keep(viewer))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            issued = open_office(
                name=data["name"].strip(),
                role=data["role"],
                organisation=own_organisation(request, data["organisation"]),
                printing=printing_of(request),
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            return paper_of(issued, f"启用票-{data['name']}.pdf")
    text = request.GET.get("q", "").strip()[:60]
    people = people_without_account(
        text, paths=viewer.office_paths, day=viewer.day, keeps=viewer.actor.keeps, most=MOST_SHOWN
    )
    context = {"form": form, "q": text, "people": people, "most": MOST_SHOWN, **_paper_context(request)}
    return render(request, "pages/accounts/account_new.html", context, status=422 if form.errors else 200)


@require_POST
def account_of_person(request: ViewerRequest, pk: int) -> HttpResponse:
    """An account for one person with a seat."""
    viewer = request.viewer
    found = (
        person_by_id(pk, day=viewer.day, paths=viewer.office_paths).first() if viewer.office_paths else None
    )
    if found is None:
        raise Http404
    try:
        printing = Printing(_address(request), viewer.day)  # twice is refused by itself: he has an account
        issued = open_person(person=found, printing=printing, actor=viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("accounts:account_new")
    return paper_of(issued, f"启用票-{found.name}.pdf")


def printing_of(request: ViewerRequest) -> Printing:
    """What the paper needs, with the newest slip the page had seen; a page that says none has seen none."""
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else 0
    return Printing(_address(request), request.viewer.day, number)


def paper_of(issued: Issued, name: str) -> HttpResponse:
    """The paper, in this answer only."""
    response = HttpResponse(issued.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _address(request: ViewerRequest) -> str:
    """The address that is printed: the site's own where DIANPING_ADDRESS is set, else the one this page was asked at."""
    where = reverse("accounts:activate")
    return f"{settings.ADDRESS}{where}" if settings.ADDRESS else request.build_absolute_uri(where)


def _paper_context(request: ViewerRequest) -> dict[str, object]:
    address = _address(request)
    return {
        "address": address,
        "only_here": any(f"//{name}" in address for name in ("localhost", "127.", "[::1]")),
        "form_key": new_form_key(),
        "seen": newest_slip(request.viewer.actor.name),
        "days": GOOD_FOR.days,
    }


def _first(request: ViewerRequest) -> str:
    """The code of the first organisation whose books the viewer keeps."""
    viewer = request.viewer
    known = viewer.places.get(viewer.office_paths[0])
    return known.code if known is not None else places_to_keep(viewer)[0][0]


def _by_reason(skipped: list[Skipped]) -> list[tuple[str, list[str]]]:
    """Who is left out, by reason."""
    rows = sorted(skipped, key=lambda one: one.why)
    return [(why, [one.who for one in some]) for why, some in groupby(rows, key=lambda one: one.why)]
