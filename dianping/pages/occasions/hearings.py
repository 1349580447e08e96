"""听取汇报: a hearing that a programme orders is given its day and place."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.duties.kinds import Kind
from dianping.duties.selectors import duty_for
from dianping.orgs.selectors.posts import heads_on
from dianping.pages.occasions.forms import HearingForm
from dianping.reviews.rights import may_hold
from dianping.reviews.selectors import hearing_ordered, hearing_planned, prepared_for
from dianping.reviews.services import OccasionPlan, plan_hearing

if TYPE_CHECKING:
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


def _as_planned(planned: "Occasion | None") -> dict[str, object]:
    if planned is None:
        return {}
    return {name: getattr(planned, name) for name in ("held_on", "place", "agenda", "put_right_by")}
