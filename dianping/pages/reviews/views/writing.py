"""The writing page: the list of whom one owes, the form, and what one should know; and how a draft is kept, here and in a
sitting (views.sittings)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dianping.accounts.requests import ViewerRequest
from dianping.acts.dossier import Aim, Dossier, aim_of, dossier_of, extra_seats, own_duty
from dianping.acts.filing import file_and_follow
from dianping.common.clock import site_moment
from dianping.common.formkeys import unkeyed, was_used
from dianping.common.refusal import Conflict, Refusal
from dianping.common.refusing import note_refusal
from dianping.duties.kinds import Kind
from dianping.duties.selectors import duty_for
from dianping.orgs.selectors import branch_on, organisation_by_code, person_by_id
from dianping.orgs.selectors.posts import head_person, holder_on
from dianping.pages.frame.forms import form_faults
from dianping.pages.reviews.forms import ReviewForm
from dianping.pages.reviews.shown.remarks import looked_at
from dianping.pages.reviews.views.writing_page import (
    DRAFT,
    context_of,
    initial_of,
    next_open,
    review_input,
    roll_of,
)
from dianping.reviews.selectors import draft_of
from dianping.reviews.services import save_draft

if TYPE_CHECKING:
    from dianping.common.audit import Actor
    from dianping.duties.models import Duty
    from dianping.orgs.models import Organisation, Person, Post
    from dianping.reviews.models import Occasion, Review
    from dianping.reviews.services import ReviewInput, ReviewTarget


def write(request: ViewerRequest, duty_pk: int) -> HttpResponse:
    """Write about the target of one duty."""
    aim = aim_of(review_duty(request, duty_pk))
    assert aim.duty is not None
    if aim.duty.done_on is not None:
        messages.info(request, f"这一项已于 {aim.duty.done_on} 办结。")
        return redirect("duties:duty", pk=duty_pk)
    return _write(request, aim, reverse("reviews:draft", args=[duty_pk]))


@unkeyed(DRAFT)
@require_POST
def draft(request: ViewerRequest, duty_pk: int) -> HttpResponse:
    """Save what is written so far about a duty's target."""
    return keep_draft(request, aim_of(review_duty(request, duty_pk)))


def write_extra(request: ViewerRequest) -> HttpResponse:
    """A review nobody ordered: at a contact point, after a talk, of somebody drawn (三.2–三.4)."""
    aim = extra_aim(request)
    owed = own_duty(aim, day=request.viewer.day)
    if owed is not None and request.method == "GET":
        point = f"?{urlencode({'point': request.GET['point']})}" if "point" in request.GET else ""
        return redirect(reverse("reviews:write", args=[owed.pk]) + point)
    return _write(request, aim, f"{reverse('reviews:draft_extra')}?{request.GET.urlencode()}")


@unkeyed(DRAFT)
@require_POST
def draft_extra(request: ViewerRequest) -> HttpResponse:
    """Save what is written so far in a review nobody ordered."""
    return keep_draft(request, extra_aim(request))


@require_safe
def filed(request: ViewerRequest) -> HttpResponse:
    """Whether a form that was sent off was acted on; asked by the browser that still holds its words."""
    used = was_used(actor=request.user.get_username(), key=request.GET.get("key", "")[:60])
    return HttpResponse("filed" if used else "open", content_type="text/plain; charset=utf-8")


def review_duty(request: ViewerRequest, pk: int) -> "Duty":
    """A review duty this viewer owes, or whose office he keeps; else 404."""
    viewer = request.viewer
    duty = get_object_or_404(duty_for(pk, posts=viewer.post_ids, paths=viewer.office_paths), kind=Kind.REVIEW)
    if duty.owed_by is None:
        raise Http404
    return duty


def extra_aim(request: ViewerRequest) -> Aim:
    """Whom ?about=, ?organisation= and ?person= mean, written from the viewer's own first seat; by an office that has none, from
    the seat ?seat= of those it keeps, else the one that reviews there as a rule. 404 for whatever is none of this."""
    viewer, about = request.viewer, request.GET.get("about", "")
    if about == "member":
        text = request.GET.get("person", "")
        person = get_object_or_404(
            person_by_id(
                int(text) if text.isdecimal() and len(text) < 12 else 0,
                day=viewer.day,
                paths=viewer.read_paths,
            )
        )
        organisation = branch_on(person, day=viewer.day)
        if organisation is None or not viewer.may_read(organisation.path):
            raise Http404
        return Aim(_extra_seat(request, about, organisation), about, organisation, person)
    organisation = get_object_or_404(
        organisation_by_code(request.GET.get("organisation", ""), paths=viewer.read_paths)
    )
    if organisation.path in [post.organisation.path for post in viewer.posts if post.role != "leader"]:
        raise Http404  # nobody reviews what he heads himself (decision 0005)
    head = head_person(organisation, day=viewer.day)
    if about not in ("organisation", "secretary") or (about == "secretary" and head is None):
        raise Http404
    seat = _extra_seat(request, about, organisation)
    return Aim(seat, about, organisation, head if about == "secretary" else None)


def _extra_seat(request: ViewerRequest, about: str, organisation: "Organisation") -> "Post":
    viewer = request.viewer
    if viewer.posts:
        return viewer.posts[0]
    seats = extra_seats(viewer, about, organisation)
    asked = request.GET.get("seat", "")
    chosen = [seat for seat in seats if str(seat.pk) == asked] if asked else seats[:1]
    if not chosen:
        raise Http404
    return chosen[0]


