"""点评: the list, one review with its trail, the answer, the correction."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.reopening import reopen_and_withdraw
from dianping.bulletins.rights import may_raise
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Conflict, Refusal
from dianping.common.refusing import refuse_form, tell_refusal
from dianping.duties.kinds import Kind
from dianping.duties.selectors.lines import clauses_of
from dianping.pages.frame.enclosed import enclosed_with
from dianping.pages.frame.list_scopes import below
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import current_organisation
from dianping.pages.reviews.forms import AnswerForm, CorrectionForm
from dianping.pages.reviews.shown.grounds import addresses_of, ground_rows
from dianping.rectification.selectors import items_of_review
from dianping.reviews.rights import may_answer, may_confirm, may_correct, may_note_answer, may_reopen
from dianping.reviews.rules.parts import CHANGED, LABELS
from dianping.reviews.selectors import (
    filed_below,
    grounds_of,
    in_count,
    parts_kept,
    parts_of,
    review_visible,
    reviews_about_person,
    reviews_by,
)
from dianping.reviews.selectors.grounds import is_ground_demanded, on_file_of
from dianping.reviews.selectors.reviews import mode_word
from dianping.reviews.selectors.waiting import written_for
from dianping.reviews.services import answer_review, confirm_review, correct_review

if TYPE_CHECKING:
    from dianping.accounts.viewer import Viewer
    from dianping.orgs.models import Organisation
    from dianping.reviews.models import Correction, Review

REVIEWS = Listing(
    title="点评",
    columns=(
        ListColumn("点评日期", lambda r: r.happened_on, 11),
        ListColumn("对谁", lambda r: r.target_name, 16),
        ListColumn("类别", lambda r: r.get_about_display(), 8),
        ListColumn("单位", lambda r: r.organisation.short_name, 20),
        ListColumn("谁点评", lambda r: r.reviewer.name, 10),
        ListColumn("点评人职务", lambda r: r.post.called, 20),
        ListColumn("方式", lambda r: r.get_mode_display(), 10),
        ListColumn("定期或日常", lambda r: "定期" if r.regular else "日常", 9),
        ListColumn("评价", lambda r: r.evaluation, 40),
        ListColumn("计入", lambda r: r.counts or "另加", 8),
    ),
    places=("path",),
    people=("person__name", "reviewer__name"),
    day="happened_on",
    day_word="点评日期",
    states=(("", "全部"), ("on_time", "按时"), ("late", "补录"), ("void", "不计入"), ("extra", "另加")),
)
WHOSE = (("below", "本组织及下级"), ("mine", "我点评的"), ("confirm", "等我确认的"), ("me", "对我的"))


def reviews(request: ViewerRequest) -> HttpResponse:
    """Filed reviews of the organisation and below, those one gave (drafts too), or those about oneself."""
    viewer, organisation = request.viewer, current_organisation(request)
    asked = asked_of(request, REVIEWS, "whose", "mode")
    whose = asked.kept["whose"] or "below"
    if whose == "mine":
        reviews = reviews_by(viewer.post_ids).filter(filed=True)
    elif whose == "confirm" and viewer.person:
        reviews = reviews_by(viewer.post_ids).filter(pk__in=written_for(viewer.person.pk).values("pk"))
    elif whose == "me" and viewer.person:
        reviews = reviews_about_person(
            viewer.person, paths=viewer.read_paths, posts=viewer.post_ids, viewer=viewer.person
        )
    else:
        reviews = filed_below(organisation.path)
    if asked.kept["mode"]:
        reviews = reviews.filter(mode=asked.kept["mode"])
    reviews = asked.narrowed(
        in_count(reviews, asked.state), paths=_looked_in(whose, viewer, organisation), today=viewer.day
    )
    reviews = reviews.order_by("-happened_on", "-pk")
    if wants_workbook(request):
        asked.own = (mode_word(asked.kept["mode"]),)
        own = {
            "mine": f"{viewer.name}点评的",
            "confirm": f"等{viewer.name}确认的",
            "me": f"对{viewer.name}的",
        }
        if whose in own and (whose == "mine" or viewer.person):
            return workbook(request, asked, reviews, list, scope=own[whose])
        return workbook(request, asked, reviews, list, scope=below(organisation), organisation=organisation)
    page = page_of(reviews, keys=("-happened_on", "-pk"), asked=asked.given)
    drafts = list(reviews_by(viewer.post_ids).filter(filed=False)[:20]) if viewer.posts else []
    return render(
        request,
        "pages/reviews/reviews.html",
        {
            "organisation": organisation,
            "page": page,
            "whose": whose,
            "choices": WHOSE,
            "drafts": drafts,
            "list": asked,
            "kind_owed": Kind.REVIEW.value,
        },
    )


def _looked_in(whose: str, viewer: "Viewer", organisation: "Organisation") -> list[str]:
    """Where a unit asked for is looked for: one's own reviews lie anywhere one may read."""
    return [organisation.path] if whose == "below" else [organisation.path, *viewer.read_paths]


def _review(request: ViewerRequest, pk: int) -> "Review":
    viewer = request.viewer
    return get_object_or_404(
        review_visible(pk, paths=viewer.read_paths, posts=viewer.post_ids, person=viewer.person)
    )


def review(request: ViewerRequest, pk: int) -> HttpResponse:
    """One review as filed, its corrections, the answer beside it, its problems' state."""
    review = _review(request, pk)
    return render(request, "pages/reviews/review.html", _context(request, review, AnswerForm()))


