"""Which threads work on a request. Each kind has threads of its own, so that no kind can keep the others waiting.

A thread that writes may wait for its turn, one that takes a file for the child that reads it, one that signs somebody in
for the hashing of a password; who only looks, and above all who stands at the door, waits for none of them.

Sign-ins have two lanes, strangers one and browsers that signed in before another, with few places to wait in: the rest are
told so at once, for next to nothing (decision 0042, `bench/sign_in.py`).
"""

from collections.abc import Mapping
from typing import Any

from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from dianping.accounts.signing_in import DEVICE, is_mark
from dianping.config.cookies import plain_cookies
from dianping.config.limits import SIGN_IN, UPLOADS, page_name
from dianping.door.middleware import PREFIX as DOOR

# Few of each: more threads at work in one process only take the interpreter from one another.
LANES = {"light": 1, "door": 2, "looking": 2, "writing": 3, "uploads": 2, "signing in": 1, "known": 1}
WAITING = {"signing in": 8, "known": 8}  # places to wait in, where they are few


class TooMany(Error):
    """More sign-ins than places to wait in: not looked at, and not counted."""

    code, reason = 503, "Service Unavailable"


def lane_of(method: str, path: str, headers: Mapping[str, str]) -> str:
    """The lane of a request; `headers` as the server has them (COOKIE and so on)."""
    if path.startswith(("/alive/", "/static/")):
        return "light"
    if f"{path}/".startswith(DOOR):
        return "door"
    if method in ("GET", "HEAD"):
        return "looking"
    page = page_name(path)
    if page == SIGN_IN:
        return "known" if _is_known(headers.get("COOKIE", "")) else "signing in"
    return "uploads" if page in UPLOADS else "writing"


def _is_known(cookie: str) -> bool:
    """Whether the browser was given a mark at an earlier sign-in: whose it is, is looked at later."""
    return is_mark(plain_cookies(cookie).get(DEVICE, ""))


class Lanes:
    """What waitress asks for threads: one line of requests, and so many threads, a lane."""

    def __init__(self) -> None:
        self._lanes = {lane: ThreadedTaskDispatcher() for lane in LANES}
        for lane, threads in LANES.items():
            self._lanes[lane].set_thread_count(threads)

    def add_task(self, channel: Any) -> None:
        """Have the channel's first request worked on; or refused at once, where its lane is full."""
        request = channel.requests[0]
        refused = request.error is not None  # it may have no path
        lane = "light" if refused else lane_of(request.command, request.path, request.headers)
        if lane in WAITING and len(self._lanes[lane].queue) >= WAITING[lane]:
            request.error, lane = TooMany("too many sign-ins"), "light"
        self._lanes[lane].add_task(channel)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 0) -> None:
        """No new request is begun; those that wait are dropped."""
        for lane in self._lanes.values():
            lane.shutdown(cancel_pending, timeout)
