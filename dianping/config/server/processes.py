"""The parent of the processes that serve: it starts them, starts another when one dies, and ends them all in time."""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import NoReturn

KILL_SECONDS = 4  # after which nobody is asked again
STOPPED_BY = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
MOST_DEATHS, WITHIN = 5, 60  # so many deaths a process within so many seconds, and the site ends

Work = Callable[[int], None]


class Processes:
    """So many processes that do the same work, and any number that do something once beside it; `when_stopped` is called in
    the parent as soon as it is told to stop.

    Each child gets the reading end of a pipe whose other end only the parent holds, and so knows when the parent has gone.
    """

    def __init__(self, many: int, work: Work, *, when_stopped: Callable[[], None] = lambda: None) -> None:
        self._many, self._work, self._when_stopped = many, work, when_stopped
        self._workers, self._others = set[int](), set[int]()
        self._stopping, self._deaths = False, list[float]()
        self._life, self._held = os.pipe()

    def start(self) -> None:
        """Start them; from now on SIGTERM, SIGINT and SIGHUP end them."""
        for told in STOPPED_BY:
            if told != signal.SIGHUP or signal.getsignal(told) != signal.SIG_IGN:  # nohup stays nohup
                signal.signal(told, self._stop)
        signal.signal(signal.SIGALRM, self._kill)
        for _ in range(self._many):
            self._fork(self._work, self._workers)

    def beside(self, once: Callable[[], None]) -> None:
        """Have something done once by a process of its own, which goes when the parent goes."""

        def work(life: int) -> None:
            Thread(target=_end_with, args=(life,), daemon=True).start()
            once()

        self._fork(work, self._others)

    def wait(self) -> int:
        """Until all are gone: 0 when they were told to go, 1 when they would not live."""
        while self._workers or self._others:
            pid, _ = os.wait()
            self._others.discard(pid)
            if pid in self._workers:
                self._workers.discard(pid)
                self._replace()
        signal.alarm(0)
        return int(self._too_many)

    @property
    def _too_many(self) -> bool:
        return len(self._deaths) > MOST_DEATHS * self._many

    def _replace(self) -> None:
        if self._stopping:
            return
        now = time.monotonic()
        self._deaths = [at for at in self._deaths if at > now - WITHIN] + [now]
        if self._too_many:
            self._stop()
        else:
            self._fork(self._work, self._workers)

    def _fork(self, work: Work, into: set[int]) -> None:
        """A child, noted before any signal is heard again."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPED_BY)
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if not pid:
            self._child(work)
        into.add(pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPED_BY)

    def _child(self, work: Work) -> NoReturn:
        status = 1
        try:
            os.close(self._held)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for ignored in (
                signal.SIGINT,
                signal.SIGHUP,
            ):  # a terminal tells the whole group; the parent decides
                signal.signal(ignored, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPED_BY)
            work(self._life)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            with suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def _stop(self, *_: object) -> None:
        if not self._stopping:
            self._stopping = True
            signal.alarm(KILL_SECONDS)
            self._when_stopped()
        self._tell(signal.SIGTERM)

    def _kill(self, *_: object) -> None:
        self._tell(signal.SIGKILL)

    def _tell(self, what: signal.Signals) -> None:
        for pid in self._workers | self._others:
            with suppress(ProcessLookupError):
                os.kill(pid, what)


def _end_with(life: int) -> None:
    """End this process when the pipe's other end is gone."""
    select.select([life], [], [])
    os._exit(1)
