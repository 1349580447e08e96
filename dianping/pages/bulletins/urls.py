from django.urls import path

from dianping.pages.bulletins import forms
from dianping.pages.bulletins.views import bulletins, cases
from dianping.pages.frame.typed import Forms

app_name = "bulletins"
urlpatterns = [
    path("reviews/<int:pk>/case/", cases.raise_one, name="case_new"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/step/", cases.step, name="case_step"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/new/", bulletins.new, name="bulletin_new"),
    path("bulletins/<int:pk>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/edit/", bulletins.edit, name="bulletin_edit"),
    path("bulletins/<int:pk>/step/", bulletins.step, name="bulletin_step"),
    path("bulletins/<int:pk>/letter/<str:kind>/", bulletins.letter, name="bulletin_letter"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "case_new": (forms.CaseForm,),
    "case_step": (forms.CaseStepForm,),
    "bulletin_new": (forms.NewBulletinForm,),
    "bulletin_edit": (forms.BulletinForm,),
    "bulletin_step": (forms.BulletinStepForm,),
}
