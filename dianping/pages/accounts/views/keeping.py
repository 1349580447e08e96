"""账号: the list of those a clerk keeps, and one of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dianping.accounts.limits import MINUTES
from dianping.accounts.requests import ViewerRequest
from dianping.accounts.rights import may_keep_account, may_see_accounts
from dianping.accounts.selectors import (
    STATES,
    accounts_found,
    accounts_seen,
    lines_of,
    never_activated,
    newest_slip,
)
from dianping.common.clock import true_moment
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.opinions.selectors import keys_left_behind
from dianping.pages.accounts.forms import RoleForm
from dianping.pages.accounts.shown import grants_shown, places_to_keep, roles_to_give
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import begun, own_organisation

ROLES = (
    ("", "所有的角色"),
    ("seat", "书记、班子成员"),
    ("clerk", "党务干事"),
    ("superior", "上级办公室"),
    ("auditor", "查阅人"),
)
ACCOUNTS = Listing(
    title="账号",
    columns=(
        ListColumn("姓名", lambda x: x.user.name, 12),
        ListColumn("登录名", lambda x: x.user.username, 16),
        ListColumn("职务和角色", lambda x: "\n".join(x.roles) or "没有职务，也没有角色", 40),
        ListColumn("状态", lambda x: x.word, 12),
        ListColumn("启用票有效至", lambda x: x.slip.until if x.slip else "", 12),
    ),
    people=("name", "username"),
    states=(("", "所有的状态"), *STATES.items()),
)


@require_safe
def accounts(request: ViewerRequest) -> HttpResponse:
    """Accounts that have to do with what the viewer keeps: by name, first letters, organisation, role and state."""
    viewer = request.viewer
    begun(request)
    if not may_see_accounts(viewer.actor):
        raise Http404
    narrow = asked_of(request, ACCOUNTS, "q", "role")
    narrow.boxed, asked = ("organisation", "role"), narrow.kept
    if narrow.state not in ("", *STATES) or asked["role"] not in dict(ROLES):
        raise Http404
    place = own_organisation(request, asked["organisation"]) if asked["organisation"] else None
    moment = true_moment()
    seen = accounts_seen(viewer.office_paths, day=viewer.day, whole=viewer.is_site_clerk)
    found = accounts_found(
        seen,
        text=asked["q"],
        place=place,
        role=asked["role"],
        state=narrow.state,
        day=viewer.day,
        moment=moment,
    )
    found = narrow.narrowed(found, paths=viewer.office_paths, today=viewer.day).order_by("username")
    if wants_workbook(request):
        narrow.own = (
            f"账号“{asked['q']}”" if asked["q"] else "",
            dict(ROLES[1:]).get(asked["role"], ""),
        )
        return workbook(
            request,
            narrow,
            found,
            lambda some: lines_of(some, day=viewer.day, moment=moment),
            scope=f"{place.name}有职务或角色的账号" if place else f"{viewer.name}管理的账号",
            organisation=place,
        )
    page = page_of(found, keys=("username",), asked=narrow.given)
    context = {
        "page": page,
        "lines": lines_of(page.rows, day=viewer.day, moment=moment),
        "asked": asked,
        "run_out": 0 if narrow.state == "expired" else never_activated(seen, day=viewer.day),
        "list": narrow,
        "narrowed": narrow.any or any(asked[key] for key in ("q", "organisation", "role")),
        "roles": ROLES,
        "places": viewer.organisations,
        "place": place,
    }
    return render(request, "pages/accounts/accounts.html", context)


@require_safe
def account(request: ViewerRequest, pk: int) -> HttpResponse:
    """One account: how it stands, what it may, and what can be done with it."""
    return account_page(request, pk)


def account_page(
    request: ViewerRequest, pk: int, form: RoleForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of one account; with a form that was not taken."""
    viewer = request.viewer
    if not may_see_accounts(viewer.actor):
        raise Http404
    seen = accounts_seen(viewer.office_paths, day=viewer.day, whole=viewer.is_site_clerk)
    found = seen.filter(pk=pk).first()
    if found is None:
        raise Http404
    [line] = lines_of([found], day=viewer.day, moment=true_moment())
    kept = may_keep_account(viewer.actor, found, viewer.day)
    roles, places = roles_to_give(viewer), places_to_keep(viewer)
    context = {
        "account": found,
        "line": line,
        "own": viewer.actor.is_account(found.username),
        "kept": kept,
        "grants": grants_shown(found, viewer, kept=kept),
        "keys": keys_left_behind(found.username, day=viewer.day),
        "form": form or RoleForm(roles=roles, places=places),
        "form_key": new_form_key(),
        "minutes": MINUTES,
        "seen": newest_slip(viewer.actor.name),
    }
    return render(request, "pages/accounts/account.html", context, status=status)
