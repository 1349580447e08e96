from django.urls import path

from dianping.pages.frame.typed import Forms
from dianping.pages.programmes import forms, views

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/criteria/", views.criteria, name="criteria_new"),
    path("programmes/criteria/<int:pk>/end/", views.criteria_end, name="criteria_end"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {"criteria_new": (forms.CriteriaForm,)}
