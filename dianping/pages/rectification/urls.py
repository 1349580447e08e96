from django.urls import path

from dianping.pages.frame.typed import Forms
from dianping.pages.rectification.forms import asking as asked
from dianping.pages.rectification.forms import items as entered
from dianping.pages.rectification.views import admonitions, asking, enclosing, items, reports

app_name = "rectification"
urlpatterns = [
    path("rectification/", items.items, name="items"),
    path("rectification/ask/", asking.ask, name="ask_masses"),
    path("rectification/<int:pk>/", items.item, name="item"),
    path("rectification/<int:pk>/step/", items.step, name="step"),
    path("rectification/<int:pk>/extend/", items.extend, name="extend"),
    path("rectification/<int:pk>/extension/<int:extension_pk>/", items.extension, name="answer_extension"),
    path("rectification/<int:pk>/file/<int:file_pk>/", items.evidence, name="evidence"),
    path("enclosures/<str:kind>/<int:pk>/", enclosing.put, name="enclose"),
    path("enclosures/<str:kind>/<int:pk>/<int:file_pk>/", enclosing.enclosure, name="enclosure"),
    path("rectification/report/<int:duty_pk>/", reports.report, name="report"),
    path("rectification/report/<int:duty_pk>/read/", reports.report_read, name="report_read"),
    path("rectification/admonitions/", admonitions.admonitions, name="admonitions"),
    path("rectification/admonitions/enter/", admonitions.admonish, name="admonish"),
    path("rectification/admonitions/<int:pk>/", admonitions.admonition, name="admonition"),
    path("rectification/admonitions/<int:pk>/settle/", admonitions.settle, name="settle"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "step": (entered.StepForm,),
    "extend": (entered.ExtendForm,),
    "answer_extension": (entered.AnswerExtensionForm,),
    "report": (entered.ReportForm,),
    "admonish": (entered.AdmonitionForm,),
    "settle": (entered.OutcomeForm,),
    "ask_masses": (asked.AskForm,),
}
