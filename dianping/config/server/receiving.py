"""How a request comes in: nothing of a body that is too large is kept, and nobody may be slow for ever.

The server's one loop receives and sends for everybody; a thread is asked only when a request is whole. So whoever is slow
costs a connection, no thread, and loses it after a while.
"""

import copy
import socket
import time
from collections.abc import Sequence
from ipaddress import ip_network
from typing import TYPE_CHECKING

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask
from waitress.utilities import Error, RequestHeaderFieldsTooLarge

from dianping.config.body_sizes import PAGE_MOST, body_limit, session_of
from dianping.config.cookies import plain_cookies, written
from dianping.config.refusing import TEXT, refusal

if TYPE_CHECKING:
    from waitress.wasyncore import dispatcher

    from dianping.config.server.worker import Server

HEAD_SECONDS = 10  # for the head of a request, from its first byte; for the first byte of a new connection
IDLE_SECONDS = 60  # between two requests of one connection
BODY_SECONDS = 30  # for a body, and as many more as its bytes take at SLOWEST
READING_SECONDS = 60  # for an answer to be taken, and as many more as its bytes take at SLOWEST
SLOWEST = 16 << 10  # bytes a second
LINGER_SECONDS, LINGER_MOST = (
    5,
    64 << 20,
)  # how long, and how much, a refused sender is listened to without keeping it
LINE = 2 << 10  # bytes of one line of a head; what reads them reads some in a time that grows with the square
LONGEST = {"COOKIE": 16 << 10, "CONTENT_TYPE": 200, "REFERER": 8 << 10}
CROWDED = 10  # times less patience when three quarters of the connections are taken
COMING_MOST = 256 << 20  # bytes of all uploads that are on their way to one process
COMING_EACH = 2  # uploads of one sender on their way at once


def sender_of(address: Sequence[object]) -> str:
    """Whom a connection is counted to: an IPv4 address, or the network of an IPv6 one (everybody has 2**64 of these)."""
    host = str(address[0]).partition("%")[0]
    return host if ":" not in host else str(ip_network((host, 64), strict=False))


class LengthRequired(Error):
    """A body without a length: how much is coming is asked before it comes."""

    code, reason = 411, "Length Required"


class TooManyUploads(Error):
    """More is on its way than this process holds at once; nothing of this one is kept."""

    code, reason = 503, "Service Unavailable"
    sentence = "此刻正在上传的文件多，这一份没有收下。请过一会儿再传。"


class Parser(HTTPRequestParser):
    """One request: how long its body may be is known as soon as its head is."""

    adj: Adjustments
    channel: "Channel | None" = None

    def parse_header(self, header_plus: bytes) -> None:
        """As waitress's; then cookies that are not plain are left out, and the limit of this path and this sender is set."""
        super().parse_header(header_plus)
        if any(len(value) > LONGEST.get(name, LINE) for name, value in self.headers.items()):
            self.error, self.completed = RequestHeaderFieldsTooLarge("a line of the head is too long"), True
            self.body_rcv, self.expect_continue = None, False
            return
        if "COOKIE" in self.headers:
            self.headers["COOKIE"] = written(plain_cookies(self.headers["COOKIE"]))
        most = body_limit(self.command, self.path, self.headers)
        if self.chunked:
            self.error, self.completed = LengthRequired("a length is needed"), True
        elif (
            PAGE_MOST < self.content_length <= most and self.channel and self.channel.has_enough_coming(self)
        ):
            self.error, self.completed = TooManyUploads("too many uploads"), True
        if self.error is not None or self.content_length > most:
            self.body_rcv, self.expect_continue = None, False  # nothing of it is kept, or asked for
        own: Adjustments = copy.copy(self.adj)
        own.max_request_body_size = most + 1
        self.adj = own


class RefusalTask(ErrorTask):
    """The answer to what is not worked on, in a sentence."""

    def execute(self) -> None:
        """Say it, and close."""
        error = self.request.error
        own = getattr(error, "sentence", "")
        body, kind = (own.encode(), TEXT) if own else self._told(error.code)
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", kind),
            ("Cache-Control", "no-store"),
        ]
        self.content_length = len(body)
        self.channel.linger_until = time.monotonic() + LINGER_SECONDS
        self.set_close_on_finish()
        self.write(b"" if getattr(self.request, "command", "") == "HEAD" else body)

    def _told(self, code: int) -> tuple[bytes, str]:
        asked = self.request
        return refusal(
            code,
            method=getattr(asked, "command", ""),
            path=getattr(asked, "path", ""),
            headers=getattr(asked, "headers", {}),
            sent=getattr(asked, "content_length", 0),
        )


