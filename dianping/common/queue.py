"""Queues across processes: whoever came first writes first (`WaitingLine`); one at an act (`one_at_a_time`).

SQLite has one writer, and those who wait for it are served by chance: with thirty waiting the unluckiest waits seconds.
Who draws a number first and waits for the numbers before it waits about as long as the line (decision 0045).
"""

import fcntl
import os
import struct
import time
from pathlib import Path

from django.db import connection

_HEAD, _TAIL, _GUARD, _FIRST = (
    0,
    8,
    16,
    32,
)  # bytes of the line's file: number served, numbers drawn, guard, first number
_NUMBER = struct.Struct("<Q")
_LOCK = struct.Struct("hhqqi4x")  # struct flock of 64-bit Linux: kind, from where, start, length, process
_SOON, _STEP, _LONGEST = (
    0.0003,
    0.001,
    0.05,
)  # seconds between two looks: for the next in line, for each before him, most


def one_at_a_time(act: int) -> None:
    """Wait until nobody else is at this act, and keep it to the end of this transaction. SQLite has one writer anyway.

    Asked for first, before any row is locked: whoever holds rows and waits here could be waited for.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A lock on the number of the act; the transaction's end gives it back.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [act])


class GaveUp(Exception):
    """Whoever waited so many seconds did not come to the front."""


class WaitingLine:
    """One place in the line that a file stands for; every process, thread and command that opens the file stands in it.

    Each number drawn is a byte of the file, locked by its drawer until he is done; who comes after waits until no byte
    before his is locked. The locks belong to the open file, so the kernel frees them when a process dies, however. Not
    to be shared between threads.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._handle, self._mine = path, -1, 0

    def stand(self, patience: float) -> None:
        """Wait for one's turn; GaveUp after so many seconds."""
        number, ends = self._draw(), time.monotonic() + patience
        while not self._is_first(number):
            if time.monotonic() >= ends:
                self.leave()
                raise GaveUp
            before = max(0, number - self._read(_HEAD) - 1)
            time.sleep(min(_SOON + before * _STEP, _LONGEST))
        os.pwrite(self._handle, _NUMBER.pack(number), _HEAD)

    def leave(self) -> None:
        """Let the next one go; nothing happens to who stands in no line."""
        if self._mine:
            self._lock(fcntl.F_UNLCK, 0, 0)
            self._mine = 0

    def close(self) -> None:
        """Leave, and let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle, self._mine = -1, 0

    @property
    def holds(self) -> bool:
        """Whether a number is held here."""
        return bool(self._mine)

    def _draw(self) -> int:
        if self._handle < 0:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if os.geteuid() == 0:  # a command of root's must not shut out the site's own user
                folder = self._path.parent.stat()
                os.fchown(self._handle, folder.st_uid, folder.st_gid)
        self._lock(fcntl.F_WRLCK, _GUARD, 1, wait=True)
        number = self._read(_TAIL) + 1
        os.pwrite(self._handle, _NUMBER.pack(number), _TAIL)
        self._lock(fcntl.F_WRLCK, _FIRST + number, 1)
        self._lock(fcntl.F_UNLCK, _GUARD, 1)
        self._mine = number
        return number

    def _is_first(self, number: int) -> bool:
        """Whether no smaller number is held: a shared lock on all their bytes says so, and harms nobody."""
        return self._lock(fcntl.F_RDLCK, _FIRST, number)

    def _read(self, at: int) -> int:
        packed = os.pread(self._handle, _NUMBER.size, at)
        return int(_NUMBER.unpack(packed)[0]) if len(packed) == _NUMBER.size else 0

    def _lock(self, kind: int, start: int, length: int, *, wait: bool = False) -> bool:
        """Lock or free bytes of the file (length 0: to the end); False when somebody else holds some of them."""
        how = fcntl.F_OFD_SETLKW if wait else fcntl.F_OFD_SETLK
        try:
            fcntl.fcntl(self._handle, how, _LOCK.pack(kind, os.SEEK_SET, start, length, 0))
        except BlockingIOError:
            return False
        return True
