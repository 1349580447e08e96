"""Who comes to the door is not looked at: whatever could tell him apart is taken off before anything else sees it."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PREFIX = "/o/"
MOST = 128 * 1024  # bytes of one form as it is sent; the largest envelope holds 4,000 characters
# All that goes on of a request; what is not named here (cookie, address, agent, language, a proxy's notes) does not.
_KEPT = frozenset(
    {
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "CONTENT_TYPE",
        "CONTENT_LENGTH",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "HTTP_HOST",
        "HTTP_X_FORWARDED_PROTO",
    }
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


class DoorMiddleware:
    """First in line: a request to the door goes on without anything of its sender, sets no cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not f"{request.path_info}/".startswith(PREFIX):  # "/o" is sent on to "/o/"
            return self.get_response(request)
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if not length.isdecimal() or int(length) > MOST:
            return HttpResponse(
                "送来的内容太多，没有收下，票还没有用掉。请写短些再交。", status=413, headers=_HEADERS
            )
        for name in list(request.META):
            if name not in _KEPT and not name.startswith("wsgi."):
                del request.META[name]
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = (
                "这个地址不能直接打开，什么也没有交。请扫票上的二维码，或打开票上印的网址。".encode()
            )
        response.cookies.clear()
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response


class NothingOfTheDoor(logging.Filter):
    """On whatever keeps a log: Django would tell it of each refused request, and the log's keeper would add the moment. Only
    what is our own fault (500 and above) leaves a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is kept."""
        asked = getattr(record, "request", None)
        at_the_door = isinstance(asked, HttpRequest) and f"{asked.path_info}/".startswith(PREFIX)
        return not at_the_door or getattr(record, "status_code", 500) >= 500
