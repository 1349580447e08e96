from django.urls import path

from dianping.pages.frame.typed import Forms
from dianping.pages.set_up import forms, views

app_name = "set_up"
urlpatterns = [
    path("set-up/", views.set_up, name="set_up"),
    path("set-up/roster/", views.roster, name="roster"),
    path("set-up/roster/<int:pk>/undo/", views.undo, name="roster_undo"),
    path("set-up/programme/", views.programme, name="programme"),
    path("set-up/duties/", views.open_all, name="open_all"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "open_all": (forms.DayForm,),
}