def _write(request: ViewerRequest, aim: Aim, draft_url: str) -> HttpResponse:
    """Show the form, or file what was written. What is refused stays as a draft (so the answer is no error page)."""
    viewer = request.viewer
    dossier = dossier_of(aim, day=viewer.day, own=aim.seat.pk in viewer.post_ids)
    existing = _existing(aim)
    if request.method == "POST":
        form, refusal, kept = ReviewForm(request.POST), None, DraftOutcome()
        if form.is_valid():
            try:
                review = file_and_follow(
                    **words_of(request, form, aim),
                    moment=site_moment(),
                    asked=True,
                    absence=form.cleaned_data["absence"],
                )
            except Refusal as no:
                refusal = note_refusal(request, no)
                form, kept = _kept(request, form, aim, dossier, no)
            else:
                return _filed(request, aim, review)
    else:
        form, refusal = ReviewForm(initial=initial_of(existing, aim, request.viewer.day)), None
        kept = DraftOutcome()
    return render(
        request,
        "pages/reviews/write.html",
        context_of(request, aim, dossier, form, existing, refusal)
        | {
            "draft_url": draft_url,
            "seats": [] if aim.duty or viewer.posts else extra_seats(viewer, aim.about, aim.organisation),
            "asked": f"about={aim.about}&organisation={aim.organisation.code}&person={aim.person.pk if aim.person else ''}",
            "came_of": request.POST.get("form_key", ""),
            "stored": kept.stored,
            "unstored": kept.why,
            "differences": kept.differences,
        },
    )


def keep_draft(request: ViewerRequest, aim: Aim, occasion: "Occasion | None" = None) -> HttpResponse:
    """The answer to an autosave, on the page of one target and on that of a sitting (`occasion`): the version the draft now
    has, with what to look at in a sitting; or why it was not kept, and the version that stands."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return in_words("；".join(form_faults(form)))
    try:
        review = save_draft(**words_of(request, form, aim, occasion))
    except Refusal as no:
        return refused(request, no, aim)
    told: dict[str, object] = {"version": review.version}
    if occasion is not None:
        seen = looked_at(review_input(form, occasion), aim, occasion)
        told["remarks"] = render_to_string("pages/reviews/_remarks.html", seen)
    return JsonResponse(told, headers={"X-Version": str(review.version)})


def refused(request: ViewerRequest, no: Refusal, aim: Aim) -> HttpResponse:
    """Why it was not taken, for a script to show; 409 for a newer draft of somebody else's, with both texts and its version."""
    note_refusal(request, no)
    if not isinstance(no, Conflict):
        return in_words(str(no))
    draft = _existing(aim)
    both = "".join(f"\n{label}　现在存着：{old}　您写的：{new}" for label, old, new in no.differences)
    answer = in_words(f"{no}{both}", status=409)
    answer.headers["X-Version"] = str(draft.version if draft else 0)
    return answer


def in_words(words: str, *, status: int = 422) -> HttpResponse:
    """A sentence as an answer to a script."""
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


class ReviewArguments(TypedDict):
    """What a draft is kept and a review filed with."""

    target: "ReviewTarget"
    reviewer: "Person"
    said: "ReviewInput"
    version: int
    actor: "Actor"


def words_of(
    request: ViewerRequest, form: ReviewForm, aim: Aim, occasion: "Occasion | None" = None
) -> ReviewArguments:
    """What the services want: about whom, who reviews, what was said. Raises Refusal where the seat is vacant."""
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
        "said": review_input(form, occasion),
        "version": form.cleaned_data["version"] or 0,
        "actor": request.viewer.actor,
    }


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """Whether refused words lie in the draft; else why not, in a sentence, and both texts where somebody wrote another."""

    stored: bool = False
    why: str = ""
    differences: tuple[tuple[str, str, str], ...] = ()


def _kept(
    request: ViewerRequest, form: ReviewForm, aim: Aim, dossier: Dossier, no: Refusal
) -> tuple[ReviewForm, DraftOutcome]:
    """Keep refused words as a draft, and give the form the version the draft now has."""
    if isinstance(no, Conflict):  # both texts are shown; sending once more is the decision
        review, kept = _existing(aim), DraftOutcome(differences=no.differences)
    elif dossier.reviewer is None:
        return form, DraftOutcome()
    else:
        try:
            review, kept = save_draft(**words_of(request, form, aim)), DraftOutcome(stored=True)
        except Conflict as newer:  # what is missing is told, and that somebody else's text stands
            review, kept = _existing(aim), DraftOutcome(why=newer.sentence, differences=newer.differences)
        except Refusal as why:
            return form, DraftOutcome(why=str(why))
    if review is None:
        return form, kept
    again = ReviewForm({**dict(request.POST.items()), "version": str(review.version)})
    again.is_valid()
    return again, kept


def _existing(aim: Aim) -> "Review | None":
    return draft_of(aim.target)


def _filed(request: ViewerRequest, aim: Aim, review: "Review") -> HttpResponse:
    """Say what was filed and how it counts, and go on to the next."""
    met = review.met.count()
    words = f"已登记对{review.target_name}的点评" + (
        f"，办结应办 {met} 项" if met else "，作为另加的点评保存"
    )
    tail = {"补录": "，按补录计。", "不计入": "；登记太晚，不计入这一期。"}.get(review.counts, "。")
    messages.success(request, words + tail)
    following = next_open(aim, roll_of(aim))
    if following is not None:
        return redirect("reviews:write", duty_pk=following)
    return redirect("reviews:review", pk=review.pk)
