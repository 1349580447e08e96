"""How long a connection may take: for its head, for its body, between two requests, for taking its answer."""

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from waitress.adjustments import Adjustments

from dianping.config.server import receiving
from dianping.config.server.receiving import (
    BODY_SECONDS,
    CROWDED,
    HEAD_SECONDS,
    IDLE_SECONDS,
    SLOWEST,
    Channel,
)


@pytest.fixture
def channel() -> Iterator[Callable[[bytes], Channel]]:
    """A connection that has sent so much; its requests, when whole, are counted as answered at once."""
    pairs = []

    def made(data: bytes) -> Channel:
        near, far = socket.socketpair()
        pairs.extend((near, far))
        server: Any = SimpleNamespace(
            active_channels={}, add_task=lambda channel: channel.requests.clear(), held=Counter(), newest=None
        )
        found = Channel(server, near, ("127.0.0.1", 1), Adjustments(), map={})
        if data:
            found.received(data)
        return found

    yield made
    for one in pairs:
        one.close()


def head(length: int) -> bytes:
    return f"POST /o/send/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()


PATIENCE = {
    "nothing yet": (b"", HEAD_SECONDS),
    "half a head": (b"GET / HTTP/1.1\r\nHo", HEAD_SECONDS),
    "a head": (head(1000), BODY_SECONDS),
    "part of a body": (head(100_000) + b"x" * 64_000, BODY_SECONDS + 64_000 / SLOWEST),
    "answered": (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", IDLE_SECONDS),
    "answered, and the next begun": (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET", HEAD_SECONDS),
}


@pytest.mark.parametrize("state", PATIENCE)
def test_each_stage_has_its_time(state: str, channel: Callable[[bytes], Channel]) -> None:
    data, allowed = PATIENCE[state]
    one = channel(data)
    assert not one.too_slow(one.began + allowed - 0.01, crowded=False)
    assert one.too_slow(one.began + allowed + 0.01, crowded=False)
    assert one.too_slow(one.began + allowed / CROWDED + 0.01, crowded=True), "less when there are many"


def test_a_drip_does_not_prolong_a_head(channel: Callable[[bytes], Channel]) -> None:
    one = channel(b"GET / HT")
    began = one.began
    for drop in b"TP/1.1\r\nHost: local":
        one.received(bytes([drop]))
    assert one.began == began
    assert one.too_slow(began + HEAD_SECONDS + 0.01, crowded=False)


def test_whoever_is_worked_on_is_not_hurried(channel: Callable[[bytes], Channel]) -> None:
    one = channel(b"")
    one.requests = [object()]
    assert not one.too_slow(one.began + 3600, crowded=True)


def test_who_takes_nothing_of_his_answer_is_let_go(channel: Callable[[bytes], Channel]) -> None:
    one = channel(b"")
    one.total_outbufs_len = 10
    assert not one.too_slow(one.began + 3600, crowded=False), "his answer has only begun to wait"
    assert one.too_slow(one.began + receiving.READING_SECONDS + 1, crowded=False)
