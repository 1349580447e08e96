from django.urls import path

from dianping.pages.workbench import views

app_name = "workbench"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("alive/", views.alive, name="alive"),
    path("switch/", views.switch, name="switch"),
]
