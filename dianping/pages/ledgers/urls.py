from django.urls import path

from dianping.pages.ledgers import sheets, views

app_name = "ledgers"
urlpatterns = [
    path("people/<int:pk>/sheet/", sheets.person_sheet, name="person_sheet"),
    path("reviews/<int:pk>/sheet/", sheets.review_sheet, name="review_sheet"),
    path("ledgers/", views.ledgers, name="ledgers"),
    path("ledgers/<str:period>/statistics/behind/<str:measure>/<str:level>/", views.behind, name="behind"),
    path("ledgers/<str:period>/<str:form>/", views.ledger, name="ledger"),
    path("ledgers/<str:period>/<str:form>/file/<str:kind>/", views.ledger_file, name="ledger_file"),
]
