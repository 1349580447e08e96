"""Every url demands sign-in or is marked public; whoever is signed in looks as a Viewer of the site's day."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from dianping.accounts.viewer import Viewer
from dianping.common.clock import site_day


class ViewerMiddleware(LoginRequiredMiddleware):
    """Adds `request.viewer` for signed-in users; Django's own middleware turns the others away."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        turned_away = super().process_view(request, view_func, view_args, view_kwargs)
        if turned_away is None and request.user.is_authenticated:
            request.viewer = SimpleLazyObject(lambda: Viewer(request.user, site_day()))  # type: ignore[attr-defined,arg-type]
        return turned_away
