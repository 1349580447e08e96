"""What one sees when there is nothing to see: the same page for what does not exist and what is not one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dianping.accounts.viewer import Viewer
from dianping.common.clock import site_day


def _with_viewer(request: HttpRequest) -> None:
    """What failed before any view was chosen has no viewer yet; the page's frame wants one."""
    if hasattr(request, "user") and request.user.is_authenticated and not hasattr(request, "viewer"):
        request.viewer = Viewer(request.user, site_day())  # type: ignore[attr-defined]


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read; nothing is written."""
    _with_viewer(request)
    return render(request, "common/400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    _with_viewer(request)
    return render(request, "common/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: nothing was half-written, every act is one transaction."""
    return render(request, "common/500.html", status=500)
