"""A server that can be stopped: a port of its own before the test's server, closed and opened again as a restart does it."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Relay:
    """Passes bytes between a browser and a server. `mute`: what is sent arrives, and no answer comes back."""

    def __init__(self, url: str) -> None:
        there = urlsplit(url)
        self._to = (there.hostname, there.port)
        self._open: list[socket.socket] = []
        self.mute = False
        with socket.socket() as tried:
            tried.bind(("127.0.0.1", 0))
            self._port = tried.getsockname()[1]
        self.url = f"http://{there.hostname}:{self._port}"

    def start(self) -> None:
        """Take connections again."""
        self.mute = False
        self._listening = socket.create_server(("127.0.0.1", self._port), backlog=64)
        threading.Thread(target=self._take, args=(self._listening,), daemon=True).start()

    def stop(self) -> None:
        """Refuse new connections and cut those that stand."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _take(self, listening: socket.socket) -> None:
        while True:
            try:
                here, _ = listening.accept()
            except OSError:
                return
            there = socket.create_connection(self._to)
            self._open += [here, there]
            threading.Thread(target=self._pass, args=(here, there, False), daemon=True).start()
            threading.Thread(target=self._pass, args=(there, here, True), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, back: bool) -> None:
        with suppress(OSError):
            while some := source.recv(65536):
                if not (back and self.mute):
                    sink.sendall(some)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
