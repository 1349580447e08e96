"""Triggers that note every row of a covered table that is added, changed or removed, with its image before.

They are laid after each migration (a rebuilt table has lost its own), and follow the columns of the models. They stop
nobody: whoever owns the database may drop them, and is found by the digests.
"""

from django.db import connection
from django.db.models import Model

from dianping.common.models import Touched
from dianping.common.naming import names
from dianping.common.records.canonical import columns
from dianping.common.records.registry import covered, covered_models

PREFIX = "record_"
_NOTE = names(Touched)
NOTES = Touched._meta.db_table
NOTE_COLUMNS = f"{_NOTE.table}, {_NOTE.key}, {_NOTE.was}"
# PostgreSQL: one note a row, taken from the rows of the whole statement at once. A row whose key was changed is noted
# under both keys.
FUNCTION = f"""
CREATE OR REPLACE FUNCTION record_note() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    EXECUTE format('INSERT INTO {NOTES} ({NOTE_COLUMNS}) SELECT %L, %I, '''' FROM added', TG_TABLE_NAME, TG_ARGV[0]);
  ELSE
    EXECUTE format('INSERT INTO {NOTES} ({NOTE_COLUMNS}) SELECT %L, g.%I, to_jsonb(g)::text FROM gone g',
                   TG_TABLE_NAME, TG_ARGV[0]);
    IF TG_OP = 'UPDATE' THEN
      EXECUTE format('INSERT INTO {NOTES} ({NOTE_COLUMNS}) SELECT %L, %I, '''' FROM added WHERE %I NOT IN (SELECT %I FROM gone)',
                     TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0], TG_ARGV[0]);
    END IF;
  END IF;
  RETURN NULL;
END $$ LANGUAGE plpgsql
"""
# The same for a table whose rows are written in sets: only single rows are noted when added, one by one.
FUNCTION_OF_ONE = f"""
CREATE OR REPLACE FUNCTION record_note_one() RETURNS trigger AS $$
BEGIN
  EXECUTE format('INSERT INTO {NOTES} ({NOTE_COLUMNS}) SELECT %L, ($1).%I, ''''', TG_TABLE_NAME, TG_ARGV[0]) USING NEW;
  RETURN NULL;
END $$ LANGUAGE plpgsql
"""


def lay_triggers(**_more: object) -> None:
    """Bring the triggers of every covered table up to date; nothing is done where they stand as they should."""
    tables = set(connection.introspection.table_names())
    if NOTES not in tables:
        return  # an older state of the migrations
    wanted = {
        name: statement
        for table, model in covered_models().items()
        if table in tables
        for name, statement in _wanted(model).items()
    }
    (_lay_sqlite if connection.vendor == "sqlite" else _lay_postgresql)(wanted)


def drop_triggers() -> None:
    """Take every trigger off, so that a measurement builds a place quickly; `lay_triggers` lays them again."""
    (_lay_sqlite if connection.vendor == "sqlite" else _lay_postgresql)({})


def _wanted(model: type[Model]) -> dict[str, str]:
    return _sqlite(model) if connection.vendor == "sqlite" else _postgresql(model)


def _sqlite(model: type[Model]) -> dict[str, str]:
    table, key, but = model._meta.db_table, model._meta.pk.column, covered(model).set_but
    image = ", ".join(f"'{field.column}', OLD.\"{field.column}\"" for field in columns(model))
    # One note a row: its key as it is now, or as it was, and its image before; one more where the key itself was changed.
    note = f"INSERT INTO {NOTES} ({NOTE_COLUMNS}) VALUES ('{table}',"
    condition = f" WHEN {but}" if but else ""
    made = {
        "added": f'AFTER INSERT ON "{table}"{condition} BEGIN {note} NEW."{key}", \'\'); END',
        "changed": f'AFTER UPDATE ON "{table}" BEGIN {note} OLD."{key}", json_object({image}));'
        f' {note[: note.index(" VALUES")]} SELECT \'{table}\', NEW."{key}", \'\' WHERE NEW."{key}" <> OLD."{key}"; END',
        "removed": f'AFTER DELETE ON "{table}" BEGIN {note} OLD."{key}", json_object({image})); END',
    }
    # Each by its name, worded as the database keeps it.
    return {
        f"{PREFIX}{table}_{what}": f"CREATE TRIGGER {PREFIX}{table}_{what} {body}"
        for what, body in made.items()
    }


def _postgresql(model: type[Model]) -> dict[str, str]:
    table, key, but = model._meta.db_table, model._meta.pk.column, covered(model).set_but
    call = f"EXECUTE FUNCTION record_note('{key}')"
    made = {
        "added": f'AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS added FOR EACH STATEMENT {call}',
        "changed": f'AFTER UPDATE ON "{table}" REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT {call}',
        "removed": f'AFTER DELETE ON "{table}" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT {call}',
    }
    if but:
        made["added"] = (
            f"AFTER INSERT ON \"{table}\" FOR EACH ROW WHEN ({but}) EXECUTE FUNCTION record_note_one('{key}')"
        )
    # Each by its name, worded as the database keeps it.
    return {
        f"{PREFIX}{table}_{what}": f"CREATE TRIGGER {PREFIX}{table}_{what} {body}"
        for what, body in made.items()
    }


def _lay_sqlite(wanted: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        # Our triggers as they stand, each with the very text it was made of.
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'record\\_%%' ESCAPE '\\'",
            [],
        )
        standing = dict(cursor.fetchall())
        for name in standing:
            if standing[name] != wanted.get(name):
                # One of ours that is wanted no more, or otherwise.
                cursor.execute(f'DROP TRIGGER "{name}"')
        for name, statement in wanted.items():
            if standing.get(name) != statement:
                cursor.execute(statement)


def _lay_postgresql(wanted: dict[str, str]) -> None:
    """What a trigger was made of is kept as its comment: the database words its own text otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute(FUNCTION_OF_ONE)
        # Our triggers as they stand, each with its table and the comment that keeps its text.
        cursor.execute(
            "SELECT t.tgname, c.relname, obj_description(t.oid, 'pg_trigger') FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgname LIKE 'record\\_%%'",
            [],
        )
        standing = {name: (table, comment) for name, table, comment in cursor.fetchall()}
        for name, (table, comment) in standing.items():
            if comment != wanted.get(name):
                # One of ours that is wanted no more, or otherwise.
                cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
        for name, statement in wanted.items():
            if standing.get(name, ("", ""))[1] != statement:
                cursor.execute(statement)
                table = statement.split('"')[1]
                # Its own text, to be compared with at the next migration.
                cursor.execute(f'COMMENT ON TRIGGER "{name}" ON "{table}" IS %s', [statement])
