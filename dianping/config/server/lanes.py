"""Which threads work on a request. Each kind has threads of its own, so that no kind can keep the others waiting.

A thread that writes may wait for its turn, one that takes a file for the child that reads it, one that signs somebody in
for the hashing of a password, one that makes a file works for seconds; who only looks, and above all who stands at the door,
waits for none of them. Within a lane those who send take turns: whoever sends a hundred at once waits a hundred times, and
everybody else once.

Sign-ins have two lanes, strangers one and browsers that signed in before another, with few places to wait in: the rest are
told so at once, for next to nothing (decision 0042, `bench/sign_in.py`). Who sends many gives way there to who sends one.
"""

from collections import OrderedDict, deque
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from dianping.accounts.signing_in import DEVICE, is_mark
from dianping.config.body_sizes import FILES, SIGN_IN, UPLOADS, page_name, session_of
from dianping.config.cookies import plain_cookies
from dianping.door.middleware import PREFIX as DOOR

if TYPE_CHECKING:
    from dianping.config.server.receiving import Channel

# Few of each: more threads at work in one process only take the interpreter from one another.
LANES = {
    "light": 1,
    "door": 2,
    "looking": 2,
    "files": 1,
    "writing": 3,
    "uploads": 2,
    "signing in": 1,
    "known": 1,
}
WAITING = {"signing in": 8, "known": 8}  # places to wait in, where they are few


class TooMany(Error):
    """More sign-ins than places to wait in: not looked at, and not counted."""

    code, reason = 503, "Service Unavailable"
    sentence = "此刻登录的人多，密码没有核对，也没有计次。请过几秒再试。"


def lane_of(method: str, path: str, headers: Mapping[str, str], query: str = "") -> str:
    """The lane of a request; `headers` as the server has them (COOKIE and so on). A page asked for as a file (?as=) is one."""
    if path.startswith(("/alive/", "/static/")):
        return "light"
    if f"{path}/".startswith(DOOR):
        return "door"
    page = page_name(path)
    if method in ("GET", "HEAD"):
        return "files" if page in FILES or _is_file_asked(query) else "looking"
    if page in SIGN_IN:
        return "known" if _is_known(headers.get("COOKIE", "")) else "signing in"
    return "uploads" if page in UPLOADS else "writing"


def _is_file_asked(query: str) -> bool:
    """Whether a page is asked for as a workbook, a document or a PDF (?as=xlsx, &as=pdf), however the address spells it: read as
    the views read it, or %61s=xlsx would wait with those who only look."""
    return "as" in parse_qs(query)


def _is_known(cookie: str) -> bool:
    """Whether the browser was given a mark at an earlier sign-in: whose it is, is looked at later."""
    return is_mark(plain_cookies(cookie).get(DEVICE, ""))


class Turns:
    """Who waits, in the order in which they are taken: each sender's by themselves, the senders in turn."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, deque[Channel]] = OrderedDict()
        self._number = 0

    def append(self, channel: "Channel") -> None:
        """The last of its sender's."""
        self._lines.setdefault(sender(channel), deque()).append(channel)
        self._number += 1

    def popleft(self) -> "Channel":
        """The first of the sender whose turn it is; his next one comes after everybody else's."""
        who, line = self._lines.popitem(last=False)
        channel = line.popleft()
        if line:
            self._lines[who] = line
        self._number -= 1
        return channel

    def give_way(self, who: str) -> "Channel | None":
        """The newest of whoever has most waiting, taken out, where he has two more than `who`; else None."""
        most = max(self._lines, key=lambda owner: len(self._lines[owner]))
        if len(self._lines[most]) < len(self._lines.get(who, ())) + 2:
            return None
        self._number -= 1
        return self._lines[most].pop()

    def __len__(self) -> int:
        return self._number


class Lane(ThreadedTaskDispatcher):
    """Threads, and who waits for them; with `places` only so many may, shared evenly."""

    def __init__(self, places: int = 0) -> None:
        super().__init__()
        self.queue, self.places = Turns(), places

    def seat(self, channel: "Channel") -> "Channel | None":
        """Give a channel a place; who has none now is returned: nobody, another channel that gave way, or this one."""
        with self.lock:
            leaves = None
            if self.places and len(self.queue) >= self.places:
                leaves = self.queue.give_way(sender(channel))
                if leaves is None:
                    return channel
            self.queue.append(channel)
            self.queue_cv.notify()
            return leaves


def sender(channel: "Channel") -> str:
    """Who sends: whoever is signed in, by his session; else his address, or what the proxy that is believed says of it.
    Kept as long as he waits and no longer."""
    headers = channel.requests[0].headers if channel.requests else {}
    session = session_of(headers)
    if session:
        return session
    if str(channel.addr[0]) == channel.adj.trusted_proxy:
        return str(headers.get("X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(channel.sender)


class Lanes:
    """What waitress asks for threads: one line of requests, and so many threads, a lane."""

    def __init__(self) -> None:
        self._lanes = {lane: Lane(WAITING.get(lane, 0)) for lane in LANES}
        for lane, threads in LANES.items():
            self._lanes[lane].set_thread_count(threads)

    def add_task(self, channel: "Channel") -> None:
        """Have the channel's first request worked on; or somebody refused at once, where its lane is full."""
        request = channel.requests[0]
        refused = request.error is not None  # it may have no path
        asked = (request.command, request.path, request.headers, request.query)
        lane = self._lanes["light" if refused else lane_of(*asked)]
        leaves = lane.seat(channel)
        if leaves is not None:
            leaves.requests[0].error = TooMany("too many sign-ins")
            self._lanes["light"].seat(leaves)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 0) -> None:
        """No new request is begun; those that wait are dropped."""
        for lane in self._lanes.values():
            lane.shutdown(cancel_pending, timeout)
