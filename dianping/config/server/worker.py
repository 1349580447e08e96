"""One process that serves: it shares the listening socket with the others and ends when told, or when its parent is gone."""

import logging
import os
import resource
import signal
import socket
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from django.conf import settings
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from dianping.config.server.lanes import Lanes
from dianping.config.server.receiving import Channel

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from waitress.wasyncore import dispatcher

STOP_SECONDS = 3  # for requests that are being worked on when the site is stopped
CONNECTIONS = 2000  # at once in one process, where it may open so many files
SPARE_FILES = 100
SWITCH_SECONDS = 0.0005  # a writer whose turn it is must not wait for who only reckons; Python's own is 5 ms


class Server(TcpWSGIServer):
    """waitress's server, which looks every second who is too slow, and lets nobody hold all its connections."""

    channel_class = Channel

    def __init__(self, *args: object, **more: object) -> None:
        self.held: Counter[str] = Counter()  # connections by sender
        self.newest: Channel | None = None
        super().__init__(*args, **more)

    @property
    def crowded(self) -> bool:
        """Whether three quarters of the connections are taken."""
        return len(self.active_channels) > self.adj.connection_limit * 3 // 4

    def maintenance(self, now: float) -> None:
        """Close whoever is too slow; with less patience when there are many."""
        moment, crowded = time.monotonic(), self.crowded
        for channel in self.active_channels.values():
            if channel.too_slow(moment, crowded=crowded):
                channel.will_close = True
                channel.linger_until = 0.0

    def handle_accept(self) -> None:
        """As waitress's; when it is crowded, who holds an eighth of all connections gets no further one."""
        self.newest = None
        super().handle_accept()
        if self.newest is not None and self.crowded and self.has_enough(self.newest.sender):
            self.newest.close()

    def has_enough(self, sender: str) -> bool:
        """Whether this sender is to be turned away for now; the proxy never, nor whoever sits at this machine."""
        own = sender == self.adj.trusted_proxy or sender == "::/64" or sender.startswith("127.")
        return not own and self.held[sender] > self.adj.connection_limit // 8

    def stop_accepting(self) -> None:
        """Let go of the listening socket; the others keep it."""
        self.accepting = False
        self.del_channel()
        self.socket.close()

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer or for the rest of one."""
        return any(channel.requests or channel.total_outbufs_len for channel in self.active_channels.values())


class ParentGone(wasyncore.file_dispatcher):
    """The reading end of a pipe whose other end only the parent holds: readable when the parent has died."""

    gone = False

    def writable(self) -> bool:
        """Never."""
        return False

    def handle_close(self) -> None:
        """Nobody holds the other end any more: the parent is gone."""
        self.gone = True
        self.close()


class Worker:
    """Serves the application on a listening socket until told to stop."""

    def __init__(self, application: "WSGIApplication", listening: socket.socket, parent: int) -> None:
        self._stopping, self._map = False, dict[int, "dispatcher"]()
        logging.getLogger("waitress").setLevel(logging.ERROR)
        logging.getLogger("waitress.queue").setLevel(logging.CRITICAL)
        self._parent = ParentGone(parent, map=self._map)
        os.close(parent)  # the dispatcher keeps a copy of its own
        sockinfo = (listening.family, listening.type, listening.proto, listening.getsockname())
        self._server = Server(
            application,
            self._map,
            True,
            listening,
            dispatcher=Lanes(),
            adj=adjustments(listening),
            sockinfo=sockinfo,
            bind_socket=False,
        )

    def serve(self) -> None:
        """Until SIGTERM, or the parent is gone; then whoever is being worked on has STOP_SECONDS to be answered."""
        signal.signal(signal.SIGTERM, self._told)
        sys.setswitchinterval(SWITCH_SECONDS)
        while not self._stopping and not self._parent.gone:
            self._turn()
        self._server.stop_accepting()
        ends = time.monotonic() + STOP_SECONDS
        while self._server.busy and time.monotonic() < ends:
            self._turn()
        self._server.task_dispatcher.shutdown()

    def _turn(self) -> None:
        wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)

    def _told(self, *_: object) -> None:
        self._stopping = True
        self._server.pull_trigger()


def adjustments(listening: socket.socket) -> Adjustments:
    """waitress's own settings."""
    proxy = settings.PROXY
    trusted = (
        {
            "trusted_proxy": proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
        }
        if proxy
        else {}
    )
    return Adjustments(
        sockets=[listening],
        connection_limit=connections_allowed(),
        cleanup_interval=1,
        asyncore_use_poll=True,
        max_request_header_size=32 << 10,
        inbuf_overflow=256 << 10,  # a form from the door never touches the disk
        outbuf_overflow=256 << 10,
        outbuf_high_watermark=1 << 30,  # a thread never waits for somebody who reads slowly
        clear_untrusted_proxy_headers=True,
        ident=None,
        log_socket_errors=False,
        **trusted,
    )


def connections_allowed() -> int:
    """As many connections as files may be opened, up to CONNECTIONS; the limit is raised as far as it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = 2 * CONNECTIONS + SPARE_FILES  # a connection, and a file for what it brings
    if soft < enough:
        most = enough if hard == resource.RLIM_INFINITY else min(enough, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    return max(50, min(CONNECTIONS, (soft - SPARE_FILES) // 2))
