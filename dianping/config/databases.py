"""Which database a command speaks to, whether a site stands there, and its refusals in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from dianping.common.leaving import CannotGoOn

MARK = "django_migrations"  # the table every site has


def described(chosen: dict[str, object]) -> str:
    """A database in one line, without its password."""
    if "sqlite" in str(chosen["ENGINE"]):
        return f"SQLite {chosen['NAME']}"
    user = f"{chosen['USER']}@" if chosen.get("USER") else ""
    port = f":{chosen['PORT']}" if chosen.get("PORT") else ""
    return f"PostgreSQL {user}{chosen.get('HOST') or 'localhost'}{port}/{chosen['NAME']}"


def site_stands() -> bool:
    """Whether the database holds a site. Asking makes no file."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        if not path.is_file() or not path.stat().st_size:
            return False
    with refusals_told():
        return MARK in connection.introspection.table_names()


@contextmanager
def refusals_told() -> Iterator[None]:
    """Turn what the database refuses into a sentence."""
    try:
        yield
    except DatabaseError as fault:
        raise told(fault, settings.DATABASES["default"]) from fault


def told(fault: Exception, chosen: dict[str, object]) -> CannotGoOn:
    """What a database refused, in words."""
    where, said = described(chosen), " ".join(str(fault).split())
    for signs, chinese, english in _REASONS:
        if any(sign in said.lower() for sign in signs):
            return CannotGoOn(
                f"数据库 {where} {chinese}", f"The database {where} {english}", code="database.refuses"
            )
    return CannotGoOn(
        f"数据库 {where} 用不了：{said}",
        f"The database {where} cannot be used: {said}",
        code="database.refuses",
    )


_REASONS = (
    (
        ("password authentication failed", "no password supplied", "authentication failed"),
        "不认这个用户或口令。请核对设置里的 database。",
        "does not take this user or password. Look at `database` in the settings.",
    ),
    (
        ("role",),
        "没有这个用户。请核对设置里的 database。",
        "has no such user. Look at `database` in the settings.",
    ),
    (
        ("does not exist",),
        "还没有建。请先建好这个库（编码 UTF-8）再启动。",
        "does not exist. Create it first (UTF-8) and start again.",
    ),
    (
        (
            "connection refused",
            "timeout expired",
            "could not translate",
            "is the server running",
            "failed to resolve",
            "connection failed",
            "server closed",
            "starting up",
            "shutting down",
            "no route",
        ),
        "连不上：它没有开，或地址不对。请先启动数据库，再核对设置里的 database。",
        "does not answer: it is down, or the address is wrong. Start it, then look at `database` in the settings.",
    ),
    (
        ("disk is full", "no space left"),
        "写不下：磁盘满了。请腾出地方再来；已有数据没有动。",
        "cannot be written: the disk is full. Make room and try again; no data was touched.",
    ),
    (
        ("readonly", "unable to open", "read-only", "permission denied"),
        "打不开或不能写：当前用户没有权限。请把数据夹交给运行的用户。",
        "cannot be opened or written by this user. Give the data folder to the user who runs this.",
    ),
    (
        ("not a database", "malformed"),
        "坏了，或不是数据库。请从备份恢复。",
        "is damaged or no database. Restore it from a backup.",
    ),
    (
        ("locked",),
        "正忙，等了 20 秒还不能写。请稍后再试；什么也没有写入。",
        "is busy: no turn to write within 20 s. Try again later; nothing was written.",
    ),
)
