"""The site ends when it is told to, at the first word, with everything acknowledged kept and nobody left behind."""

import os
import signal
import socket
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.site import Site

WITHIN = (
    20  # seconds; on a quiet machine it is one, and somebody who never finishes would hold it for minutes
)
HOW = {
    "the parent is asked": lambda site: os.kill(site.process.pid, signal.SIGTERM),
    "Ctrl-C for the parent": lambda site: os.kill(site.process.pid, signal.SIGINT),
    "the whole group is asked": lambda site: os.killpg(site.process.pid, signal.SIGTERM),
    "Ctrl-C in a terminal": lambda site: os.killpg(site.process.pid, signal.SIGINT),
    "the terminal is closed": lambda site: os.killpg(site.process.pid, signal.SIGHUP),
}


@pytest.mark.parametrize("how", HOW)
def test_one_word_is_enough(how: str, home: Path, served: Callable[..., Site]) -> None:
    site = served(home).start()
    assert site.get()[0] == 200
    with socket.create_connection(("127.0.0.1", site.port)) as idle, socket.socket() as again:
        idle.sendall(b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf")
        HOW[how](site)
        assert site.gone_within(WITHIN), "somebody who never finishes holds nobody up"
        assert site.process.wait(1) == 0
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", site.port))
    with closing(sqlite3.connect(home / "dianping.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_when_the_parent_is_killed_nobody_goes_on_serving(home: Path, served: Callable[..., Site]) -> None:
    site = served(home).start()
    assert len(site.members) >= 3
    os.kill(site.process.pid, signal.SIGKILL)
    site.process.wait()
    assert site.gone_within(WITHIN)
    following = served(home).start()
    assert following.get()[0] == 200, "the folder is free again"


def test_a_process_that_dies_is_replaced(home: Path, served: Callable[..., Site]) -> None:
    site = served(home).start()
    workers = set(site.members) - {site.process.pid}
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    while workers & set(site.members):
        time.sleep(0.05)
    for _ in range(10):
        assert site.get()[0] == 200
    assert len(site.members) >= 3, "as many as before"


def test_a_start_that_is_still_preparing_ends_at_once(tmp_path: Path, served: Callable[..., Site]) -> None:
    site = served(tmp_path / "new").begin()
    while not (tmp_path / "new" / "settings.toml").exists():
        assert site.process.poll() is None
    os.kill(site.process.pid, signal.SIGINT)
    assert site.gone_within(WITHIN)
    assert served(tmp_path / "new").start().get()[0] == 200
