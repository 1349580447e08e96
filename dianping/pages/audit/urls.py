from django.urls import path

from dianping.pages.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.chain, name="chain"),
    path("audit/file/", views.chain_file, name="chain_file"),
]
