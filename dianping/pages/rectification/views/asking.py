"""问群众“真的办好了吗”: closed problems put into a poll, planned here and carried on like any other."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from dianping.accounts.requests import ViewerRequest
from dianping.acts.askable import branches_to_ask, items_open_to_asking
from dianping.acts.asking import ask_masses
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.opinions.rights import may_plan
from dianping.opinions.services import GroupPlan
from dianping.pages.frame.scope import current_organisation
from dianping.pages.rectification.forms.asking import AskForm

if TYPE_CHECKING:
    from dianping.rectification.models import Item

MOST = 60  # problems, and branches, offered on one page
MEMBERS = "党员"


def ask(request: ViewerRequest) -> HttpResponse:
    """Plan the asking, for the office of the place."""
    viewer, organisation = request.viewer, current_organisation(request)
    if not may_plan(viewer.actor, organisation):
        raise Http404
    items = {str(item.pk): item for item in items_open_to_asking(organisation, day=viewer.day)[:MOST]}
    branches = {str(branch.pk): branch for branch in branches_to_ask(organisation)[:MOST]}
    form = AskForm(
        request.POST or None,
        items=[(key, _choice(item)) for key, item in items.items()],
        branches=[(key, branch.short_name) for key, branch in branches.items()],
        initial={
            "title": f"{organisation.short_name}整改回访 {viewer.day}",
            "opens": viewer.day,
            "closes": viewer.day + timedelta(days=7),
        },
    )
    if form.is_valid():
        data = form.cleaned_data
        members = [GroupPlan(MEMBERS, organisation=branches[key]) for key in data["branches"]]
        try:
            poll = ask_masses(
                items=[items[key] for key in data["items"]],
                organisation=organisation,
                title=data["title"],
                opens=data["opens"],
                closes=data["closes"],
                asked=[*members, *data["others"]],
                today=viewer.day,
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(
                request,
                f"“{poll.title}”已拟定。下一步封定名册、由两位保管人领钥匙、制票；开箱以后回音自动记到各项。",
            )
            return redirect("polls:poll", pk=poll.pk)
    context = {"organisation": organisation, "form": form, "form_key": new_form_key(), "none": not items}
    return render(
        request, "pages/rectification/ask_masses.html", context, status=422 if form.is_bound else 200
    )


def _choice(item: "Item") -> str:
    whom = item.person.name if item.person else item.organisation.short_name
    return f"{item.text[:60]}（{whom}，{item.closed_on} 销号，期限 {item.due}）"
