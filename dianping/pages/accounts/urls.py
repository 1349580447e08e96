from django.urls import path

from dianping.pages.accounts.views import activating, changing, keeping, opening, signing

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing.SignIn.as_view(), name="sign_in"),
    path("password/", signing.ChangePassword.as_view(), name="password"),
    path("here/", signing.here, name="here"),
    path("sign-out/", signing.SignOut.as_view(), name="sign_out"),
    path("activate/", activating.activate, name="activate"),
    path("accounts/", keeping.accounts, name="accounts"),
    path("accounts/slips/", opening.account_slips, name="account_slips"),
    path("accounts/open/", opening.account_new, name="account_new"),
    path("accounts/open/<int:pk>/", opening.account_of_person, name="account_of_person"),
    path("accounts/<int:pk>/", keeping.account, name="account"),
    path("accounts/<int:pk>/renew/", changing.renew, name="account_renew"),
    path("accounts/<int:pk>/close/", changing.close, name="account_close"),
    path("accounts/<int:pk>/role/", changing.role, name="account_role"),
]
