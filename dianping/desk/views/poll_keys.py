"""领钥匙、开箱: what the two custodians do."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from dianping.accounts.requests import ViewerRequest
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.desk.forms.polls import OpenForm
from dianping.desk.selectors.poll_rights import polls_for
from dianping.desk.services.asking import open_and_follow
from dianping.desk.views.polls import is_there, poll_and_rights
from dianping.opinions.services import Unsound, take_key


def _own(poll: Any, account: str) -> tuple[Any, Any]:
    """This custodian's key and the other's."""
    keys = list(poll.keys.all())
    own = next(key for key in keys if key.account == account)
    return own, next(key for key in keys if key is not own)


@never_cache
@sensitive_variables("text", "square")
def key(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take one's key. What is printed stands in this one answer and nowhere else."""
    viewer = request.viewer
    poll, standing, _ = poll_and_rights(request, pk, "take_key")
    own, other = _own(poll, viewer.actor.name)
    context: dict[str, Any] = {"poll": poll, "own": own, "other": other, "form_key": new_form_key()}
    if request.method == "POST":
        try:
            text = take_key(poll=poll, today=viewer.day, actor=viewer.actor)
        except Refusal as no:
            return render(request, "desk/poll_key.html", context | {"refused": str(no)}, status=422)
        groups = text.split("-")
        square = segno.make(text, error="m", micro=False).svg_data_uri(scale=5, border=2)
        context |= {
            "rows": [groups[at : at + 5] for at in range(0, len(groups), 5)],
            "square": square,
            "waiting": not other.public,
        }
    return render(request, "desk/poll_key.html", context)


@never_cache
@sensitive_post_parameters("unit_key", "superior_key", "password")
def open_page(request: ViewerRequest, pk: int) -> HttpResponse:
    """开箱: both keys, and the other custodian by his own password. Sent twice, the second finds it opened.

    The form carries no form_key: what comes with one is taken back when it is refused, and a wrong password that is
    taken back would never count towards the lockout. Opening is once by itself.
    """
    viewer = request.viewer
    if request.method == "POST":
        seen: Any = get_object_or_404(polls_for(viewer), pk=pk)
        if seen.state == "opened" and any(one.account == viewer.actor.name for one in seen.keys.all()):
            return _on(pk)
    poll, standing, _ = poll_and_rights(request, pk, "open")
    own, other = _own(poll, viewer.actor.name)
    form = OpenForm(request.POST or None, on_paper=any(batch.on_paper for batch in standing.batches))
    faults: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if not is_there(request, other, data["username"], data["password"]):
            form.add_error(
                "password",
                f"登录名或密码不对，或者不是另一位保管人{other.name}。请{other.name}本人再输一次。",
            )
        else:
            try:
                open_and_follow(
                    poll=poll,
                    unit_key=data["unit_key"],
                    superior_key=data["superior_key"],
                    moment=site_moment(),
                    actor=viewer.actor,
                    witness=other.account,
                    despite=data["despite"],
                    paper=data.get("paper"),
                )
            except Unsound as no:
                faults = no.faults
                form.add_error(None, f"开箱前核对，有 {len(faults)} 处不符，票箱没有打开。")
            except Refusal as no:
                form.add_error(None, str(no))
            else:
                messages.success(request, "已开箱。封套、票和钥匙都已作废，结果只写了这一次。")
                return _on(pk)
    context = {
        "poll": poll,
        "standing": standing,
        "own": own,
        "other": other,
        "form": form,
        "faults": faults,
        "few": standing.used < poll.least,
    }
    return render(request, "desk/poll_open.html", context, status=422 if form.errors else 200)


def _on(pk: int) -> HttpResponse:
    """To the result."""
    return redirect("desk:poll_result", pk=pk)
