from django.urls import path

from dianping.door import views

app_name = "door"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("send/", views.send, name="send"),
    path("who/", views.who, name="who"),
    path("stub/", views.stub, name="stub"),
]
