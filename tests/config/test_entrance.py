"""A command speaks to a site that stands and says which; in a folder without one it begins none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from dianping.config.entrance import FIRST, TAKEN_OUT, WITHOUT
from tests.config.site import ROOT, command, environment

ALL = """
import contextlib, io, json, sys
from django.core.management import get_commands
from dianping.config.entrance import Entrance, FIRST, WITHOUT
import django; django.setup()
told = {}
for name in sorted(set(get_commands()) - FIRST - WITHOUT):
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            Entrance(["manage.py", name]).execute()
            told[name] = [0, said.getvalue()]
        except SystemExit as end:
            told[name] = [end.code, said.getvalue()]
print(json.dumps(told))
"""


def in_folder(home: Path, program: str) -> dict[str, tuple[int, str]]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(home, DJANGO_SETTINGS_MODULE="dianping.config.settings", PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("folder", ["absent", "empty", "keys only"])
def test_no_command_but_the_first_ones_runs_where_there_is_no_site(folder: str, tmp_path: Path) -> None:
    """Every command there is, Django's and the libraries' too."""
    home = tmp_path / "site"
    if folder != "absent":
        home.mkdir()
    if folder == "keys only":
        (home / "keys").mkdir()
    before = sorted(tmp_path.rglob("*"))
    told = in_folder(home, ALL)
    assert set(told) >= {
        "verify_audit",
        "count_boxes",
        "check_boxes",
        "open_duties",
        "shell",
        "dbshell",
        "flush",
    }
    for name, (code, said) in told.items():
        assert code == 2, (name, said)
        assert TAKEN_OUT.get(name, str(home)) in said, name
        assert "Traceback" not in said
    assert sorted(tmp_path.rglob("*")) == before, "and nothing was made"


def test_what_runs_without_a_site_makes_none(tmp_path: Path) -> None:
    for words in (
        ["check"],
        ["help"],
        ["verify_audit", "--help"],
        ["makemigrations", "--check", "--dry-run"],
    ):
        done = command(tmp_path / "site", *words)
        assert done.returncode == 0, done.stderr
    assert os.listdir(tmp_path) == []
    assert {"createsuperuser", "changepassword", "runserver"}.isdisjoint(
        command(tmp_path, "help").stdout.split()
    )
    assert FIRST.isdisjoint(WITHOUT)
    assert set(TAKEN_OUT) <= set(get_commands())


def test_every_command_says_which_site_it_speaks_to_and_its_json_stays_pure(home: Path) -> None:
    done = command(home, "check_boxes", "--json")
    assert json.loads(done.stdout) == {"polls": []}
    line = done.stderr.strip().splitlines()
    assert len(line) == 1
    assert f"SQLite {home / 'dianping.sqlite3'}" in line[0]
    assert f"{home}" in line[0]


def test_a_first_command_may_begin_a_site_and_leaves_it_whole(tmp_path: Path) -> None:
    """As the own-roster block of the README does; the next command needs nothing but the folder."""
    home = tmp_path / "our reviews"
    done = command(
        home,
        "take_roster",
        str(tmp_path / "no-such.xlsx"),
        "--check",
        DIANPING_ADDRESS="https://dp.example.cn",
    )
    assert done.returncode == 1, done.stderr
    assert "新站点" in done.stderr
    assert sorted(path.name for path in (home / "keys").iterdir()) == ["ballots", "fingerprint", "session"]
    assert 'address = "https://dp.example.cn"' in (home / "settings.toml").read_text()
    assert {path.stat().st_mode & 0o077 for path in home.rglob("*")} == {0}, "its own user's alone"
    assert command(home, "check_boxes").returncode == 0


def test_a_chain_without_an_entry_is_no_good_news(tmp_path: Path) -> None:
    home = tmp_path / "site"
    assert command(home, "migrate").returncode == 0
    done = command(home, "verify_audit")
    assert done.returncode == 1
    assert "一条记录也没有" in done.stdout


def test_no_password_is_ever_shown(tmp_path: Path) -> None:
    url = "postgres://who:the-password@127.0.0.1:1/none"
    for words in (["verify_audit"], ["serve"], ["take_roster", "x.xlsx"]):
        done = command(tmp_path / "site", *words, DIANPING_DATABASE=url)
        assert done.returncode == 2
        assert "the-password" not in done.stdout + done.stderr
        assert "连不上" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_folder_alone_names_the_database(tmp_path: Path) -> None:
    """Begun on PostgreSQL, a command that knows the folder only speaks to PostgreSQL."""
    server = os.environ.get("DIANPING_TEST_DATABASE", "")
    if not server.startswith("postgres"):
        pytest.skip("runs with PostgreSQL")
    import psycopg

    name = f"edge_site_{os.getpid()}"
    url = server.rpartition("/")[0] + f"/{name}"
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f'CREATE DATABASE "{name}"')
        try:
            assert command(tmp_path / "site", "migrate", DIANPING_DATABASE=url).returncode == 0
            done = command(tmp_path / "site", "check_boxes", "--json")
            assert done.returncode == 0, done.stderr
            assert f"/{name}" in done.stderr
            assert not (tmp_path / "site" / "dianping.sqlite3").exists()
        finally:
            asked.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
