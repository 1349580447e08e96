from django.urls import path

from dianping.pages.organisations import keeping, views

app_name = "organisations"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("seats/", views.seats, name="seats"),
    path("organisations/", views.organisation, name="organisation"),
    path("organisations/keep/", keeping.organisation_keep, name="organisation_keep"),
    path("people/<int:pk>/keep/", keeping.person_keep, name="person_keep"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/file/", views.person_file, name="person_file"),
]
