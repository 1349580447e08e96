"""换保管人: the custodian who is left and the newcomer, who types his own name and password where the other is signed in."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import unkeyed
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.opinions.rights import polls_for, replaceable
from dianping.opinions.selectors import newcomers_for
from dianping.opinions.services import refuse_replacement, replace_custodian
from dianping.pages.polls.forms.together import CustodianForm
from dianping.pages.polls.views.polls import poll_and_rights
from dianping.pages.polls.views.together import SECRETS, asked, not_done

if TYPE_CHECKING:
    from dianping.accounts.models import User
    from dianping.opinions.models import Key, Poll


def _replaced(request: ViewerRequest, pk: int) -> bool:
    """Whether the newcomer that is named keeps the other key already."""
    seen = get_object_or_404(polls_for(request.viewer), pk=pk)
    keys = list(seen.keys.all())
    mine = any(key.account == request.viewer.actor.name for key in keys)
    named = request.POST.get("newcomer", "")
    return mine and any(key.instead_of and key.account == named for key in keys)


@unkeyed(SECRETS)
@never_cache
@sensitive_post_parameters()
@sensitive_variables("form", "data", "context")
def custodian(request: ViewerRequest, pk: int) -> HttpResponse:
    """换保管人: who takes over from a custodian who can no longer act. Sent twice, the second finds it done."""
    if request.method == "POST" and _replaced(request, pk):
        return redirect("polls:poll", pk=pk)
    poll, standing, _ = poll_and_rights(request, pk, "replace")
    unable = replaceable(request.viewer, poll)
    assert unable is not None  # else there is no right to replace him
    gone = unable.key
    newcomers = newcomers_for(poll, side=gone.side, day=request.viewer.day)
    form = CustodianForm(request.POST or None, newcomers=newcomers)
    if request.method == "POST" and form.is_valid():
        newcomer = next(user for user in newcomers if user.username == form.cleaned_data["newcomer"])
        with asked(request, poll, form.cleaned_data) as second:
            _replace(request, poll, gone, newcomer, form, there=second.is_account(newcomer.username))
            if not form.errors:
                second.done()
        if form.errors and _replaced(request, pk):  # by the other of two clicks
            return redirect("polls:poll", pk=pk)
        if not form.errors:
            messages.success(request, f"已换保管人：{gone.get_side_display()}的钥匙由{newcomer.name}保管。")
            return redirect("polls:poll", pk=pk)
    top = poll.organisation.parent or poll.organisation
    context = {
        "poll": poll,
        "unable": unable,
        "gone": gone,
        "form": form,
        "nobody": not newcomers,
        "printed": bool(standing.batches),
        "where": poll.organisation if gone.side == "unit" else top,
        "role": "clerk" if gone.side == "unit" or poll.organisation.parent else "superior",
    }
    return render(request, "pages/polls/poll_custodian.html", context, status=422 if form.errors else 200)


def _replace(
    request: ViewerRequest, poll: "Poll", gone: "Key", newcomer: "User", form: CustodianForm, *, there: bool
) -> None:
    """Replace him, or put into the form why not. `there`: the newcomer is; what else is wrong is told either way."""
    viewer = request.viewer
    try:
        refuse_replacement(poll=poll, side=gone.side, user=newcomer, today=viewer.day)
        if there:
            replace_custodian(
                poll=poll,
                side=gone.side,
                user=newcomer,
                why=form.cleaned_data["reason"],
                today=viewer.day,
                actor=viewer.actor,
                witness=newcomer.username,
            )
    except Refusal as no:
        form.add_error(None, not_done(newcomer))
        refuse_form(request, form, no)
    else:
        if not there:
            form.add_error(None, not_done(newcomer))
