"""A queue in one process: whoever came first writes first.

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


_guard = Lock()
_waiting: deque[Event] = deque()


@contextmanager
def in_line() -> Iterator[None]:
    """Hold the one place at the front, in the order of coming. Other databases order their writers themselves.

    Who is in a transaction already holds SQLite's write lock and does not stand in line: the first in line may be
    waiting for that very lock.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    mine = Event()
    with _guard:
        _waiting.append(mine)
        if len(_waiting) == 1:
            mine.set()
    mine.wait()
    try:
        yield
    finally:
        with _guard:
            _waiting.popleft()
            if _waiting:
                _waiting[0].set()
