"""Every page of the house, noun by noun; each noun names its own."""

from django.urls import include, path

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
urlpatterns = [path("", include(f"dianping.pages.{noun}.urls")) for noun in NOUNS]
