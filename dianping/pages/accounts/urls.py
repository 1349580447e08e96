from django.urls import path

from dianping.pages.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("password/", views.ChangePassword.as_view(), name="password"),
    path("here/", views.here, name="here"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
]
