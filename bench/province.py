"""Make an invented province straight in the database, in sets, and adopt the province's programme at its top.

    ./run python bench/province.py --scale full --keep --database sqlite:///province.sqlite3

At full scale 300,000 organisations and 5,000,000 members. What it prints: rows, seconds, size on disk.
"""

import re
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import invented, measure, stage

TABLES = ("orgs_organisation", "orgs_person", "orgs_membership", "orgs_post", "orgs_tenure", "orgs_charge")
ADOPTED_ON = date(2010, 12, 20)


def build(size: invented.Size) -> dict[str, float]:
    """Fill an empty database; the seconds each kind of row took."""
    from django.db import connection, transaction

    from dianping.common.records.triggers import drop_triggers, lay_triggers

    drop_triggers()
    took: dict[str, float] = {}
    with _in_a_hurry(connection), transaction.atomic(), connection.cursor() as cursor:
        for what, sql in invented.statements(size, connection.vendor):
            begun = time.perf_counter()
            cursor.execute(_completed(sql))
            took[what] = took.get(what, 0) + time.perf_counter() - begun
        _set_sequences(cursor)
    lay_triggers()
    _adopt()
    took["analyze"] = measure.seconds(_analyze)
    return took


def _completed(sql: str) -> str:
    """The statement with every further column that must hold something, at the model's default, so that a new
    column of the product needs no new statement here."""
    header, _, body = sql.partition("\n")
    found = re.fullmatch(r"INSERT INTO (\w+) \((.+)\)", header)
    assert found is not None, header
    named = set(found[2].split(", "))
    (model,) = (m for m in apps.get_models() if m._meta.db_table == found[1])
    fields = [
        f for f in model._meta.local_fields if not f.null and not f.primary_key and f.column not in named
    ]
    if not fields:
        return sql
    columns = ", ".join(f.column for f in fields)
    values = ", ".join(repr(f.get_default()) for f in fields)
    return f"INSERT INTO {found[1]} ({found[2]}, {columns}) SELECT x.*, {values} FROM (\n{body}\n) x"


class _in_a_hurry:  # noqa: N801 - reads as what it is
    """On SQLite: a large cache, no waiting for the disk, no clearing of freed pages, for this building alone."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        if self.connection.vendor == "sqlite":
            self._set("cache_size=-1000000; synchronous=OFF; secure_delete=OFF; journal_mode=OFF")

    def __exit__(self, *fault: object) -> None:
        if self.connection.vendor == "sqlite":
            self._set("journal_mode=WAL; synchronous=FULL; secure_delete=ON; cache_size=-65536")

    def _set(self, pragmas: str) -> None:
        with self.connection.cursor() as cursor:
            for pragma in pragmas.split("; "):
                cursor.execute(f"PRAGMA {pragma}")


def _set_sequences(cursor: Any) -> None:
    from django.core.management.color import no_style
    from django.db import connection

    models = [m for m in apps.get_models() if m._meta.db_table in TABLES]
    for sql in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(sql)


def _adopt() -> None:
    from dianping.common.audit import SYSTEM
    from dianping.orgs.models import Organisation
    from dianping.programmes.services import adopt_programme
    from dianping.programmes.shelf import programme_text

    top = Organisation.objects.get(parent=None)
    adopt_programme(text=programme_text("henan-2010-26"), organisation=top, actor=SYSTEM, today=ADOPTED_ON)


def _analyze() -> None:
    """What autovacuum does of itself on PostgreSQL; the product keeps no such figures on SQLite."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def size_on_disk() -> int:
    """Bytes of the whole database."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _counts() -> list[tuple[str, str]]:
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            found.append((table, f"{cursor.fetchone()[0]:,}"))
    return found


def main() -> None:
    """Build, print, and leave nothing behind unless kept."""
    given = stage.arguments(__doc__ or "").parse_args()
    with stage.prepared(given) as here:
        took = build(invented.SIZES[here.scale])
        print(f"An invented province, {here.scale} scale, {here.name}.")
        measure.table(("table", "rows"), _counts())
        measure.table(("made", "seconds"), [(what, f"{took[what]:.1f}") for what in took])
        print(f"{sum(took.values()):.0f} s, {size_on_disk() / 1e9:.2f} GB on disk")


if __name__ == "__main__":
    main()
