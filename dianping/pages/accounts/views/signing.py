"""Signing in and out, on a page of its own and over the page one writes on (decision 0058)."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from dianping.accounts.addresses import address_of
from dianping.accounts.hashing import Busy
from dianping.accounts.limits import MINUTES, TRIES, TRIES_OF_ADDRESS
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
from dianping.accounts.trying import TryOutcome
from dianping.accounts.viewer import Viewer
from dianping.common.clock import site_day, true_moment
from dianping.common.formkeys import unkeyed, used_among
from dianping.common.refusing import note_refusal, refuse_form
from dianping.common.room import room_left
from dianping.pages.accounts.forms import ChangePasswordForm, SignInForm

if TYPE_CHECKING:
    from django.contrib.auth.forms import AuthenticationForm

    from dianping.accounts.models import User

OVER = "X-Over-Page"  # a sign-in that comes from the dialog over a page wants sentences, not pages
MOST_KEYS = 40  # forms asked about at once
LEFT_FOR = 300  # seconds the page after a sign-out is known as such


@login_not_required
@never_cache
@require_safe
def here(request: HttpRequest) -> JsonResponse:
    """Who is signed in, as a page asks that has stood for a while: whose words it may send, with which token, which of its
    forms (?keys=) the server has taken in, and whether the disk has room. Nobody signed in: `keeper` is empty."""
    viewer = getattr(request, "viewer", None)
    told: dict[str, object] = {"keeper": "", "token": get_token(request), "room": room_left().is_enough}
    if viewer is not None:
        keys = [key[:60] for key in request.GET.get("keys", "").split(",") if key][:MOST_KEYS]
        told |= {
            "keeper": viewer.mark,
            "name": viewer.name,
            "must_change": must_change(viewer.user, viewer.day),
            "taken": used_among(actor=viewer.user.get_username(), keys=keys) if keys else [],
        }
    return JsonResponse(told)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="dianping.accounts.left")


def _has_left(request: HttpRequest) -> bool:
    """Whether this page is the answer to a sign-out, which alone has the browser forget what it kept."""
    try:
        return _signer().unsign(request.GET.get("left", ""), max_age=LEFT_FOR) == "left"
    except BadSignature:
        return False


@method_decorator(unkeyed("holds a password; signing in twice is signing in"), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """登录. One sentence for whatever is wrong; 429 where tries are used up, 503 where too many wait, both uncounted."""

    template_name = "pages/accounts/sign_in.html"
    authentication_form = SignInForm
    extra_context = {"minutes": MINUTES, "tries": TRIES}

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        """With whether somebody has just signed out here."""
        return super().get_context_data(**kwargs) | {"left": _has_left(self.request)}

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Whoever is signed in goes on to his desk; over a page another takes his place, as at the page's own sign-out."""
        self.redirect_authenticated_user = OVER not in request.headers
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form: "AuthenticationForm") -> HttpResponse:
        """The page again; over another page its sentences alone."""
        if OVER in self.request.headers:
            return _in_words("".join(str(one) for row in form.errors.values() for one in row), 422)
        return super().form_invalid(form)

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
        if outcome is TryOutcome.LOCKED:
            return _waiting(self.request, 429)
        if user is None:
            form.add_error(None, form.get_invalid_login_error())
            return self.form_invalid(form)
        if "pressed" in self.request.GET:
            messages.warning(self.request, "登录结束以后按下的那一下没有办，什么也没有写入。请看过再按一次。")
        over = OVER in self.request.headers
        response = HttpResponse(status=204) if over else HttpResponseRedirect(self.get_success_url())
        return signed_in(self.request, user, asked, response)


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
    if OVER in request.headers:
        locked = f"密码不对的次数太多，暂停登录。最多等 {MINUTES} 分钟再试；写的字都还在这一页。"
        response = _in_words(str(no) if no else locked, status)
    else:
        context = {"busy": no, "minutes": MINUTES, "tries": TRIES, "tries_of_address": TRIES_OF_ADDRESS}
        response = render(request, "pages/accounts/locked.html", context, status=status)
    response.headers["Retry-After"] = "5" if no else str(60 * MINUTES)
    return response


def _in_words(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


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
        if outcome is not TryOutcome.RIGHT:
            form.add_error(
                "old_password", f"现在的密码不对。请再输一次；连续 {TRIES} 次不对，{MINUTES} 分钟里不能改。"
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

    def get_success_url(self) -> str:
        """The sign-in page, which then has the browser forget what it kept of this person."""
        return f"{reverse('accounts:sign_in')}?left={_signer().sign('left')}"
