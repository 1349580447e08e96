"""Which threads work on a request. Each kind has threads of its own, so that no kind can keep the others waiting.

A thread that writes may wait for its turn, one that takes a file for the child that reads it, one that signs somebody in
for the hashing of a password; who only looks, and above all who stands at the door, waits for none of them.
"""

from typing import Any

from waitress.task import ThreadedTaskDispatcher

from dianping.config.limits import SIGN_IN, UPLOADS, page_name
from dianping.door.middleware import PREFIX as DOOR

# Few of each: more threads at work in one process only take the interpreter from one another.
LANES = {"light": 1, "door": 2, "looking": 2, "writing": 3, "uploads": 2, "signing in": 1}


def lane_of(method: str, path: str) -> str:
    """The lane of a request."""
    if path.startswith(("/alive/", "/static/")):
        return "light"
    if f"{path}/".startswith(DOOR):
        return "door"
    if method in ("GET", "HEAD"):
        return "looking"
    page = page_name(path)
    if page == SIGN_IN:
        return "signing in"
    return "uploads" if page in UPLOADS else "writing"


class Lanes:
    """What waitress asks for threads: one line of requests, and so many threads, a lane."""

    def __init__(self) -> None:
        self._lanes = {lane: ThreadedTaskDispatcher() for lane in LANES}
        for lane, threads in LANES.items():
            self._lanes[lane].set_thread_count(threads)

    def add_task(self, channel: Any) -> None:
        """Have the channel's first request worked on."""
        request = channel.requests[0]
        refused = request.error is not None  # it may have no path
        lane = "light" if refused else lane_of(request.command, request.path)
        self._lanes[lane].add_task(channel)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 0) -> None:
        """No new request is begun; those that wait are dropped."""
        for lane in self._lanes.values():
            lane.shutdown(cancel_pending, timeout)
