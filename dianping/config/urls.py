"""The root of all urls."""

from django.urls import include, path

urlpatterns = [
    path("o/", include("dianping.door.urls")),
    path("", include("dianping.accounts.urls")),
    path("", include("dianping.desk.urls")),
]
handler400 = "dianping.desk.errors.unreadable"
handler403 = "dianping.desk.errors.forbidden"
handler404 = "dianping.desk.errors.not_found"
handler500 = "dianping.desk.errors.broken"
