from django.urls import path

from dianping.pages.set_up import views

app_name = "set_up"
urlpatterns = [
    path("set-up/", views.set_up, name="set_up"),
    path("set-up/roster/", views.roster, name="roster"),
    path("set-up/programme/", views.programme, name="programme"),
    path("set-up/duties/", views.open_all, name="open_all"),
]
