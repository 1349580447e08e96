"""Sign-ins have a line of their own: however many come, the places of everybody else stay free."""

from collections.abc import Iterable
from io import BytesIO
from threading import Event, Thread
from typing import Any

import pytest
from django.test import Client

from dianping.accounts.sign_in_line import BODY_MOST, SignInLine
from dianping.accounts.signing_in import DEVICE
from tests.factories import PASSWORD, Cast


class Site:
    """An application that works on a sign-in until it is let go."""

    def __init__(self) -> None:
        self.go, self.came, self.bodies = Event(), list[str](), list[bytes]()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.came.append(environ["PATH_INFO"])
        self.bodies.append(environ["wsgi.input"].read())
        if environ["PATH_INFO"] == "/sign-in/":
            self.go.wait(20)
        start_response("200 OK", [])
        return [b"done"]


def ask(
    line: SignInLine, path: str = "/sign-in/", method: str = "POST", cookie: str = "", body: bytes = b"a=b"
) -> str:
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
        "HTTP_COOKIE": cookie,
    }  # fmt: skip
    list(line(environ, lambda told, _: status.append(told)))
    return status[0][:3]


def in_threads(line: SignInLine, many: int, **more: Any) -> tuple[list[Thread], list[str]]:
    told: list[str] = []
    threads = [Thread(target=lambda: told.append(ask(line, **more))) for _ in range(many)]
    for thread in threads:
        thread.start()
    return threads, told


def settle(told: list[str], many: int) -> None:
    """Wait until so many have been answered."""
    for _ in range(1000):
        if len(told) >= many:
            return
        Event().wait(0.01)
    pytest.fail(f"only {len(told)} answered")


def test_one_is_worked_on_some_wait_the_rest_are_told_at_once() -> None:
    site = Site()
    line = SignInLine(site, waiting=3)
    threads, told = in_threads(line, 10)
    settle(told, 6)
    assert told == ["503"] * 6
    assert site.came == ["/sign-in/"]
    site.go.set()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["200"] * 4 + ["503"] * 6
    assert ask(line) == "200"  # nothing is left in the line


def test_nobody_else_stands_in_it() -> None:
    site = Site()
    line = SignInLine(site, waiting=0)
    threads, _ = in_threads(line, 1)
    for path, method in (("/o/send/", "POST"), ("/sign-in/", "GET"), ("/", "GET"), ("/password/", "POST")):
        if path != "/sign-in/":
            assert ask(line, path, method) == "200"
    site.go.set()
    threads[0].join()


def test_a_browser_that_signed_in_before_has_a_lane_of_its_own(cast: Cast) -> None:
    browser = Client()
    browser.post("/sign-in/", {"username": "ning", "password": PASSWORD})
    mark, site = browser.cookies[DEVICE].value, Site()
    line = SignInLine(site, waiting=0)
    threads, told = in_threads(line, 1)
    for _ in range(100):
        if site.came:
            break
        Event().wait(0.01)
    assert ask(line) == "503"
    assert ask(line, cookie=f"{DEVICE}={mark[:-2]}") == "503"  # forged
    more, _ = in_threads(line, 1, cookie=f"other=1; {DEVICE}={mark}")
    for _ in range(100):
        if len(site.came) == 2:
            break
        Event().wait(0.01)
    assert len(site.came) == 2
    site.go.set()
    for thread in (*threads, *more):
        thread.join()
    assert told == ["200"]


def test_a_sign_in_comes_in_whole_and_a_long_one_not_at_all() -> None:
    site = Site()
    site.go.set()
    line = SignInLine(site)
    assert ask(line, body=b"username=ning") == "200"
    assert site.bodies == [b"username=ning"]
    assert ask(line, body=b"x" * (BODY_MOST + 1)) == "413"
    assert len(site.bodies) == 1


def test_a_fault_leaves_the_line_free() -> None:
    def broken(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        raise ZeroDivisionError

    line = SignInLine(broken, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            ask(line)


def test_the_site_is_served_with_it() -> None:
    from dianping.config.wsgi import application

    assert isinstance(application, SignInLine)
