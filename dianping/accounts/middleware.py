"""Every url demands sign-in or is marked public; whoever is signed in looks as a Viewer of the site's day.

A session ends by itself: twelve hours after the sign-in, and when nothing came from it for half an hour, a quarter for whoever
holds an office's role. A password given by somebody else opens nothing but the page where it is changed.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from dianping.accounts import sessions
from dianping.accounts.passwords import must_change
from dianping.accounts.viewer import Viewer
from dianping.common.clock import site_day, true_moment

WITH_A_GIVEN_PASSWORD = frozenset({"accounts:password", "accounts:sign_out"})


class SessionTimesMiddleware:
    """Ends what has lasted long enough and notes, once a minute, that somebody is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if sessions.is_of_somebody(request.session):
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        session, now = request.session, true_moment()
        if sessions.SEEN not in session or sessions.ENDS not in session:
            sessions.begin(session, now)
            return
        idle = sessions.idle_for(session, now)
        if idle > sessions.IDLE_OF_OFFICES and idle > _longest(request):
            logout(request)
            return
        if idle >= sessions.SEEN_EVERY:
            session[sessions.SEEN] = now.timestamp()


def _longest(request: HttpRequest) -> timedelta:
    """How long this user may do nothing: whoever holds a role given to an office less long than others."""
    if not request.user.is_authenticated:
        return sessions.IDLE
    return sessions.IDLE_OF_OFFICES if _viewer(request, site_day()).grants else sessions.IDLE


def _viewer(request: HttpRequest, day: date) -> Viewer:
    """Who asks: with the grants that came with the account, where it was found by its session."""
    user = request.user
    assert user.is_authenticated
    return Viewer(user, day, getattr(user, "grants_found", None))


class ViewerMiddleware(LoginRequiredMiddleware):
    """Adds `request.viewer` for signed-in users; Django's own middleware turns the others away."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        turned_away = super().process_view(request, view_func, view_args, view_kwargs)
        if turned_away is None and request.user.is_authenticated:
            day = site_day()
            request.viewer = _viewer(request, day)  # type: ignore[attr-defined]
            match = request.resolver_match
            if (
                getattr(view_func, "login_required", True)
                and must_change(request.user, day)
                and (match is None or match.view_name not in WITH_A_GIVEN_PASSWORD)
            ):
                return HttpResponseRedirect(reverse("accounts:password"))
        return turned_away
