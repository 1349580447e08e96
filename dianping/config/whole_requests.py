"""Requests are worked on when all of them is here.

A sender with a weak signal, or one who is slow on purpose, takes a thread that waits, never one that works: however many
wait, so many others are answered.
"""

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

from dianping.common.queue import Places
from dianping.door.middleware import MOST as DOOR_MOST
from dianping.door.middleware import PREFIX

AT_ONCE = 8  # requests worked on; more would only wait for one another
BODY_MOST = 64 << 20  # bytes; of what is longer nothing is read here, and refused further in
IN_MEMORY = 256 << 10  # bytes; a form from the door never touches the disk
PIECE = 64 << 10

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class WholeRequests:
    """Wraps a WSGI application: the body is received first, then one of so many workers takes the request."""

    def __init__(self, application: Application, *, at_once: int = AT_ONCE) -> None:
        self.application, self._working = application, Places(at_once)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        length = _length(environ)
        most = DOOR_MOST if environ.get("PATH_INFO", "").startswith(PREFIX) else BODY_MOST
        if not 0 < length <= most:
            return self._worked_on(environ, start_response)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            if not _received(environ["wsgi.input"], body, length):
                start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
                return ["没有收完，什么也没有收下。请再试一次。".encode()]
            body.seek(0)
            return self._worked_on(environ | {"wsgi.input": body}, start_response)

    def _worked_on(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        with self._working:
            return self.application(environ, start_response)


def _length(environ: Environ) -> int:
    told = environ.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0


def _received(source: Any, body: Any, length: int) -> bool:
    """Whether all of it came: half a form must not pass for a whole one."""
    while length:
        piece = source.read(min(length, PIECE))
        if not piece:
            return False
        body.write(piece)
        length -= len(piece)
    return True
