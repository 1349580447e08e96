"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from dianping.accounts.addresses import address_of
from dianping.accounts.forms import SignInForm
from dianping.accounts.hashing import Busy
from dianping.accounts.signing_in import (
    DEVICE,
    DEVICE_FOR,
    SignInTry,
    device_after,
    note_sign_in,
    try_sign_in,
)
from dianping.accounts.trying import Outcome
from dianping.accounts.viewer import Viewer
from dianping.common import audit
from dianping.common.audit import Actor
from dianping.common.clock import site_day, true_moment


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """登录. One sentence for whatever is wrong; 429 where tries are used up, 503 where too many wait, both uncounted."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Look at the password; nothing of the form goes anywhere else."""
        asked = SignInTry(
            username=form.cleaned_data["username"],
            address=address_of(self.request),
            device=self.request.COOKIES.get(DEVICE, ""),
            moment=true_moment(),
        )
        try:
            outcome, user = try_sign_in(asked, form.cleaned_data["password"])
        except Busy as no:
            return _waiting(self.request, 503, no)
        if outcome is Outcome.LOCKED:
            return _waiting(self.request, 429)
        if user is None:
            form.add_error(None, form.get_invalid_login_error())
            return self.form_invalid(form)
        login(self.request, user)
        note_sign_in(user=user, asked=asked, actor=Viewer(user, site_day()).actor)
        response = HttpResponseRedirect(self.get_success_url())
        response.set_cookie(
            DEVICE,
            device_after(asked, user),
            max_age=DEVICE_FOR,
            path=self.request.path,  # to no other page, and to the door least of all
            secure=settings.HTTPS,
            httponly=True,
            samesite="Strict",
        )
        return response


def _waiting(request: HttpRequest, status: int, no: Busy | None = None) -> HttpResponse:
    """The same words for a known and an unknown name."""
    response = render(request, "accounts/locked.html", {"busy": no}, status=status)
    response.headers["Retry-After"] = "5" if no else "900"
    return response


class ChangePassword(PasswordChangeView):
    """改密码. The new one is checked against the rules of GB/T 22239-2019 身份鉴别 as Django's validators hold them."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:password")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Say that it was done; the audit entry stands in the same transaction."""
        with transaction.atomic():
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
