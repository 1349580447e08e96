"""Signing in and out."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from dianping.accounts.addresses import address_of
from dianping.accounts.hashing import Busy
from dianping.accounts.limits import MINUTES
from dianping.accounts.passwords import faults_of, must_change, rules_told
from dianping.accounts.services import change_password
from dianping.accounts.sessions import begin
from dianping.accounts.signing_in import (
    DEVICE,
    DEVICE_FOR,
    SignInTry,
    device_after,
    note_sign_in,
    note_sign_out,
    try_own_password,
    try_sign_in,
)
from dianping.accounts.trying import Outcome
from dianping.accounts.viewer import Viewer
from dianping.common.clock import site_day, true_moment
from dianping.common.formkeys import unkeyed
from dianping.common.refusing import note_refusal, refuse_form
from dianping.pages.accounts.forms import ChangePasswordForm, SignInForm

if TYPE_CHECKING:
    from django.contrib.auth.forms import AuthenticationForm

    from dianping.accounts.models import User


@method_decorator(unkeyed("holds a password; signing in twice is signing in"), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """登录. One sentence for whatever is wrong; 429 where tries are used up, 503 where too many wait, both uncounted."""

    template_name = "pages/accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    extra_context = {"minutes": MINUTES}

    def form_valid(self, form: "AuthenticationForm") -> HttpResponse:
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
        return signed_in(self.request, user, asked, HttpResponseRedirect(self.get_success_url()))


def signed_in(request: HttpRequest, user: "User", asked: SignInTry, response: HttpResponse) -> HttpResponse:
    """Begin the session of somebody whose password was right just now, and have his browser known the next time."""
    login(request, user)
    begin(request.session, asked.moment)
    note_sign_in(user=user, asked=asked, actor=Viewer(user, site_day()).actor)
    response.set_cookie(
        DEVICE,
        device_after(asked, user),
        max_age=DEVICE_FOR,
        path=reverse("accounts:sign_in"),  # to no other page, and to the door least of all
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return response


def _waiting(request: HttpRequest, status: int, no: Busy | None = None) -> HttpResponse:
    """The same words for a known and an unknown name."""
    if no is not None:
        note_refusal(request, no)
    response = render(request, "pages/accounts/locked.html", {"busy": no, "minutes": MINUTES}, status=status)
    response.headers["Retry-After"] = "5" if no else str(60 * MINUTES)
    return response


@method_decorator(unkeyed("holds passwords; the present one is right once"), name="dispatch")
class ChangePassword(FormView):  # type: ignore[type-arg]  # it takes none while it runs
    """改密码. A wrong present password counts and locks like one at the sign-in page; of the new one every fault is told.

    With a password that somebody else has given this is the only page there is.
    """

    template_name = "pages/accounts/password.html"
    form_class = ChangePasswordForm

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        """With the rules in force, and whether the password must be changed first."""
        forced = must_change(self.request.user, site_day())  # type: ignore[arg-type]
        return super().get_context_data(**kwargs) | {"rules": rules_told(), "forced": forced}

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        """First the present password, then the new one, then the change."""
        user: Any = self.request.user
        data, forced = form.cleaned_data, must_change(user, site_day())
        try:
            outcome = try_own_password(user, data["old_password"], address_of(self.request), true_moment())
        except Busy as no:
            refuse_form(self.request, form, no)
            return self.form_invalid(form)
        if outcome is not Outcome.RIGHT:
            form.add_error(
                "old_password", f"现在的密码不对。请再输一次；连续 5 次不对，{MINUTES} 分钟里不能改。"
            )
            return self.form_invalid(form)
        if faults := faults_of(data["new_password1"], user):
            form.add_error("new_password1", faults)
            return self.form_invalid(form)
        actor = Viewer(user, site_day()).actor
        change_password(user=user, password=data["new_password1"], day=site_day(), actor=actor)
        update_session_auth_hash(self.request, user)
        messages.success(self.request, "密码已更改。别处的登录都已结束；下次登录请用新密码。")
        return redirect(settings.LOGIN_REDIRECT_URL if forced else "accounts:password")


@method_decorator(unkeyed("holds nothing; who is out is out"), name="dispatch")
class SignOut(LogoutView):
    """退出."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """End the session, and say so in the audit chain."""
        note_sign_out(actor=Viewer(request.user, site_day()).actor, user=request.user)  # type: ignore[arg-type]
        return super().post(request, *args, **kwargs)
