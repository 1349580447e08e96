"""核对名单、领钥匙: what each custodian does by himself before slips are printed."""

from typing import TYPE_CHECKING

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal, refuse_form
from dianping.opinions.selectors import is_unsaid, lists_of
from dianping.opinions.services import ListCheck, StaleKey, confirm_lists, take_key
from dianping.pages.polls.forms.together import ListsForm
from dianping.pages.polls.views.polls import poll_and_rights

if TYPE_CHECKING:
    from dianping.opinions.models import Key, Poll
    from dianping.opinions.selectors.cover import ConfirmingLine


def own_and_other(poll: "Poll", account: str) -> tuple["Key", "Key"]:
    """This custodian's key and the other's."""
    keys = list(poll.keys.all())
    own = next(key for key in keys if key.account == account)
    return own, next(key for key in keys if key is not own)


@never_cache
@sensitive_variables("text", "square", "groups", "context")
def key(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take one's key. What is printed stands in this one answer and nowhere else. The form says which key it replaces: the
    page of a key reloaded, or an old one sent, makes no paper worthless."""
    viewer = request.viewer
    poll, standing, _ = poll_and_rights(request, pk, "take_key")
    own, other = own_and_other(poll, viewer.actor.name)
    if lists_of(poll, own.side) and is_unsaid(poll, own.side):
        return redirect("polls:poll_lists", pk=pk)
    context: dict[str, object] = {"poll": poll, "own": own, "other": other, "form_key": new_form_key()}
    if request.method == "POST":
        try:
            replaces = request.POST.get("replaces", "")
            text = take_key(poll=poll, replaces=replaces, today=viewer.day, actor=viewer.actor)
        except StaleKey as no:
            return render(
                request,
                "pages/polls/poll_key.html",
                context | {"stale": note_refusal(request, no)},
                status=409,
            )
        except Refusal as no:
            return render(
                request,
                "pages/polls/poll_key.html",
                context | {"refused": note_refusal(request, no)},
                status=422,
            )
        groups = text.split("-")
        square = segno.make(text, error="m", micro=False).svg_data_uri(scale=5, border=2)
        context |= {
            "rows": [groups[at : at + 5] for at in range(0, len(groups), 5)],
            "square": square,
            "waiting": not other.public,
        }
    return render(request, "pages/polls/poll_key.html", context)


def lists(request: ViewerRequest, pk: int) -> HttpResponse:
    """核对应参加的人: a custodian says of each line how many stand on a list of his own, and on which; the unit's only of the
    roster."""
    viewer = request.viewer
    poll, _, _ = poll_and_rights(request, pk, "lists")
    own, _ = own_and_other(poll, viewer.actor.name)
    lines = lists_of(poll, own.side)
    form = ListsForm(request.POST or None, lists=lines, initial=_said_before(poll, own.side, lines))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        held = {
            line.number: ListCheck(data[f"number{line.number}"], data[f"against{line.number}"])
            for line in lines
        }
        try:
            confirm_lists(poll=poll, held=held, today=viewer.day, actor=viewer.actor)
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "核对的结果已记下。下一步：领取您的那一把钥匙。")
            return redirect("polls:poll", pk=pk)
    context = {
        "poll": poll,
        "own": own,
        "has_roster": any(line.number < 0 for line in lines),
        "form": form,
        "due": sum(line.size for line in lines),
        "form_key": new_form_key(),
    }
    return render(request, "pages/polls/poll_lists.html", context, status=422 if form.errors else 200)


def _said_before(poll: "Poll", side: str, lines: list["ConfirmingLine"]) -> dict[str, object]:
    """What was said of each line the last time, where it was."""
    if is_unsaid(poll, side):
        return {}
    initial: dict[str, object] = {}
    number, against = ("confirmed_here", "against_here") if side == "unit" else ("confirmed", "against")
    for line in lines:
        initial[f"number{line.number}"] = sum(getattr(group, number) or 0 for group in line.groups)
        initial[f"against{line.number}"] = getattr(line.groups[0], against)
    return initial
