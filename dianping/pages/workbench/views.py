"""工作台: what I owe, what is owed to me, what came back."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.poll_turns import turns_of
from dianping.common.formkeys import unkeyed
from dianping.duties.selectors import duties_owed_by, next_due
from dianping.duties.selectors.lines import sentences
from dianping.orgs.selectors import top_organisation
from dianping.orgs.selectors.posts import seats_of
from dianping.pages.frame.scope import KEY, current_organisation, own_organisation
from dianping.pages.workbench.shown import owed_to, recent_of


def workbench(request: ViewerRequest) -> HttpResponse:
    """Three columns of sentences."""
    viewer = request.viewer
    if top_organisation() is None:
        return redirect("set_up:set_up")
    organisation = current_organisation(request)
    seats = viewer.post_ids
    if not seats and viewer.keeps(organisation.path):
        seats = seats_of(organisation)
    mine = duties_owed_by(seats)
    soon = mine.filter(due__lte=viewer.day + timedelta(days=7), opens__lte=viewer.day, done_on=None)
    on_behalf = not viewer.posts and bool(seats)
    lines = sentences(soon, together=on_behalf)
    turns = turns_of(viewer)
    owed, owed_count = owed_to(viewer, organisation)
    return render(
        request,
        "pages/workbench/workbench.html",
        {
            "organisation": organisation,
            "mine": lines,
            "turns": turns,
            "on_behalf": on_behalf,
            "mine_count": soon.count() + len(turns),
            "overdue_count": soon.filter(due__lt=viewer.day).count(),
            "later": sentences(
                mine.filter(due__gt=viewer.day + timedelta(days=7), opens__lte=viewer.day),
                most=6,
                together=on_behalf,
            ),
            "next_due": next_due(mine, today=viewer.day),
            "owed": owed,
            "owed_count": owed_count,
            "recent": recent_of(viewer, organisation),
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
