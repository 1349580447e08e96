"""The barest signed-in pages Django can give, beside which ours are measured: own urls, own stack, own templates.

`STACK` is what such a page cannot do without: a session, the account behind it, the Viewer. No context processor but the
request's, no messages, no policy, no frame. `/bare/page/` shows one heading; `/bare/duties/` and the like the same forty rows as
our list of that name, in as many columns, ordered and joined as ours. `/framed/` is an empty page of ours: the frame alone.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.backends.django import DjangoTemplates
from django.urls import include, path

from dianping.common import trees
from dianping.duties.models import Duty
from dianping.notices.models import Notice
from dianping.opinions.models import Poll
from dianping.rectification.models import Item
from dianping.reviews.models import Review

ROWS = 40
STACK = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dianping.accounts.middleware.ViewerMiddleware",
]
TEMPLATES = DjangoTemplates(
    {
        "NAME": "bare",
        "DIRS": [Path(__file__).parent],
        "APP_DIRS": False,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
)


def _below(request: HttpRequest) -> dict[str, str]:
    """The first subtree the viewer may read, as ours shows it."""
    first = request.viewer.read_paths[0]  # type: ignore[attr-defined]
    return {"path__gte": first, "path__lt": trees.after(first)}


def _duties(request: HttpRequest) -> QuerySet[Any]:
    found = Duty.objects.filter(**_below(request), done_on=None, lapsed_on=None)
    return found.select_related("organisation", "person", "window", "owed_by__organisation").order_by(
        "path", "pk"
    )


def _reviews(request: HttpRequest) -> QuerySet[Any]:
    found = Review.objects.filter(**_below(request), filed=True)
    return found.select_related("organisation", "person", "reviewer").order_by("-happened_on", "-pk")


def _items(request: HttpRequest) -> QuerySet[Any]:
    found = Item.objects.filter(**_below(request))
    return found.select_related("organisation", "person", "owner", "problem__review").order_by(
        "opened_on", "pk"
    )


def _notices(request: HttpRequest) -> QuerySet[Any]:
    return Notice.objects.annotate(sent=Count("receipts")).order_by("-entered_on", "-pk")


def _polls(request: HttpRequest) -> QuerySet[Any]:
    return Poll.objects.select_related("organisation").order_by("-pk")


# name: the rows of the bare list, and the address of ours
LISTS: dict[str, tuple[Callable[[HttpRequest], QuerySet[Any]], str]] = {
    "duties": (_duties, "/duties/?whose=below&view=items"),
    "reviews": (_reviews, "/reviews/"),
    "items": (_items, "/rectification/?state=all"),
    "notices": (_notices, "/notices/"),
    "polls": (_polls, "/opinions/"),
}


@login_required
def bare(request: HttpRequest, name: str) -> HttpResponse:
    """One bare page."""
    rows = LISTS[name][0](request)[:ROWS] if name in LISTS else ()
    return HttpResponse(TEMPLATES.get_template(f"bare/{name}.html").render({"rows": rows}, request))


def framed(request: HttpRequest) -> HttpResponse:
    """An empty page of ours."""
    return render(request, "common/base.html")


urlpatterns = [
    path("bare/<str:name>/", bare),
    path("framed/", framed),
    path("", include("dianping.config.urls")),
]
