"""梳理: sayings become points in the office's words; a point is reworded, answered, and read by whoever may."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.opinions.rights import MERGING, RESULT, SAYINGS, may
from dianping.opinions.selectors import ASIDE, asides_of, sayings_of
from dianping.opinions.services import move_sayings, reply_to_point, reword_point, set_aside
from dianping.opinions.services.ticking import merge_into
from dianping.pages.polls.forms.points import MergeForm, ReplyForm, RewordForm
from dianping.pages.polls.shown.access import visible_poll
from dianping.pages.polls.shown.points import aside_of, bundles_of, counts_of, places_of, points_seen, rows_of

if TYPE_CHECKING:
    from django.forms import Form

    from dianping.opinions.models import Point, Poll


@require_safe
def poll_points(request: ViewerRequest, pk: int) -> HttpResponse:
    """The points; beside them, for whoever merges, the sayings of one question that lie under no point yet."""
    return _page(request, visible_poll(request.viewer, pk, RESULT))


def _page(request: ViewerRequest, poll: "Poll", form: MergeForm | None = None) -> HttpResponse:
    context: dict[str, object] = {
        "poll": poll,
        "organisation": poll.organisation,
        "counts": counts_of(poll),
        "asides": asides_of(poll),
        "may_merge": may(request.viewer, poll, MERGING),
        "may_read_sayings": may(request.viewer, poll, SAYINGS),
        "form_key": new_form_key(),
        "form": form,
    }
    points = points_seen(request.viewer, poll)
    if context["may_read_sayings"]:
        request.shown = "sayings"  # type: ignore[attr-defined]  # told apart from a look at the points
        places = places_of(poll)
        asked = request.POST.get("place") or request.GET.get("place", "")
        candidates = (
            [place for place in places if place.key == asked]
            or [place for place in places if place.undone or place.silent]
            or places
        )
        if candidates:
            place = candidates[0]
            context |= {"place": place, "places": places, "bundles": bundles_of(poll, place)}
            context |= {"reasons": ASIDE, "aside": aside_of(poll, place)}
            points = points.filter(subject=place.subject, question=place.question)
    context["rows"] = rows_of(poll, points)
    return render(request, "pages/polls/poll_points.html", context, status=422 if form is not None else 200)


@require_POST
def points_merge(request: ViewerRequest, pk: int) -> HttpResponse:
    """归并: the sayings ticked become a point, join one, or come under none."""
    poll = visible_poll(request.viewer, pk, MERGING)
    form = MergeForm(request.POST)
    if form.is_valid():
        try:
            said = _merged(request, poll, form.cleaned_data)
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, said)
            return _back(pk, request.POST.get("place", ""))
    return _page(request, poll, form)


def _merged(request: ViewerRequest, poll: "Poll", sent: dict[str, Any]) -> str:
    actor = request.viewer.actor
    if isinstance(sent["into"], str):
        count = set_aside(poll=poll, sayings=sent["sayings"], why=sent["into"], actor=actor)
        return f"{count} 条不列为意见：{dict(ASIDE)[sent['into']]}。"
    return f"已归并为第 {merge_into(poll=poll, actor=actor, **sent).number} 条。"


def _back(pk: int, place: str) -> HttpResponse:
    return redirect(reverse("polls:poll_points", args=[pk], query={"place": place} if place else None))


@require_POST
def saying_back(request: ViewerRequest, pk: int) -> HttpResponse:
    """取回: a saying that was set aside waits to be merged again."""
    poll, key = visible_poll(request.viewer, pk, MERGING), request.POST.get("saying", "")
    saying = sayings_of(poll).filter(pk=_key(key)).exclude(aside="").first()
    if saying is None:
        raise Http404
    move_sayings(poll=poll, sayings=[saying.pk], point=None, actor=request.viewer.actor)
    messages.success(request, "已取回，可以归并。")
    return _back(pk, f"{saying.subject}-{saying.question}")


def _key(typed: str) -> int:
    """A key as it was sent; 0, which no row has, for what is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 20 else 0


@require_safe
def point(request: ViewerRequest, pk: int, point_pk: int) -> HttpResponse:
    """One point: its words, what was answered, and for whoever merges the sayings under it."""
    poll = visible_poll(request.viewer, pk, RESULT)
    return _point_page(request, poll, get_object_or_404(points_seen(request.viewer, poll), pk=point_pk))


def _point_page(
    request: ViewerRequest, poll: "Poll", point: "Point", sent: "Form | None" = None
) -> HttpResponse:
    fresh = {"version": point.version}
    reword = sent if isinstance(sent, RewordForm) else RewordForm(initial=fresh | {"text": point.text})
    reply = sent if isinstance(sent, ReplyForm) else ReplyForm(initial=fresh | {"reply": point.reply})
    context: dict[str, object] = {
        "poll": poll,
        "organisation": poll.organisation,
        "row": rows_of(poll, [point], linked_for=request.viewer)[0],
        "may_merge": may(request.viewer, poll, MERGING),
        "reword": reword,
        "reply": reply,
        "form_key": new_form_key(),
    }
    if may(request.viewer, poll, SAYINGS):
        same = points_seen(request.viewer, poll).filter(subject=point.subject)
        context |= {
            "sayings": list(sayings_of(poll).filter(point=point)),
            "others": [other for other in same if other.pk != point.pk],
        }
    return render(request, "pages/polls/poll_point.html", context, status=422 if sent is not None else 200)


@require_POST
def point_step(request: ViewerRequest, pk: int, point_pk: int, step: str) -> HttpResponse:
    """改写 or 答复."""
    poll = visible_poll(request.viewer, pk, MERGING)
    point = get_object_or_404(points_seen(request.viewer, poll), pk=point_pk)
    forms = {"reword": RewordForm, "reply": ReplyForm}
    if step not in forms:
        raise Http404
    form = forms[step](request.POST)
    if form.is_valid():
        try:
            if step == "reword":
                reword_point(point=point, actor=request.viewer.actor, **form.cleaned_data)
            else:
                reply_to_point(
                    point=point, today=request.viewer.day, actor=request.viewer.actor, **form.cleaned_data
                )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "已改写。" if step == "reword" else "已答复，持有回执号的人都能看到。")
            return redirect("polls:point", pk=pk, point_pk=point_pk)
    return _point_page(request, poll, point, form)


@require_POST
def saying_move(request: ViewerRequest, pk: int, point_pk: int) -> HttpResponse:
    """Put one saying of a point under another, or under none."""
    poll = visible_poll(request.viewer, pk, MERGING)
    points = points_seen(request.viewer, poll)
    point, to, key = (
        get_object_or_404(points, pk=point_pk),
        request.POST.get("to", ""),
        request.POST.get("saying", ""),
    )
    if not sayings_of(poll).filter(pk=_key(key), point=point).exists():
        raise Http404
    other = get_object_or_404(points, pk=_key(to), subject=point.subject) if to else None
    move_sayings(poll=poll, sayings=[_key(key)], point=other, actor=request.viewer.actor)
    messages.success(request, f"已移到第 {other.number} 条。" if other else "已取出，可以重新归并。")
    return redirect("polls:point", pk=pk, point_pk=point_pk)
