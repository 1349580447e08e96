"""The test database, made once for one state of the migrations and copied from then on.

The first run migrates an empty database (about 3 s) and keeps a copy in the temporary folder (SQLite) or beside the test
database (PostgreSQL), named by a digest of every migration and of the lock; later runs begin with that copy.
"""

import hashlib
import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections

ROOT = Path(__file__).resolve().parent.parent


def key() -> str:
    """Sixteen hexadecimal digits that change with any migration of ours and with any package of the lock."""
    digest = hashlib.sha256((ROOT / "requirements-dev.lock").read_bytes())
    for path in sorted(ROOT.glob("dianping/*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def reused_folder() -> Path:
    """Where --reuse-db finds its SQLite databases again: one folder a checkout and state of the migrations."""
    place = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"dianping-reused-{os.getuid()}-{place}-{key()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def begin_with_copy(settings: dict[str, Any], *, reuse: bool) -> None:
    """Have the test database begin as a copy, where there is one."""
    if "sqlite" not in settings["ENGINE"]:
        if _template_exists():
            settings["TEST"]["TEMPLATE"] = _template()
        return
    target = Path(settings["TEST"]["NAME"])
    if reuse:
        target = reused_folder() / target.name
        settings["TEST"]["NAME"] = str(target)
    if _kept_file().exists() and not target.exists():
        shutil.copyfile(_kept_file(), target)


def keep_copy() -> None:
    """Keep the test database just made, unless a copy of this state is kept already."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        if not _template_exists():
            _keep_template(str(connection.settings_dict["NAME"]))
    elif not _kept_file().exists():
        new = _kept_file().with_suffix(f".{os.getpid()}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(new)])
        new.replace(_kept_file())


def _kept_file() -> Path:
    return Path(tempfile.gettempdir()) / f"dianping-prepared-{os.getuid()}-{key()}.sqlite3"


def _template() -> str:
    return f"dianping_prepared_{key()}"


def _template_exists() -> bool:
    with connections["default"]._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_template()])
        return cursor.fetchone() is not None


def _keep_template(name: str) -> None:
    """Copy the database while nobody is connected to it; who comes second finds that there is one."""
    connections["default"].close()
    with closing(connections["default"].copy("prepared")) as aside, aside._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT pg_advisory_lock(8701)")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_template()])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{_template()}" TEMPLATE "{name}"')
        cursor.execute("SELECT pg_advisory_unlock(8701)")
