"""When something goes wrong it is written down where, and nothing of what was sent."""

import io
import logging
import sys
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.auth.decorators import login_not_required
from django.core import mail
from django.core.exceptions import DisallowedHost, SuspiciousFileOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.module_loading import import_string
from django.views.debug import ExceptionReporter, get_exception_reporter_class

SECRET = "ZZ-half-a-key-ZZ"
LOGGING = site.LOGGING


@login_not_required
def broken(request: HttpRequest) -> Any:
    """Everything an exception may carry: its own words, a cause, a note, variables."""
    mine = request.POST.get("unit_key", SECRET)
    try:
        int(mine)
    except ValueError as no:
        no.add_note(mine)
        raise LookupError(f"no such key: {mine}") from no


@login_not_required
def suspicious(request: HttpRequest) -> Any:
    raise SuspiciousFileOperation(f"path {SECRET}")


urlpatterns = [path("broken/", broken), path("suspicious/", suspicious)]
handler400 = handler500 = lambda request, *no: HttpResponse(status=500)


@pytest.fixture
def lines() -> Any:
    """What the site's own handler writes."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    name = LOGGING["handlers"]["console"]["formatter"]
    handler.setFormatter(import_string(LOGGING["formatters"][name]["()"])())
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


def caught(request: HttpRequest) -> Any:
    try:
        broken(request)
    except LookupError:
        return sys.exc_info()


def a_request() -> HttpRequest:
    sent = {"unit_key": SECRET, "file": SimpleUploadedFile(SECRET, SECRET.encode())}
    request = RequestFactory().post(
        f"/broken/?code={SECRET}", sent, HTTP_USER_AGENT=SECRET, HTTP_REFERER=SECRET
    )
    request.COOKIES["sessionid"] = SECRET
    return request


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("form", ["get_traceback_text", "get_traceback_html"])
def test_an_error_report_says_where_and_nothing_that_was_sent(settings, form: str, debug: bool) -> None:
    settings.DEBUG = debug
    request = a_request()
    told = getattr(get_exception_reporter_class(request)(request, *caught(request)), form)()
    assert "LookupError" in told
    assert "test_reporting.py" in told
    assert SECRET not in told
    settings.DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
    assert SECRET in getattr(ExceptionReporter(request, *caught(request)), form)()  # the control


@pytest.mark.urls("tests.common.test_reporting")
@pytest.mark.parametrize("address", ["/broken/", "/suspicious/"])
def test_a_log_line_says_where_and_nothing_that_was_sent(client, lines: Any, address: str) -> None:
    client.raise_request_exception = False
    client.post(address, {"unit_key": SECRET})
    told = lines.getvalue()
    assert "（不记）" in told
    assert SECRET not in told
    assert ("test_reporting.py" in told) or address == "/suspicious/"


@pytest.mark.urls("tests.common.test_reporting")
def test_nothing_is_mailed_even_where_somebody_set_a_reader(settings) -> None:
    settings.ADMINS = [("管理员", "admin@example.cn")]
    answer = Client(raise_request_exception=False).post("/broken/", {"unit_key": SECRET})
    assert answer.status_code == 500
    assert mail.outbox == []


def test_a_foreign_host_is_not_quoted(lines: Any) -> None:
    logging.getLogger("django.security.DisallowedHost").error("Invalid HTTP_HOST header: %r", SECRET)
    try:
        raise DisallowedHost(SECRET)
    except DisallowedHost:
        logging.getLogger("dianping").exception("it failed")
    assert SECRET not in lines.getvalue()
    assert "DisallowedHost" in lines.getvalue()


def test_without_it_a_traceback_would_quote_what_was_sent() -> None:
    """The control: the standard library's own formatter does."""
    request = a_request()
    assert SECRET in logging.Formatter().formatException(caught(request))
    name = LOGGING["handlers"]["console"]["formatter"]
    assert SECRET not in import_string(LOGGING["formatters"][name]["()"])().formatException(caught(request))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"/{SECRET}", "Not Found: （不记）"),
        (f"/opinions/{SECRET}/", "Not Found: （不记）"),
        (f"/ledgers/2011Q1/{SECRET}/", "/ledgers/<str:period>/<str:form>/"),
        ("/opinions/12/open/", "/opinions/12/open/"),
    ],
)
def test_what_was_typed_as_an_address_is_not_logged(address: str, told: str, lines: io.StringIO) -> None:
    """A code typed behind the host's name, where the slip says /o/: the line would tell when that slip was used."""
    request = RequestFactory().get(address)
    logging.getLogger("django.request").warning("Not Found: %s", request.path, extra={"request": request})
    assert told in lines.getvalue()
    assert SECRET not in lines.getvalue()


def test_what_another_handler_wrote_of_an_exception_is_not_taken_over() -> None:
    """Python keeps the text the first formatter made and gives it to the next."""
    try:
        raise LookupError(SECRET)
    except LookupError:
        record = logging.LogRecord("a", logging.ERROR, "", 1, "failed", (), sys.exc_info())
    assert SECRET in logging.Formatter().format(record), "the other handler's"
    ours = import_string(LOGGING["formatters"]["nothing sent"]["()"])()
    assert SECRET not in ours.format(record)
