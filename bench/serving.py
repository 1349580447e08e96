"""The site as `./run` serves it: pages a second, slow senders, too large bodies, and how it stops.

    ./run python bench/serving.py [--seconds 20] [--stops 40] [--slow 60] [--database postgres://…/serving]

One client, then thirty-two, signed in, in turn over ten pages of the sample university. Bars, on two cores with nothing else to do:
thirty-two get 1.7 times as many pages a second as one; their 95th percentile is at most 25 times the single client's, none
waits 60 times as long. Sixty-four senders who never finish, of each size: three pages answer within a second throughout. 200 MB
to any address: refused, under 1 MB on the disk. So many stops of each kind end within five seconds.
"""

import argparse
import http.client
import multiprocessing
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import box_serving, measure, stage
from bench.box_serving import Served

STANDS = date(2011, 1, 5)  # where the sample's story has got to
CLIENTS, MANY_SLOW, SECONDS_TO_STOP = 32, 64, 5
SPEED, WAIT, LONGEST = 1.7, 25, 60
PAGES = (
    "/",
    "/duties/",
    "/reviews/",
    "/rectification/",
    "/coverage/",
    "/opinions/",
    "/organisations/",
    "/ledgers/",
    "/notices/",
    "/search/?q=%E5%85%9A",
)
LOOKED_AT = ("/alive/", "/o/", "/sign-in/")
STOPS: dict[str, Callable[[int], None]] = {
    "the parent is asked": lambda pid: os.kill(pid, signal.SIGTERM),
    "Ctrl-C for the parent": lambda pid: os.kill(pid, signal.SIGINT),
    "the whole group is asked": lambda pid: os.killpg(pid, signal.SIGTERM),
    "Ctrl-C for the whole group": lambda pid: os.killpg(pid, signal.SIGINT),
    "the parent is killed": lambda pid: os.kill(pid, signal.SIGKILL),
}


def main() -> None:
    """Load the sample, serve it, ask, be slow, stop."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--port", type=int, default=box_serving.PORT)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--slow", type=float, default=60)
    parser.add_argument("--stops", type=int, default=40)
    given = parser.parse_args()
    box_serving.PORT = given.port
    with stage.prepared(given, today=STANDS) as here:
        from dianping.demo.sample import load_sample

        people = load_sample()
        print(f"{here.name}, {os.cpu_count()} cores")
        site = Served(here)
        try:
            site.wait_until_up()
            pages(given, people)
            slow_senders(given.slow)
            too_large(site)
        finally:
            site.stop()
        if given.stops:
            stops(here, given.stops)
        measure.ended()


def pages(given: argparse.Namespace, people: dict[str, str]) -> None:
    """One client and thirty-two, from a process of their own."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.Process(target=_clients, args=(given.port, given.seconds, people, sender))
    worker.start()
    one, many, wrong = receiver.recv()
    worker.join()
    for who, (waits, whole) in (("one client", one), (f"{CLIENTS} clients", many)):
        waits.sort()
        print(
            f"{who}: {len(waits) / whole:.1f} pages a second; ms p50 {measure.p50(waits):.0f},"
            f" p95 {measure.p95(waits):.0f}, most {waits[-1] * 1000:.0f}"
        )
    speed = (len(many[0]) / many[1]) / (len(one[0]) / one[1])
    wait, longest = measure.p95(many[0]) / measure.p95(one[0]), max(many[0]) * 1000 / measure.p50(one[0])
    measure.verdict(f"at least {SPEED} times as many pages: {speed:.2f}", speed >= SPEED)
    measure.verdict(f"p95 at most {WAIT} times: {wait:.1f}", wait <= WAIT)
    measure.verdict(f"none waits {LONGEST} times as long: {longest:.1f}", longest <= LONGEST)
    measure.verdict(f"no other answer than a page: {wrong[:3]}", not wrong)


