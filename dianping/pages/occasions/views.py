"""活动: the list, planning one, one event with its running order and who was there, its sheet to print."""

import secrets
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.hearing import duty_of_hearing, note_who_came
from dianping.acts.sitting import drawn_at, people_drawn, people_to_call, presiding_at, seats_for
from dianping.common.clock import site_day
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form, tell_refusal
from dianping.orgs.selectors.seats import seats_named
from dianping.pages.frame.enclosed import enclosed_with
from dianping.pages.frame.list_scopes import below
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.opening import opens_offline
from dianping.pages.frame.scope import current_organisation
from dianping.pages.occasions.forms import AttendanceForm, OccasionForm, spoken_in
from dianping.pages.occasions.hearings import found_form
from dianping.pages.occasions.shown import with_coming
from dianping.programmes.selectors import programme_for
from dianping.reviews.rights import may_hold, may_run
from dianping.reviews.selectors import (
    attendance_of,
    days_of,
    hearings_to_plan,
    occasions_in,
    occasions_listed,
    occasions_visible,
    running_order,
)
from dianping.reviews.services import OccasionPlan, draw_turns, go_to_step, plan_occasion

if TYPE_CHECKING:
    from dianping.reviews.models import Occasion

OCCASIONS = Listing(
    title="活动",
    columns=(
        ListColumn("日期", lambda row: row[0].held_on, 11),
        ListColumn("活动", lambda row: row[0].get_kind_display(), 14),
        ListColumn("单位", lambda row: row[0].organisation.short_name, 22),
        ListColumn("在哪里", lambda row: row[0].place, 18),
        ListColumn("到会", lambda row: row[1], 8),
        ListColumn("点评", lambda row: row[0].filed, 7),
    ),
    places=("path",),
    people=("attendance__person__name",),
    day="held_on",
    states=(("", "全部"), ("coming", "还没有开"), ("unmarked", "到会没有登记"), ("held", "开过的")),
)
NOT_ORDINARY = ("guest", "host")


def occasions(request: ViewerRequest) -> HttpResponse:
    """The events of an organisation and below, newest first."""
    organisation = current_organisation(request)
    asked, day = asked_of(request, OCCASIONS), request.viewer.day
    hearings = hearings_to_plan(organisation.path)
    listed = occasions_in(occasions_listed(organisation.path), asked.state, today=day)
    listed = asked.narrowed(listed, paths=[organisation.path], today=day).order_by("-held_on", "-pk")
    if wants_workbook(request):
        return workbook(
            request,
            asked,
            listed,
            lambda some: with_coming(some, today=day),
            scope=f"{below(organisation)}的，和听取其情况的",
            organisation=organisation,
        )
    page = page_of(listed, keys=("-held_on", "-pk"), asked=asked.given)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": with_coming(page.rows, today=day),
        "list": asked,
        "hearings": [(duty, *days_of(duty), may_hold(request.viewer.actor, duty.path)) for duty in hearings],
        "may_plan": may_hold(request.viewer.actor, organisation.path),
    }
    return render(request, "pages/occasions/occasions.html", context)


def plan(request: ViewerRequest) -> HttpResponse:
    """Set an event down: kind, day, place, agenda, and by when shortcomings are to be put right."""
    organisation, viewer = current_organisation(request), request.viewer
    if not may_hold(request.viewer.actor, organisation.path):
        raise Http404
    draw = drawn_at(request.GET.get("draw", ""), organisation, viewer)
    asked = {"held_on": viewer.day, "kind": request.GET.get("kind", "")}
    form = OccasionForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            occasion = plan_occasion(
                plan=OccasionPlan(**form.cleaned_data),
                organisation=organisation,
                reviewed=people_drawn(draw, day=form.cleaned_data["held_on"])
                if draw
                else people_to_call(
                    organisation,
                    viewer,
                    day=form.cleaned_data["held_on"],
                    kind=form.cleaned_data["kind"],
                ),
                presiding=presiding_at(organisation, day=form.cleaned_data["held_on"]),
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "已登记。下面是要在会上点评的人，到会的打勾。")
            return redirect("occasions:occasion", pk=occasion.pk)
    context = {"organisation": organisation, "form": form, "form_key": new_form_key(), "draw": draw}
    return render(request, "pages/occasions/occasion_new.html", context, status=422 if form.errors else 200)


def _occasion(request: ViewerRequest, pk: int) -> "Occasion":
    return get_object_or_404(occasions_visible(request.viewer.read_paths), pk=pk)


@opens_offline
def occasion(request: ViewerRequest, pk: int) -> HttpResponse:
    """One event: agenda, list, minutes, and the way into the sitting."""
    occasion = _occasion(request, pk)
    return render(
        request,
        "pages/occasions/occasion.html",
        _context(request, occasion, AttendanceForm(initial=_as_it_is(occasion))),
    )


def _as_it_is(occasion: "Occasion") -> dict[str, object]:
    return {"minutes": occasion.minutes, "version": occasion.version}


def _context(request: ViewerRequest, occasion: "Occasion", form: AttendanceForm) -> dict[str, object]:
    rows = attendance_of(occasion)
    in_force = programme_for(occasion.organisation, occasion.held_on)
    wanted = in_force.programme.ordinary_at(occasion.kind) if in_force else 0
    ordinary = sum(1 for row in rows if row.present and row.standing not in NOT_ORDINARY)
    return {
        "occasion": occasion,
        "rows": rows,
        "order": running_order(occasion),
        "there": sum(1 for row in rows if row.present),
        "wanted": wanted,
        "short": wanted - ordinary if wanted and ordinary < wanted else 0,
        **_seats(request, occasion),
        "may_plan": may_run(request.viewer.actor, occasion),
        "held_by": duty_of_hearing(occasion),
        "enclosed": enclosed_with(occasion, request.viewer.actor),
        "found": found_form(occasion) if occasion.window_id else None,
        "form": form,
        "form_key": new_form_key(),
    }


