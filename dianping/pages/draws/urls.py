from django.urls import path

from dianping.pages.draws import views
from dianping.pages.frame.typed import Forms

app_name = "draws"
urlpatterns = [
    path("draws/", views.draws, name="draws"),
    path("draws/call/", views.call, name="draw_new"),
    path("draws/<int:pk>/", views.draw, name="draw"),
    path("draws/<int:pk>/<str:what>/", views.step, name="draw_step"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "draw_new": (),
}
