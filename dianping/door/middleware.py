"""Who comes to the door is not looked at: whatever could tell him apart is taken off before anything else sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PREFIX = "/o/"
_TELLING = frozenset(
    {
        "HTTP_COOKIE",
        "REMOTE_ADDR",
        "REMOTE_HOST",
        "REMOTE_PORT",
        "HTTP_USER_AGENT",
        "HTTP_REFERER",
        "HTTP_FORWARDED",
        "HTTP_VIA",
        "HTTP_FROM",
        "HTTP_AUTHORIZATION",
        "HTTP_ACCEPT_LANGUAGE",
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
    """First in line: a request to the door goes on without cookie, address, agent or language, and sets no cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        for name in list(request.META):
            if name in _TELLING or name.startswith(("HTTP_X_", "HTTP_SEC_", "HTTP_CF_")):
                del request.META[name]
        response = self.get_response(request)
        response.cookies.clear()
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response
