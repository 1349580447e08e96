"""A NUL byte belongs to no word anybody types; PostgreSQL stores none. Whoever sends one is answered before it counts."""

from collections.abc import Callable, Iterable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

NUL = "\x00"


class NoNulMiddleware:
    """404 for an address with a NUL byte, 400 for a form with one; nothing is written either way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path or _holds_nul(request.GET.lists()):
            raise Http404
        if request.method == "POST" and _holds_nul(request.POST.lists()):
            raise BadRequest
        return self.get_response(request)


def _holds_nul(fields: Iterable[tuple[str, list[str]]]) -> bool:
    return any(NUL in text for name, values in fields for text in (name, *values))
