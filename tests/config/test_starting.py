"""Whatever stands against a start is told in one sentence, in both languages, before any data is touched."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dianping.common.leaving import CannotGoOn
from dianping.config import starting
from dianping.config.databases import told
from dianping.config.greeting import addresses
from dianping.config.starting import processes_for, tried_port
from tests.config.site import ROOT, Site, command, environment, free_port

WITHOUT_LOOKING = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'dianping.config.settings';"
    "from dianping.config import starting; starting.LEAST_SPACE = 0;"
    "from dianping.config.entrance import Entrance; Entrance(['manage.py', 'serve']).execute()"
)


def refused(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """Ended with 2, one Chinese line and its English, and nothing else."""
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    lines = [line for line in done.stderr.strip().splitlines() if not line.startswith("数据库 / database")]
    assert len(lines) == 2, said
    assert lines[0].endswith("。")
    assert lines[1].isascii() or "“" in lines[1] or "/" in lines[1]
    assert "Traceback" not in said
    for word in words:
        assert word in said


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"PORT": "eighty"}, ["PORT", "65535"]),
        ({"PORT": "70000"}, ["PORT", "65535"]),
        ({"DIANPING_BIND": "nowhere"}, ["DIANPING_BIND", "127.0.0.1"]),
        ({"DIANPING_BIND": "198.51.100.7"}, ["198.51.100.7", "DIANPING_BIND"]),
        ({"DIANPING_DATABASE": "mysql://a"}, ["DIANPING_DATABASE", "postgres://"]),
        ({"DIANPING_DATABASE": "postgres://nobody:x@127.0.0.1:1/none"}, ["连不上", "down"]),
        ({"DIANPING_TODAY": "yesterday"}, ["DIANPING_TODAY", "2011-01-05"]),
        ({"DIANPING_SAMPLE": "nope"}, ["DIANPING_SAMPLE", "yes"]),
        ({"DIANPING_PROCESSES": "many"}, ["DIANPING_PROCESSES"]),
        ({"DIANPING_HTTPS": "perhaps"}, ["DIANPING_HTTPS", "true"]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_setting_that_will_not_do(setting: dict[str, str], words: list[str], tmp_path: Path) -> None:
    refused(
        command(tmp_path / "site", "serve", PORT=str(free_port()), **setting)
        if "PORT" not in setting
        else command(tmp_path / "site", "serve", **setting),
        *words,
    )
    assert not (tmp_path / "site" / "dianping.sqlite3").exists()
    assert not (tmp_path / "site" / "keys").exists()


def test_a_taken_port_is_told_before_anything_is_migrated(tmp_path: Path) -> None:
    """Also when the other one would share it."""
    for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, option, 1)
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            for bind in ("127.0.0.1", "0.0.0.0"):
                with pytest.raises(CannotGoOn, match="在用"):
                    tried_port(bind, port)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused(command(tmp_path / "site", "serve", PORT=port), port, "in use")
    assert not (tmp_path / "site" / "dianping.sqlite3").exists()


def test_one_folder_one_site(home: Path, served: Callable[..., Site]) -> None:
    first = served(home).start()
    before = (home / "dianping.sqlite3").stat().st_mtime_ns
    refused(command(home, "serve", PORT=str(free_port())), str(first.process.pid), "One folder, one site")
    assert (home / "dianping.sqlite3").stat().st_mtime_ns == before
    assert first.get()[0] == 200


def test_a_folder_that_cannot_be_made_or_written(tmp_path: Path) -> None:
    """The handbook's own /srv/dianping, as an ordinary user."""
    (tmp_path / "file").write_text("")
    refused(command(tmp_path / "file" / "site", "serve"), str(tmp_path / "file" / "site"))
    if os.geteuid() != 0:
        refused(command(Path("/srv/dianping-not-there"), "serve"), "没有权限", "DIANPING_HOME")
    else:
        with small_disk(tmp_path / "read only", "1m", "ro") as place:
            refused(command(place / "site", "serve"), "没有权限", "DIANPING_HOME")


