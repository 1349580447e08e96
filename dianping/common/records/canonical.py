"""A row as one line of text that a person can write down again, and its digest.

The line is a JSON object: a name for every column that holds something, in alphabetical order, without spaces. Dates are
2011-01-05, moments 2011-01-05T02:00:00.000000+00:00 (UTC), yes is true. What is empty (no value, no text, 0, no) is left
out, so that a later column which stands empty in old rows changes no digest. Where a column may hold no value at all, only that
is empty: not yet answered is not no, not yet counted is not 0. The digest is SHA-256, hexadecimal, over "record", the table's
name and the line, a NUL byte between them.

>>> canonical({"id": 12, "name": "甲支部", "dissolved": None, "founded": date(2011, 1, 5)})
'{"founded":"2011-01-05","id":12,"name":"甲支部"}'
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from dianping.common.records.registry import covered, covered_models

Row = tuple[Any, ...]  # as the driver of the database gives it
KEPT = 10_000  # pieces of a line, of one column
EMPTY: tuple[object, ...] = (None, "", 0, False, [], {})


def canonical(values: Mapping[str, object], may_be_none: Collection[str] = ()) -> str:
    """The line of one row. `values` are Python values by column; `may_be_none` names the columns that may hold no value."""
    held = {
        name: _plain(value)
        for name, value in values.items()
        if value is not None and (name in may_be_none or value not in EMPTY)
    }
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record_digest(table: str, values: Mapping[str, object]) -> str:
    """The digest of one row."""
    line = canonical(values, _may_be_none(table))
    return hashlib.sha256(b"record\0" + table.encode() + b"\0" + line.encode()).hexdigest()


@cache
def columns(model: type[Model]) -> "list[Field[Any, Any]]":
    """The columns that are digested."""
    without = covered(model).without
    return [field for field in model._meta.concrete_fields if field.name not in without]


@cache
def _may_be_none(table: str) -> frozenset[str]:
    model = covered_models().get(table)
    return frozenset(str(field.column) for field in columns(model) if field.null) if model else frozenset()


def rows(model: type[Model], fetched: Iterable[Row]) -> Iterator[tuple[int, dict[str, object]]]:
    """Key and values by column of rows read with `values_list(*attnames)`."""
    names = [str(field.column) for field in columns(model)]
    key = names.index(str(model._meta.pk.column))
    for row in fetched:
        yield row[key], dict(zip(names, row, strict=True))


def raw_rows(model: type[Model], fetched: Iterable[Row]) -> Iterator[tuple[int, dict[str, object]]]:
    """The same of rows as the database driver gives them, in the order of `columns`."""
    fields = columns(model)
    key = [field.column for field in fields].index(model._meta.pk.column)
    for row in fetched:
        yield (
            row[key],
            {str(field.column): _read(field, value) for field, value in zip(fields, row, strict=True)},
        )


def many_digests(model: type[Model], fetched: Iterable[Row]) -> Iterator[tuple[int, bytes]]:
    """Key and digest of rows as the driver gives them: those `record_digest` makes, of rows that mostly say the same. The piece of
    the line that a column's value makes is kept and used again; keys, of which each is another, are written at once."""
    table, places = model._meta.db_table, {field: place for place, field in enumerate(columns(model))}
    making = [
        (
            places[field],
            f'"{field.column}":',
            None if field.primary_key or field.is_relation else _Pieces(field),
        )
        for field in sorted(places, key=lambda field: str(field.column))
    ]
    begun, key = hashlib.sha256(b"record\0" + table.encode() + b"\0"), places[model._meta.pk]
    for row in fetched:
        told = [
            pieces[row[place]]
            if pieces is not None
            else f"{name}{row[place]}"
            if row[place] is not None
            else ""
            for place, name, pieces in making
        ]
        digest = begun.copy()
        digest.update(f"{{{','.join(filter(None, told))}}}".encode())
        yield row[key], digest.digest()


class _Pieces(dict[Any, str]):
    """What each value of one column makes of the line: "" where it is empty."""

    def __init__(self, field: "Field[Any, Any]") -> None:
        super().__init__()
        self._field, self._name = field, str(field.column)
        self._may_be_none = (self._name,) if field.null else ()

    def __missing__(self, value: object) -> str:
        piece = canonical({self._name: _read(self._field, value)}, self._may_be_none)[1:-1]
        if len(self) < KEPT:
            self[value] = piece
        return piece


def as_driven(model: type[Model]) -> str:
    """The columns as a statement selects them for `many_digests`: days as the text they are on SQLite, not made into days one by
    one."""
    as_text = "CAST({0} AS TEXT)" if connection.vendor == "sqlite" else "{0}"
    return ", ".join(
        (as_text if _kind(field) == "DateField" else "{0}").format(f'"{field.column}"')
        for field in columns(model)
    )


def from_image(model: type[Model], image: str) -> dict[str, Any]:
    """Values by column of a row as a trigger wrote it down (JSON, in the words of either database)."""
    told = json.loads(image)
    return {str(field.column): _read(field, told.get(field.column)) for field in columns(model)}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _read(field: "Field[Any, Any]", value: Any) -> object:
    """A value of a trigger's JSON, or of the driver's row, as Django would have read it from the column."""
    kind = _kind(field)
    if value is None or kind == "":
        return value
    if kind == "DateTimeField":
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if kind == "DateField":
        return date.fromisoformat(value) if isinstance(value, str) else value
    if kind == "BooleanField":
        return bool(value)
    return _json(value)


def _json(value: object) -> object:
    """SQLite keeps it as text, and so do both drivers; PostgreSQL puts it into an image as what it is."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


@cache
def _kind(field: "Field[Any, Any]") -> str:
    """What a column's value has to be made into; "" for what comes as it is."""
    kind = field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()  # type: ignore[attr-defined]
    return kind if kind in ("DateTimeField", "DateField", "BooleanField", "JSONField") else ""
