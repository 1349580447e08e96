"""What is told is true: no green line for what was not done, and no answer without words."""

from collections.abc import Callable

from django.contrib.messages import constants, get_messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dianping.common.refusing import carry_refusal
from dianping.common.room import lacking
from dianping.door.middleware import PREFIX
from dianping.pages.frame.errors import no_room, not_so, sign_in_for, signed_out
from dianping.pages.frame.typed import typed_in


class TellingMiddleware:
    """Stands between the messages and the acts: sees each answer after its transaction ended, before its messages are kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if f"{request.path_info}/".startswith(PREFIX):
            return self.get_response(request)
        sentence = lacking(_coming(request)) if _brings_files(request) else ""
        if sentence:
            return no_room(request, sentence)
        response = self.get_response(request)
        if response.status_code >= 400:
            _take_back_success(request)
        elif request.method == "POST":
            request.was_answered = True  # type: ignore[attr-defined]
        return carry_refusal(request, _in_words(request, response))


def _brings_files(request: HttpRequest) -> bool:
    return request.method == "POST" and str(request.META.get("CONTENT_TYPE", "")).startswith("multipart/")


def _coming(request: HttpRequest) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isdecimal() else 0


def _take_back_success(request: HttpRequest) -> None:
    """What was said to be done in this request was not; what earlier ones said stays."""
    told = get_messages(request)
    queued = getattr(told, "_queued_messages", None)
    if queued:
        told._queued_messages = [message for message in queued if message.level != constants.SUCCESS]  # type: ignore[union-attr]


def _in_words(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Our own page for an answer that comes without one: 405, and a form sent after one's sign-in ended."""
    if response.status_code == 405:
        page = not_so(request)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page
    turned_away = (
        response.status_code == 302 and request.method == "POST" and not request.user.is_authenticated
    )
    to_sign_in = response.headers.get("Location", "").partition("?")[0] == reverse("accounts:sign_in")
    if turned_away and to_sign_in and request.path != reverse("accounts:sign_out"):
        if typed_in(request) or "HX-Request" in request.headers:
            return signed_out(request)
        response.headers["Location"] = sign_in_for(request, pressed=True)
    return response
