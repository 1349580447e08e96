"""《领导干部点评登记表》 of one target and a year: reached from a person and from a review, on screen, printed and as a file."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from dianping.accounts.requests import ViewerRequest
from dianping.ledgers.rules import TargetFacts, target_sheet
from dianping.ledgers.selectors.one_target import sheet_of_body, sheet_of_person
from dianping.ledgers.services import KINDS
from dianping.pages.frame.drawn import drawn
from dianping.pages.frame.scope import person_seen
from dianping.pages.frame.sheet_files import sheet_answer
from dianping.reviews.selectors import review_visible

FIRST_YEAR = 1921


@require_safe
def person_sheet(request: ViewerRequest, pk: int) -> HttpResponse:
    """The sheet of a person, of the year asked for (?year=) or this one."""
    person = person_seen(request, pk)
    year = _year(request, request.viewer.day)
    facts = sheet_of_person(person, year=year, viewer=request.viewer)
    return _answer(request, facts, year, person.name)


@require_safe
def review_sheet(request: ViewerRequest, pk: int) -> HttpResponse:
    """The sheet of whom or what a review is about, of the review's year."""
    viewer = request.viewer
    review = get_object_or_404(
        review_visible(pk, paths=viewer.read_paths, posts=viewer.post_ids, person=viewer.person)
    )
    if not review.filed or review.happened_on is None:
        raise Http404  # a draft is nobody's record yet
    year = _year(request, review.happened_on)
    facts = (
        sheet_of_person(review.person, year=year, viewer=viewer)
        if review.person
        else sheet_of_body(review.organisation, year=year, viewer=viewer)
    )
    return _answer(request, facts, year, review.target_name)


def _year(request: ViewerRequest, day: date) -> int:
    text = request.GET.get("year", "")
    if not text:
        return day.year
    if not (text.isdecimal() and len(text) == 4 and int(text) >= FIRST_YEAR):
        raise Http404
    return int(text)


def _answer(request: ViewerRequest, facts: TargetFacts, year: int, name: str) -> HttpResponse:
    sheet = target_sheet(facts)
    kind = request.GET.get("as", "")
    if kind:
        return sheet_answer(sheet, kind=kind, name=f"{name}-{sheet.title}-{year}")
    context = {
        "name": name,
        "year": year,
        "years": [(y, f"{y}年") for y in range(request.viewer.day.year, request.viewer.day.year - 4, -1)],
        "kinds": KINDS,
        "asked": f"?year={year}&",
        **drawn(sheet),
    }
    return render(request, "pages/ledgers/target_sheet.html", context)
