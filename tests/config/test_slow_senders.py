"""Whoever is slow keeps nobody waiting, and whatever is too much is refused before it is kept: on a site being served."""

import http.client
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import override_settings

from dianping.accounts.sessions import new_session_key
from tests.config.site import Site

MANY = int(os.environ.get("DIANPING_TEST_SENDERS", "40"))
LOOKED_AT = ("/alive/", "/o/", "/sign-in/")


@pytest.fixture(scope="module")
def site(founded_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all of them."""
    import shutil

    found = Site(Path(shutil.copytree(founded_once, tmp_path_factory.mktemp("slow") / "site"))).start()
    yield found
    found.end()


def sent(site: Site, data: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", site.port), timeout=20)
    line.sendall(data)
    return line


def head(path: str, length: int | str, more: str = "") -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{more}Content-Length: {length}\r\n\r\n".encode()


def answer(line: socket.socket) -> bytes:
    found = b""
    while piece := line.recv(4096):
        found += piece
    return found


SLOW = {
    "no byte at all": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: local",
    "a small body, begun": head("/sign-in/", 1000) + b"x",
    "a form for the door, begun": head("/o/send/", 100_000) + b"x" * 1000,
    "an upload, begun": b"",
}


def beginning(kind: str, site: Site) -> bytes:
    """The upload is sent with a session as this site gives them: a made-up one is refused by its head."""
    if kind != "an upload, begun":
        return SLOW[kind]
    return head("/offline/", 20 << 20, cookie(site)) + b"x" * 300_000


def cookie(site: Site) -> str:
    with override_settings(SECRET_KEY=(site.home / "keys" / "session").read_text()):
        return f"Cookie: sessionid={new_session_key()}\r\n"


@pytest.mark.parametrize("kind", SLOW)
def test_slow_senders_cost_no_worker(kind: str, site: Site) -> None:
    with ExitStack() as open_lines:
        for _ in range(MANY):
            open_lines.enter_context(sent(site, beginning(kind, site)))
        for path in LOOKED_AT:
            for _ in range(4):
                assert site.get(path)[0] == 200


TOO_MUCH = {
    "/sign-in/": 20_000,
    "/o/send/": 200_000,
    "/duties/": 10,
    "/set-up/roster/": 10,
    "/offline/": 10,
    "/no/such/page/": 200 << 20,
}


@pytest.mark.parametrize("path", TOO_MUCH)
def test_too_much_is_refused_by_its_head_alone(path: str, site: Site) -> None:
    with sent(site, head(path, TOO_MUCH[path])) as line:
        said = answer(line)
    assert said.startswith(b"HTTP/1.1 413")
    assert "没有收下" in said.decode()


def test_what_is_sent_all_the_same_is_thrown_away(site: Site) -> None:
    """The sentence still comes through, and the disk keeps nothing of it."""
    for path, more in (("/sign-in/", ""), ("/offline/", cookie(site)), ("/o/send/", ""), ("/", "")):
        before = _space(site.home)
        with sent(site, head(path, 60 << 20, more)) as line:
            piece, whole = b"x" * (1 << 20), 0
            try:
                while whole < 8 << 20:
                    whole += line.send(piece)
            except OSError:
                pass
            said = line.recv(4096)
        assert said.startswith(b"HTTP/1.1 413"), said
        assert before - _space(site.home) < 1 << 20 or before == 0


def _space(home: Path) -> int:
    """Bytes in the data folder and the temporary files the site holds open."""
    return -sum(path.stat().st_size for path in home.rglob("*") if path.is_file() and "-wal" not in path.name)


def test_the_length_is_told_first(site: Site) -> None:
    chunked = (
        b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
    )
    with sent(site, chunked) as line:
        assert answer(line).startswith(b"HTTP/1.1 411")


def test_nobody_is_asked_to_go_on_with_what_will_be_refused(site: Site) -> None:
    with sent(site, head("/sign-in/", 20 << 20, "Expect: 100-continue\r\n")) as line:
        assert answer(line).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "nonsense",
    [b"\r\n\r\n\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", b"G\x00T / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00" * 9,
     head("/sign-in/", "5, 6"), head("/sign-in/", -1), b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n"],
)  # fmt: skip
def test_nonsense_is_answered_or_dropped_and_the_site_goes_on(nonsense: bytes, site: Site) -> None:
    with sent(site, nonsense) as line:
        line.shutdown(socket.SHUT_WR)
        assert b" 500 " not in answer(line)[:20]
    assert site.get()[0] == 200


def test_half_a_request_is_no_request(site: Site) -> None:
    """A body cut short reaches nobody."""
    with sent(site, head("/sign-in/", 100) + b"username=clerk") as line:
        line.shutdown(socket.SHUT_WR)
        assert answer(line) == b""


def test_a_whole_request_that_comes_in_pieces_is_answered(site: Site) -> None:
    body = b"code=abc"
    with sent(site, b"") as line:
        for piece in head("/o/", len(body)) + body, b"":
            for at in range(0, len(piece), 7):
                line.sendall(piece[at : at + 7])
                time.sleep(0.001)
        assert line.recv(4096).startswith(b"HTTP/1.1 ")


def test_only_the_proxy_named_is_believed(home: Path, served: Callable[..., Site]) -> None:
    """A page redirects to where it was asked at: https only when the proxy that is named says so."""
    site = served(home, DIANPING_HTTPS="1").start()
    line = http.client.HTTPConnection("127.0.0.1", site.port)
    for headers, secure in (
        ({"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}, True),
        ({}, False),
    ):
        line.request("GET", "/sign-in/", headers={"Host": "localhost"} | headers)
        answered = line.getresponse()
        answered.read()
        assert answered.status == 200
        assert (answered.getheader("Strict-Transport-Security") is not None) == secure
