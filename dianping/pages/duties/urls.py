from django.urls import path

from dianping.pages.duties import forms
from dianping.pages.duties.views import duties, handovers
from dianping.pages.frame.typed import Forms

app_name = "duties"
urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/hand-in/", duties.hand_in, name="hand_in"),
    path("duties/hand-over/", handovers.hand_over_page, name="hand_over"),
    path("duties/handed-over/", handovers.handovers, name="handovers"),
    path("duties/handed-over/<int:pk>/end/", handovers.handover_end, name="handover_end"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "hand_in": (forms.PaperForm,),
}
