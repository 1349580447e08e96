"""工作台: everything that waits for one's act, what others owe, what came back."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.accounts.waiting import Desk
from dianping.acts.waiting import bands_of
from dianping.common.formkeys import new_form_key, unkeyed
from dianping.duties.selectors import members_of_seats, owed_below
from dianping.duties.selectors.waiting import stands_in
from dianping.pages.frame.scope import KEY, NobodyYet, current_organisation, own_organisation
from dianping.pages.workbench.shown import notes_for, rolls_of

REVIEWERS = 8  # shown beside the bands


def workbench(request: ViewerRequest) -> HttpResponse:
    """Three bands of sentences, one act each."""
    viewer = request.viewer
    try:
        organisation = current_organisation(request)
    except NobodyYet:
        if not viewer.is_site_clerk:
            raise
        return redirect("set_up:set_up")
    desk = Desk(viewer, organisation)
    bands = bands_of(desk)
    owed = owed_below(organisation, posts=viewer.post_ids, office=stands_in(desk), day=viewer.day)
    branches = [
        post.pk for post in viewer.posts if post.organisation.is_branch
    ]  # where there are members to review
    recent, handed = notes_for(viewer, organisation)
    return render(
        request,
        "pages/workbench/workbench.html",
        {
            "organisation": organisation,
            "bands": bands,
            "on_behalf": stands_in(desk),
            "main": next(
                (line for band in bands for line in band.lines if line.page and not line.in_place), None
            ),
            "rolls": rolls_of(members_of_seats(branches, day=viewer.day), viewer.day),
            "handovers": handed,
            "owed": owed,
            "reviewers": owed.reviewers[:REVIEWERS],
            "more": len(owed.reviewers[REVIEWERS:]),
            "recent": recent,
            "form_key": new_form_key(),
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
