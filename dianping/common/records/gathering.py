"""What an act changed: the triggers' notes turned into digests before and after."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import connection
from django.db.models import Model

from dianping.common.models import AuditRecord, Touched
from dianping.common.naming import names
from dianping.common.records.canonical import (
    Row,
    as_driven,
    columns,
    from_image,
    many_digests,
    raw_rows,
    record_digest,
)
from dianping.common.records.registry import covered, covered_models

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

_NOTE, _DIGEST = names(Touched), names(AuditRecord)
PIECE = 500  # keys asked for at once
PIECES = 5000  # rows fetched at once


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record changed by an act: its digests before and after, empty where it did not stand in the chain."""

    table: str
    key: int
    before: str
    after: str
    about: str


class SetTold(TypedDict):
    """A set as an entry of the chain tells it."""

    table: str
    first: int
    last: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class SetWritten:
    """Rows that an act wrote by one statement: their keys lie between `first` and `last`; one digest covers them all."""

    table: str
    first: int
    last: int
    count: int
    digest: str

    def told(self) -> SetTold:
        """As it stands in the entry."""
        return {
            "table": self.table,
            "first": self.first,
            "last": self.last,
            "count": self.count,
            "digest": self.digest,
        }


def mark() -> int:
    """The newest note there is; later ones are the act's own."""
    with connection.cursor() as cursor:
        # The newest note: every later one is made after this moment, in this transaction or beside it.
        cursor.execute(f"SELECT MAX({_NOTE.id}) FROM {_NOTE}")
        return int(cursor.fetchone()[0] or 0)


def _notes(since: int) -> list[tuple[int, str, int, str]]:
    """The act's notes, in the order they were made, taken off."""
    with connection.cursor() as cursor:
        # Taken off and read in one: no note can come between. Other transactions' notes are not seen yet, or not at all.
        cursor.execute(
            f"DELETE FROM {_NOTE} WHERE {_NOTE.id} > %s RETURNING {_NOTE.id}, {_NOTE.table}, {_NOTE.key}, {_NOTE.was}",
            [since],
        )
        return sorted(cursor.fetchall())


def gather(since: int, sets: Sequence[SetWritten] = ()) -> list[RecordChange]:
    """Every record changed since a mark, in the order of table and key; the notes are gone afterwards.

    A note made outside any act is older than the mark: it stays, and nothing vouches for what was done there.
    """
    touched: dict[str, dict[int, str]] = {}
    for _, table, key, was in _notes(since):
        touched.setdefault(table, {}).setdefault(key, was)  # the first image is the row before the act
    for written in sets:
        known = touched.get(written.table, {})
        for key in [key for key in known if written.first <= key <= written.last]:
            del known[key]
    models = covered_models()
    return [
        change for table in sorted(touched) if table in models for change in _changes(models[table], touched)
    ]


def _changes(model: type[Model], touched: Mapping[str, Mapping[int, str]]) -> list[RecordChange]:
    table, how = model._meta.db_table, covered(model)
    images = touched[table]
    keys = sorted(images)
    now = _digests(model, keys)
    known = _known(table, [key for key in keys if images[key]])
    changes = []
    for key in keys:
        before, after = known.get(key, ""), now.get(key, "")
        # A row that stood and counted had a digest, whether the chain knows of it or not: one that was written beside the
        # system is not made the system's own by the next act that changes it.
        if images[key] and (before or how.set_but or _counted(model, images[key], touched)):
            before = record_digest(table, from_image(model, images[key]))
        if before != after:
            changes.append(RecordChange(table, key, before, after, f"{how.about}:{key}" if how.about else ""))
    return changes


def _counted(model: type[Model], image: str, touched: Mapping[str, Mapping[int, str]]) -> bool:
    """Whether a row counted as it stood before the act: by its own columns, or by its parent's as that stood then."""
    when = covered(model).when
    if when is None:
        return True
    told = from_image(model, image)
    for asked, value in when.children:  # type: ignore[misc]
        name, _, of_parent = str(asked).partition("__")
        field: Any = model._meta.get_field(name)
        current = told[str(field.column)]
        if of_parent:
            parent, key = field.related_model, current
            before = touched.get(parent._meta.db_table, {}).get(key)
            if before is None:
                current = parent._default_manager.filter(pk=key).values_list(of_parent, flat=True).first()
            else:
                column = str(parent._meta.get_field(of_parent).column)
                current = from_image(parent, before)[column] if before else None
        if current != value:
            return False
    return True


def _digests(model: type[Model], keys: Sequence[int]) -> dict[int, str]:
    """The digests of those rows that stand and count."""
    table, digests = model._meta.db_table, {}
    with connection.cursor() as cursor:
        for at in range(0, len(keys), PIECE):
            piece = keys[at : at + PIECE]
            statement, further = _standing(table, len(piece), connection.vendor)
            cursor.execute(statement, [*piece, *further])
            for key, values in raw_rows(model, cursor.fetchall()):
                digests[key] = record_digest(table, values)
    return digests


@lru_cache(maxsize=4096)
def _standing(table: str, number: int, vendor: str) -> tuple[str, Row]:
    """The statement that finds the rows of so many keys that stand and count, and its values after the keys.

    Every act asks it of several tables; putting a queryset into words each time would cost more than running it.
    """
    model = covered_models()[table]
    names, how = [field.attname for field in columns(model)], covered(model)
    asked = model._default_manager.filter(pk__in=range(number))
    if how.when is not None:
        asked = asked.filter(how.when)
    statement, values = asked.order_by().values_list(*names).query.sql_with_params()
    assert tuple(values[:number]) == tuple(range(number)), "the keys are asked for first"
    return statement, tuple(values[number:])


def _known(table: str, keys: Sequence[int]) -> dict[int, str]:
    """What the chain says of these records so far: the newest digest of each."""
    digests: dict[int, str] = {}
    with connection.cursor() as cursor:
        for at in range(0, len(keys), PIECE):
            piece = keys[at : at + PIECE]
            # Every digest of these records, the newest last: in the dictionary it takes the others' place.
            cursor.execute(
                f"SELECT {_DIGEST.key}, {_DIGEST.after} FROM {_DIGEST} WHERE {_DIGEST.table} = %s"
                f" AND {_DIGEST.key} IN ({', '.join(['%s'] * len(piece))}) ORDER BY {_DIGEST.id}",
                [table, *piece],
            )
            digests.update(cursor.fetchall())
    return digests


def write_set(model: type[Model], *, first: int) -> SetWritten | None:
    """Cover the rows from a key on, as they stand now, by one digest; None where there are none."""
    table, key = model._meta.db_table, model._meta.pk.column
    digest, count, last = hashlib.sha256(b"set\0"), 0, first
    with connection.chunked_cursor() as cursor:
        # Every row from that key on, in the order the digest goes through them, as the driver gives them: many.
        cursor.execute(
            f'SELECT {as_driven(model)} FROM "{table}" WHERE "{key}" >= %s ORDER BY "{key}"', [first]
        )
        for last, of_row in many_digests(model, _fetched(cursor)):  # noqa: B007 - the last key of all is told
            digest.update(of_row)
            count += 1
    return SetWritten(table, first, last, count, digest.hexdigest()) if count else None


def _fetched(cursor: "CursorWrapper") -> Iterator[Row]:
    """Its rows, never all of them at once."""
    while piece := cursor.fetchmany(PIECES):
        yield from piece