def _clients(
    port: int, seconds: float, people: dict[str, str], sender: "multiprocessing.connection.Connection"
) -> None:
    names = [name for name in ("wen", "gan", "qi", "ning") if name in people]
    cookies, wrong = [_signed_in(port, name, people[name]) for name in names], list[object]()

    def ask(number: int, ends: float, into: list[float]) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in range(number, sys.maxsize):
            if time.perf_counter() > ends:
                return
            begun, page = time.perf_counter(), PAGES[turn % len(PAGES)]
            line.request("GET", page, headers={"Cookie": cookies[number % len(cookies)]})
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append((page, answer.status))
            into.append(time.perf_counter() - begun)

    def asked(many: int) -> tuple[list[float], float]:
        waits, begun = list[float](), time.perf_counter()
        threads = [Thread(target=ask, args=(number, begun + seconds, waits)) for number in range(many)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return waits, time.perf_counter() - begun

    asked(1)  # everything is loaded once
    sender.send((asked(1), asked(CLIENTS), wrong))


def _signed_in(port: int, name: str, password: str) -> str:
    """The cookies of somebody who has just signed in."""
    line, jar = http.client.HTTPConnection("127.0.0.1", port, timeout=60), dict[str, str]()

    def asked(method: str, body: str = "") -> str:
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in jar.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line.request(method, "/sign-in/", body or None, headers)
        answer = line.getresponse()
        for given in answer.headers.get_all("Set-Cookie") or []:
            key, _, value = given.split(";")[0].partition("=")
            jar[key] = value
        return answer.read().decode()

    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', asked("GET"))
    assert token
    asked("POST", urlencode({"csrfmiddlewaretoken": token[1], "username": name, "password": password}))
    assert "sessionid" in jar, f"{name} could not sign in"
    return "; ".join(f"{k}={v}" for k, v in jar.items())


def _head(path: str, length: int, more: str = "") -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{more}Content-Length: {length}\r\n\r\n".encode()


def cookie() -> str:
    """A session as this site gives them."""
    from dianping.accounts.sessions import new_session_key

    return f"Cookie: sessionid={new_session_key()}\r\n"


def slow() -> dict[str, bytes]:
    """What each kind of slow sender begins with."""
    return {
        "half a head": b"GET / HTTP/1.1\r\nHost: local",
        "1 KB to the sign-in": _head("/sign-in/", 1000),
        "100 KB to the door": _head("/o/send/", 100_000) + b"x" * 5000,
        "20 MB to an upload": _head("/offline/", 20 << 20, cookie()) + b"x" * 300_000,
    }


def slow_senders(seconds: float) -> None:
    """Sixty-four of each size, who send a byte a second and come again when they are closed."""
    for kind, begun in slow().items():
        ends, waits = time.monotonic() + seconds, list[float]()
        with ExitStack() as lines:
            senders = [lines.enter_context(_Slow(begun)) for _ in range(MANY_SLOW)]
            while time.monotonic() < ends:
                for sender in senders:
                    sender.drip()
                for page in LOOKED_AT:
                    waits.append(measure.seconds(lambda page=page: _looked_at(page)))  # type: ignore[misc]
                time.sleep(1)
        again = sum(sender.opened - 1 for sender in senders)
        measure.verdict(
            f"{MANY_SLOW} who send {kind}, for {seconds:.0f} s: the longest wait {max(waits):.2f} s"
            f" ({len(waits)} looks; {again} closed and come again)",
            max(waits) <= 1,
        )


class _Slow:
    """One slow sender."""

    def __init__(self, begun: bytes) -> None:
        self._begun, self.opened = begun, 0
        self._open()

    def _open(self) -> None:
        self._line = socket.create_connection(("127.0.0.1", box_serving.PORT), timeout=10)
        self.opened += 1
        self._line.sendall(self._begun)
        self._line.setblocking(False)

    def drip(self) -> None:
        """A byte more, on a new line if the site has closed this one."""
        try:
            self._line.send(b"x")
            if self._line.recv(1000) == b"":
                raise OSError
        except BlockingIOError:
            pass
        except OSError:
            self._line.close()
            self._open()

    def __enter__(self) -> "_Slow":
        return self

    def __exit__(self, *fault: object) -> None:
        self._line.close()


def _looked_at(path: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", box_serving.PORT, timeout=60)
    line.request("GET", path)
    assert line.getresponse().status == 200
    line.close()


def too_large(site: Served) -> None:
    """200 MB to each kind of address; how much the site's processes wrote to the disk meanwhile, temporary files too."""
    for path, more in (
        ("/sign-in/", ""),
        ("/o/send/", ""),
        ("/duties/", cookie()),
        ("/offline/", cookie()),
        ("/none/", ""),
    ):
        before, said = _written(site), b""
        with socket.create_connection(("127.0.0.1", box_serving.PORT), timeout=20) as line, suppress(OSError):
            line.sendall(_head(path, 200 << 20, more))
            for _ in range(200):
                line.sendall(b"x" * (1 << 20))
                if not said and select.select([line], [], [], 0)[0]:
                    said = line.recv(100)
        used = (_written(site) - before) / (1 << 20)
        measure.verdict(
            f"200 MB to {path}: {said[9:12].decode()}, {used:.2f} MB written",
            said[9:12] == b"413" and used < 1,
        )


def _written(site: Served) -> int:
    """Bytes all processes of the site have written to files so far."""
    told = (Path(f"/proc/{pid}/io").read_text() for pid in _members(site._process))
    return sum(
        int(line.split()[1]) for text in told for line in text.splitlines() if line.startswith("write_bytes")
    )


def stops(here: stage.Stage, times: int) -> None:
    """So many stops of each kind, each with somebody asking and somebody who never finishes."""
    for kind, stop in STOPS.items():
        took = []
        for _ in range(times):
            site = Served(here, bare=True)
            site.wait_until_up()
            with socket.create_connection(("127.0.0.1", box_serving.PORT)) as line:
                line.sendall(slow()["1 KB to the sign-in"])
                begun = time.monotonic()
                stop(site._process.pid)
                while _members(site._process) and time.monotonic() < begun + 20:
                    time.sleep(0.02)
                took.append(time.monotonic() - begun)
            site.stop(signal.SIGKILL) if _members(site._process) else site._process.wait(20)
        measure.verdict(f"{kind}, {times} times: the longest {max(took):.2f} s", max(took) <= SECONDS_TO_STOP)


def _members(process: "subprocess.Popen[bytes]") -> list[int]:
    """Every process of its session that lives."""
    process.poll()
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, IndexError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == process.pid and fields[0] != "Z":
                found.append(int(entry.name))
    return found


if __name__ == "__main__":
    main()