class Channel(HTTPChannel):
    """One connection, and since when its request is on the way."""

    parser_class, error_task_class = Parser, RefusalTask
    linger_until = 0.0
    _lingering, _thrown_away = False, 0
    _answering, _longest = 0.0, 0  # since when bytes of an answer wait to be taken, and how many at most

    def __init__(
        self,
        server: "Server",
        sock: socket.socket,
        addr: Sequence[object],
        adj: Adjustments,
        map: "dict[int, dispatcher] | None" = None,
    ) -> None:
        self.began = time.monotonic()
        self.sender = sender_of(addr)
        self.parser_class = self._parser  # type: ignore[assignment]
        self._used = False
        super().__init__(server, sock, addr, adj, map=map)

    def _parser(self, adj: Adjustments) -> Parser:
        parser = Parser(adj)
        parser.channel = self
        return parser

    def has_enough_coming(self, upload: Parser) -> bool:
        """Whether so much is on its way to this process, or from this sender, that one upload more would be too much."""
        others = [
            channel.request
            for channel in self.server.active_channels.values()
            if channel is not self and channel.request is not None and channel.request.headers_finished
            and channel.request.content_length > PAGE_MOST
        ]  # fmt: skip
        own = session_of(upload.headers)
        return (
            sum(other.content_length for other in others) + upload.content_length > COMING_MOST
            or sum(session_of(other.headers) == own for other in others) >= COMING_EACH
        )

    def received(self, data: bytes) -> bool:
        """As waitress's; a request that begins here is timed from here on."""
        before = self.request
        kept = bool(super().received(data))
        self._used = True
        if before is None or self.request is not before:
            self.began = time.monotonic()
        return kept

    def too_slow(self, now: float, *, crowded: bool) -> bool:
        """Whether this connection is to be closed: its request, or the next one, does not come."""
        if self._lingering:
            return now > self.linger_until
        if self.total_outbufs_len:
            return self._reads_too_slowly(now, crowded=crowded)
        self._answering, self._longest = 0.0, 0
        if self.requests:  # being worked on
            self.began = now
            return False
        coming = self.request
        if coming is None:
            allowed: float = IDLE_SECONDS if self._used else HEAD_SECONDS
        elif not coming.headers_finished:
            allowed = HEAD_SECONDS
        else:
            allowed = BODY_SECONDS + coming.body_bytes_received / SLOWEST
        return now - self.began > (allowed / CROWDED if crowded else allowed)

    def _reads_too_slowly(self, now: float, *, crowded: bool) -> bool:
        """A byte a minute is no reading: an answer has a time, whatever is taken of it meanwhile."""
        self.began = now
        self._answering = self._answering or now
        self._longest = max(self._longest, self.total_outbufs_len)
        allowed = READING_SECONDS + self._longest / SLOWEST
        return now - self._answering > (allowed / CROWDED if crowded else allowed)

    def add_channel(self, map: "dict[int, dispatcher] | None" = None) -> None:
        """As waitress's; counted to its sender."""
        super().add_channel(map)
        self.server.held[self.sender] += 1
        self.server.newest = self

    def del_channel(self, map: "dict[int, dispatcher] | None" = None) -> None:
        """As waitress's; no longer counted to its sender."""
        was = self._fileno in self.server.active_channels
        super().del_channel(map)
        if was:
            self.server.held[self.sender] -= 1
            if not self.server.held[self.sender]:
                del self.server.held[self.sender]

    def handle_close(self) -> None:
        """Close; but first listen out whoever was refused, or his browser would show a broken line and no sentence."""
        if self.linger_until and not self._lingering and self.connected:
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                return super().handle_close()
            self._lingering, self.will_close, self.close_when_flushed = True, False, False
            return None
        return super().handle_close()

    def readable(self) -> bool:
        """As waitress's, and while lingering."""
        return self._lingering or bool(super().readable())

    def handle_read(self) -> None:
        """As waitress's; while lingering, what comes is thrown away."""
        if not self._lingering:
            return super().handle_read()
        try:
            piece = self.recv(256 << 10)
        except OSError:
            return super().handle_close()
        self._thrown_away += len(piece)  # where it has ended, receiving has closed the connection
        if self._thrown_away > LINGER_MOST:
            super().handle_close()
        return None
