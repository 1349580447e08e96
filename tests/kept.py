"""What many tests begin with, made by the services once a process; from then on its rows and files are put back.

A state is known by its name, by every row in the database and by every file in the data folder when it was begun, so what is
put back is what would have been made. Rows travel as literals the engine itself has written, objects by pickle. The rows of
Django's own content types and permissions are left alone: nothing here refers to them.
"""

import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import BinaryField, Model

from dianping.common.records.triggers import NOTES
from tests.settings import HOME

T = TypeVar("T")
Rows = dict[str, dict[str, str]]  # table: literal of the key: literals of the row
Files = dict[str, bytes]  # name below the data folder: content
LEFT_ALONE = ("contenttypes", "auth")
AT_ONCE = 200  # rows a statement


@dataclass(frozen=True)
class _Table:
    """One table: its key and its columns."""

    name: str
    key: str
    columns: tuple[str, ...]
    short: tuple[str, ...] = ()  # the columns without those of bytes

    def putting(self, rows: list[str], *, over: bool) -> str:
        """Inserts rows; where some lie there already, over them."""
        columns = ", ".join(self.columns)
        anew = ", ".join(f"{column} = excluded.{column}" for column in self.columns)
        end = f" ON CONFLICT ({self.key}) DO UPDATE SET {anew}" if over else ""
        return f"INSERT INTO {self.name} ({columns}) VALUES {', '.join(rows)}{end}"


@dataclass
class _State:
    """How to come to a state from where it was begun, and the objects it was told in."""

    statements: list[str] = field(default_factory=list)
    files: dict[str, bytes | None] = field(default_factory=dict)  # None: gone
    made: bytes = b""


_states: dict[tuple[str, bytes], _State] = {}


def standing(name: str, make: Callable[[], T], *, given: Any = None) -> T:
    """What `make()` makes: by calling it the first time, from then on by putting its rows and files back.

    Records of `given` found in what was made are the very objects of `given` again, not copies. A name in which an
    object tells nothing but its place in memory names nothing: then it is made.
    """
    if " at 0x" in name or settings.HOME != HOME:
        return make()
    before = rows(), files()
    key = (name, _digest(*before))
    state = _states.get(key)
    if state is None:
        made = make()
        after = rows(), files()
        changed = {n: after[1].get(n) for n in before[1] | after[1] if before[1].get(n) != after[1].get(n)}
        _states[key] = _State(list(_statements(before[0], after[0])), changed, _packed(made, given))
        return made
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in state.statements:
            cursor.execute(statement)
    for file, content in state.files.items():
        _put(HOME / file, content)
    return _unpacked(state.made, given)


def rows(*, short: bool = False) -> Rows:
    """Every row there is, table by table, tables without rows left out; `short`: without the columns of bytes."""
    found: Rows = {}
    with connection.cursor() as cursor:
        cursor.execute(_filled())
        for (name,) in cursor.fetchall():
            cursor.execute(_reading(name, short))
            found[name] = dict(cursor.fetchall())
    return found


def files() -> Files:
    """Every file of the data folder that a test may have written."""
    found = {}
    for top in sorted(HOME.iterdir()):
        if top.name not in _there and not top.name.startswith("test"):  # the database itself, and its log
            inside = [top] if top.is_file() else [path for path in top.rglob("*") if path.is_file()]
            found.update({str(path.relative_to(HOME)): path.read_bytes() for path in sorted(inside)})
    return found


def empty_folder() -> None:
    """Every test finds the data folder as it was when the tests began."""
    for file in files():
        (HOME / file).unlink()


_there = {path.name for path in HOME.iterdir()}  # the keys of the site, and what its first start makes


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)


def _literal(column: str) -> str:
    return f"quote({column})" if connection.vendor == "sqlite" else f"quote_nullable({column}::text)"


@cache
def _tables() -> dict[str, _Table]:
    """Every table of ours and of the packages we use."""
    quote = connection.ops.quote_name
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in LEFT_ALONE]
    return {
        m._meta.db_table: _Table(
            quote(m._meta.db_table),
            quote(m._meta.pk.column),
            tuple(quote(f.column) for f in m._meta.local_concrete_fields),
            tuple(quote(f.column) for f in m._meta.local_concrete_fields if not isinstance(f, BinaryField)),
        )
        for m in models
    }


@cache
def _reading(name: str, short: bool) -> str:
    """Selects the keys of a table, and its rows in one column, as literals."""
    table = _tables()[name]
    row = "||','||".join(_literal(column) for column in (table.short if short else table.columns))
    return f"SELECT {_literal(table.key)}, '('||{row}||')' FROM {table.name} ORDER BY {table.key}"


@cache
def _filled() -> str:
    """Selects the names of the tables that hold a row."""
    return " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {table.name})" for name, table in _tables().items()
    )


def _digest(found: Rows, kept: Files) -> bytes:
    told = sha256()
    for name in sorted(found):
        told.update(f"{name}\n".encode())
        told.update("\n".join(found[name].values()).encode())
    for name in sorted(kept):
        told.update(f"{name}\n".encode() + kept[name])
    return told.digest()


def _statements(before: Rows, after: Rows) -> Iterator[str]:
    """What turns one into the other; the notes of the triggers last, because putting rows back makes such notes."""
    for name, table in _tables().items():
        if name != NOTES:
            yield from _changing(table, before.get(name, {}), after.get(name, {}))
    yield f"DELETE FROM {_tables()[NOTES].name}"
    yield from _changing(_tables()[NOTES], {}, after.get(NOTES, {}))


def _changing(table: _Table, was: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    if gone := [key for key in was if key not in now]:
        yield f"DELETE FROM {table.name} WHERE {table.key} IN ({', '.join(gone)})"
    new = [row for key, row in now.items() if was.get(key) != row]
    over = any(key in was and was[key] != row for key, row in now.items())
    for start in range(0, len(new), AT_ONCE):
        yield table.putting(new[start : start + AT_ONCE], over=over)


def _records(given: Any) -> list[Model]:
    """The records in an object and in its fields, lists and dictionaries, always in the same order."""
    if isinstance(given, Model):
        return [given]
    if isinstance(given, dict):
        return [record for one in given.values() for record in _records(one)]
    if isinstance(given, list | tuple):
        return [record for one in given for record in _records(one)]
    if is_dataclass(given) and not isinstance(given, type):
        return [record for one in fields(given) for record in _records(getattr(given, one.name))]
    return []


class _Packing(pickle.Pickler):
    places: dict[int, int]

    def persistent_id(self, one: Any) -> int | None:
        return self.places.get(id(one)) if isinstance(one, Model) else None


class _Unpacking(pickle.Unpickler):
    records: list[Model]

    def persistent_load(self, place: int) -> Model:
        return self.records[place]


def _packed(made: Any, given: Any) -> bytes:
    into = io.BytesIO()
    packing = _Packing(into)
    packing.places = {id(record): place for place, record in enumerate(_records(given))}
    packing.dump(made)
    return into.getvalue()


def _unpacked(packed: bytes, given: Any) -> Any:
    unpacking = _Unpacking(io.BytesIO(packed))
    unpacking.records = _records(given)
    return unpacking.load()
