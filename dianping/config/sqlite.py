"""Which SQLite this process may use.

SQLite 3.7.0 to 3.51.2 can lose committed writes when two connections checkpoint at once (the WAL-reset
bug; mended in 3.51.3 and carried back to 3.50.7 and 3.44.6). Debian 12's own 3.40.1 is one of them, so
the bundled wheel takes its place before Django loads its backend. Decision 0017.
"""

import sys
from collections.abc import Sequence

SOUND_SINCE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def is_sound(version: Sequence[int]) -> bool:
    """Whether an SQLite of this (major, minor, patch) is free of the WAL-reset bug."""
    running = tuple(version)
    newest, *back_ported = SOUND_SINCE
    return running >= newest or any(running[:2] == fix[:2] and running >= fix for fix in back_ported)


def use_sound_sqlite() -> str:
    """Put a sound SQLite in place of `sqlite3` and return its version, or leave in a full sentence."""
    import sqlite3

    if is_sound(sqlite3.sqlite_version_info):
        return sqlite3.sqlite_version
    try:
        import pysqlite3
    except ImportError:
        pysqlite3 = None
    if pysqlite3 is not None and is_sound(pysqlite3.sqlite_version_info):
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
        return str(pysqlite3.sqlite_version)
    sys.exit(
        f"这台机器的 SQLite 是 {sqlite3.sqlite_version}，带有会丢失已提交数据的缺陷；需要 3.51.3 及以上"
        "（或 3.50.7、3.44.6 的修补版）。请安装 pysqlite3 软件包，或用 DIANPING_DATABASE 改用 PostgreSQL。"
    )
