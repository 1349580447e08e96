"""Thirty-two people send their forms at once, over HTTP, to the site as `./run` serves it.

    ./run python bench/box_load.py [--forms 6000] [--database postgres://…/box_load]

Every form goes in by a request of its own, with its slip; each connection is kept. Bars: 150 forms a second, 500 ms at the
99th percentile, none refused, every accepted one in the box and on the disk. How often the disk is reached is counted
in a run of its own: with strace (Linux, where it is installed; being traced is slow), on PostgreSQL by its server.
"""

import http.client
import multiprocessing
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import box_serving, boxes, measure, stage
from bench.box_serving import Served, post

CLIENTS = 32
SPEED, WAIT, TRACED = 150, 500, 300
QUESTIONS = ("striving", "central_work", "pledges", "good_deeds", "building", "other")


def main() -> None:
    """Prepare a box, serve the site, send."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--port", type=int, default=box_serving.PORT)
    parser.add_argument("--forms", type=int, default=6000)
    given = parser.parse_args()
    box_serving.PORT = given.port
    with stage.prepared(given, today=boxes.OPENS) as here:
        print(f"{here.name}, {given.forms} forms, {CLIENTS} clients")
        found = boxes.ready(given.forms + TRACED)
        with served(here):
            told = send_all(found.codes[: given.forms])
        speed_told(told, given.forms)
        traced(here, found.codes[given.forms :])
        held(found, given.forms + TRACED)
        measure.ended()


@contextmanager
def served(here: stage.Stage, *, traced_into: Path | None = None) -> Iterator[None]:
    """The site, served by `manage.py serve` until the end of the block."""
    tracing = ("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(traced_into))
    site = Served(here, before=tracing if traced_into else ())
    try:
        site.wait_until_up()
        yield
    finally:
        site.stop()


def send_all(codes: Sequence[str]) -> list[tuple[int, float]]:
    """Send every form from a process of its own with so many threads: status and seconds of each, and the whole time."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.Process(target=_clients, args=(list(codes), sender))
    worker.start()
    found: list[tuple[int, float]] = receiver.recv()
    worker.join()
    return found


def _clients(codes: list[str], sender: "multiprocessing.connection.Connection") -> None:
    waiting: SimpleQueue[tuple[int, str]] = SimpleQueue()
    for pair in enumerate(codes):
        waiting.put(pair)
    results: list[tuple[int, float]] = []

    def client() -> None:
        line = http.client.HTTPConnection("127.0.0.1", box_serving.PORT, timeout=60)
        while True:
            try:
                number, code = waiting.get_nowait()
            except Empty:
                return
            said = {f"q-0-{key}": boxes.sentence(number) for key in QUESTIONS[number % 6 :]}
            stub, begun = boxes.new_stub(), time.perf_counter()
            status, _ = post(line, code, stub, said)
            results.append((status, time.perf_counter() - begun))

    whole = time.perf_counter()
    threads = [Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.append((0, time.perf_counter() - whole))
    sender.send(results)


def speed_told(told: list[tuple[int, float]], forms: int) -> None:
    """What it came to."""
    whole = told[-1][1]
    times = sorted(seconds for status, seconds in told if status)
    statuses = Counter(status for status, _ in told if status)
    at = [times[min(int(len(times) * part), len(times) - 1)] * 1000 for part in (0.5, 0.95, 0.99, 1)]
    print(
        f"{forms / whole:.0f} forms a second; ms p50 {at[0]:.0f}, p95 {at[1]:.0f}, p99 {at[2]:.0f}, most {at[3]:.0f}"
    )
    measure.verdict(f"at least {SPEED} a second: {forms / whole:.0f}", forms / whole >= SPEED)
    measure.verdict(f"99 of 100 within {WAIT} ms: {at[2]:.0f}", at[2] <= WAIT)
    measure.verdict(f"none refused: {dict(statuses)}", statuses == {200: forms})


def traced(here: stage.Stage, codes: Sequence[str]) -> None:
    """How often the disk was reached for so many forms: traced on SQLite; on PostgreSQL its server counts how often the
    write-ahead log was."""
    if not here.is_sqlite:
        return _told_by_the_server(here, codes)
    if shutil.which("strace") is None:
        print("reaching the disk: not counted (strace needed)")
        return _sent(here, codes)
    into = here.home / "strace.out"
    with served(here, traced_into=into):
        before = into.read_text().count("sync(")
        told = send_all(codes)
        after = into.read_text().count("sync(")
    accepted = sum(status == 200 for status, _ in told)
    measure.verdict(
        f"each of {accepted} forms reached the disk: {after - before} times", after - before >= accepted
    )
    return None


def _sent(here: stage.Stage, codes: Sequence[str]) -> None:
    with served(here):
        send_all(codes)


def _told_by_the_server(here: stage.Stage, codes: Sequence[str]) -> None:
    from django.db import connection

    def syncs() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT wal_sync FROM pg_stat_wal")
            return int(cursor.fetchone()[0])

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        kept = cursor.fetchone() == ("on", "on")
    before = syncs()
    _sent(here, codes)
    time.sleep(2)  # its statistics are told late
    measure.verdict(
        f"{len(codes)} forms: the log reached the disk {syncs() - before} times, before each answer",
        kept and syncs() - before >= len(codes),
    )


def held(found: boxes.Ready, forms: int) -> None:
    """Everything accepted is in the box, and the box is sound."""
    from dianping.opinions.models import Box
    from dianping.opinions.services.accounting import faults_of

    used = Box.objects.get(poll=found.poll).used
    measure.verdict(f"{used} of {forms} in the box", used == forms)
    faults = faults_of(found.poll)
    measure.verdict(f"nothing in the box amiss: {faults}", not faults)


if __name__ == "__main__":
    main()
