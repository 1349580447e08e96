"""A data folder of version 0.1.0, as a site left it, is brought up to date by the first command."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, with its keys, after `verify_audit`."""
    home = tmp_path_factory.mktemp("site")
    with closing(sqlite3.connect(home / "dianping.sqlite3")) as database:
        database.executescript(gzip.decompress((HERE / "folder-0.1.0.sql.gz").read_bytes()).decode())
    (home / "keys").mkdir(mode=0o700)
    for name, key in json.loads((HERE / "folder-0.1.0.keys.json").read_text()).items():
        (home / "keys" / name).write_text(key)
    return home


def run(folder: Path, *arguments: str) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith("DIANPING_")} | {
        "DIANPING_HOME": str(folder)
    }
    env["DJANGO_SETTINGS_MODULE"] = "dianping.config.settings"
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_has_every_table_and_the_chain_still_holds(folder: Path) -> None:
    assert "完整" in run(folder, "verify_audit")
    run(folder, "makemigrations", "--check", "--dry-run")
    with closing(sqlite3.connect(folder / "dianping.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM reviews_review").fetchone() == (3,)


def test_every_problem_it_followed_has_its_words_and_its_source_and_its_records_stand(folder: Path) -> None:
    assert "完整" in run(folder, "verify_audit")
    run(folder, "verify_records")
    with closing(sqlite3.connect(folder / "dianping.sqlite3")) as database:
        items = database.execute(
            "SELECT i.text = p.text, i.about = r.about, s.review_id = r.id, s.seat_id = r.post_id, i.number = p.number"
            " FROM rectification_item i JOIN reviews_problem p ON p.id = i.problem_id"
            " JOIN reviews_review r ON r.id = p.review_id LEFT JOIN rectification_source s ON s.id = i.source_id"
        ).fetchall()
    assert items
    assert set(items) == {(1, 1, 1, 1, 1)}


KEYS = (b"AAAA-OLD-UNIT-KEY", b"BBBB-OLD-SUPERIOR-KEY")


def test_keys_that_a_lockout_row_held_are_in_no_byte_of_it(folder: Path, tmp_path: Path) -> None:
    """Nor is the row, nor a session by which anybody could go on."""
    with closing(sqlite3.connect(tmp_path / "dianping.sqlite3")) as database:
        database.executescript(gzip.decompress((HERE / "folder-0.1.0.sql.gz").read_bytes()).decode())
        database.execute("INSERT INTO django_session VALUES ('k7sessionsecret', 'x', '2099-01-01')")
        database.commit()
    (tmp_path / "keys").mkdir(mode=0o700)
    for name, key in json.loads((HERE / "folder-0.1.0.keys.json").read_text()).items():
        (tmp_path / "keys" / name).write_text(key)
    secrets = (*KEYS, b"k7sessionsecret")
    assert [secret in _bytes(tmp_path) for secret in secrets] == [True] * 3  # the control
    run(tmp_path, "migrate")
    assert [secret in _bytes(tmp_path) for secret in secrets] == [False] * 3
    run(folder, "verify_audit")
    assert not any(secret in _bytes(folder) for secret in KEYS)
    with closing(sqlite3.connect(folder / "dianping.sqlite3")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert not {table for table in tables if table.startswith("axes_")}


def _bytes(home: Path) -> bytes:
    """The database with all that lies beside it."""
    return b"".join(path.read_bytes() for path in sorted(home.glob("dianping.sqlite3*")))


def test_its_tables_are_those_of_a_new_folder(folder: Path, tmp_path: Path) -> None:
    run(folder, "verify_audit")
    run(tmp_path, "migrate")
    assert _columns(folder) == _columns(tmp_path)


def _columns(home: Path) -> set[tuple[object, ...]]:
    """Every table, index and trigger, and every column with its type, its default and whether it may be null."""
    with closing(sqlite3.connect(home / "dianping.sqlite3")) as database:
        named = set(
            database.execute("SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        )
        tables = [name for kind, name, _ in named if kind == "table"]
        return named | {
            (table, *row[1:]) for table in tables for row in database.execute(f'PRAGMA table_info("{table}")')
        }
