"""点评 (forty in one sitting): one page for everybody a seat reviews at an event; each review is filed by itself."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.accounts.viewer import Viewer
from dianping.acts.dossier import Aim, aim_of
from dianping.acts.filing import file_and_follow
from dianping.acts.sitting import MOST, SittingTarget, seats_for, sitting_of
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key, unkeyed
from dianping.common.refusal import Refusal
from dianping.orgs.selectors.posts import holder_on
from dianping.pages.frame.forms import form_faults
from dianping.pages.frame.opening import opens_offline
from dianping.pages.reviews.forms import ReviewForm
from dianping.pages.reviews.shown.grounds import addresses_of, ground_rows
from dianping.pages.reviews.views.writing import in_words, keep_draft, refused, review_duty, words_of
from dianping.pages.reviews.views.writing_page import DRAFT, rows_of
from dianping.reviews.inputs import GroundInput
from dianping.reviews.rules.grounds import OCCASION
from dianping.reviews.rules.parts import LABELS
from dianping.reviews.selectors import grounds_of, occasions_visible, reviews_at
from dianping.reviews.selectors.grounds import LOOKING

if TYPE_CHECKING:
    from dianping.duties.models import Duty
    from dianping.orgs.models import Post
    from dianping.reviews.models import Occasion, Problem


def _occasion(request: ViewerRequest, pk: int) -> "Occasion":
    return get_object_or_404(occasions_visible(request.viewer.read_paths), pk=pk)


def _seat(request: ViewerRequest, occasion: "Occasion") -> "Post":
    """The seat asked for, else the first this viewer may write from at that place; 404 for none."""
    seats = [seat for seat, _ in seats_for(request.viewer, occasion, day=request.viewer.day)]
    asked = request.POST.get("seat", "") or request.GET.get("seat", "")
    chosen = [seat for seat in seats if str(seat.pk) == asked] if asked else seats[:1]
    if not chosen:
        raise Http404
    return chosen[0]


@opens_offline
def sitting(request: ViewerRequest, pk: int) -> HttpResponse:
    """Everybody on one page: the list, one form, and what is known of each."""
    occasion = _occasion(request, pk)
    seat, day = _seat(request, occasion), request.viewer.day
    own = seat.pk in request.viewer.post_ids
    reviewer = holder_on(seat, day=day)
    targets = sitting_of(occasion, seat, day=day, own=own, reviewer=reviewer)
    # One form for all of them, filled by the script; what differs from target to target is in their state.
    form = ReviewForm(auto_id="s-%s")
    return render(
        request,
        "pages/reviews/sitting.html",
        {
            "occasion": occasion,
            "seat": seat,
            "reviewer": reviewer,
            "form": form,
            "rows": rows_of(form, targets[0].dossier.template if targets else None, "member"),
            "targets": targets,
            "most": MOST,
            "done": sum(target.done for target in targets),
            "state": _states(targets, occasion, request.viewer),
            "ground_months": targets[0].dossier.ground_months if targets else 0,
            "own_ground": occasion.get_kind_display() if occasion.kind in LOOKING else "",
            "on_behalf": not own,
            "late_after": targets[0].dossier.late_after if targets else 0,
        },
    )


def _aim(request: ViewerRequest, occasion: "Occasion", duty_pk: int) -> Aim:
    """Whom a duty of the sitting is about, written from the seat that owes it; at a hearing from the one chosen. Else 404."""
    if occasion.window_id is None:
        return aim_of(review_duty(request, duty_pk))
    seat = _seat(request, occasion)
    for duty in reviews_at(occasion, day=request.viewer.day):
        if duty.pk == duty_pk:
            return Aim(seat, "secretary", duty.organisation, duty.person, duty)
    raise Http404


def _owed(aim: Aim) -> "Duty":
    assert aim.duty is not None
    return aim.duty


def _states(targets: list[SittingTarget], occasion: "Occasion", viewer: Viewer) -> list[dict[str, object]]:
    """The state of every target; what is on file of all of them is looked up at once, the event itself left out."""
    for target in targets:
        on_file = target.dossier.on_file
        target.dossier.on_file = [row for row in on_file if row.said != GroundInput(OCCASION, occasion.pk)]
    addresses = addresses_of({row for target in targets for row in target.dossier.on_file}, viewer)
    return [
        _state(target, occasion)
        | {"grounds": _grounds(target, addresses), "asked": _is_asked(target, occasion)}
        for target in targets
    ]


def _grounds(target: SittingTarget, addresses: dict[str, str]) -> list[list[object]]:
    standing = grounds_of(target.draft) if target.draft else []
    ticked = [row.said for row in standing]
    rows = [*target.dossier.on_file, *(row for row in standing if row not in target.dossier.on_file)]
    return [[row.name, row.told, row.address, row.ticked] for row in ground_rows(rows, ticked, addresses)]


def _is_asked(target: SittingTarget, occasion: "Occasion") -> bool:
    """Whether a ground is still asked for: an event at which one looks for oneself is one."""
    return target.dossier.grounds is not None and occasion.kind not in LOOKING


def _state(target: SittingTarget, occasion: "Occasion") -> dict[str, object]:
    """What the page's script knows of one target."""
    template, draft = target.dossier.template, target.draft
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
        "words": {key: getattr(draft, key) for key in LABELS} if draft else {},
        "problems": problems,
        "parts": [[part.key, part.name, part.required] for part in template.parts] if template else [],
        "met": [
            [item.problem_id, item.text, *met.get(item.problem_id, ("", ""))]
            for item in target.dossier.open_items
            if item.problem_id
        ],
        "report": bool(target.dossier.reports),
        "key": new_form_key(),
    }


def _origin(problem: "Problem") -> dict[str, object]:
    """The point a problem was taken over from."""
    return {"point": problem.point_id, "from": problem.point.number} if problem.point else {}


@unkeyed(DRAFT)
@require_POST
def save(request: ViewerRequest, pk: int, duty_pk: int) -> HttpResponse:
    """Keep what is written so far about one target."""
    occasion = _occasion(request, pk)
    return keep_draft(request, _aim(request, occasion, duty_pk), occasion)


@require_POST
def file(request: ViewerRequest, pk: int, duty_pk: int) -> HttpResponse:
    """File one review. Sent twice with one key it is filed once; the answer stands at the address it leads to."""
    occasion = _occasion(request, pk)
    aim = _aim(request, occasion, duty_pk)
    duty = _owed(aim)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return in_words("；".join(form_faults(form)))
    if duty.done_on is not None:
        return redirect("reviews:sitting_state", pk=pk, duty_pk=duty_pk)
    try:
        file_and_follow(
            **words_of(request, form, aim, occasion),
            moment=site_moment(),
            asked=True,
            absence=form.cleaned_data["absence"],
        )
    except Refusal as no:
        return refused(request, no, aim)
    return redirect("reviews:sitting_state", pk=pk, duty_pk=duty_pk)


def state(request: ViewerRequest, pk: int, duty_pk: int) -> HttpResponse:
    """Whether one review is filed."""
    duty = _owed(_aim(request, _occasion(request, pk), duty_pk))
    return JsonResponse({"filed": duty.done_on is not None})
