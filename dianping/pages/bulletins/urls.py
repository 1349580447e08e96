from django.urls import path

from dianping.pages.bulletins.views import bulletins, cases

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
