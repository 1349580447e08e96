"""听取汇报: a hearing that a programme orders is given its day and place."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dianping.accounts.requests import ViewerRequest
from dianping.acts.hearing import name_problems
from dianping.acts.sitting import seats_for
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form, tell_refusal
from dianping.duties.kinds import Kind
from dianping.duties.selectors import duties_of, duty_for
from dianping.orgs.selectors.posts import heads_on
from dianping.pages.frame.forms import form_faults
from dianping.pages.occasions.forms import FoundForm, HearingForm
from dianping.reviews.rights import may_hold, may_run
from dianping.reviews.selectors import (
    attendance_of,
    hearing_ordered,
    hearing_planned,
    hearing_with,
    occasions_visible,
    prepared_for,
)
from dianping.reviews.services import OccasionPlan, plan_hearing

if TYPE_CHECKING:
    from django.http import QueryDict

    from dianping.reviews.models import Occasion


def hearing(request: ViewerRequest, duty_pk: int) -> HttpResponse:
    """Set the day and place of a hearing, or move it; who is heard and by when stands beside."""
    viewer = request.viewer
    duty = get_object_or_404(
        duty_for(duty_pk, posts=viewer.post_ids, paths=viewer.read_paths), kind=Kind.HEARING
    )
    if not may_hold(viewer.actor, duty.path):
        raise Http404
    ordered, planned = hearing_ordered(duty), hearing_planned(duty)
    if duty.done_on is not None and planned is not None:
        return redirect("occasions:occasion", pk=planned.pk)
    form = HearingForm(request.POST or None, initial=_as_planned(planned))
    if request.method == "POST" and form.is_valid():
        try:
            occasion = plan_hearing(
                duty=duty, plan=OccasionPlan(kind="听取汇报", **form.cleaned_data), actor=viewer.actor
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "日期和地点已定，各单位在“活动”里看得到。下一步：抽签定发言次序。")
            return redirect("occasions:occasion", pk=occasion.pk)
    units = [prepared.organisation for prepared in prepared_for(duty)]
    heads = heads_on([unit.pk for unit in units], day=viewer.day)
    context = {
        "duty": duty,
        "ordered": ordered,
        "planned": planned,
        "units": [(unit, heads.get(unit.pk, "（空缺）")) for unit in units],
        "form": form,
        "form_key": new_form_key(),
    }
    return render(request, "pages/occasions/hearing.html", context, status=422 if form.errors else 200)


@require_safe
def reviews_there(request: ViewerRequest, window_pk: int) -> HttpResponse:
    """From what is owed at a hearing to the one sitting of it, from the seat asked for; before it is planned, to where its day is
    set, or where it is listed."""
    viewer, duty = request.viewer, hearing_with(window_pk)
    if duty is None:
        raise Http404
    planned = hearing_planned(duty)
    if planned is None:
        if may_hold(viewer.actor, duty.path):
            return redirect("occasions:hearing", duty_pk=duty.pk)
        if not duties_of(viewer).filter(window=window_pk).exists():
            raise Http404
        messages.info(request, "这次听取汇报还没有定日期，定了以后在会上点评。")
        return redirect("occasions:occasions")
    if not occasions_visible(viewer.read_paths).filter(pk=planned.pk).exists():
        raise Http404
    asked = request.GET.get("seat", "")
    if asked in {str(seat.pk) for seat, _ in seats_for(viewer, planned, day=viewer.day)}:
        return redirect(f"{reverse('reviews:sitting', args=[planned.pk])}?seat={asked}")
    return redirect("occasions:occasion", pk=planned.pk)


def found_form(occasion: "Occasion", sent: "QueryDict | None" = None) -> FoundForm:
    """The form for what was found, with the units heard to choose from."""
    form = FoundForm(sent, initial={"due": occasion.put_right_by})
    units = [(row.pk, row.organisation.short_name) for row in attendance_of(occasion) if row.organisation]
    form.fields["row"].choices = units  # type: ignore[attr-defined]
    return form


@require_POST
def found(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write down what was found of a unit while it was heard."""
    occasion = get_object_or_404(occasions_visible(request.viewer.read_paths), pk=pk)
    if not may_run(request.viewer.actor, occasion):
        raise Http404
    form = found_form(occasion, request.POST)
    if not form.is_valid():
        messages.error(request, "；".join(form_faults(form)))
        return redirect("occasions:occasion", pk=pk)
    rows = {row.pk: row for row in attendance_of(occasion)}
    try:
        name_problems(
            row=rows[form.cleaned_data["row"]],
            texts=form.cleaned_data["found"].splitlines(),
            due=form.cleaned_data["due"],
            moment=site_moment(),
            actor=request.viewer.actor,
        )
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(request, "已列入整改，来源记为这次听取汇报。")
    return redirect("occasions:occasion", pk=pk)


def heard(request: ViewerRequest, row_pk: int) -> HttpResponse:
    """From a problem to the hearing it was found at: by the row of the unit."""
    occasion = get_object_or_404(
        occasions_visible(request.viewer.read_paths).filter(attendance=row_pk).distinct()
    )
    return redirect("occasions:occasion", pk=occasion.pk)


def _as_planned(planned: "Occasion | None") -> dict[str, object]:
    if planned is None:
        return {}
    return {name: getattr(planned, name) for name in ("held_on", "place", "agenda", "put_right_by")}
