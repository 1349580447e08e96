"""Queues: whoever came first goes first, in one process (`Places`); one at an act, whatever the processes (`one_at_a_time`).

SQLite has one writer, and those who wait for it are served by chance: with thirty waiting the unluckiest waits seconds.
Standing in line before asking the database makes the longest wait about as long as the line (decision 0017).
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from django.db import connection


def one_at_a_time(act: int) -> None:
    """Wait until nobody else is at this act, and keep it to the end of this transaction. SQLite has one writer anyway.

    Asked for first, before any row is locked: whoever holds rows and waits here could be waited for.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [act])


class Places:
    """So many places, given on in the order of coming: who comes later never overtakes, and the longest wait stays about as
    long as the line (a semaphore lets newcomers by)."""

    def __init__(self, many: int) -> None:
        self._free, self._waiting, self._guard = many, deque[Event](), Lock()

    def __enter__(self) -> None:
        with self._guard:
            if self._free:
                self._free -= 1
                return
            mine = Event()
            self._waiting.append(mine)
        mine.wait()

    def __exit__(self, *fault: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


_writers = Places(1)


@contextmanager
def in_line() -> Iterator[None]:
    """Hold the one place at the front, in the order of coming. Other databases order their writers themselves.

    Who is in a transaction already holds SQLite's write lock and does not stand in line: the first in line may be
    waiting for that very lock.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _writers:
        yield
