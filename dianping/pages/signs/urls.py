from django.urls import path

from dianping.pages.signs import views

app_name = "signs"
urlpatterns = [
    path("signs/", views.signs, name="signs"),
]
