"""Writers stand in one line across processes and threads; whoever dies in it holds nobody up."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction

from dianping.common.models import FormKey
from dianping.common.queue import GaveUp, WaitingLine
from dianping.config.sqlite_in_line import base

pytestmark = pytest.mark.skipif(not base.IN_LINE, reason="the line needs Linux's locks")
STAND = (
    "import sys, time; from pathlib import Path; from dianping.common.queue import WaitingLine;"
    "line = WaitingLine(Path(sys.argv[1])); number = line._draw(); print('drawn', flush=True); line.leave();"
    "line.stand(60); print('first', flush=True); sys.stdin.readline(); line.leave(); print('left', flush=True)"
)


class Somebody:
    """A process of its own in the line: it says when it is first, and leaves when told."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", STAND, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.said() == "drawn"

    def said(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.said() == "left"
        self.process.wait()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "line"


def waiting(path: Path, many: int) -> None:
    """Until so many numbers have been drawn and not yet left (each drew one to try)."""
    ends = time.monotonic() + 30
    while int.from_bytes(path.read_bytes()[8:16], "little") < many:
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_whoever_comes_first_goes_first_whatever_his_process(path: Path) -> None:
    mine, order = WaitingLine(path), list[str]()
    mine.stand(1)

    def one(name: str) -> None:
        line = WaitingLine(path)
        line.stand(60)
        order.append(name)
        line.close()

    drawn, threads = 1, []
    other = None
    for number in range(6):
        if number == 3:
            other = Somebody(path)
            drawn += 2
        else:
            threads.append(Thread(target=one, args=(str(number),)))
            threads[-1].start()
            drawn += 1
        waiting(path, drawn)
    mine.leave()
    assert other
    assert other.said() == "first"
    assert order == ["0", "1", "2"], "those before the other process, and nobody after it"
    other.leave()
    for thread in threads:
        thread.join(30)
    assert order == ["0", "1", "2", "4", "5"]


def test_the_line_goes_on_when_its_first_is_killed(path: Path) -> None:
    first = Somebody(path)
    assert first.said() == "first"
    second = WaitingLine(path)
    with pytest.raises(GaveUp):
        second.stand(0.05)
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    second.stand(10)
    assert second.holds


def test_who_gives_up_lets_nobody_past_the_first(path: Path) -> None:
    first, second, third = WaitingLine(path), WaitingLine(path), WaitingLine(path)
    first.stand(1)
    for line in (second, third):
        with pytest.raises(GaveUp):
            line.stand(0.01)
        assert not line.holds
    first.leave()
    third.stand(1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "write",
    [
        lambda: FormKey.objects.create(key="k", actor="a", digest="d"),
        lambda: FormKey.objects.update(actor="b"),
        lambda: FormKey.objects.all().delete(),
        lambda: FormKey.objects.bulk_create([FormKey(key="k", actor="a", digest="d")]),
        lambda: transaction.atomic().__enter__(),
        lambda: connection.cursor().execute("  update common_formkey set actor = 'c'"),
        lambda: connection.cursor().executemany("DELETE FROM common_formkey WHERE id = %s", [(1,)]),
        lambda: connection.cursor().execute("WITH a(b) AS (SELECT 1) UPDATE common_formkey SET actor = 'c'"),
    ],
    ids=["create", "update", "delete", "many", "transaction", "statement", "statements", "with"],
)
def test_every_way_of_writing_stands_in_line(write: object, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL orders its writers itself")
    monkeypatch.setattr(base, "PATIENCE", 0.01)
    connection.ensure_connection()
    other = WaitingLine(Path(f"{connection.settings_dict['NAME']}-line"))
    other.stand(10)
    try:
        with pytest.raises(OperationalError, match="locked"):
            write()  # type: ignore[operator]
        assert FormKey.objects.count() == 0, "who reads does not wait"
    finally:
        other.close()
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_line_is_left_however_a_transaction_ends() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL orders its writers itself")
    other = WaitingLine(Path(f"{connection.settings_dict['NAME']}-line"))

    def free() -> None:
        other.stand(1)
        other.leave()

    with transaction.atomic():
        FormKey.objects.create(key="k", actor="a", digest="d")
        with pytest.raises(GaveUp):
            other.stand(0.01)
    free()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    free()
    with pytest.raises(OperationalError):
        connection.cursor().execute("UPDATE no_such_table SET a = 1")
    free()
    with transaction.atomic():
        connection.close()
    free()
    FormKey.objects.all().delete()
    free()
    other.close()
