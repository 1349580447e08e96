"""Who looked at whose record: gathered in each process and written into the chain together, one entry a reader.

A look is no act: a page must not wait for the chain because somebody reads. So looks are kept in memory for a minute at most,
or until there are many, and written then; a process that is killed takes its last minute with it. What leaves the site as a
file is written at once, by whoever gives it out (GB/T 22239-2019 安全审计).
"""

import atexit
from collections import Counter
from contextlib import suppress
from datetime import datetime
from threading import Lock, Timer

from django.conf import settings
from django.db import connection

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.clock import site_moment
from dianping.common.rights import unasked

ACT = "查阅"
MANY = 500  # records looked at


class Lookups:
    """Looks not yet written, of one process."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._seen: dict[Actor, Counter[str]] = {}
        self._since: datetime | None = None
        self._timer: Timer | None = None

    def note(self, *, actor: Actor, about: str) -> None:
        """Note that a reader looked at a record ("review:12")."""
        with self._guard:
            self._seen.setdefault(actor, Counter())[about] += 1
            if self._since is None:
                self._since = site_moment()
                self._start()
            many = sum(map(len, self._seen.values())) >= MANY
        if many:
            self.write()

    def write(self) -> int:
        """Write everything noted so far; how many entries."""
        with self._guard:
            seen, since = self._seen, self._since
            self._seen, self._since = {}, None
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if not seen or since is None:
            return 0
        try:
            _write(seen, since)
        except BaseException:
            with self._guard:  # kept for the next try
                for actor, looks in seen.items():
                    self._seen.setdefault(actor, Counter()).update(looks)
                self._since = since
                self._start()
            raise
        return len(seen)

    def write_last(self) -> None:
        """Write what is left when the process ends; it ends all the same where that fails."""
        with suppress(Exception):
            self.write()

    def _start(self) -> None:
        seconds = settings.LOOKS_KEPT_SECONDS
        if seconds is not None and self._timer is None:
            self._timer = Timer(seconds, self._by_itself)
            self._timer.daemon = True
            self._timer.start()

    def _by_itself(self) -> None:
        self.write_last()  # what fails is kept, and tried again in a minute
        connection.close()  # this thread's own


@act
def _write(seen: dict[Actor, Counter[str]], since: datetime) -> None:
    for actor, looks in seen.items():
        unasked(actor, because="it tells who looked at what he was shown")
        audit.record(
            actor=actor,
            act=ACT,
            about="records",
            since=since.isoformat(),
            looked_at=dict(sorted(looks.items())),
        )


lookups = Lookups()
atexit.register(lookups.write_last)
