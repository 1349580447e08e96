"""看一看: signs for the office that somebody should look. No points, no ranks; nothing here changes what counts."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dianping.accounts.requests import ViewerRequest
from dianping.base.windows import parse_period
from dianping.pages.frame.periods import periods_around
from dianping.pages.frame.scope import asked_day, current_organisation
from dianping.pages.signs.shown import signs_of
from dianping.reviews.rights import may_look_for_signs


def signs(request: ViewerRequest) -> HttpResponse:
    """What honest work seldom shows, in one period, below one organisation; for its office, the superior's, and whoever audits."""
    organisation, viewer = current_organisation(request), request.viewer
    if not may_look_for_signs(viewer.actor, organisation):
        raise Http404
    periods = periods_around(asked_day(request))
    asked = request.GET.get("period", "") or periods[0][0]
    try:
        window = parse_period(asked)
    except ValueError as no:
        raise Http404 from no
    context = {
        "organisation": organisation,
        "periods": periods,
        "asked": asked,
        "window": window,
        "seen": signs_of(organisation, window, day=viewer.day),
    }
    return render(request, "pages/signs/signs.html", context)
