from django.urls import path

from dianping.pages.ledgers import views

app_name = "ledgers"
urlpatterns = [
    path("ledgers/", views.ledgers, name="ledgers"),
    path("ledgers/<str:period>/statistics/behind/<str:measure>/<str:level>/", views.behind, name="behind"),
    path("ledgers/<str:period>/<str:form>/", views.ledger, name="ledger"),
    path("ledgers/<str:period>/<str:form>/file/<str:kind>/", views.ledger_file, name="ledger_file"),
]
