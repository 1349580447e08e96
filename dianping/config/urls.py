"""The root of all urls."""

from django.urls import include, path

urlpatterns = [
    path("o/", include("dianping.door.urls")),
    path("", include("dianping.pages.urls")),
]
handler400 = "dianping.pages.frame.errors.unreadable"
handler403 = "dianping.pages.frame.errors.forbidden"
handler404 = "dianping.pages.frame.errors.not_found"
handler500 = "dianping.pages.frame.errors.broken"
