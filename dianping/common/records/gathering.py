"""What an act changed: the triggers' notes turned into digests before and after."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model

from dianping.common.models import AuditRecord, Touched
from dianping.common.records.canonical import columns, from_image, record_digest, rows
from dianping.common.records.registry import covered, covered_models

PIECE = 500  # keys asked for at once


@dataclass(frozen=True, slots=True)
class Change:
    """One record changed by an act: its digests before and after, empty where it did not stand in the chain."""

    table: str
    key: int
    before: str
    after: str
    about: str


@dataclass(frozen=True, slots=True)
class SetWritten:
    """Rows that an act wrote by one statement: their keys lie between `first` and `last`; one digest covers them all."""

    table: str
    first: int
    last: int
    count: int
    digest: str

    def told(self) -> dict[str, Any]:
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
    return Touched.objects.aggregate(newest=Max("pk"))["newest"] or 0


def gather(since: int, sets: Sequence[SetWritten] = ()) -> list[Change]:
    """Every record changed since a mark, in the order of table and key; the notes are gone afterwards.

    A note made outside any act is older than the mark: it stays, and nothing vouches for what was done there.
    """
    notes = list(Touched.objects.filter(pk__gt=since).order_by("pk").values_list("table", "key", "was"))
    if not notes:
        return []
    Touched.objects.filter(pk__gt=since).delete()
    touched: dict[str, dict[int, str]] = {}
    for table, key, was in notes:
        touched.setdefault(table, {}).setdefault(key, was)  # the first image is the row before the act
    for written in sets:
        known = touched.get(written.table, {})
        for key in [key for key in known if written.first <= key <= written.last]:
            del known[key]
    models = covered_models()
    return [
        change
        for table in sorted(touched)
        if table in models
        for change in _changes(models[table], touched[table])
    ]


def _changes(model: type[Model], images: dict[int, str]) -> list[Change]:
    table, how = model._meta.db_table, covered(model)
    keys = sorted(images)
    now = _digests(model, keys)
    known = _known(table, [key for key in keys if images[key]])
    found = []
    for key in keys:
        before, after = known.get(key, ""), now.get(key, "")
        if images[key] and (before or how.set_but):
            before = record_digest(table, from_image(model, images[key]))
        if before != after:
            found.append(Change(table, key, before, after, f"{how.about}:{key}" if how.about else ""))
    return found


def _digests(model: type[Model], keys: Sequence[int]) -> dict[int, str]:
    """The digests of those rows that stand and count."""
    names, how = [field.attname for field in columns(model)], covered(model)
    found: dict[int, str] = {}
    for at in range(0, len(keys), PIECE):
        standing = model._default_manager.filter(pk__in=keys[at : at + PIECE])
        if how.when is not None:
            standing = standing.filter(how.when)
        for key, values in rows(model, standing.order_by().values_list(*names)):
            found[key] = record_digest(model._meta.db_table, values)
    return found


def _known(table: str, keys: Sequence[int]) -> dict[int, str]:
    """What the chain says of these records so far."""
    found: dict[int, str] = {}
    for at in range(0, len(keys), PIECE):
        of_these = AuditRecord.objects.filter(table=table, key__in=keys[at : at + PIECE]).order_by()
        newest = of_these.values("key").annotate(newest=Max("pk")).values("newest")
        found.update(AuditRecord.objects.filter(pk__in=newest).values_list("key", "after"))
    return found


def write_set(model: type[Model], *, first: int) -> SetWritten | None:
    """Cover the rows from a key on, as they stand now, by one digest; None where there are none."""
    names, table = [field.attname for field in columns(model)], model._meta.db_table
    digest, count, last = hashlib.sha256(b"set\0"), 0, first
    found = model._default_manager.filter(pk__gte=first).order_by("pk").values_list(*names)
    for key, values in rows(model, found.iterator(chunk_size=5000)):
        digest.update(bytes.fromhex(record_digest(table, values)))
        count, last = count + 1, key
    return SetWritten(table, first, last, count, digest.hexdigest()) if count else None