@contextmanager
def small_disk(place: Path, size: str, how: str = "rw") -> Iterator[Path]:
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},{how}", "tmpfs", place], check=False
    ).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount")
def test_a_full_disk(tmp_path: Path) -> None:
    """Full at once, and full on the way."""
    with small_disk(tmp_path / "tiny", "64k") as tiny:
        refused(command(tiny / "site", "serve", PORT=str(free_port())), "磁盘满了", "disk is full")
    for size in ("200k", "800k", "1300k", "2m"):
        with small_disk(tmp_path / size, size) as small:
            done = subprocess.run(
                [sys.executable, "-c", WITHOUT_LOOKING],
                cwd=ROOT,
                env=environment(small / "site", PORT=str(free_port())),
                capture_output=True,
                text=True,
                check=False,
            )
            refused(done, "磁盘满了", "disk is full")


def test_too_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "free_memory", lambda: 200)
    with pytest.raises(CannotGoOn, match="内存不够"):
        processes_for(0)
    monkeypatch.setattr(starting, "free_memory", lambda: starting.BASE + 3 * starting.EACH)
    assert processes_for(8) == 3, "fewer processes where there is room for fewer"
    monkeypatch.undo()
    assert processes_for(1) == 1


def test_too_little_memory_is_told_at_the_start(tmp_path: Path) -> None:
    limit = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20)); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    done = subprocess.run(
        [sys.executable, "-c", limit, str(ROOT / "manage.py"), "serve"],
        env=environment(tmp_path / "site", PORT=str(free_port())),
        capture_output=True,
        text=True,
        check=False,
    )
    refused(done, "内存不够", "Too little memory")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("connection failed: Connection refused Is the server running on that host", "连不上"),
        ('FATAL: password authentication failed for user "a"', "口令"),
        ('FATAL: role "a" does not exist', "没有这个用户"),
        ('FATAL: database "a" does not exist', "还没有建"),
        ("connection timeout expired", "连不上"),
        ("failed to resolve host 'nowhere'", "连不上"),
        ("FATAL: the database system is starting up", "连不上"),
        ("database or disk is full", "磁盘满了"),
        ("attempt to write a readonly database", "没有权限"),
        ("unable to open database file", "没有权限"),
        ("file is not a database", "备份"),
        ("database disk image is malformed", "备份"),
        ("database is locked", "正忙"),
        ("something nobody has seen", "something nobody has seen"),
    ],
)
def test_what_a_database_refuses_is_told_in_words(fault: str, words: str) -> None:
    why = told(
        Exception(fault),
        {"ENGINE": "postgresql", "NAME": "n", "USER": "u", "PASSWORD": "secret", "HOST": "h"},
    )
    assert words in why.chinese
    assert "u@h/n" in why.english
    assert "secret" not in why.chinese + why.english


def test_a_file_that_is_no_database(home: Path) -> None:
    for ending in ("-wal", "-shm"):
        (home / f"dianping.sqlite3{ending}").unlink(missing_ok=True)
    (home / "dianping.sqlite3").write_bytes(b"no database at all " * 1000)
    refused(command(home, "serve", PORT=str(free_port())), "备份")
    refused(command(home, "verify_audit"), "备份")


def test_the_greeting_tells_where_the_site_is() -> None:
    assert addresses("127.0.0.1", 8000) == ["http://127.0.0.1:8000/"]
    assert addresses("::1", 8000) == ["http://[::1]:8000/"]
    assert addresses("203.0.113.9", 80) == ["http://203.0.113.9:80/"]
    assert addresses("0.0.0.0", 8000)[-1] == "http://127.0.0.1:8000/"
    assert "0.0.0.0" not in " ".join(addresses("0.0.0.0", 8000))
    assert addresses("::", 8000)[-1] == "http://[::1]:8000/"


def test_it_greets_at_its_own_address_over_ipv6(home: Path, served: Callable[..., Site]) -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    site = served(home, DIANPING_BIND="::1").start()
    assert f"http://[::1]:{site.port}/" in site.greeting
    with socket.create_connection(("::1", site.port)) as line:
        line.sendall(b"GET /alive/ HTTP/1.1\r\nHost: [::1]\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 200")
