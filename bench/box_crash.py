"""The site is killed again and again while people send, and while a box is opened; the disk fills up.

    ./run python bench/box_crash.py [--kills 200] [--openings 50] [--forms 300] [--database postgres://…/box_crash]

Thirty-two people send forms and try again, with the same stub, whenever they get no answer; the server's processes are
killed at moments of chance. Then boxes are opened by a process that is killed at moments of chance. Then, where
a small file system may be mounted, the disk fills up while people send. Bars: nothing acknowledged is lost, nothing
counted twice; a box is opened once and wholly, or sealed as it was; a full disk is told in words.
"""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Event, Lock, Thread

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import box_serving, boxes, measure, stage
from bench.box_serving import Served, post

CLIENTS = 32
SLACK = 3 << 19  # bytes left on the disk that fills up
OPEN = (
    "import os, sys, django; django.setup();"
    "from dianping.common.audit import Operator; from dianping.opinions.models import Poll;"
    "from dianping.opinions.services import open_box, read_box; from datetime import date; poll = Poll.objects.get(pk=sys.argv[1]);"
    "print('ready', flush=True); sys.stdin.readline();"
    "read = read_box(poll=poll, unit_key=sys.argv[2], superior_key=sys.argv[3], actor=Operator('unit'));"
    "open_box(poll=poll, read=read, today=date(2011, 1, 10), actor=Operator('unit'), witness='superior');"
    "print('opened', flush=True)"
)


