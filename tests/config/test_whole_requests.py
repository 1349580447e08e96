"""Slow senders wait by themselves; half a request is no request."""

import io
from threading import Event, Thread
from typing import Any

from dianping.config.whole_requests import IN_MEMORY, WholeRequests
from dianping.door.middleware import MOST


class Slow(io.RawIOBase):
    """A body of which nothing comes until it is let go."""

    def __init__(self, let_go: Event) -> None:
        self.let_go = let_go

    def read(self, size: int = -1) -> bytes:
        self.let_go.wait(30)
        return b"x" * size


def asked(body: bytes, *, length: int | None = None, path: str = "/") -> dict[str, Any]:
    return {
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body) if length is None else length),
        "wsgi.input": io.BytesIO(body),
    }


def read_all(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [])
    return [environ["wsgi.input"].read()]


def test_whoever_sends_slowly_keeps_nobody_else_waiting() -> None:
    site, let_go, done = WholeRequests(read_all, at_once=1), Event(), []
    slow = [
        Thread(target=lambda: done.append(site(asked(b"", length=3) | {"wsgi.input": Slow(let_go)}, note)))
        for _ in range(5)
    ]
    for thread in slow:
        thread.start()
    assert site(asked(b"whole"), note) == [b"whole"]
    assert done == []
    let_go.set()
    for thread in slow:
        thread.join()
    assert done == [[b"xxx"]] * 5


def note(status: str, headers: list[tuple[str, str]]) -> None:
    """What a server would send first."""


def test_half_a_request_is_refused() -> None:
    told: list[str] = []
    answer = WholeRequests(read_all)(asked(b"code=1&q-1", length=40), lambda status, _: told.append(status))
    assert told == ["400 Bad Request"]
    assert "什么也没有收下" in b"".join(answer).decode()


def test_too_much_for_the_door_is_not_read_at_all() -> None:
    environ = asked(b"x" * (MOST + 1), path="/o/send/")

    def untouched(environ: dict[str, Any], start: Any) -> list[bytes]:
        return [str(environ["wsgi.input"].tell()).encode()]

    assert WholeRequests(untouched)(environ, note) == [b"0"]
    assert MOST < IN_MEMORY, "a form from the door never touches the disk"


def test_a_request_without_a_body_goes_on() -> None:
    for length in ("", "none", "-1"):
        assert WholeRequests(read_all)(asked(b"") | {"CONTENT_LENGTH": length}, note) == [b""]
