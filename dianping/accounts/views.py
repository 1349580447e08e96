"""Signing in and out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from dianping.accounts.forms import SignInForm
from dianping.common import audit
from dianping.common.acts import acting
from dianping.common.audit import Actor


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """登录."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class ChangePassword(PasswordChangeView):
    """改密码. The new one is checked against the rules of GB/T 22239-2019 身份鉴别 as Django's validators hold them."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:password")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Say that it was done; the audit entry stands in the same transaction."""
        with acting():
            response = super().form_valid(form)
            audit.record(
                actor=Actor(self.request.user.get_username()),
                act="更改密码",
                about=f"user:{self.request.user.pk}",
            )
        messages.success(self.request, "密码已更改。下次登录请用新密码。")
        return response


class SignOut(LogoutView):
    """退出."""