def _seats(request: ViewerRequest, occasion: "Occasion") -> dict[str, object]:
    """The seats one may write from: one's own and those with most to do first, any other by search."""
    viewer, text = request.viewer, request.GET.get("seat_q", "").strip()
    owing = seats_for(viewer, occasion, day=viewer.day)
    if text:
        found, _ = seats_named(text, paths=viewer.office_paths, day=viewer.day)
        keys = {seat.post.pk for seat in found}
        return {"seats": [(seat, n) for seat, n in owing if seat.pk in keys], "seat_q": text, "more": True}
    return {"seats": owing[:OFFERED], "seat_q": "", "more": len(owing) > OFFERED}


@require_POST
def attend(request: ViewerRequest, pk: int) -> HttpResponse:
    """Note who was there, and the minutes."""
    occasion = _occasion(request, pk)
    if not may_run(request.viewer.actor, occasion):
        raise Http404
    seat = request.POST.get("then", "")  # the button that goes on to the reviews
    noted = any(row.present is not None for row in attendance_of(occasion))
    refused = (_noted_on_the_way if seat and noted else _noted)(request, occasion)
    if refused is not None:
        return refused
    messages.success(request, "到会情况已登记。")
    if seat.isdecimal() and len(seat) < 12:
        return redirect(f"{reverse('reviews:sitting', args=[pk])}?seat={seat}")
    return redirect("occasions:occasion", pk=pk)


def _noted(request: ViewerRequest, occasion: "Occasion") -> HttpResponse | None:
    """Note who was there and the minutes, as they stand in the form that was sent; the page again where that is refused."""
    form = AttendanceForm(request.POST)
    if form.is_valid():
        here = set(request.POST.getlist("present"))
        try:
            note_who_came(
                occasion=occasion,
                present={row.pk: str(row.pk) in here for row in attendance_of(occasion)},
                guests=[(name, form.cleaned_data["standing"]) for name in form.names()],
                minutes=form.cleaned_data["minutes"],
                spoken=spoken_in(request.POST),
                version=form.cleaned_data["version"],
                actor=request.viewer.actor,
                today=site_day(),
            )
            return None
        except Refusal as no:
            refuse_form(request, form, no)
    return render(request, "pages/occasions/occasion.html", _context(request, occasion, form), status=422)


def _noted_on_the_way(request: ViewerRequest, occasion: "Occasion") -> HttpResponse | None:
    """The same before another act of the same page, where something was ticked or written since it was opened; where nothing
    was, nobody is noted as there unasked."""
    if "version" not in request.POST:
        return None
    rows, here = attendance_of(occasion), set(request.POST.getlist("present"))
    unnoted = not any(row.present for row in rows)
    as_opened = {str(row.pk) for row in rows if row.present or (row.present is None and unnoted)}
    minutes = request.POST.get("minutes", "").replace("\r\n", "\n")
    if here == as_opened and minutes == occasion.minutes and not request.POST.get("guests", "").strip():
        return None
    return _noted(request, occasion)


@require_POST
def turns(request: ViewerRequest, pk: int) -> HttpResponse:
    """Draw the order of speaking by lot."""
    occasion = _occasion(request, pk)
    if not may_run(request.viewer.actor, occasion):
        raise Http404
    refused = _noted_on_the_way(request, occasion)
    if refused is not None:
        return refused
    try:
        draw_turns(occasion=occasion, seed=secrets.token_hex(8), actor=request.viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(request, "次序已抽定，抽签种子一并留下。")
    return redirect("occasions:occasion", pk=pk)


@require_POST
def go(request: ViewerRequest, pk: int) -> HttpResponse:
    """Go on (or back) to a line of the agenda."""
    occasion = _occasion(request, pk)
    if not may_run(request.viewer.actor, occasion):
        raise Http404
    refused = _noted_on_the_way(request, occasion)
    if refused is not None:
        return refused
    asked = request.POST.get("move", "").split(":") if "move" in request.POST else []
    asked = asked or [request.POST.get(key, "") for key in ("step", "was")]
    if len(asked) != 2 or not all(number.isdecimal() and len(number) < 5 for number in asked):
        raise Http404
    try:
        go_to_step(occasion=occasion, step=int(asked[0]), was=int(asked[1]), actor=request.viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
    return redirect(f"{reverse('occasions:occasion', args=[pk])}#agenda")


OFFERED = 12  # seats to write from that are shown before one is searched
BLANK_LINES = 6  # for those who come without being on the list


def sheet(request: ViewerRequest, pk: int) -> HttpResponse:
    """Agenda and sign-in sheet on one page, to print: two people a line."""
    occasion = _occasion(request, pk)
    rows = [*attendance_of(occasion), *([None] * BLANK_LINES)]
    rows += [None] * (len(rows) % 2)
    half = len(rows) // 2
    numbered = list(enumerate(rows, 1))
    context = {
        "occasion": occasion,
        "order": running_order(occasion),
        "due": len([row for row in rows if row]),
        "lines": list(zip(numbered[:half], numbered[half:], strict=True)),
    }
    return render(request, "pages/occasions/occasion_sheet.html", context)
