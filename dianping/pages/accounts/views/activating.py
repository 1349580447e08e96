"""启用: the owner of an account comes with his slip and gives it its first password; then he is signed in."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from dianping.accounts import services
from dianping.accounts.activation import TooManyCodes, WrongSlip, done, try_slip
from dianping.accounts.addresses import address_of
from dianping.accounts.hashing import Busy
from dianping.accounts.limits import MINUTES
from dianping.accounts.passwords import faults_of, rules_told
from dianping.accounts.signing_in import DEVICE, SignInTry
from dianping.common.clock import site_day, true_moment
from dianping.common.formkeys import unkeyed
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal
from dianping.pages.accounts.forms import FirstPasswordForm
from dianping.pages.accounts.views.signing import signed_in

if TYPE_CHECKING:
    from dianping.accounts.models import ActivationSlip


@unkeyed("holds a code and a password; a slip is used once")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def activate(request: HttpRequest) -> HttpResponse:
    """Type or scan the code; then choose the password. Looking at a slip uses nothing."""
    if request.method != "POST":
        return _closed_to_others(render(request, "pages/accounts/activate.html"))
    code, address, moment = request.POST.get("code", "")[:60], address_of(request), true_moment()
    try:
        slip = try_slip(code, address=address, today=site_day(), moment=moment)
    except Refusal as no:
        return _refused(request, no)
    if "new_password1" not in request.POST:
        return _asked(request, slip, code, FirstPasswordForm())
    form = FirstPasswordForm(request.POST)
    if form.is_valid():
        password = form.cleaned_data["new_password1"]
        if faults := faults_of(password, slip.user):
            form.add_error("new_password1", faults)
        else:
            return _activated(request, slip, code, form, password)
    return _asked(request, slip, code, form)


@sensitive_variables()
def _activated(
    request: HttpRequest, slip: "ActivationSlip", code: str, form: FirstPasswordForm, password: str
) -> HttpResponse:
    try:
        user = services.activate(slip=slip, password=password, today=site_day())
    except Busy as no:
        form.add_error(None, str(note_refusal(request, no)))
        return _asked(request, slip, code, form, no)
    except Refusal as no:
        return _refused(request, no)
    address = address_of(request)
    done(address)
    asked = SignInTry(
        username=user.username,
        address=address,
        device=request.COOKIES.get(DEVICE, ""),
        moment=true_moment(),
    )
    messages.success(request, f"账号已启用。以后用登录名 {user.username} 和刚才定的密码登录。")
    return signed_in(request, user, asked, HttpResponseRedirect(resolve_url("workbench:workbench")))


@sensitive_variables()
def _asked(
    request: HttpRequest,
    slip: "ActivationSlip",
    code: str,
    form: FirstPasswordForm,
    no: Refusal | None = None,
) -> HttpResponse:
    context = {"form": form, "code": code, "account": slip.user, "rules": rules_told(), "no": no}
    status = 503 if no else 422 if form.errors else 200
    return _closed_to_others(render(request, "pages/accounts/first_password.html", context, status=status))


def _refused(request: HttpRequest, no: Refusal) -> HttpResponse:
    """Why not. The code is typed again: it does not come back."""
    note_refusal(request, no)
    status = 429 if isinstance(no, TooManyCodes) else 422 if isinstance(no, WrongSlip) else 409
    response = render(request, "pages/accounts/activate.html", {"refusal": no}, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(60 * MINUTES)
    return _closed_to_others(response)


def _closed_to_others(response: HttpResponse) -> HttpResponse:
    """No search engine lists it. (A policy without any referrer would have the form sent with no origin, and refused.)"""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
