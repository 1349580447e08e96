"""What is written down when something goes wrong: where in the code, never what was sent.

A traceback's last line quotes the value it stumbled over, a database's complaint quotes the row, Django's report lists the
form, its security log repeats what was wrong with a request, and its log of what was not found repeats what somebody typed
as an address. Any of them can be a password, a key of a box or a slip.
"""

import logging
import re
import traceback
from collections.abc import ItemsView
from types import FrameType
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

if TYPE_CHECKING:
    from logging import _SysExcInfoType

HIDDEN = "（不记）"
OPEN_META = frozenset(
    {"REQUEST_METHOD", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "CONTENT_TYPE", "CONTENT_LENGTH"}
)


# A number in a route, and its name: pk of <int:pk>.
_NUMBERED = re.compile(r"<int:(\w+)>")


def address_told(request: HttpRequest) -> str:
    """The address as a log may keep it: one of the site's own, with its numbers; none of the words that were typed in it."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return HIDDEN
    return "/" + _NUMBERED.sub(lambda number: str(match.kwargs[number[1]]), match.route)


class NothingSent(SafeExceptionReporterFilter):
    """For Django's error reports (mailed, or shown): the place in the code, and nothing of the request or of variables."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, whatever DEBUG says."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, object]:
        """The names of the fields."""
        return dict.fromkeys(request.POST, HIDDEN) if request is not None else {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, str]:
        """The names of the variables."""
        return dict.fromkeys(tb_frame.f_locals, HIDDEN).items()

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, object]:
        """The names of the cookies."""
        return dict.fromkeys(request.COOKIES, HIDDEN)

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, object]:
        """What says which page was asked for; no header, no address, nothing of the environment."""
        return {name: value for name, value in request.META.items() if name in OPEN_META}

    def get_safe_settings(self) -> dict[str, object]:
        """None."""
        return {}


class NothingSentReporter(ExceptionReporter):
    """Django's report without what its own filter does not reach: the query, the files, the words of the exception."""

    def get_traceback_data(self) -> dict[str, Any]:
        """As Django's, with those left out."""
        shown: dict[str, Any] = super().get_traceback_data()
        for name in (
            "filtered_POST_items",
            "request_GET_items",
            "request_FILES_items",
            "request_COOKIES_items",
        ):
            shown[name] = [(field, HIDDEN) for field, _ in shown.get(name) or ()]
        shown |= {
            "exception_value": HIDDEN,
            "request_insecure_uri": HIDDEN,
            "user_str": HIDDEN,
            "unicode_hint": "",
            "postmortem": None,
            "exception_notes": "",
        }
        for frame in shown.get("frames", ()):
            frame |= {"exc_cause": HIDDEN if frame.get("exc_cause") else None}
        return shown


class NothingSentFormatter(logging.Formatter):
    """For every log line: a traceback without the words of the exception, a security warning without the request's, an
    address without what was typed in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        # Nothing of what another handler's formatter wrote of the exception.
        told: dict[str, object] = {"exc_text": None}
        asked = getattr(record, "request", None)
        if record.name.startswith("django.security.") and record.name != "django.security.csrf":
            told |= {"msg": f"{record.name}{HIDDEN}", "args": ()}
        elif isinstance(asked, HttpRequest) and isinstance(record.args, tuple):
            told["args"] = tuple(
                address_told(asked) if argument == asked.path else argument for argument in record.args
            )
        record = logging.makeLogRecord(record.__dict__ | told)
        return super().format(record)

    def formatException(self, ei: "_SysExcInfoType") -> str:  # noqa: N802 - logging's own name
        """The places in the code and the kinds of the exceptions, the first cause first."""
        return "\n".join(_told(ei[1])) if ei and ei[1] is not None else ""


def _told(fault: BaseException) -> list[str]:
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    lines = _told(before) if before is not None else []
    places = "".join(traceback.format_tb(fault.__traceback__)).rstrip()
    kind = type(fault)
    return [*lines, places, f"{kind.__module__}.{kind.__qualname__}{HIDDEN}"]
