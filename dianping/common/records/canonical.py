"""A row as one line of text that a person can write down again, and its digest.

The line is a JSON object: a name for every column that holds something, in alphabetical order, without spaces. Dates are
2011-01-05, moments 2011-01-05T02:00:00.000000+00:00 (UTC), yes is true. What is empty (no value, no text, 0, no) is left
out, so that a later column which stands empty in old rows changes no digest. The digest is SHA-256, hexadecimal, over
"record", the table's name and the line, a NUL byte between them.

>>> canonical({"id": 12, "name": "甲支部", "dissolved": None, "founded": date(2011, 1, 5)})
'{"founded":"2011-01-05","id":12,"name":"甲支部"}'
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Field, Model

from dianping.common.records.registry import covered

EMPTY = (None, "", 0, False, [], {})


def canonical(values: Mapping[str, Any]) -> str:
    """The line of one row. `values` are Python values by column."""
    held = {name: _plain(value) for name, value in values.items() if value not in EMPTY}
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record_digest(table: str, values: Mapping[str, Any]) -> str:
    """The digest of one row."""
    line = canonical(values)
    return hashlib.sha256(b"record\0" + table.encode() + b"\0" + line.encode()).hexdigest()


def columns(model: type[Model]) -> "list[Field[Any, Any]]":
    """The columns that are digested."""
    without = covered(model).without
    return [field for field in model._meta.concrete_fields if field.name not in without]


def rows(model: type[Model], found: Iterable[Any]) -> Iterable[tuple[int, dict[str, Any]]]:
    """Key and values by column of rows read with `values_list(*attnames)`."""
    names = [field.column for field in columns(model)]
    key = names.index(model._meta.pk.column)
    for row in found:
        yield row[key], dict(zip(names, row, strict=True))


def from_image(model: type[Model], image: str) -> dict[str, Any]:
    """Values by column of a row as a trigger wrote it down (JSON, in the words of either database)."""
    told = json.loads(image)
    return {field.column: _read(field, told.get(field.column)) for field in columns(model)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _read(field: "Field[Any, Any]", value: Any) -> Any:
    """A value of a trigger's JSON as Django would have read it from the column."""
    if value is None:
        return None
    kind = field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()  # type: ignore[attr-defined]
    if kind == "DateTimeField":
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if kind == "DateField":
        return date.fromisoformat(value)
    if kind == "BooleanField":
        return bool(value)
    if kind == "JSONField" and isinstance(value, str):
        return json.loads(value)  # SQLite keeps it as text; a PostgreSQL string would have arrived as one too
    return value
