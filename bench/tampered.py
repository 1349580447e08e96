"""Single changes of covered records by somebody who has the database in his hands: drawn at random, made, taken back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

HOW = ("column",) * 6 + ("removed", "added", "removed", "added", "renumbered")
TRIES = 60


@dataclass(frozen=True)
class Change:
    """What was done: which row of which table, how (a column's name where one was changed)."""

    table: str
    key: int
    how: str
    renumbered: int = 0

    @property
    def keys(self) -> set[int]:
        """By which keys it may be named."""
        return {self.key, self.renumbered} - {0}


class Refused(Exception):  # noqa: N818 - the database itself does not let it be done: another is drawn
    """A constraint stands against it."""


def covered_with_rows() -> list[Any]:
    """Every covered model that has rows the chain vouches for."""
    from dianping.common.records.registry import covered_models

    return [model for model in covered_models().values() if standing(model).exists()]


def standing(model: Any) -> Any:
    """The rows that count."""
    from dianping.common.records.registry import covered

    found, when = model._default_manager.order_by("pk"), covered(model).when
    return found if when is None else found.filter(when)


@contextmanager
def made(model: Any, chance: Random) -> Iterator[Change]:
    """Make one change of a table, drawn until the database lets it be made; take it back."""
    from django.db import transaction

    with transaction.atomic():
        how = chance.choice(HOW)
        for number in range(TRIES):
            try:
                with transaction.atomic():
                    done = _one(model, how if number < TRIES // 2 else "column", chance)
            except Refused:
                continue
            break
        else:
            raise RuntimeError(f"{model._meta.db_table}: no change could be made")
        yield done
        transaction.set_rollback(True)


def sql(statement: str, values: list[Any]) -> None:
    """What he types. Raises Refused."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as no:
        raise Refused from no


def _one(model: Any, how: str, chance: Random) -> Change:
    table, pk = model._meta.db_table, model._meta.pk.column
    rows = standing(model)
    row = rows[chance.randrange(rows.count())]
    if how == "removed":
        sql(f'DELETE FROM "{table}" WHERE "{pk}" = %s', [row.pk])
        return Change(table, row.pk, how)
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True)[0]
    if how == "renumbered":
        sql(f'UPDATE "{table}" SET "{pk}" = %s WHERE "{pk}" = %s', [newest + 1, row.pk])
        return Change(table, row.pk, how, newest + 1)
    if how == "added":
        return _added(model, row, newest + 1, chance)
    field = chance.choice([f for f in _digested(model) if not f.primary_key])
    value = _another(field, getattr(row, field.attname), chance)
    sql(f'UPDATE "{table}" SET "{field.column}" = %s WHERE "{pk}" = %s', [value, row.pk])
    return Change(table, row.pk, field.column)


def _digested(model: Any) -> list[Any]:
    from dianping.common.records.canonical import columns

    return columns(model)


def _added(model: Any, row: Any, key: int, chance: Random) -> Change:
    """A copy of a row, with as many of its columns changed as the constraints ask for."""
    table = model._meta.db_table
    fields = model._meta.concrete_fields
    changing = [f for f in fields if f.unique and not f.primary_key]
    others = [f for f in fields if not f.primary_key]
    changing += chance.sample(others, min(len(others), chance.randrange(1, 4)))
    values = {f.column: _stored(f, getattr(row, f.attname)) for f in fields}
    values |= {f.column: _another(f, getattr(row, f.attname), chance) for f in changing}
    values[model._meta.pk.column] = key
    names = ", ".join(f'"{name}"' for name in values)
    sql(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(values))})', list(values.values()))
    if not standing(model).filter(pk=key).exists():
        raise Refused  # a draft: nobody vouches for it
    return Change(table, key, "added")


def _kind(field: Any) -> str:
    return str((field.target_field if field.is_relation else field).get_internal_type())


def _stored(field: Any, value: Any) -> Any:
    if _kind(field) == "JSONField":
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat(" ") if isinstance(value, datetime) else value


def _another(field: Any, value: Any, chance: Random) -> Any:
    """Another value of a column, as it is stored: near the one that stands there, or none where none may stand."""
    if field.null and value is not None and chance.random() < 0.3:
        return None
    kind = _kind(field)
    if kind == "BooleanField":
        return chance.choice((True, False)) if value is None else not value
    if field.is_relation:
        others = field.related_model._default_manager.exclude(pk=value).values_list("pk", flat=True)
        if not others.exists():
            raise Refused
        return others[chance.randrange(others.count())]
    if kind == "DateField":
        return (value or date(2011, 1, 1)) + timedelta(chance.choice((-365, -1, 1, 30)))
    if kind == "DateTimeField":
        return ((value or datetime(2011, 1, 1)) + timedelta(seconds=chance.choice((-3600, 1, 60)))).isoformat(
            " "
        )
    if kind == "JSONField":
        return json.dumps(_another_json(value, chance), ensure_ascii=False)
    if "Integer" in kind or "AutoField" in kind:
        return (
            max(0, (value or 0) + chance.choice((-1, 1, 2, 7)))
            if value
            else chance.choice((0, 1) if value is None else (1, 2))
        )
    return _another_text(field, value or "", chance)


def _another_text(field: Any, value: str, chance: Random) -> str:
    """One character taken away, put in or put in another's place; sometimes all of it."""
    at = chance.randrange(len(value) + 1)
    found = chance.choice(
        (
            value[:at] + "改" + value[at:],
            value[:at] + "改" + value[at + 1 :],
            value[:at] + value[at + 1 :],
            "",
        )
    )
    if found == value or (field.max_length and len(found) > field.max_length):
        raise Refused
    if field.choices and chance.random() < 0.7:
        return str(chance.choice([key for key, _ in field.flatchoices if key != value] or [found]))
    return found


def _another_json(value: Any, chance: Random) -> Any:
    """One place somewhere inside it changed."""
    if isinstance(value, dict) and value:
        name = chance.choice(sorted(value))
        return value | {name: _another_json(value[name], chance)}
    if isinstance(value, list) and value:
        at = chance.randrange(len(value))
        return [*value[:at], _another_json(value[at], chance), *value[at + 1 :]]
    if isinstance(value, int) and not isinstance(value, bool):
        return value + 1
    return "改" if value != "改" else "又改"
