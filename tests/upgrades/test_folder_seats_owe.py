"""A folder in which only seats owed, its duties in the chain, is brought up to date: who else owes has a name, and the chain
vouches for it (decision 0052).

The folder was made by the version before: the university of the tests, its round opened twice, the secretary of a branch heading
all that is above it, so that nobody inside is left to review it; three duties met, one of them owed by an outsider.
"""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder as it stood, with its keys."""
    with closing(sqlite3.connect(tmp_path / "dianping.sqlite3")) as database:
        database.executescript(gzip.decompress((HERE / "folder-seats-owe.sql.gz").read_bytes()).decode())
    (tmp_path / "keys").mkdir(mode=0o700)
    for name, key in json.loads((HERE / "folder-seats-owe.keys.json").read_text()).items():
        (tmp_path / "keys" / name).write_text(key)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("DIANPING_")}
    env |= {"DIANPING_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "dianping.config.settings"}
    command = [sys.executable, ROOT / "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def asked(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "dianping.sqlite3")) as database, database:
        return list(database.execute(sql))


def test_every_duty_has_one_who_owes_it_and_the_records_verify(folder: Path) -> None:
    (before,) = asked(folder, "SELECT COUNT(*), COUNT(owed_by_id) FROM duties_duty")
    found = run(folder, "verify_records")
    assert found.returncode == 0, found.stdout + found.stderr
    (after,) = asked(folder, "SELECT COUNT(*), COUNT(owed_by_id) FROM duties_duty")
    assert after == before
    names = asked(
        folder,
        "SELECT owed_by_outsider, w.outside FROM duties_duty d JOIN duties_window w ON w.id = window_id WHERE owed_by_id IS NULL",
    )
    assert Counter(names) == {
        ("中共河南省委高校工委", "中共河南省委高校工委"): 4,  # the top and its secretary, in two windows each
        (
            "待上级指定",
            "",
        ): 8,  # the offices and their branch, whom nobody but their own secretary could review
    }
    assert asked(
        folder, "SELECT COUNT(*) FROM duties_duty WHERE owed_by_id > 0 AND owed_by_outsider <> ''"
    ) == [(0,)]


def test_the_names_are_taken_into_the_chain_once_as_an_act(folder: Path) -> None:
    for _ in range(2):
        assert run(folder, "verify_audit").returncode == 0
    ((detail,),) = asked(folder, "SELECT detail FROM common_auditentry WHERE act = '升级时补写'")
    assert json.loads(str(detail))["rows"] == 12
    left = asked(folder, "SELECT COUNT(*) FROM common_touched WHERE \"table\" LIKE '%duties_duty'")
    assert left == [(0,)]


@pytest.mark.parametrize("column", ["due = '2011-03-01'", "person_id = 1"])
def test_what_was_changed_beside_the_system_before_is_still_found(folder: Path, column: str) -> None:
    """A row the migration names is taken in with its name alone: whatever else is not as the chain says is told."""
    asked(folder, f"UPDATE duties_duty SET {column} WHERE id = 27")
    found = run(folder, "verify_records")
    assert found.returncode != 0
    assert "应办事项" in found.stdout + found.stderr


def test_a_name_changed_afterwards_is_found(folder: Path) -> None:
    assert run(folder, "verify_records").returncode == 0
    asked(folder, "UPDATE duties_duty SET owed_by_outsider = '别人' WHERE id = 27")
    found = run(folder, "verify_records")
    assert found.returncode != 0
    assert "应办事项 27 与链里记的不符，被改动过。" in found.stdout + found.stderr
