"""A backup as a whole: the database in one piece, the files people sent, and the head of the chain beside them.

Never in it: the keys (another person keeps them, elsewhere) and `unbacked` (what must die with the data folder).
"""

import os
import shutil
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from dianping.common import audit
from dianping.common.records.faults import RecordFault
from dianping.common.records.files import file_faults, named_files
from dianping.common.refusal import Refusal

FOLDERS = ("notices", "evidence", "sample")
HEAD_FILE = "chain-head.txt"


@dataclass(frozen=True, slots=True)
class Backup:
    """Where a backup lies, what is in it, the head of the chain it was made at, and what of its files is not as it was kept."""

    folder: Path
    names: tuple[str, ...]
    head: str
    faults: tuple[RecordFault, ...] = ()


def back_up(*, folder: Path, moment: datetime) -> Backup:
    """Write a backup into a new folder named by the moment; whole, or not at all. Files that are missing or have other bytes than
    they were kept with are named: what else there is is still worth keeping.

    Raises Refusal where it cannot be written, or where what was written does not stand a check.
    """
    target = folder / moment.strftime("%Y-%m-%d-%H%M%S")
    new = target.with_name(f"{target.name}.new")
    try:
        new.mkdir(mode=0o700, parents=True)
        head = audit.head()
        named = named_files()  # before the files are copied: what is sent meanwhile is in the next backup
        names = [_database(new), *_files(new)]
        faults = tuple(file_faults(named, home=new))
        keep_head(folder=new, moment=moment, head=head)
        _sync(new)
        new.rename(target)
    except FileExistsError as no:
        raise Refusal(
            f"{target} 已经有了，没有覆盖。",
            code="backup.folder-exists",
            remedy="请过一秒再试，或换一个文件夹。",
        ) from no
    except OSError as no:
        shutil.rmtree(new, ignore_errors=True)
        raise Refusal(
            f"备份没有写成：{no.strerror or no}。",
            code="backup.not-written",
            remedy=f"请看 {folder} 能不能写、还有没有空间；原来的数据没有动。",
        ) from no
    except Refusal:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return Backup(target, (*names, HEAD_FILE), head, faults)


def _database(folder: Path) -> str:
    if connection.vendor == "sqlite":
        path = folder / "dianping.sqlite3"
        with connection.cursor() as cursor:
            # A whole copy as of this moment, while others go on writing.
            cursor.execute("VACUUM INTO %s", [str(path)])
        path.chmod(0o600)
        _check(path)
        return path.name
    path = folder / "dianping.dump"
    _dump(path)
    path.chmod(0o600)
    return path.name


def _check(path: Path) -> None:
    import sqlite3

    with closing(sqlite3.connect(path)) as copy:
        # Reads every page of the copy: "ok", or the first hundred faults.
        result = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if result != "ok":
        raise Refusal(
            f"写出的备份没有通过检查：{result}。",
            code="backup.check-failed",
            remedy="请换一块盘再备份一次，并尽快查看原来的盘。",
        )


def _dump(path: Path) -> None:
    at = connection.settings_dict
    told = {"PGHOST": at["HOST"], "PGPORT": at["PORT"], "PGUSER": at["USER"], "PGPASSWORD": at["PASSWORD"]}
    env = os.environ | {name: str(value) for name, value in told.items() if value}
    try:
        done = subprocess.run(
            ["pg_dump", "--format=custom", f"--file={path}", str(at["NAME"])],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as no:
        raise Refusal(
            "这台机器上没有 pg_dump。",
            code="backup.pg-dump-missing",
            remedy="请安装与数据库同版本的 postgresql-client，再备份。",
        ) from no
    if done.returncode:
        raise Refusal(
            f"pg_dump 没有写成：{done.stderr.strip()[-300:]}",
            code="backup.pg-dump-failed",
            remedy="请按它说的改正后再备份。",
        )


def _files(folder: Path) -> list[str]:
    home, names = Path(settings.HOME), []
    for name in FOLDERS:
        if (home / name).is_dir():
            shutil.copytree(home / name, folder / name)
            names.append(name)
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return names


def _sync(folder: Path) -> None:
    """Reach the disk before the backup gets its name."""
    for path in [folder, *folder.rglob("*")]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def keep_head(*, folder: Path, moment: datetime, head: str | None = None) -> Path:
    """Add the head of the chain, with the moment, as a line to a file of heads in a folder outside the database.

    The folder must be there: one made here would be the empty place where a disk is not mounted.
    """
    if not folder.is_dir():
        raise Refusal(
            f"没有 {folder} 这个文件夹，链首没有记。",
            code="backup.folder-missing",
            remedy="请先挂上那块盘、建好文件夹，或者改对路径，再运行一次。",
        )
    path = folder / HEAD_FILE
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{moment.isoformat(timespec='seconds')} {head or audit.head()}\n")
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)
    return path


def kept_heads(path: Path) -> list[str]:
    """The heads of a file written by `keep_head`. Raises Refusal for a file that holds none."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as no:
        raise Refusal(
            f"读不了 {path}。",
            code="backup.heads-unreadable",
            remedy="请给出 keep_head 或备份写下的 chain-head.txt。",
        ) from no
    heads = [line.split()[-1] for line in lines if line.strip()]
    if not heads or not all(head.partition(":")[0].isdecimal() for head in heads):
        raise Refusal(
            f"{path} 里没有链首。",
            code="backup.heads-missing",
            remedy="请给出 keep_head 或备份写下的 chain-head.txt。",
        )
    return heads
