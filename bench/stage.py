"""Where a measurement takes place: a data folder and a database of its own, gone afterwards unless kept."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SQLITE = "sqlite:///"


@dataclass(frozen=True)
class Stage:
    """One prepared place: `home` holds keys and files, `url` names the database, `scale` is small or full."""

    home: Path
    url: str
    scale: str
    kept: bool

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return self.url.startswith(SQLITE)

    @property
    def name(self) -> str:
        """The database's kind, for a heading."""
        return "SQLite" if self.is_sqlite else "PostgreSQL"


def arguments(words: str, *, reuse: bool = False) -> argparse.ArgumentParser:
    """The arguments every measurement takes; `reuse` adds the one for a kept province."""
    parser = argparse.ArgumentParser(description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--database", metavar="URL", default="", help="sqlite:///FILE or postgres://…; must not exist yet"
    )
    parser.add_argument("--scale", choices=("small", "full"), default="small")
    parser.add_argument("--keep", action="store_true", help="leave the database behind and say where")
    if reuse:
        parser.add_argument(
            "--reuse", metavar="FILE_OR_URL", default="", help="work on a copy of a kept database"
        )
    return parser


@dataclass(frozen=True)
class Site:
    """One of several databases that the same process may speak to, one at a time, each as the site's only one."""

    connection: Any

    @classmethod
    def current(cls) -> "Site":
        """The one in use now."""
        from django.db import connections

        return cls(connections["default"])

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Make this the site's database for a while."""
        from django.db import connections

        before = connections["default"]
        connections["default"] = self.connection
        try:
            yield
        finally:
            connections["default"] = before


@contextmanager
def beside(here: Stage, name: str) -> Iterator[Site]:
    """Another empty, migrated database of the same kind beside the first, gone afterwards."""
    from django.core.management import call_command
    from django.db import connections

    from dianping.config.settings import database_settings

    url = f"{SQLITE}{here.home}/{name}.sqlite3" if here.is_sqlite else f"{here.url}_{name}"
    _make_database(url, "")
    settings = connections.settings["default"]
    site = None
    try:
        connections.settings["default"] = settings | database_settings(url)
        site = Site(connections.create_connection("default"))
        connections.settings["default"] = settings
        with site.in_use():
            call_command("migrate", verbosity=0, skip_checks=True)
        yield site
    finally:
        if site is not None:
            site.connection.close()
        drop_database(url)


@contextmanager
def prepared(given: argparse.Namespace, *, today: date | None = None) -> Iterator[Stage]:
    """Make folder and database, set Django up and migrate; take both away at the end unless kept.

    `today` is the day the site stands on; without one, the clock's.

    Ends in a sentence when the database exists already: nothing that was there before is ever written to.
    """
    home = Path(tempfile.mkdtemp(prefix="dianping-bench-"))
    source = getattr(given, "reuse", "")
    url = given.database or f"{SQLITE}{home}/bench.sqlite3"
    made = False
    try:
        _make_database(url, source)
        made = True
        _set_django_up(home, url, today=today, copied=bool(source))
        yield Stage(home, url, given.scale, given.keep)
    finally:
        _close_connections()
        if given.keep and made:
            print(f"kept: {url}")
        elif made:
            drop_database(url)
        if not (given.keep and made and str(home) in url):
            shutil.rmtree(home, ignore_errors=True)


def as_url(place: str) -> str:
    """A database given as a file or as a URL, as a URL."""
    return place if "://" in place else f"{SQLITE}{Path(place).resolve()}"


def built_province(given: argparse.Namespace) -> str:
    """The URL of a kept province: the one given, else one built by a process of its own (so that what the
    building used does not count as this process's memory)."""
    if given.reuse:
        return as_url(given.reuse)
    home = tempfile.mkdtemp(prefix="dianping-bench-province-")
    url = (
        f"{SQLITE}{home}/province.sqlite3"
        if not given.database.startswith("postgres")
        else f"{given.database}_province"
    )
    script = str(Path(__file__).with_name("province.py"))
    subprocess.run([sys.executable, script, "--database", url, "--scale", given.scale, "--keep"], check=True)
    return url


def drop_database(url: str) -> None:
    """Remove a database that a measurement made."""
    if url.startswith(SQLITE):
        for ending in ("", "-wal", "-shm"):
            Path(url.removeprefix(SQLITE) + ending).unlink(missing_ok=True)
        with suppress(OSError):  # the folder a province was built in; others are not empty or not ours
            parent = Path(url.removeprefix(SQLITE)).parent
            if parent.name.startswith("dianping-bench-"):
                parent.rmdir()
        return
    on_server(url, 'DROP DATABASE IF EXISTS "{name}"')


def _make_database(url: str, source: str) -> None:
    if url.startswith(SQLITE):
        path = Path(url.removeprefix(SQLITE))
        if path.exists():
            sys.exit(f"{path} exists already; name a file that does not.")
        if source:
            shutil.copyfile(as_url(source).removeprefix(SQLITE), path)
        return
    template = f' TEMPLATE "{_database(source)}" STRATEGY FILE_COPY' if source else ""
    try:
        on_server(url, 'CREATE DATABASE "{name}"' + template)
    except Exception as fault:
        sys.exit(f"{_database(url)} could not be made: {fault}".strip())


def _database(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def on_server(url: str, sql: str) -> None:
    """Say something to the server beside the database, whose name takes the place of {name}."""
    import psycopg

    parts = urlsplit(url)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(sql.format(name=_database(url)))


def _set_django_up(home: Path, url: str, *, today: date | None, copied: bool) -> None:
    os.environ |= {
        "DIANPING_HOME": str(home),
        "DIANPING_DATABASE": url,
        "DIANPING_HOSTS": "testserver",
        "DIANPING_TODAY": today.isoformat() if today else "",
        "DJANGO_SETTINGS_MODULE": "dianping.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    from dianping.config.founding import make_ready

    if copied:
        _other_keys(home)
    make_ready()  # a kept database may be older than the product
    if today:  # pages will be asked for, and they name their files by content, as on a served site
        call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)


def _other_keys(home: Path) -> None:
    """A database is copied without the folder whose keys it knows: here it gets others."""
    from django.db import connection

    from dianping.common.keys import NAMES, key_path, make_key
    from dianping.common.models import KeyMark

    if KeyMark._meta.db_table in connection.introspection.table_names():
        KeyMark.objects.all().delete()
    for name in NAMES:
        if not key_path(home, name).exists():
            make_key(home, name)


def _close_connections() -> None:
    with suppress(Exception):
        from django.db import connections

        connections.close_all()
