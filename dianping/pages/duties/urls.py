from django.urls import path

from dianping.pages.duties.views import duties, handovers

app_name = "duties"
urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/hand-in/", duties.hand_in, name="hand_in"),
    path("duties/hand-over/", handovers.hand_over_page, name="hand_over"),
    path("duties/handed-over/", handovers.handovers, name="handovers"),
]
