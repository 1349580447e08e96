"""工作台: what I owe, what is owed to me, what came back."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.poll_turns import turns_of
from dianping.common.formkeys import unkeyed
from dianping.duties.rights import may_keep
from dianping.duties.selectors import duties_of, duties_owed_from
from dianping.duties.selectors.lines import owed_on
from dianping.pages.frame.scope import KEY, NobodyYet, current_organisation, own_organisation
from dianping.pages.workbench.shown import notes_for


def workbench(request: ViewerRequest) -> HttpResponse:
    """Three columns of sentences."""
    viewer = request.viewer
    try:
        organisation = current_organisation(request)
    except NobodyYet:
        if not viewer.is_site_clerk:
            raise
        return redirect("set_up:set_up")
    on_behalf = not viewer.posts and may_keep(viewer.actor, organisation)
    mine = duties_owed_from(organisation) if on_behalf else duties_of(viewer)
    told = owed_on(mine, day=viewer.day, until=viewer.day + timedelta(days=7), together=on_behalf)
    turns = turns_of(viewer)
    owed, owed_count, recent = notes_for(viewer, organisation)
    return render(
        request,
        "pages/workbench/workbench.html",
        {
            "organisation": organisation,
            "mine": told.soon,
            "turns": turns,
            "on_behalf": on_behalf,
            "mine_count": told.count + len(turns),
            "overdue_count": told.overdue,
            "later": told.later,
            "next_due": told.next_due,
            "owed": owed,
            "owed_count": owed_count,
            "recent": recent,
        },
    )


@unkeyed("nothing is written but which organisation one looks at")
@require_POST
def switch(request: ViewerRequest) -> HttpResponse:
    """Speak of another of one's own organisations from now on."""
    request.session[KEY] = own_organisation(request, request.POST.get(KEY, "")).code
    return redirect("workbench:workbench")


@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """For whoever watches the process: it answers."""
    return HttpResponse("好", content_type="text/plain; charset=utf-8")
