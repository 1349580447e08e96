"""征求意见和评议: the list, one poll with what comes next, freezing its electorate, destroying its box."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.desk.forms.polls import FreezeForm
from dianping.desk.selectors.poll_course import MARKS, STEPS, is_turn, left_of, row_of, standing_now
from dianping.desk.selectors.poll_rights import ENDED, poll_rights, polls_for
from dianping.desk.selectors.scope import current_organisation
from dianping.opinions.selectors import concerns, custodians_for, nothing_to_show, standing_of, turnout_of
from dianping.opinions.selectors.listing import with_counts
from dianping.opinions.services import destroy_box, freeze_poll


def polls(request: ViewerRequest) -> HttpResponse:
    """Every poll the viewer sees, newest first, each with what comes next and whose turn it is."""
    viewer = request.viewer
    organisation = current_organisation(request) if viewer.read_paths else None
    asked = {key: request.GET.get(key, "") for key in ("organisation", "after")}
    found = with_counts(polls_for(viewer, within=organisation.path if organisation else ""))
    page = page_of(found, keys=("-pk",), asked=asked)
    rows, left = [], left_of(page.rows)
    for poll in page.rows:
        used, due, now = row_of(poll, day=viewer.day, left=left.get(poll.pk))
        told = used if poll.state in ENDED or not concerns(viewer, poll) else None
        rows.append((poll, MARKS[poll.state], told, due, now, is_turn(poll, now, viewer)))
    context = {
        "organisation": organisation,
        "page": page,
        "rows": rows,
        "asked": asked,
        "may_plan": organisation is not None and viewer.keeps(organisation.path),
    }
    return render(request, "desk/polls.html", context)


def poll_and_rights(request: ViewerRequest, pk: int, right: str) -> tuple[Any, Any, dict[str, bool]]:
    """A poll, its standing and the viewer's rights; 404 for whoever has not this one now."""
    found: Any = get_object_or_404(polls_for(request.viewer), pk=pk)
    standing = standing_of(found)
    may = poll_rights(request.viewer, found, printed=bool(standing.batches))
    if not may[right]:
        raise Http404
    return found, standing, may


def poll(request: ViewerRequest, pk: int) -> HttpResponse:
    """One poll as a course of steps; whoever it is about sees what was released, and nothing of the way there."""
    found: Any = get_object_or_404(polls_for(request.viewer), pk=pk)
    standing = standing_of(found)
    may = poll_rights(request.viewer, found, printed=bool(standing.batches))
    now = standing_now(found, standing, day=request.viewer.day)
    context = {
        "poll": found,
        "mark": MARKS[found.state],
        "steps": STEPS,
        "now": now,
        "mine": is_turn(found, now, request.viewer),
        "may": may,
        "standing": standing if may["standing"] else None,
        "subjects": [one.name for one in standing.subjects],
        "asked_before": _asked_before(found) if may["office"] and not standing.batches else None,
        "turnout": turnout_of(found) if found.turnout else None,
        "result_url": reverse("desk:poll_result", args=[pk]) if may["result"] else "",
        "paper_url": reverse("desk:poll_paper", args=[pk]) if _has_paper(standing) and may["void"] else "",
        "form_key": new_form_key(),
    }
    return render(request, "desk/poll.html", context)


def _asked_before(poll: Any) -> Any:
    """The poll beside which nothing of this one could be shown, while it can still be called off for nothing."""
    return nothing_to_show(poll) if poll.state in ("frozen", "ready") and not poll.trial else None


def _has_paper(standing: Any) -> bool:
    return any(batch.on_paper and batch.voided < batch.issued for batch in standing.batches)


def freeze(request: ViewerRequest, pk: int) -> HttpResponse:
    """封定名册: choose who keeps the two keys; where nobody can, say so and what to do."""
    viewer = request.viewer
    found, standing, _ = poll_and_rights(request, pk, "freeze")
    users = {side: custodians_for(found, side=side, day=viewer.day) for side in ("unit", "superior")}
    form = FreezeForm(request.POST or None, **users, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        chosen = {
            side: next(user for user in users[side] if user.username == form.cleaned_data[side])
            for side in users
        }
        try:
            freeze_poll(
                poll=found,
                version=form.cleaned_data["version"],
                today=viewer.day,
                actor=viewer.actor,
                **chosen,
            )
        except Refusal as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "名册已封定，摘要已记入。下一步：两位保管人各自登录，领取钥匙。")
            return redirect("desk:poll", pk=pk)
    unit, superior = users["unit"], users["superior"]
    context = {
        "poll": found,
        "standing": standing,
        "form": form,
        "form_key": new_form_key(),
        "nobody_here": not unit,
        "nobody_above": not superior,
        "same": unit == superior and len(unit) == 1,
        "above": found.organisation.parent or found.organisation,
    }
    return render(request, "desk/poll_freeze.html", context, status=422 if form.errors else 200)


def is_there(request: ViewerRequest, other: Any, username: str, password: str) -> bool:
    """Whether the other custodian typed his own name and password; a wrong one counts towards his lockout."""
    if username.strip() != other.account:
        return False
    found = authenticate(request, username=other.account, password=password)
    return found is not None and found.get_username() == other.account


@sensitive_post_parameters("password")
def destroy(request: ViewerRequest, pk: int) -> HttpResponse:
    """销毁: without a reason where too few came in, otherwise with one; by both custodians once forms are in.

    Where the other custodian gives his password the form carries no form_key (see the opening).
    """
    viewer = request.viewer
    found, standing, _ = poll_and_rights(request, pk, "destroy")
    few = found.state == "ready" and viewer.day > found.closes and standing.used < found.least
    together = found.state == "ready" and standing.used > 0 and not few
    other = next((key for key in found.keys.all() if key.account != viewer.actor.name), None)
    mine = any(key.account == viewer.actor.name for key in found.keys.all())
    refused = ""
    if request.method == "POST":
        why, witness = request.POST.get("reason", "").strip()[:300], ""
        name, password = request.POST.get("username", "")[:60], request.POST.get("password", "")[:200]
        if together and mine and other is not None and is_there(request, other, name, password):
            witness = other.account
        try:
            destroy_box(poll=found, why=why, today=viewer.day, actor=viewer.actor, witness=witness)
        except Refusal as no:
            refused = str(no)
        else:
            messages.success(request, "已销毁，没有开箱；只留下份数。")
            return redirect("desk:poll", pk=pk)
    results = [
        f"已收到的 {standing.used} 份表谁也没有看过，以后也没有人能看。",
        "发出的票立即作废，再输入票码会说已经截止。",
        "只留下应参加、制票和收回的份数；这一件事记入审计。",
        "不能撤回。要再征求，另拟一次。",
    ]
    if found.state in ("planned", "frozen"):
        results = ["这一次不再进行，留在册上，写明没有开箱。", "不能撤回。要再征求，另拟一次。"]
    context = {
        "poll": found,
        "few": few,
        "together": together,
        "mine": mine,
        "other": other,
        "used": standing.used,
        "results": results,
        "refused": refused,
        "form_key": new_form_key(),
        "question": f"销毁“{found.title}”的票箱" if found.state == "ready" else f"取消“{found.title}”",
    }
    return render(request, "desk/poll_destroy.html", context, status=422 if refused else 200)
