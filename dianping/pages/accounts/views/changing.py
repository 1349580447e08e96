"""What is done with one account: another slip, closed or opened again, a role given or ended."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.accounts.rights import may_keep_account
from dianping.accounts.selectors import accounts_seen
from dianping.accounts.services import end_role, grant_role, renew_slip, set_open
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form, tell_refusal
from dianping.pages.accounts.forms import RoleForm
from dianping.pages.accounts.shown import places_to_keep, roles_to_give
from dianping.pages.accounts.views.keeping import account_page
from dianping.pages.accounts.views.opening import paper_of, printing_of
from dianping.pages.frame.scope import own_organisation

if TYPE_CHECKING:
    from dianping.accounts.models import User


def _kept(request: ViewerRequest, pk: int) -> "User":
    """The account, where it is the viewer's to keep; 404 otherwise."""
    viewer = request.viewer
    seen = accounts_seen(viewer.office_paths, day=viewer.day, whole=viewer.is_site_clerk)
    found = seen.filter(pk=pk).first() if viewer.office_paths else None
    if found is None or not may_keep_account(viewer.actor, found, viewer.day):
        raise Http404
    return found


@require_POST
def renew(request: ViewerRequest, pk: int) -> HttpResponse:
    """重发启用票: the answer is the paper, shown once."""
    found = _kept(request, pk)
    try:
        issued = renew_slip(user=found, printing=printing_of(request), actor=request.viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("accounts:account", pk=pk)
    return paper_of(issued, f"启用票-{found.name}.pdf")


@require_POST
def close(request: ViewerRequest, pk: int) -> HttpResponse:
    """停用 or, with `open`, 重新启用."""
    found, is_open = _kept(request, pk), request.POST.get("open") == "1"
    try:
        set_open(user=found, is_open=is_open, day=request.viewer.day, actor=request.viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
    else:
        told = (
            "已重新启用。" if is_open else "已停用：各处的登录都已结束，没有用的启用票作废；办过的事都还在。"
        )
        messages.success(request, f"{found}{told}")
    return redirect("accounts:account", pk=pk)


@require_POST
def role(request: ViewerRequest, pk: int) -> HttpResponse:
    """Give a role, or, with `end`, end it from today on."""
    found, viewer = _kept(request, pk), request.viewer
    form = RoleForm(request.POST, roles=roles_to_give(viewer), places=places_to_keep(viewer))
    if not form.is_valid():
        return account_page(request, pk, form, 422)
    place = own_organisation(request, form.cleaned_data["organisation"])
    given: dict[str, Any] = {
        "user": found,
        "role": form.cleaned_data["role"],
        "organisation": place,
        "actor": viewer.actor,
    }
    try:
        if request.POST.get("end") == "1":
            end_role(**given, on=viewer.day)
        else:
            grant_role(**given, since=viewer.day)
    except Refusal as no:
        refuse_form(request, form, no)
        return account_page(request, pk, form, 422)
    messages.success(
        request, "角色已收回，各处的登录都已结束。" if request.POST.get("end") == "1" else "角色已给。"
    )
    return redirect("accounts:account", pk=pk)
