"""Hostile files, and an honest text of 2.5 MB, sent by a clerk while thirty-two people send forms at the door.

    ./run python bench/uploads.py [--seconds 12] [--port 8391]

The site runs as `./run` serves it, on a temporary folder. First the forms are sent alone, then while one file after another is
uploaded, two at a time. Bars: each upload is answered within its own time (18 s) and never with 500; no form is refused, none
takes over one second that would not have taken it alone (the slowest alone, and one second).
"""

import http.client
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import box_serving, boxes, measure, stage
from bench.box_load import CLIENTS, QUESTIONS
from bench.box_serving import Served, post

PASSWORD = "measured only here"
ANSWERED, LONGEST = 18, 1.0  # seconds
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "part-of-a-measured-form"


def main() -> None:
    """Prepare a box and a clerk, serve, send."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--port", type=int, default=box_serving.PORT)
    parser.add_argument("--forms", type=int, default=6000)
    parser.add_argument("--seconds", type=int, default=12, help="how long forms are sent alone")
    given = parser.parse_args()
    box_serving.PORT = given.port
    with stage.prepared(given, today=boxes.OPENS) as here:
        found = boxes.ready(given.forms)
        clerk(found)
        site = Served(here)
        try:
            site.wait_until_up()
            measured(found.codes, given.seconds)
        finally:
            site.stop()
        measure.ended()


def clerk(found: boxes.Ready) -> None:
    """Two accounts that keep the office of the place: one reads one file at a time."""
    from dianping.accounts.models import Grant
    from dianping.accounts.services import add_account, grant_role
    from dianping.common.audit import Operator

    actor = Operator("measurement")
    for name in ("clerk-1", "clerk-2"):
        user = add_account(
            username=name, name=name, password=PASSWORD, person=None, actor=actor, lasting=True
        )
        grant_role(
            user=user,
            role=Grant.Role.CLERK,
            organisation=found.poll.organisation,
            since=boxes.OPENS,
            actor=actor,
        )


def files() -> dict[str, bytes]:
    """What is sent, by name."""
    from tests import bad_documents

    return {
        "wide.docx": bad_documents.wide_cell(),
        "paragraphs.docx": bad_documents.many_paragraphs(),
        "shared.pdf": bad_documents.shared_stream(),
        "slow.pdf": bad_documents.slow_stream(),
        "tags.html": bad_documents.page_of_tags(),
        "honest.txt": bad_documents.honest(830_000).encode(),
    }


def measured(codes: Sequence[str], seconds: int) -> None:
    """Forms alone, then forms beside uploads."""
    waiting: SimpleQueue[str] = SimpleQueue()
    for code in codes:
        waiting.put(code)
    content = files()  # made before anything is timed: all clients share one interpreter
    alone = beside(waiting, lambda: time.sleep(seconds))
    told: list[tuple[str, int, float]] = []
    busy = beside(waiting, lambda: told.extend(uploaded(content)))
    measure.table(("upload", "status", "s"), [(name, status, f"{took:.1f}") for name, status, took in told])
    for name, times in (("alone", alone), ("beside uploads", busy)):
        took = sorted(one for _, one in times)
        print(
            f"forms {name}: {len(took)}; s p50 {took[len(took) // 2]:.3f}, p99 {took[int(len(took) * 0.99)]:.3f}, most {took[-1]:.3f}"
        )
    slowest = max(took for _, _, took in told)
    measure.verdict(f"each upload answered within {ANSWERED} s: {slowest:.1f}", slowest <= ANSWERED)
    statuses = Counter(status for _, status, _ in told)
    # 302: read; 422: the page came back with a sentence. 403 would mean that no file ever reached a reader.
    measure.verdict(
        f"every upload was read or refused in words: {dict(statuses)}", set(statuses) <= {302, 422}
    )
    refused = Counter(status for status, _ in busy if status != 200)
    measure.verdict(f"no form refused: {dict(refused)}", not refused)
    bar = max(LONGEST, max(took for _, took in alone) + LONGEST)
    most = max(took for _, took in busy)
    measure.verdict(f"no form over {bar:.2f} s: {most:.2f}", most <= bar)


def beside(waiting: "SimpleQueue[str]", act: Callable[[], object]) -> list[tuple[int, float]]:
    """Send forms from so many clients until the act is done: status and seconds of each."""
    done, results, numbers = Event(), list[tuple[int, float]](), count()

    def client() -> None:
        line = http.client.HTTPConnection("127.0.0.1", box_serving.PORT, timeout=60)
        while not done.is_set() and not waiting.empty():
            number, begun = next(numbers), time.perf_counter()
            said = {f"q-0-{key}": boxes.sentence(number) for key in QUESTIONS[number % 6 :]}
            status, _ = post(line, waiting.get(), boxes.new_stub(), said)
            results.append((status, time.perf_counter() - begun))
            time.sleep(0.25)  # people, not a flood

    threads = [Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    act()
    done.set()
    for thread in threads:
        thread.join()
    return results


def uploaded(content: dict[str, bytes]) -> list[tuple[str, int, float]]:
    """Every file once from each of two clerks, both at a time: name, status, seconds."""
    results: list[tuple[str, int, float]] = []

    def send(name: str) -> None:
        line = Signed(name)
        for file, body in content.items():
            begun = time.perf_counter()
            results.append((file, line.upload(file, body), time.perf_counter() - begun))

    threads = [Thread(target=send, args=(name,)) for name in ("clerk-1", "clerk-2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Signed:
    """A browser that has signed in."""

    def __init__(self, name: str) -> None:
        self.cookies: dict[str, str] = {}
        token = self._token("/sign-in/")
        self._ask("POST", "/sign-in/", urlencode({"username": name, "password": PASSWORD, **token}), FORM)

    def upload(self, file: str, body: bytes) -> int:
        """Send a file to be entered as a notice; the status."""
        fields = self._token("/notices/enter/") | {"direction": "received", "text": ""}
        parts = b"".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        )
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files_sent"; filename="{file}"\r\n\r\n'
        whole = parts + head.encode() + body + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._ask("POST", "/notices/enter/", whole, f"multipart/form-data; boundary={BOUNDARY}")[0]

    def _token(self, address: str) -> dict[str, str]:
        page = self._ask("GET", address)[1]
        names = ("csrfmiddlewaretoken", "form_key")
        found = {name: re.search(rf'name="{name}"\s+value="([^"]*)"', page) for name in names}
        return {name: value[1] for name, value in found.items() if value}

    def _ask(
        self, method: str, address: str, body: str | bytes | None = None, kind: str = ""
    ) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", box_serving.PORT, timeout=90)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers |= {"Content-Type": kind, "Origin": f"http://127.0.0.1:{box_serving.PORT}"} if body else {}
        line.request(method, address, body, headers)
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        page = answer.read().decode()
        line.close()
        return answer.status, page


if __name__ == "__main__":
    main()
