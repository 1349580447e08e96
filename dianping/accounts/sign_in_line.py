"""Sign-ins stand in a line of their own, before any of the places at which requests are worked on is taken.

Sixty-four wrong sign-ins at once would otherwise fill the line in which the door and everybody else stand: there each costs a
page and a hash. Here one of strangers and one of known browsers is worked on at a time, a few wait, and the rest are told so
at once, for next to nothing (decision 0042, `bench/sign_in.py`).
"""

from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from io import BytesIO
from threading import Lock
from typing import Any

from dianping.accounts.signing_in import DEVICE, is_mark
from dianping.common.queue import Places

PATH = "/sign-in/"
BODY_MOST = 16 << 10  # bytes; a name, a password and a token are less than one
WAITING = 8  # in each lane
TOO_MANY = "此刻登录的人多，密码没有核对，也没有计次。请过几秒再试。"
TOO_LONG = "送来的内容太多，没有收下。请只填登录名和密码。"

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class _Lane:
    """One at a time in the order of coming, so many behind."""

    def __init__(self, waiting: int) -> None:
        self._place, self._guard, self._inside, self._most = Places(1), Lock(), 0, waiting + 1

    def enter(self) -> bool:
        """Stand in it until it is one's turn; False at once where it is full."""
        with self._guard:
            if self._inside >= self._most:
                return False
            self._inside += 1
        self._place.__enter__()
        return True

    def leave(self) -> None:
        """Let the next one in."""
        self._place.__exit__()
        with self._guard:
            self._inside -= 1


class SignInLine:
    """Wraps a WSGI application. Sign-ins come in whole here: who sends slowly keeps nobody in the line waiting."""

    def __init__(self, application: Application, *, waiting: int = WAITING) -> None:
        self.application = application
        self._lanes = {True: _Lane(waiting), False: _Lane(waiting)}

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ.get("REQUEST_METHOD") != "POST" or environ.get("PATH_INFO") != PATH:
            return self.application(environ, start_response)
        told = str(environ.get("CONTENT_LENGTH") or "0")
        if not told.isdecimal() or int(told) > BODY_MOST:
            return _answer(start_response, "413 Content Too Large", TOO_LONG)
        body = environ["wsgi.input"].read(int(told))
        lane = self._lanes[_is_known(environ)]
        if not lane.enter():
            return _answer(start_response, "503 Service Unavailable", TOO_MANY)
        try:
            return list(self.application(environ | {"wsgi.input": BytesIO(body)}, start_response))
        finally:
            lane.leave()


def _is_known(environ: Environ) -> bool:
    """Whether the browser was given a mark at an earlier sign-in: whose it is, is looked at later."""
    try:
        mark = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(DEVICE)
    except CookieError:
        return False
    return mark is not None and is_mark(mark.value)


def _answer(start_response: Any, status: str, sentence: str) -> list[bytes]:
    head = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Retry-After", "5"),
    ]
    start_response(status, head)
    return [sentence.encode()]
