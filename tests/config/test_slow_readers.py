"""Whoever reads slowly, or opens very many connections, loses them; the others go on."""

import socket
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile

from dianping.accounts.sessions import new_session_key
from dianping.common.backup import FOLDERS
from dianping.config.server.receiving import (
    COMING_EACH,
    COMING_MOST,
    CROWDED,
    READING_SECONDS,
    SLOWEST,
    Channel,
    sender_of,
)
from dianping.config.server.worker import Server, adjustments
from dianping.config.starting import TEMPORARY, own_temporary_folder


@pytest.fixture
def server() -> Iterator[Any]:
    """A server on a port of its own that nobody speaks to, with room for eighty."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        adj = adjustments(listening)
        adj.connection_limit = 80
        found: Any = SimpleNamespace(active_channels={}, adj=adj, held=Counter(), newest=None)
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


def uploading(server: Any, lines: ExitStack, session: str, megabytes: int) -> Channel:
    """A connection on which an upload has begun."""
    found = channel(server, lines)
    head = f"POST /offline/ HTTP/1.1\r\nHost: a\r\nCookie: sessionid={session}\r\nContent-Length: {megabytes << 20}\r\n\r\n"
    found.received(head.encode() + b"x" * 1000)
    return found


def refused(one: Channel) -> str:
    return one.requests[0].error.sentence if one.requests else ""


def test_so_much_may_be_on_its_way_and_no_more(server: Any, lines: ExitStack) -> None:
    server.add_task = lambda channel: None
    most = COMING_MOST >> 20
    begun = [uploading(server, lines, new_session_key(), 40) for _ in range(most // 40)]
    assert not any(map(refused, begun))
    assert "正在上传的文件多" in refused(uploading(server, lines, new_session_key(), 40))
    begun.pop().close()
    assert not refused(uploading(server, lines, new_session_key(), 40))


def test_of_one_sender_two_uploads_may_be_on_their_way(server: Any, lines: ExitStack) -> None:
    server.add_task = lambda channel: None
    own = new_session_key()
    assert [bool(refused(uploading(server, lines, own, 2))) for _ in range(COMING_EACH + 1)] == [
        False,
        False,
        True,
    ]
    assert not refused(uploading(server, lines, new_session_key(), 2)), "another's goes on"
    small = channel(server, lines)
    small.received(
        b"POST /offline/ HTTP/1.1\r\nHost: a\r\nCookie: sessionid="
        + own.encode()
        + b"\r\nContent-Length: 9\r\n\r\n"
    )
    assert not refused(small), "a form without a file is none"


def test_what_a_killed_process_left_is_gone_and_nothing_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())
    left = tmp_path / TEMPORARY / "tmp1.upload.csv"
    left.parent.mkdir()
    left.write_text("身份证号")
    own_temporary_folder(tmp_path)
    assert not left.exists()
    assert left.parent.stat().st_mode & 0o777 == 0o700
    with tempfile.NamedTemporaryFile() as file, TemporaryUploadedFile("a.csv", "text/csv", 9, None) as upload:
        assert {Path(file.name).parent, Path(upload.temporary_file_path()).parent} == {left.parent}
    assert TEMPORARY not in FOLDERS, "no backup takes it along"