class People:
    """Those who send: each takes the next slip, sends, and tries again until told that it was received."""

    def __init__(self, codes: list[str]) -> None:
        self._codes, self._at, self._lock = codes, 0, Lock()
        self.done, self.acknowledged, self.again, self.wrong = Event(), list[str](), 0, list[int]()
        self._threads = [Thread(target=self._send) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def _next(self) -> str:
        with self._lock:
            self._at += 1
            return self._codes[self._at - 1] if self._at <= len(self._codes) else ""

    def _send(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", box_serving.PORT, timeout=20)
        while not self.done.is_set():
            code = self._next()
            if not code:
                return
            stub, tries = boxes.new_stub(), 0
            while True:
                try:
                    status, _ = post(line, code, stub, {"q-1-done": "0"})
                except (OSError, http.client.HTTPException):
                    line.close()
                    tries += 1
                    time.sleep(0.1)
                    continue
                break
            with self._lock:
                self.again += tries > 0
                if status == 200:
                    self.acknowledged.append(stub)
                else:
                    self.wrong.append(status)

    @property
    def sending(self) -> bool:
        """Whether there are forms left to send."""
        return self._at < len(self._codes)

    def finish(self) -> None:
        """No new forms; those begun are brought to their end."""
        self.done.set()
        for thread in self._threads:
            thread.join()


def main() -> None:
    """Kill while people send, while a box is opened, fill the disk."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--port", type=int, default=box_serving.PORT)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--openings", type=int, default=50)
    parser.add_argument("--forms", type=int, default=300, help="in each box that is opened")
    given = parser.parse_args()
    box_serving.PORT = given.port
    with stage.prepared(given, today=boxes.OPENS) as here:
        print(
            f"{here.name}, {given.kills} kills while {CLIENTS} people send, {given.openings} while a box is opened"
        )
        if given.kills:
            killed_while_sending(here, given.kills)
        if given.openings:
            killed_while_opening(here, given.openings, given.forms)
        full_disk(here)
        measure.ended()


def killed_while_sending(here: stage.Stage, kills: int) -> None:
    """The bar: what was acknowledged is in the box, once."""
    chance, begun = Random(11), time.monotonic()
    box = boxes.ready(400 + 120 * kills, "verdict")
    site = Served(here, bare=True)
    site.wait_until_up()
    people = People(box.codes)
    met = 0
    for _ in range(kills):
        time.sleep(chance.uniform(0.1, 0.6))
        met += people.sending
        site.stop(signal.SIGKILL)
        site = Served(here, bare=True)
        site.wait_until_up()
    people.finish()
    site.stop()
    print(
        f"{kills} kills in {time.monotonic() - begun:.0f} s; {len(people.acknowledged)} acknowledged,"
        f" {people.again} of them after trying again"
    )
    from dianping.opinions.models import Stub
    from dianping.opinions.services import poll_faults

    measure.verdict(f"kills that met people sending: {met}", met == kills)
    measure.verdict(f"no other answer: {people.wrong[:5]}", not people.wrong)
    box.poll.refresh_from_db()
    faults = poll_faults(box.poll)
    measure.verdict(f"the box is sound: {faults}", not faults)
    opened = box.open()
    kept = set(Stub.objects.filter(poll=opened).values_list("number", flat=True))
    lost = set(people.acknowledged) - kept
    measure.verdict(f"lost: {len(lost)}", not lost)
    extra = opened.turnout["opened"] - len(set(people.acknowledged))
    measure.verdict(f"counted twice, or never acknowledged: {extra}", extra == 0)
    measure.verdict("the database is whole", whole(here))


def whole(here: stage.Stage) -> bool:
    """SQLite's own check; PostgreSQL answers for itself."""
    if not here.is_sqlite:
        return True
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchall()
    return bool(answer == [("ok",)])


def killed_while_opening(here: stage.Stage, times: int, forms: int = 300) -> None:
    """The bar: opened once and wholly, or sealed as it was; a machine key left behind is destroyed by the next command."""
    from dianping.opinions.models import Figure, Saying, Slip, Slot, Stub
    from dianping.opinions.services import finish_erasing, poll_faults

    chance, box = Random(12), filled(forms)
    usual = opening(box, forms)
    box, sealed, opened, erased, wrong = filled(forms), 0, 0, 0, list[str]()
    for _ in range(times):
        process = begin(box)
        time.sleep(chance.uniform(0, usual * 1.2))
        process.kill()
        process.wait()
        poll = type(box.poll).objects.get(pk=box.poll.pk)
        left = [model.objects.filter(poll=poll).count() for model in (Figure, Saying, Stub)]
        if poll.state == "ready":
            sealed += 1
            if poll_faults(poll) or any(left):
                wrong.append(f"sealed and not as it was: {poll_faults(poll)} {left}")
            continue
        opened += 1
        erased += finish_erasing()
        remains = Slot.objects.filter(poll=poll).exists() or Slip.objects.filter(poll=poll).exists()
        if left[2] != forms or remains or poll_faults(poll):
            wrong.append(f"opened and not wholly: {left}")
        box = filled(forms)
    print(
        f"killed {times} times within {usual * 1.2:.2f} s of an opening's begin: {opened} opened, {sealed} sealed;"
        f" {erased} times the machine key was left and then destroyed"
    )
    measure.verdict(f"opened wholly or sealed as it was: {wrong[:3]}", not wrong)
    measure.verdict("both were met", bool(opened and sealed) or times < 20)


def filled(forms: int) -> boxes.Ready:
    """A box with every form in it."""
    from dianping.opinions.rules import Answers
    from dianping.opinions.services import send_form

    box = boxes.ready(forms, "verdict")
    for code in box.codes:
        send_form(code=code, answers=Answers({(1, "done"): 0}), stub=boxes.new_stub(), today=boxes.OPENS)
    return box


def begin(box: boxes.Ready) -> "subprocess.Popen[str]":
    """A process of its own, just about to open."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN, str(box.poll.pk), box.unit_key, box.superior_key],
        cwd=stage.ROOT,
        env=os.environ | {"PYTHONPATH": str(stage.ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()
    return process


def opening(box: boxes.Ready, forms: int) -> float:
    """How many seconds an opening takes when nobody kills it."""
    process = begin(box)
    begun = time.monotonic()
    assert process.stdout and process.stdout.readline() == "opened\n"
    process.wait()
    return time.monotonic() - begun


def full_disk(here: stage.Stage, forms: int = 600) -> None:
    """The bar: refused in words while there is no room, taken again when there is, and nothing half written."""
    from dianping.opinions.models import Poll
    from dianping.opinions.services import poll_faults

    box, place = boxes.ready(forms, "verdict"), Path(tempfile.mkdtemp(prefix="small-"))
    place.chmod(0o755)
    if not mounted(place, 1 << 30):
        print("a full disk: not tried, no file system may be mounted here")
        return
    try:
        with (on_small_disk if here.is_sqlite else on_small_tablespace)(here, place) as small:
            used = shutil.disk_usage(place).used
            assert mounted(place, used + SLACK, again=True)
            statuses, told = sent_until_full(
                small, box, lambda: mounted(place, used + (64 << 20), again=True)
            )
    finally:
        subprocess.run(["umount", "-l", place], check=True)
        place.rmdir()
    poll, taken = Poll.objects.get(pk=box.poll.pk), statuses.count(200)
    print(f"full disk: {taken} of {forms} taken, {statuses.count(503)} refused while there was no room")
    measure.verdict("refused in words, nothing else", set(statuses) == {200, 503} and told)
    measure.verdict(f"{poll.box.used} in the box", poll.box.used == taken)
    measure.verdict(f"nothing half written: {poll_faults(poll)}", not poll_faults(poll) and whole(here))
    measure.verdict("taken again when there was room", statuses[-1] == 200)


def mounted(place: Path, room: int, *, again: bool = False) -> bool:
    """A small file system of so many bytes at a place, or its size changed; False where that is not allowed."""
    how = ["-o", f"remount,size={room}"] if again else ["-t", "tmpfs", "-o", f"size={room}", "tmpfs"]
    return not subprocess.run(["mount", *how, place], check=False).returncode


@contextmanager
def on_small_disk(here: stage.Stage, place: Path) -> Iterator[stage.Stage]:
    """A copy of the SQLite file lies there and is served; it takes the file's place afterwards."""
    source = Path(here.url.removeprefix(stage.SQLITE))
    with connection_closed():
        shutil.copy(source, place / source.name)
        yield replace(here, url=f"{stage.SQLITE}{place / source.name}")
        for ending in ("", "-wal"):
            shutil.copy(f"{place / source.name}{ending}", f"{source}{ending}")


@contextmanager
def on_small_tablespace(here: stage.Stage, place: Path) -> Iterator[stage.Stage]:
    """The whole database lies there, its write-ahead log elsewhere; on a server of this machine only."""
    shutil.chown(place, "postgres")
    with connection_closed():
        stage.on_server(here.url, f"CREATE TABLESPACE box_crash_small LOCATION '{place}'")
        try:
            stage.on_server(here.url, 'ALTER DATABASE "{name}" SET TABLESPACE box_crash_small')
            yield here
            stage.on_server(here.url, 'ALTER DATABASE "{name}" SET TABLESPACE pg_default')
        finally:
            stage.on_server(here.url, "DROP TABLESPACE box_crash_small")


@contextmanager
def connection_closed() -> Iterator[None]:
    """This process lets go of the database, and takes it up again afterwards."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    yield
    connection.close()


def sent_until_full(
    small: stage.Stage, box: boxes.Ready, more_room: Callable[[], bool]
) -> tuple[list[int], bool]:
    """Send one form after another; when some were refused, give the disk more room. Statuses, and whether all refusals
    said so in words."""
    site = Served(small, bare=True)
    site.wait_until_up()
    line = http.client.HTTPConnection("127.0.0.1", box_serving.PORT, timeout=60)
    statuses, told = list[int](), True
    for code in box.codes:
        status, page = post(line, code, boxes.new_stub(), {"q-1-done": "0"})
        statuses.append(status)
        told = told and (status == 200 or "存不下" in page.decode())
        if statuses.count(503) == 20:
            assert more_room()
    site.stop()
    return statuses, told


if __name__ == "__main__":
    main()
