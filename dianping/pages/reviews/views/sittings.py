"""点评 (forty in one sitting): one page for everybody a seat reviews at an event; each review is filed by itself."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.dossier import Aim, aim_of
from dianping.acts.filing import file_and_follow
from dianping.acts.sitting import MOST, Target, seats_for, sitting_of
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key, unkeyed
from dianping.common.refusal import Conflict, Refusal
from dianping.common.refusing import note_refusal
from dianping.duties.kinds import Kind
from dianping.duties.selectors import duty_for
from dianping.orgs.selectors.posts import holder_on
from dianping.pages.frame.forms import ReviewForm, form_faults
from dianping.pages.reviews.shown.remarks import looked_at
from dianping.pages.reviews.views.writing_page import DRAFT
from dianping.reviews.selectors import draft_of, occasions_visible
from dianping.reviews.services import ReviewInput, mode_at, save_draft

WORDS = ("evaluation", "achievements", "direction", "evidence", "late_reason", "report_absence")


def _occasion(request: ViewerRequest, pk: int) -> Any:
    return get_object_or_404(occasions_visible(request.viewer.read_paths), pk=pk)


def _seat(request: ViewerRequest, found: Any) -> Any:
    """The seat asked for, else the first this viewer may write from at that place; 404 for none."""
    seats = [seat for seat, _ in seats_for(request.viewer, found, day=request.viewer.day)]
    asked = request.GET.get("seat", "")
    chosen = [seat for seat in seats if str(seat.pk) == asked] if asked else seats[:1]
    if not chosen:
        raise Http404
    return chosen[0]


def sitting(request: ViewerRequest, pk: int) -> HttpResponse:
    """Everybody on one page: the list, one form, and what is known of each."""
    found = _occasion(request, pk)
    seat, day = _seat(request, found), request.viewer.day
    own = seat.pk in request.viewer.post_ids
    targets = sitting_of(found, seat, day=day, own=own)
    return render(
        request,
        "pages/reviews/sitting.html",
        {
            "occasion": found,
            "seat": seat,
            "reviewer": holder_on(seat, day=day),
            "targets": targets,
            "most": MOST,
            "done": sum(target.done for target in targets),
            "state": [_state(target, found) for target in targets],
            "on_behalf": not own,
            "late_after": 7,
        },
    )


def _state(target: Target, occasion: Any) -> dict[str, Any]:
    """What the page's script knows of one target."""
    template, draft = target.template, target.draft
    problems = [
        {"text": p.text, "owner": p.owner, "due": p.due.isoformat() if p.due else ""} | _origin(p)
        for p in (draft.problems.all() if draft else ())
    ]
    met = {r.problem_id: (r.found, r.words) for r in (draft.revisits.all() if draft else ())}
    return {
        "id": target.duty.pk,
        "name": target.aim.name,
        "done": target.done,
        "version": draft.version if draft else 0,
        "words": {key: getattr(draft, key) for key in WORDS} if draft else {},
        "problems": problems,
        "parts": [[part.key, part.name, part.required] for part in template.parts] if template else [],
        "met": [
            [item.problem_id, item.text, *met.get(item.problem_id, ("", ""))]
            for item in target.items
            if item.problem_id
        ],
        "report": bool(target.report),
        "key": new_form_key(),
    }


def _origin(problem: Any) -> dict[str, Any]:
    """The point a problem was taken over from."""
    return {"point": problem.point_id, "from": problem.point.number} if problem.point else {}


def _duty(request: ViewerRequest, pk: int) -> Any:
    """A review duty this viewer owes, or whose office he keeps; else 404."""
    viewer = request.viewer
    duty = get_object_or_404(duty_for(pk, posts=viewer.post_ids, paths=viewer.office_paths), kind=Kind.REVIEW)
    if duty.owed_by is None:
        raise Http404
    return duty


def _said(form: ReviewForm, occasion: Any) -> ReviewInput:
    """Mode, day and place come from the event."""
    return ReviewInput(
        **{name: form.cleaned_data[name] for name in WORDS},
        mode=mode_at(occasion.kind),
        regular=True,
        happened_on=occasion.held_on,
        occasion=occasion,
        problems=form.problems(),
        revisits=form.revisits(),
    )


def _words(request: ViewerRequest, form: ReviewForm, aim: Aim, occasion: Any) -> dict[str, Any]:
    reviewer = holder_on(aim.seat, day=request.viewer.day)
    if reviewer is None:
        raise Refusal(
            f"{aim.seat}现在空缺，没有人可以点评。",
            code="reviews.seat-vacant",
            remedy="请先任命，或由主持工作的副书记进行。",
        )
    return {
        "target": aim.target,
        "reviewer": reviewer,
        "said": _said(form, occasion),
        "version": form.cleaned_data["version"] or 0,
        "actor": request.viewer.actor,
    }


@unkeyed(DRAFT)
@require_POST
def save(request: ViewerRequest, pk: int, duty_pk: int) -> HttpResponse:
    """Keep what is written so far about one target."""
    found, aim = _occasion(request, pk), aim_of(_duty(request, duty_pk))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _told("；".join(form_faults(form)))
    try:
        review = save_draft(**_words(request, form, aim, found))
    except Refusal as no:
        return _refused(request, no, aim)
    remarks = render_to_string("pages/reviews/_remarks.html", looked_at(_said(form, found), aim, found))
    return JsonResponse({"version": review.version, "remarks": remarks})


@require_POST
def file(request: ViewerRequest, pk: int, duty_pk: int) -> HttpResponse:
    """File one review. Sent twice with one key it is filed once; the answer stands at the address it leads to."""
    found, duty = _occasion(request, pk), _duty(request, duty_pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _told("；".join(form_faults(form)))
    if duty.done_on is not None:
        return redirect("reviews:sitting_state", pk=pk, duty_pk=duty_pk)
    aim = aim_of(duty)
    try:
        file_and_follow(
            **_words(request, form, aim, found), moment=site_moment(), asked=True, by=request.viewer.person
        )
    except Refusal as no:
        return _refused(request, no, aim)
    return redirect("reviews:sitting_state", pk=pk, duty_pk=duty_pk)


def state(request: ViewerRequest, pk: int, duty_pk: int) -> HttpResponse:
    """Whether one review is filed."""
    _occasion(request, pk)
    duty = _duty(request, duty_pk)
    return JsonResponse({"filed": duty.done_on is not None})


def _told(words: str, version: int | None = None) -> HttpResponse:
    response = HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    if version is not None:
        response.headers["X-Version"] = str(version)
    return response


def _refused(request: ViewerRequest, no: Refusal, aim: Aim) -> HttpResponse:
    """Why it was not taken; for a newer draft of somebody else's, both texts and the version that stands."""
    note_refusal(request, no)
    if not isinstance(no, Conflict):
        return _told(str(no))
    draft = draft_of(aim.target)
    both = "".join(f"\n{label}　现在存着：{old}　您写的：{new}" for label, old, new in no.differences)
    return _told(f"{no}{both}", draft.version if draft else 0)
