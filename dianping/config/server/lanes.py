"""Which threads work on a request. Each kind has threads of its own, so that no kind can keep the others waiting.

A thread that writes may wait for its turn, one that takes a file for the child that reads it, one that signs somebody in
for the hashing of a password; who only looks, and above all who stands at the door, waits for none of them.

Sign-ins have two lanes, strangers one and browsers that signed in before another, with few places to wait in: the rest are
told so at once, for next to nothing (decision 0042, `bench/sign_in.py`). Who sends many gives way there to who sends one.
"""

from collections import Counter
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


class ShortLine(ThreadedTaskDispatcher):
    """A lane with few places, shared evenly: a newcomer takes the newest place of whoever holds two more than he."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def seat(self, channel: Any) -> Any:
        """Give a channel a place; who has none now is returned: nobody, another channel, or this one."""
        with self.lock:
            leaves = None
            if len(self.queue) >= self.places:
                held = Counter(sender(one) for one in self.queue)
                most, number = held.most_common(1)[0]
                if number < held[sender(channel)] + 2:
                    return channel
                leaves = next(one for one in reversed(self.queue) if sender(one) == most)
                self.queue.remove(leaves)
            self.queue.append(channel)
            self.queue_cv.notify()
            return leaves


def sender(channel: Any) -> str:
    """Who sends: his address, or what the proxy that is believed says of it."""
    host = str(channel.addr[0])
    if host == channel.adj.trusted_proxy:
        host = channel.requests[0].headers.get("X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return host


class Lanes:
    """What waitress asks for threads: one line of requests, and so many threads, a lane."""

    def __init__(self) -> None:
        self._lanes = {
            lane: ShortLine(WAITING[lane]) if lane in WAITING else ThreadedTaskDispatcher() for lane in LANES
        }
        for lane, threads in LANES.items():
            self._lanes[lane].set_thread_count(threads)

    def add_task(self, channel: Any) -> None:
        """Have the channel's first request worked on; or somebody refused at once, where its lane is full."""
        request = channel.requests[0]
        refused = request.error is not None  # it may have no path
        lane = self._lanes["light" if refused else lane_of(request.command, request.path, request.headers)]
        if not isinstance(lane, ShortLine):
            lane.add_task(channel)
        elif (leaves := lane.seat(channel)) is not None:
            leaves.requests[0].error = TooMany("too many sign-ins")
            self._lanes["light"].add_task(leaves)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 0) -> None:
        """No new request is begun; those that wait are dropped."""
        for lane in self._lanes.values():
            lane.shutdown(cancel_pending, timeout)
