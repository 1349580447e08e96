"""Keys are whole or absent, and the database knows its own."""

import errno
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from dianping.common.keys import LEAST, NAMES, kept_key, make_key, read_key
from tests.config.site import ROOT, command

KILLS = int(os.environ.get("DIANPING_TEST_KILLS", "8"))  # a hundred: DIANPING_TEST_KILLS=100
MAKING = (
    "import sys, itertools; from pathlib import Path; from dianping.common import keys;"
    "print('begun', flush=True);"
    "[keys.make_key(Path(sys.argv[1]) / str(n), name) for n in itertools.count() for name in keys.NAMES"
    " if not (Path(sys.argv[1]) / str(n)).mkdir(exist_ok=True)]"
)

FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "absent": (lambda path: path.unlink(), "不见了"),
    "empty": (lambda path: path.write_text(""), "是空的"),
    "short": (lambda path: path.write_text(path.read_text()[:20]), "不完整"),
    "foreign": (lambda path: path.write_text("x" * 64), "不是这个站的"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_with_a_wrong_key_nothing_runs_and_the_backup_wanted_is_named(fault: str, home: Path) -> None:
    """One fault at each key in turn; every kind of command says so, and none makes a new key."""
    spoil, words = FAULTS[fault]
    for name in NAMES:
        path = home / "keys" / name
        whole = path.read_text()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        spoil(path)
        left = path.read_bytes() if path.exists() else None
        done = command(home, "serve" if name == "ballots" else "verify_audit")
        assert done.returncode == 2, done.stdout + done.stderr
        assert words in done.stderr
        assert f"keys/{name}" in done.stderr
        assert digest[:12] in done.stderr
        assert "Traceback" not in done.stderr
        assert (path.read_bytes() if path.exists() else None) == left
        path.write_text(whole)


def test_a_folder_from_before_gets_its_digests_at_the_first_start(home: Path) -> None:
    with closing(sqlite3.connect(home / "dianping.sqlite3")) as database:
        database.execute("DELETE FROM common_keymark")
        database.commit()
    assert command(home, "verify_audit").returncode == 0
    with closing(sqlite3.connect(home / "dianping.sqlite3")) as database:
        found = dict(database.execute("SELECT name, digest FROM common_keymark"))
    assert found == {name: hashlib.sha256((home / "keys" / name).read_bytes()).hexdigest() for name in NAMES}


def test_a_site_from_before_without_its_keys_gets_no_new_ones(home: Path) -> None:
    with closing(sqlite3.connect(home / "dianping.sqlite3")) as database:
        database.execute("DELETE FROM common_keymark")
        database.commit()
    (home / "keys" / "fingerprint").unlink()
    done = command(home, "verify_audit")
    assert done.returncode == 2
    assert "不见了" in done.stderr
    assert not (home / "keys" / "fingerprint").exists()


def test_killed_while_keys_are_written_leaves_whole_ones_or_none(tmp_path: Path) -> None:
    chance = Random(5)
    for number in range(KILLS):
        place = tmp_path / str(number)
        place.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-c", MAKING, str(place)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0.01, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in place.glob("*/keys/*"):
            assert path.name.startswith(".") or len(path.read_text()) >= LEAST


@pytest.mark.parametrize("step", ["write", "fsync", "link"])
def test_a_disk_that_fills_up_on_the_way_leaves_no_key(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "keys").mkdir()
    if step == "write":
        monkeypatch.setattr("dianping.common.whole_files.os.fdopen", full)
    else:
        monkeypatch.setattr(f"dianping.common.whole_files.os.{step}", full)
    with pytest.raises(OSError, match="No space"):
        make_key(tmp_path, "fingerprint")
    assert os.listdir(tmp_path / "keys") == []


def test_a_key_that_stands_is_never_written_over(tmp_path: Path) -> None:
    make_key(tmp_path, "session")
    first = read_key(tmp_path, "session")
    make_key(tmp_path, "session")
    assert read_key(tmp_path, "session") == first
    assert (tmp_path / "keys" / "session").stat().st_mode & 0o777 == 0o600


def test_every_key_of_the_settings_is_read_only_when_used(tmp_path: Path) -> None:
    late = kept_key(tmp_path, "fingerprint")
    assert not (tmp_path / "keys").exists()
    make_key(tmp_path, "fingerprint")
    assert late.encode() == read_key(tmp_path, "fingerprint").encode()
    assert {settings.SECRET_KEY[-1], settings.FINGERPRINT_KEY[-1], settings.BALLOT_KEY[-1]} == {"-"}
