from django.urls import path

from dianping.pages.coverage import views

app_name = "coverage"
urlpatterns = [
    path("coverage/", views.coverage, name="coverage"),
]
