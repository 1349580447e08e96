"""整改: the list, one item with its steps, the written report."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.desk.forms.items import ReportForm, StepForm
from dianping.desk.selectors.scope import current_organisation
from dianping.duties.selectors import duty_for
from dianping.rectification.selectors import (
    in_item_state,
    items_listed,
    items_of_report,
    items_visible,
    owns,
    report_of,
)
from dianping.rectification.services import JUDGES, Moved, file_report, move_item
from dianping.rules.rectify import STEPS, may_step

MARKS = {
    "open": "open",
    "in_progress": "doing",
    "close_requested": "asked",
    "closed": "done",
    "unresolved": "bad",
}
STATES = (
    ("standing", "未销号"),
    ("overdue", "逾期"),
    ("close_requested", "待验收"),
    ("unresolved", "未较好解决"),
    ("closed", "已销号"),
    ("all", "全部"),
)


def items(request: ViewerRequest) -> HttpResponse:
    """Every problem of the organisation and below that is still open, the oldest first."""
    organisation = current_organisation(request)
    asked = {key: request.GET.get(key, "") for key in ("state", "organisation", "after")}
    state = asked["state"] or "standing"
    found = in_item_state(items_listed(organisation.path), state, today=request.viewer.day)
    page = page_of(found, keys=("opened_on", "pk"), asked=asked)
    rows = [(item, MARKS[item.state]) for item in page.rows]
    return render(
        request,
        "desk/items.html",
        {
            "organisation": organisation,
            "page": page,
            "rows": rows,
            "state": state,
            "states": STATES,
            "asked": asked,
        },
    )


def _item(request: ViewerRequest, pk: int) -> Any:
    viewer = request.viewer
    return get_object_or_404(
        items_visible(paths=viewer.read_paths, posts=viewer.post_ids, person=viewer.person), pk=pk
    )


def _has_part(request: ViewerRequest, found: Any) -> bool:
    """Whether this viewer has anything to do with the item but read it."""
    viewer = request.viewer
    return (
        viewer.judges(found.path)
        or viewer.heads(found.path)
        or found.problem.review.post_id in viewer.post_ids
        or owns(viewer.person, found)
        or (viewer.person is not None and viewer.person.pk == found.person_id)
    )


def _steps(request: ViewerRequest, found: Any) -> list[tuple[str, str]]:
    """The steps this viewer may take now: (key, name)."""
    viewer = request.viewer
    is_owner = owns(viewer.person, found)
    side = (
        viewer.keeps(found.path)
        or viewer.heads(found.path)
        or is_owner
        or (viewer.person is not None and viewer.person.pk == found.person_id)
    )
    judge = viewer.judges(found.path) or found.problem.review.post_id in viewer.post_ids
    asked_it = viewer.actor.name == found.requested_by
    may = {
        "owner_side": side,
        "judge": judge and not is_owner,
        "other": judge and not is_owner and not asked_it,
    }
    return [(key, step.name) for key, step in STEPS.items() if may_step(key, found.state) and may[step.by]]


def item(request: ViewerRequest, pk: int) -> HttpResponse:
    """One problem: where it comes from, what was done, what can be done now."""
    found = _item(request, pk)
    steps = _steps(request, found)
    chosen = request.GET.get("step", "")
    return render(request, "desk/item.html", _context(found, steps, chosen, None))


def _context(found: Any, steps: list[tuple[str, str]], chosen: str, form: StepForm | None) -> dict[str, Any]:
    names = dict(steps)
    if chosen not in names:
        chosen = ""
    initial = {
        "step": chosen,
        "version": found.version,
        "measure": found.measure,
        "owner_name": found.owner_name,
        "due": found.due,
    }
    if form is None:
        form = StepForm(initial=initial)
        for name in ("measure", "due", "text"):
            form.fields[name].required = True  # as the service will say; a sent form is judged there
    return {
        "item": found,
        "mark": MARKS[found.state],
        "steps": steps,
        "chosen": chosen,
        "chosen_name": names.get(chosen, ""),
        "form": form,
        "form_key": new_form_key(),
        "progress": [(p, STEPS[p.step].name) for p in found.progress.all()],
        "waiting": found.state == "close_requested" and not any(key == "close" for key, _ in steps),
    }


@require_POST
def step(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take one step."""
    found = _item(request, pk)
    if not _has_part(request, found):
        raise Http404
    steps = _steps(request, found)
    form = StepForm(request.POST)
    chosen = request.POST.get("step", "")
    if chosen not in STEPS:
        raise Http404
    if form.is_valid():
        data = form.cleaned_data
        try:
            if chosen not in dict(steps):
                raise Refusal(
                    f"这一项现在是“{found.get_state_display()}”，您不能{STEPS[chosen].name}。",
                    remedy=f"责任人和申请人不能自己验收；是否较好解决由{JUDGES}认定。",
                )
            move_item(
                item=found,
                step=chosen,
                version=data["version"],
                by=request.viewer.person,
                moment=site_moment(),
                actor=request.viewer.actor,
                moved=Moved(data["text"], data["evidence"], data["measure"], data["owner_name"], data["due"]),
            )
        except Refusal as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, f"{STEPS[chosen].name}已登记。")
            return redirect("desk:item", pk=pk)
    return render(request, "desk/item.html", _context(found, steps, chosen, form), status=422)


def report(request: ViewerRequest, duty_pk: int) -> HttpResponse:
    """The written report about what was not put right: read it, or write it."""
    viewer = request.viewer
    duty = get_object_or_404(duty_for(duty_pk, posts=viewer.post_ids, paths=viewer.read_paths), kind="report")
    may = duty.done_on is None and (duty.owed_by_id in viewer.post_ids or viewer.keeps(duty.path))
    unresolved = list(items_of_report(duty))
    form = ReportForm(request.POST or None, initial={"text": _outline(unresolved)})
    if request.method == "POST":
        if not may:
            raise Http404
        if form.is_valid() and _squeezed(form.cleaned_data["text"]) == _squeezed(_outline(unresolved)):
            form.add_error("text", "还只有系统列出的提纲，没有写原因和下一步。请逐项写明后再交。")
        if form.is_valid():
            try:
                file_report(
                    duty=duty, text=form.cleaned_data["text"], moment=site_moment(), actor=viewer.actor
                )
            except Refusal as no:
                form.add_error(None, str(no))
            else:
                messages.success(request, "专门书面报告已交，应办已办结；点评人和办公室可以看到。")
                return redirect("desk:report", duty_pk=duty_pk)
    return render(
        request,
        "desk/report.html",
        {
            "duty": duty,
            "items": unresolved,
            "form": form,
            "may": may,
            "report": report_of(duty),
            "form_key": new_form_key(),
        },
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _outline(unresolved: list[Any]) -> str:
    """What is on file about each problem, as the beginning of the report; the reasons are the writer's own."""
    blocks = []
    for number, found in enumerate(unresolved, 1):
        lines = [f"{number}. 问题：{found.problem.text}（{found.problem.review.happened_on} 点评提出）"]
        if found.measure:
            lines.append(f"   措施：{found.measure}；时限：{found.due or '未定'}；责任人：{found.owner_name}")
        lines.extend(f"   {p.on}：{p.text}" for p in found.progress.all())
        lines.append("   没有解决的原因：\n   下一步和期限：")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
