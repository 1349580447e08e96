"""Every page of the house, noun by noun; each noun names its own."""

from importlib import import_module

from django.urls import include, path

from dianping.pages.frame.typed import FORMS_AT

NOUNS = (
    "accounts",
    "workbench",
    "organisations",
    "coverage",
    "duties",
    "reviews",
    "signs",
    "audit",
    "draws",
    "occasions",
    "rectification",
    "polls",
    "ledgers",
    "bulletins",
    "notices",
    "programmes",
    "set_up",
)
urlpatterns = []
for noun in NOUNS:
    pages = import_module(f"dianping.pages.{noun}.urls")
    urlpatterns.append(path("", include(pages)))
    FORMS_AT |= getattr(pages, "GIVEN_BACK", {})
