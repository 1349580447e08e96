"""Whoever reads slowly, or opens very many connections, loses them; the others go on."""

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest

from dianping.config.server.receiving import CROWDED, READING_SECONDS, SLOWEST, Channel, sender_of
from dianping.config.server.worker import Server, adjustments


@pytest.fixture
def server() -> Iterator[Any]:
    """A server on a port of its own that nobody speaks to, with room for eighty."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        adj = adjustments(listening)
        adj.connection_limit = 80
        found = SimpleNamespace(active_channels={}, adj=adj, held=Counter(), newest=None)
        yield found


def channel(server: Any, lines: ExitStack, address: str = "10.1.2.3") -> Channel:
    """A connection from an address, which is only said."""
    ours, theirs = socket.socketpair()
    lines.enter_context(theirs)
    found = Channel(server, ours, (address, 4321), server.adj, map={})
    lines.callback(lambda: found.connected and found.close())
    return found


@pytest.fixture
def lines() -> Iterator[ExitStack]:
    with ExitStack() as found:
        yield found


def test_an_answer_has_a_time_however_often_a_byte_of_it_is_taken(server: Any, lines: ExitStack) -> None:
    """A byte in 59 seconds held a connection for weeks."""
    reader, size = channel(server, lines), 1 << 20
    reader.total_outbufs_len = size
    allowed = READING_SECONDS + size / SLOWEST
    moments = [n * 59.0 + 1 for n in range(40)]
    told = []
    for moment in moments:
        reader.total_outbufs_len -= 1
        reader.last_activity = int(moment)
        told.append(reader.too_slow(moment, crowded=False))
    late = [moment for moment, slow in zip(moments, told, strict=True) if slow]
    assert late[0] - 1 > allowed >= late[0] - 1 - 60


def test_a_request_behind_it_gives_no_further_time(server: Any, lines: ExitStack) -> None:
    reader = channel(server, lines)
    reader.total_outbufs_len, reader.requests = 1000, [object()]  # type: ignore[list-item]
    assert not reader.too_slow(1.0, crowded=False)
    assert reader.too_slow(2.0 + READING_SECONDS + 1, crowded=False)


def test_when_it_is_crowded_there_is_less_patience_with_readers_too(server: Any, lines: ExitStack) -> None:
    reader = channel(server, lines)
    reader.total_outbufs_len = 1000
    reader.too_slow(1.0, crowded=True)
    assert reader.too_slow(2.0 + READING_SECONDS / CROWDED, crowded=True)


def test_whoever_takes_one_answer_and_the_next_begins_anew(server: Any, lines: ExitStack) -> None:
    reader = channel(server, lines)
    for n in range(10):
        reader.total_outbufs_len = 1000
        assert not reader.too_slow(n * 100 + 1.0, crowded=False)
        reader.total_outbufs_len = 0
        assert not reader.too_slow(n * 100 + 2.0, crowded=False)


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_connection_is_counted_to_its_sender(address: str, sender: str) -> None:
    assert sender_of((address, 1)) == sender


def test_who_holds_an_eighth_gets_no_further_one_and_everybody_else_does(
    server: Any, lines: ExitStack
) -> None:
    enough: Callable[[str], bool] = lambda sender: Server.has_enough(server, sender)  # noqa: E731
    held = [channel(server, lines) for _ in range(11)]
    assert len(server.active_channels) == 11
    assert enough("10.1.2.3")
    assert not enough("10.1.2.4")
    held.pop().close()
    assert not enough("10.1.2.3")
    for one in held:
        one.close()
    assert not server.held


def test_the_proxy_and_this_machine_are_never_turned_away(server: Any, lines: ExitStack) -> None:
    server.adj.trusted_proxy = "10.9.9.9"
    for address in ("10.9.9.9", "127.0.0.1", "::1"):
        for _ in range(11):
            channel(server, lines, address)
        assert not Server.has_enough(server, sender_of((address, 1)))