def _context(request: ViewerRequest, review: "Review", form: AnswerForm) -> dict[str, Any]:
    viewer = request.viewer
    actor = viewer.actor
    is_mine = may_answer(actor, review)
    met = [m.duty for m in review.met.all()]
    return {
        "review": review,
        "items": list(items_of_review(review)),
        "revisits": list(review.revisits.all()),
        "grounds": ground_rows(grounds := grounds_of(review), (), addresses_of(grounds, viewer)),
        "parts": parts_of(review, review.about),
        "reopenings": [(row, parts_kept(row.before, review.about)) for row in review.reopenings.all()],
        "answer_form": form,
        "form_key": new_form_key(),
        "enclosed": enclosed_with(review, actor),
        "may_answer": review.filed and (is_mine or may_note_answer(actor, review)),
        "on_behalf": not is_mine,
        "may_raise": review.filed and may_raise(actor, review),
        "may_correct": review.filed and may_correct(actor, review),
        "may_confirm": may_confirm(actor, review)
        and written_for(review.reviewer_id).filter(pk=review.pk).exists(),
        "may_reopen": review.filed and may_reopen(actor, review),
        "met": met,
        "clauses": clauses_of(met[0].window.cited) if met and met[0].window else [],
        "corrections": [_correction(c) for c in review.corrections.all()],
    }


def _correction(correction: "Correction") -> dict[str, object]:
    return {
        "at": correction.at,
        "by": correction.by,
        "why": correction.why,
        "fields": [(CHANGED[n], correction.before[n], correction.after[n]) for n in correction.before],
    }


@require_POST
def answer(request: ViewerRequest, pk: int) -> HttpResponse:
    """The reviewed one has read it; his words stand beside it."""
    review = _review(request, pk)
    context = _context(request, review, AnswerForm(request.POST))
    form = context["answer_form"]
    if not context["may_answer"]:
        raise Http404
    if not form.is_valid():
        return render(request, "pages/reviews/review.html", context, status=422)
    try:
        answer_review(
            review=review,
            text=form.cleaned_data["text"],
            on_behalf=context["on_behalf"],
            moment=site_moment(),
            actor=request.viewer.actor,
        )
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(request, "已签阅，意见列在点评旁边；点评原文没有改动。")
    return redirect("reviews:review", pk=pk)


def correct(request: ViewerRequest, pk: int) -> HttpResponse:
    """Correct words of a filed review; the old text stays readable."""
    review = _review(request, pk)
    if not _context(request, review, AnswerForm())["may_correct"]:
        raise Http404
    form = _correction_form(review, request.POST if request.method == "POST" else None)
    differences: tuple[tuple[str, str, str], ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            correct_review(
                review=review,
                changes={n: data[n] for n in data if n in LABELS},
                grounds=form.grounds_chosen(),
                why=data["why"],
                version=data["version"],
                moment=site_moment(),
                actor=request.viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
            differences = no.differences if isinstance(no, Conflict) else ()
            if differences:  # both texts are shown; sending once more is the decision
                again = request.POST.copy()
                again["version"] = str(_review(request, pk).version)
                form = _correction_form(review, again)
                refuse_form(request, form, no)
        else:
            messages.success(request, "已更正；原文、更正人和原因都留在下面。")
            return redirect("reviews:review", pk=pk)
    return render(
        request,
        "pages/reviews/correct.html",
        {
            "review": review,
            "form": form,
            "form_key": new_form_key(),
            "differences": differences,
        },
    )


def _correction_form(review: "Review", sent: "QueryDict | None") -> CorrectionForm:
    """The form of a correction: the words as they stand, and what is on file on the day of the review, what it rests on ticked."""
    standing = grounds_of(review)
    asked = bool(standing or review.ground_absence) or is_ground_demanded(review)
    names = {name for name in CorrectionForm.base_fields if hasattr(review, name)} - {"grounds"}
    initial: dict[str, object] = {name: getattr(review, name) for name in names}
    initial |= {"grounds": [f"ground-{row.name}" for row in standing], "grounds_shown": True}
    form = CorrectionForm(sent, initial=initial)
    offered = [*standing, *(row for row in on_file_of(review) if row not in standing)] if asked else []
    form.offer((row.name, row.told) for row in offered)
    if not asked:
        del form.fields["ground_absence"]
    return form


@require_POST
def confirm(request: ViewerRequest, pk: int) -> HttpResponse:
    """The reviewer stands by words somebody else wrote down for him."""
    review = _review(request, pk)
    if not may_confirm(request.viewer.actor, review):
        raise Http404
    try:
        confirm_review(review=review, moment=site_moment(), actor=request.viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(request, "已确认：这是您的点评。")
    return redirect("reviews:review", pk=pk)


@require_POST
def reopen(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take a filed review back to be written anew, with the reason."""
    review = _review(request, pk)
    if not (review.filed and may_reopen(request.viewer.actor, review)):
        raise Http404
    try:
        reopen_and_withdraw(
            review=review,
            why=request.POST.get("why", "")[:500],
            moment=site_moment(),
            actor=request.viewer.actor,
        )
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("reviews:review", pk=pk)
    messages.success(request, "已重新打开：原文留存，应办重新待办。")
    return redirect("reviews:reviews")
