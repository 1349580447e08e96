"""What one sees when there is nothing to see, or when it could not be done: always a sentence, never a bare number.

A page for what does not exist is the same as for what is not one's own. What a database or a disk cannot do is told as such
(503), whichever part of the site met it and whatever that part made of it; these pages ask the database for nothing.
"""

import logging
import sys
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from dianping.accounts.viewer import Viewer
from dianping.common.clock import site_day
from dianping.common.faults import FULL, Fault, fault_in
from dianping.common.formkeys import NoFormKey, new_form_key
from dianping.common.keeping import DamagedFile
from dianping.common.refusing import HEAD, note_refusal
from dianping.common.reporting import address_told
from dianping.door.middleware import PREFIX
from dianping.pages.frame.context import PLACE_OF, WILL
from dianping.pages.frame.scope import NobodyYet, NoPlace
from dianping.pages.frame.typed import holds_files, own_host, typed_in

logger = logging.getLogger(__name__)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
AGAIN_IN = "10"  # seconds, for whatever asks by itself
_BARE = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>没有办成</title>'
    '<h1>{heading}</h1><p>{advice}</p><p><a href="/">回工作台</a></p></html>'
)


def _with_viewer(request: HttpRequest) -> None:
    """What failed before any view was chosen has no viewer yet; the page's frame wants one."""
    if hasattr(request, "user") and request.user.is_authenticated and not hasattr(request, "viewer"):
        request.viewer = Viewer(request.user, site_day())  # type: ignore[attr-defined]


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read, or came without its form's key; nothing is written. Too much of it is 413, a sign-in
    that ended meanwhile 403."""
    fault = fault_in(exception)
    if fault is not None:
        return not_now(request, fault)
    if isinstance(exception, TOO_MUCH):
        return too_much(request)
    if isinstance(exception, NoFormKey):
        return keyless(request)
    if isinstance(exception, SessionInterrupted):
        return _framed(
            request,
            "403",
            403,
            {"reason": "登录已经在另一处结束，这件事可能没有办成。请重新登录，看过再办。"},
        )
    if isinstance(exception, DisallowedHost):
        return _framed(request, "400", 400, {"host": request.META.get("HTTP_HOST", "")[:100]})
    return _framed(request, "400", 400)


def will_stand_at(request: HttpRequest) -> str:
    """What the page asked for will show once there is a roster, by its place in the menu."""
    noun = request.resolver_match.app_name if request.resolver_match else ""
    return WILL.get(PLACE_OF.get(noun, noun), WILL["organisations"])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; on a site without a roster a page, that says what will stand here and the one thing to do, and for whoever holds
    nothing any more one that says so."""
    fault = fault_in(exception)
    if isinstance(exception, NobodyYet):
        begins = request.viewer.is_site_clerk  # type: ignore[attr-defined]
        more = {
            "now": "请先导入名册。" if begins else "请等管全站的党务干事导入名册。",
            "begin_url": reverse("set_up:set_up") if begins else "",
            "will": will_stand_at(request),
        }
        return render(request, "pages/frame/nobody_yet.html", more)
    if isinstance(exception, NoPlace):
        return render(request, "pages/frame/no_place.html", {})
    return not_now(request, fault) if fault else _framed(request, "404", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    fault = fault_in(exception)
    return not_now(request, fault) if fault else _framed(request, "403", 403)


def broken(request: HttpRequest) -> HttpResponse:
    """503 for what a database or a disk could not do, 500 for a fault of ours; nothing was half-written."""
    fault = fault_in(sys.exc_info()[1])
    if fault is not None:
        return not_now(request, fault)
    return _alone(
        "common/500.html",
        500,
        {},
        "系统出了差错，这件事没有办成",
        "刚才的内容没有写入。请返回上一页再试一次。",
    )


def not_now(request: HttpRequest, fault: Fault) -> HttpResponse:
    """503: which kind of failure, whether anything was written, and what was typed, to be sent again."""
    logger.error("%s %s: %s", request.method, _named(request), fault.code)
    request.refusal_code = fault.code  # type: ignore[attr-defined]
    return _told_with_words(
        request, 503, fault.heading, f"{_written(request)}{fault.advice}", code=fault.code
    )


def no_room(request: HttpRequest, sentence: str) -> HttpResponse:
    """503: a file that does not fit on the disk; nothing of it is read."""
    context = {"heading": "服务器的磁盘不够了", "advice": sentence, "code": FULL.code}
    page = _alone("common/503.html", 503, context, "", sentence)
    page.headers[HEAD] = FULL.code
    return page


def too_much(request: HttpRequest) -> HttpResponse:
    """413, where the text is too long or the fields too many; a body that is too large the server refuses by its head."""
    heading = "送来的内容太多，没有收下"
    advice = "一张表的文字或一次附的文件超出了限度，什么也没有写入。请返回上一页，写短些或把文件分几次交。"
    return _alone("common/413.html", 413, {"heading": heading, "advice": advice}, heading, advice)


def too_large(heading: str, advice: str, *, back: str = "") -> HttpResponse:
    """The page for a body that was not taken in; drawn without anything of the request but where it came from."""
    context = {"heading": heading, "advice": advice, "back": back}
    return _alone("common/413.html", 413, context, heading, advice)


def not_so(request: HttpRequest) -> HttpResponse:
    """405: an address that takes forms was opened, or the other way round."""
    return _framed(request, "405", 405)


def damaged(request: HttpRequest, no: DamagedFile) -> HttpResponse:
    """409: a file that is not what was kept is not given out."""
    return _framed(request, "damaged", 409, {"refusal": note_refusal(request, no)})


def signed_out(request: HttpRequest) -> HttpResponse:
    """403: somebody sent a form after his sign-in had ended; what he typed comes back."""
    return _told_with_words(
        request,
        403,
        "登录已经结束，这张表没有交上",
        "什么也没有写入。请先在新页登录，再回到这一页，把下面的内容再交一次。",
        sign_in=sign_in_for(request),
        ended=True,
    )


def sign_in_for(request: HttpRequest, *, pressed: bool = False) -> str:
    """The sign-in page that leads back to the page a form was sent from, not to an address that only takes forms. `pressed`:
    what was pressed was not done, and is to be told there."""
    page = urlsplit(_back(request))
    back = f"{page.path}?{page.query}" if page.query else page.path
    asked = ({"next": back} if back else {}) | ({"pressed": "1"} if pressed else {})
    return f"{reverse('accounts:sign_in')}?{urlencode(asked)}" if asked else reverse("accounts:sign_in")


def keyless(request: HttpRequest) -> HttpResponse:
    """400: a form without the key its page gave it; what was typed comes back with a new one."""
    return _told_with_words(
        request,
        400,
        "这张表没有带编号，没有交上",
        "每打开一张表，页面给它一个编号，好让交两次也只办一次；送来的这一张没有。多半是页面没有完全打开，或者太旧了。"
        "什么也没有写入。请重新打开这张表，再填一次、再交。",
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is not this sign-in's: the page is older than the sign-in, or comes from elsewhere."""
    if request.path == reverse("accounts:sign_in"):
        return _told_with_words(
            request, 403, "登录页放得太久了", "没有登录。请重新打开登录页，再登录一次。", sign_in=request.path
        )
    user = getattr(request, "user", None)
    who = f"现在登录的是{user.name}。" if user is not None and user.is_authenticated else ""
    return _told_with_words(
        request,
        403,
        "这张表是登录以前打开的，没有交上",
        f"什么也没有写入。打开这一页以后又登录过，或者这张表不是本站的。{who}是本人的，可以在下面再交一次。",
    )


def _written(request: HttpRequest) -> str:
    """Whether anything was written, as far as can be said."""
    if request.method in ("GET", "HEAD"):
        return "这一页暂时打不开。"
    if getattr(request, "was_answered", False):  # it failed after the act, while the answer was on its way
        return "这件事可能已经办妥，只是回话没有送到；请先到记录里看一看，再决定要不要再交。"
    return "这件事没有办成，什么也没有写入。"


def _told_with_words(
    request: HttpRequest,
    status: int,
    heading: str,
    advice: str,
    sign_in: str = "",
    *,
    ended: bool = False,
    code: str = "",
) -> HttpResponse:
    context: dict[str, object] = {
        "heading": heading,
        "advice": advice,
        "status": status,
        "sign_in": sign_in,
        "ended": ended,
        "code": code,
    }
    if not _at_the_door(request):
        typed = typed_in(request)
        context |= {
            "typed": typed,
            "words": [field for field in typed if field.label],
            "form_key": (request.POST.get("form_key") or new_form_key()) if typed else "",
            "csrf_token": get_token(request) if typed else "",
            "to": request.get_full_path(),
            "with_files": bool(typed) and holds_files(request),
            "back": _back(request),
        }
    return _alone("common/503.html", status, context, heading, advice)


def _at_the_door(request: HttpRequest) -> bool:
    return f"{request.path_info}/".startswith(PREFIX)


def _named(request: HttpRequest) -> str:
    """The address as a log may keep it: at the door none."""
    return PREFIX if _at_the_door(request) else address_told(request)


def _back(request: HttpRequest) -> str:
    """The page of this site one came from, else none."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {own_host(request)})
    return page if ours else ""


def _framed(
    request: HttpRequest, name: str, status: int, more: dict[str, object] | None = None
) -> HttpResponse:
    """A page in the site's frame; its messages are left for the next page. Without a database: the same without a frame."""
    try:
        _with_viewer(request)
        return render(request, f"common/{name}.html", {"messages": (), **(more or {})}, status=status)
    except Exception as error:
        fault = fault_in(error)
        if fault is None:
            raise
        return not_now(request, fault)


def _alone(
    template: str, status: int, context: Mapping[str, object], heading: str, advice: str
) -> HttpResponse:
    """A page without a frame, which needs neither session nor database; if even that cannot be drawn, its bare words."""
    try:
        text = str(render_to_string(template, context))
    except Exception:
        logger.exception("the page %s could not be drawn", template)
        text = _BARE.format(heading=heading, advice=advice)
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": AGAIN_IN} if status == 503 else {})
    return HttpResponse(text, status=status, headers=headers)
