"""Sixty-four wrong sign-ins at once, from sixteen addresses, while somebody stands at the door.

    ./run python bench/sign_in.py [--seconds 20] [--database postgres://…/sign_in] [--port 8391]

Every attacker takes the form and sends wrong passwords without a pause, half of them for names nobody has, from loopback
addresses of his own (127.0.0.2 and on; Linux). Beside them somebody opens the door twenty times a second. Bar: the door's
95th percentile stays under 200 ms. Told as well: the door before the flood, what the flood was answered, and how long
somebody who signed in before waits for his own sign-in meanwhile.
"""

import http.client
import multiprocessing
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import quantiles
from threading import Thread
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import box_serving, boxes, measure, stage
from bench.box_serving import Served

CLIENTS, ADDRESSES, BAR = 64, 16, 200
OWN, WORDS = "owner", "石榴-three-plain-words"


def main() -> None:
    """Prepare a site with one account, serve it, measure the door without and with the flood."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--port", type=int, default=box_serving.PORT)
    parser.add_argument("--seconds", type=int, default=20)
    given = parser.parse_args()
    box_serving.PORT = given.port
    with stage.prepared(given, today=boxes.OPENS) as here:
        _an_account()
        print(f"{here.name}, {CLIENTS} attackers from {ADDRESSES} addresses, {given.seconds} s")
        site = Served(here)
        try:
            site.wait_until_up()
            known = Visitor("127.0.0.1")
            assert known.signs_in(OWN, WORDS) == 302, "the owner cannot sign in"
            assert _places_known() == 1, "the server does not tell where requests come from"
            quiet = times_of(_door, 5, pause=0.05)
            with multiprocessing.get_context("spawn").Pool(2) as pool:
                flood = pool.starmap_async(
                    attack, [(given.port, half, given.seconds + 2) for half in range(2)]
                )
                time.sleep(1)
                owner: list[float] = []
                thread = Thread(
                    target=lambda: owner.extend(
                        times_of(lambda: known.signs_in(OWN, WORDS), given.seconds - 2, pause=1)
                    )
                )
                thread.start()
                met = times_of(_door, given.seconds - 2, pause=0.05)
                thread.join()
                answered = sum(flood.get(given.seconds + 60), Counter())
        finally:
            site.stop()
        told(quiet, met, owner, answered)
        measure.ended()


def told(
    quiet: Sequence[float], met: Sequence[float], owner: Sequence[float], answered: Counter[int]
) -> None:
    """The figures."""
    for name, times in (
        ("the door alone", quiet),
        ("the door in the flood", met),
        ("the owner's own sign-in", owner),
    ):
        print(
            f"{name}: {_at(times, 50):.0f} ms p50, {_at(times, 95):.0f} ms p95, {max(times) * 1000:.0f} ms at most ({len(times)})"
        )
    print(
        "the flood was answered: "
        + ", ".join(f"{status}: {many}" for status, many in sorted(answered.items()))
    )
    late = _at(met, 95)
    print(f"door p95 {late:.0f} ms, bar {BAR} ms: {'held' if late < BAR else 'NOT HELD'}")


def attack(port: int, half: int, seconds: int) -> Counter[int]:
    """Half of the attackers, each with his address and his names."""
    box_serving.PORT = port
    answered: Counter[int] = Counter()

    def one(at: int) -> None:
        visitor, ends = Visitor(f"127.0.0.{2 + at % ADDRESSES}"), time.monotonic() + seconds
        number = 0
        while time.monotonic() < ends:
            number += 1
            name = OWN if at % 2 else f"nobody-{at}-{number}"
            answered[visitor.signs_in(name, f"wrong {number}")] += 1

    threads = [Thread(target=one, args=(at,)) for at in range(half, CLIENTS, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answered


class Visitor:
    """A browser at one address: it keeps what it is given."""

    def __init__(self, address: str) -> None:
        self._address, self._cookies = address, dict[str, str]()

    def signs_in(self, name: str, password: str) -> int:
        """The form taken (once) and sent; the status of the answer, 0 where there was none."""
        try:
            if "csrftoken" not in self._cookies:
                self._ask("GET", {})
            token = self._cookies["csrftoken"]
            status, _ = self._ask(
                "POST", {"username": name, "password": password, "csrfmiddlewaretoken": token}
            )
        except (OSError, http.client.HTTPException, KeyError):
            return 0
        self._cookies.pop("sessionid", None)
        return status

    def _ask(self, method: str, fields: dict[str, str]) -> tuple[int, bytes]:
        line = http.client.HTTPConnection(
            "127.0.0.1", box_serving.PORT, timeout=60, source_address=(self._address, 0)
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()),
        }
        try:
            line.request(method, "/sign-in/", urlencode(fields), headers)
            answer = line.getresponse()
            for given in answer.headers.get_all("Set-Cookie", []):
                if found := re.match(r"(\w+)=([^;]+)", given):
                    self._cookies[found[1]] = found[2]
            return answer.status, answer.read()
        finally:
            line.close()


def times_of(act: Callable[[], Any], seconds: float, *, pause: float) -> list[float]:
    """How long an act took, again and again for so many seconds."""
    ends, times = time.monotonic() + seconds, []
    while time.monotonic() < ends:
        times.append(measure.seconds(act))
        time.sleep(pause)
    return times


def _door() -> None:
    line = http.client.HTTPConnection("127.0.0.1", box_serving.PORT, timeout=60)
    line.request("GET", "/o/")
    assert line.getresponse().status == 200
    line.close()


def _at(times: Sequence[float], part: int) -> float:
    return quantiles(times, n=100)[part - 1] * 1000


def _places_known() -> int:
    from dianping.accounts.models import KnownPlace

    return KnownPlace.objects.count()


def _an_account() -> None:
    from dianping.accounts.services import add_account
    from dianping.common.audit import SYSTEM

    add_account(username=OWN, password=WORDS, name="温干事", person=None, actor=SYSTEM, lasting=True)


if __name__ == "__main__":
    main()
