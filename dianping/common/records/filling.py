"""Records whose columns a migration filled: taken into the chain anew, as an act, by the start that follows (decision 0048).

Such a migration cannot be an act itself: while it runs, other tables may not be what the models say. So it only marks the rows
it filled, each by one line of `common_touched`: the table with "filled:" before it, the row's key, and as JSON what those
columns held before ({"owed_by_outsider": ""}). Every other column has to stand as the chain says, else the check tells of it.
"""

import json
from collections.abc import Iterator

from django.db.models import Model

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.models import Touched
from dianping.common.records.canonical import columns, rows
from dianping.common.records.registry import covered_models
from dianping.common.rights import unasked

ACT = "升级时补写"
FILLED = "filled:"
PIECE = 500  # rows read at once


def take_in_filled() -> int:
    """Take in every row a migration has marked; how many."""
    return _take_in() if Touched.objects.filter(table__startswith=FILLED).exists() else 0


def drop_filled() -> None:
    """Forget every mark: the records were taken in as they stand just now."""
    Touched.objects.filter(table__startswith=FILLED).delete()


@act
def _take_in() -> int:
    taken = 0
    for table, model in covered_models().items():
        marked = Touched.objects.filter(table=f"{FILLED}{table}")
        held = {key: json.loads(was) for key, was in marked.order_by("-pk").values_list("key", "was")}
        if not held:
            continue
        # Noted as a trigger would have noted each of them, with what it held before.
        Touched.objects.bulk_create(
            [Touched(table=table, key=key, was=image) for key, image in _images(model, held)]
        )
        taken += len(held)
    Touched.objects.filter(table__startswith=FILLED).delete()
    unasked(audit.SYSTEM, because="the site takes its own records in when it starts")
    audit.record(actor=audit.SYSTEM, act=ACT, about="site", rows=taken)
    return taken


def _images(model: type[Model], held: dict[int, dict[str, object]]) -> Iterator[tuple[int, str]]:
    """Key and image of each row that still stands: as it is now, but for what the migration filled."""
    names = [field.attname for field in columns(model)]
    keys = sorted(held)
    for at in range(0, len(keys), PIECE):
        fetched = model._default_manager.filter(pk__in=keys[at : at + PIECE]).values_list(*names)
        for key, values in rows(model, fetched):
            yield key, json.dumps(values | held[key], default=str, ensure_ascii=False)
