"""The bare copy that opening is held against: the same rows into the same kind of table, and nothing else."""

from django.db import connection, transaction

ROWS, COPY = "bench_rows", "bench_duty"
COLUMNS = (
    "kind, target, window_id, organisation_id, path, person_id, owed_by_id, owed_by_outsider, opens, due"
)


def keep_rows() -> int:
    """Put the duties that were opened aside, in the order they were written; how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {ROWS} AS SELECT {COLUMNS} FROM duties_duty ORDER BY id")
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM ANALYZE {ROWS}")
        cursor.execute(f"SELECT COUNT(*) FROM {ROWS}")
        return int(cursor.fetchone()[0])


def copy_rows() -> None:
    """The bare INSERT … SELECT, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {COPY} ({COLUMNS}) SELECT {COLUMNS} FROM {ROWS}")


def make_copy_table() -> None:
    """An empty table like duties_duty: columns, checks, keys, indexes."""
    (_like_on_postgresql if connection.vendor == "postgresql" else _like_on_sqlite)()


def drop_copy() -> None:
    """Take the copied rows away, table and all."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {COPY}")


def empty_duties() -> None:
    """Back to the day before: no duties, tallies or windows, and keys from 1 again, as the kept rows name them."""
    tables = ("duties_tally", "duties_duty", "duties_window")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA secure_delete=OFF")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA foreign_keys=ON")


def settle() -> None:
    """Let the database finish what it put off, so that it falls to neither side."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def wrong_tallies() -> int:
    """How many (organisation, window) pairs have a tally that is not the count of the duties at or below them,
    or the other way round. Counted afresh with the duties' own organisations and the parent keys, not the paths."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG)
        return int(cursor.fetchone()[0])


WRONG = """
WITH RECURSIVE above(organisation_id, top_id) AS (
    SELECT id, id FROM orgs_organisation
    UNION ALL
    SELECT a.organisation_id, o.parent_id FROM above a JOIN orgs_organisation o ON o.id = a.top_id WHERE o.parent_id IS NOT NULL
), own AS (
    SELECT organisation_id, window_id, COUNT(*) AS owed,
           SUM(CASE WHEN on_time THEN 1 ELSE 0 END) AS on_time, SUM(CASE WHEN done_on IS NOT NULL AND NOT on_time THEN 1 ELSE 0 END) AS late
    FROM duties_duty WHERE lapsed_on IS NULL AND window_id IS NOT NULL GROUP BY organisation_id, window_id
), expected AS (
    SELECT a.top_id AS organisation_id, own.window_id, SUM(own.owed) AS owed, SUM(own.on_time) AS on_time, SUM(own.late) AS late
    FROM own JOIN above a ON a.organisation_id = own.organisation_id GROUP BY a.top_id, own.window_id
), found AS (
    SELECT t.organisation_id, t.window_id, SUM(t.owed) AS owed, SUM(t.on_time) AS on_time, SUM(t.late) AS late
    FROM duties_tally t JOIN duties_window w ON w.id = t.window_id AND w.target <> 'reviewer'
    GROUP BY t.organisation_id, t.window_id
)
SELECT (SELECT COUNT(*) FROM (SELECT * FROM expected EXCEPT SELECT * FROM found) x)
     + (SELECT COUNT(*) FROM (SELECT * FROM found EXCEPT SELECT * FROM expected) y)
"""


def _like_on_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {COPY} (LIKE duties_duty INCLUDING ALL)")
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'duties_duty'::regclass AND contype = 'f'"
        )
        for name, definition in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {COPY} ADD CONSTRAINT "copy_{name[:50]}" {definition}')


def _like_on_sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'duties_duty' AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
        )
        for name, sql in cursor.fetchall():
            cursor.execute(
                sql.replace('"duties_duty"', f'"{COPY}"').replace(
                    f'"{name}"', f'"copy_{name}"' if name != "duties_duty" else f'"{COPY}"'
                )
            )
