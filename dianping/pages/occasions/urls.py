from django.urls import path

from dianping.pages.frame.typed import Forms
from dianping.pages.occasions import forms, hearings, views

app_name = "occasions"
urlpatterns = [
    path("occasions/", views.occasions, name="occasions"),
    path("occasions/plan/", views.plan, name="occasion_new"),
    path("hearings/<int:duty_pk>/", hearings.hearing, name="hearing"),
    path("occasions/<int:pk>/", views.occasion, name="occasion"),
    path("occasions/<int:pk>/attend/", views.attend, name="attend"),
    path("occasions/<int:pk>/found/", hearings.found, name="occasion_found"),
    path("hearings/heard/<int:row_pk>/", hearings.heard, name="heard"),
    path("hearings/reviews/<int:window_pk>/", hearings.reviews_there, name="hearing_reviews"),
    path("occasions/<int:pk>/turns/", views.turns, name="turns"),
    path("occasions/<int:pk>/go/", views.go, name="occasion_go"),
    path("occasions/<int:pk>/sheet/", views.sheet, name="occasion_sheet"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "occasion_new": (forms.OccasionForm,),
    "hearing": (forms.HearingForm,),
    "occasion_found": (forms.FoundForm,),
    "attend": (forms.AttendanceForm,),
}
