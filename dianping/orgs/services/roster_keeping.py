"""What the tables said before an import and say after it, kept with the import (decision 0061)."""

from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max, Model, Q, QuerySet

from dianping.orgs.models import (
    Charge,
    Membership,
    Organisation,
    Person,
    Post,
    RosterStep,
    RosterTaken,
    Tenure,
)
from dianping.orgs.services.roster_plan import RosterPlan

# In the order in which rows are made; they are taken away in the opposite one.
TABLES: tuple[type[Model], ...] = (Organisation, Person, Post, Membership, Tenure, Charge)
_COUNTERS = frozenset({"id", "places_given"})  # a place is given once, whatever is undone
BATCH = 500
_encoder = DjangoJSONEncoder()


def table_of(model: type[Model]) -> str:
    """How a step calls a table."""
    return str(model._meta.model_name)


def values_of(row: Model) -> dict[str, Any]:
    """A row's columns as they are written down: days as text, keys as numbers."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.attname not in _COUNTERS:
            value = getattr(row, field.attname)
            found[field.attname] = (
                value if value is None or isinstance(value, str | int | bool) else _encoder.default(value)
            )
    return found


def rows_by_key(model: type[Model], keys: list[int]) -> Iterator[Model]:
    """Rows by their keys, in batches."""
    for start in range(0, len(keys), BATCH):
        yield from model._default_manager.filter(pk__in=keys[start : start + BATCH])


class Before:
    """What an import may change, as it stands before. Nothing on an empty site: then everything is new."""

    def __init__(self, plan: RosterPlan) -> None:
        self.last = {model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in TABLES}
        self.rows: dict[type[Model], dict[int, dict[str, Any]]] = {model: {} for model in TABLES}
        if plan.first:
            return
        people = {c.membership.person_id for c in (*plan.moved, *plan.amended)}
        moved = {c.membership.pk for c in (*plan.moved, *plan.amended)} | {m.pk for m in plan.left}
        changed = {one.pk for one, _ in plan.altered} | {one.pk for one in (*plan.revived, *plan.gone)}
        ended = {change.ended for change in plan.charges if change.ended}
        seats = {change.seat.post for change in plan.posts if change.seat.post}
        scope = plan.scope
        wanted: list[tuple[type[Model], Q]] = [
            (Organisation, scope.rows("path") | Q(pk__in=changed)),
            (Post, Q(pk__in=seats)),
            (Tenure, Q(until=None) & (scope.rows("post__organisation__path") | Q(post__in=seats))),
            (Charge, Q(pk__in=ended) | Q(until=None) & scope.rows("organisation__path")),
        ]
        for model, which in wanted:
            self._take(model, model._default_manager.filter(which))
        for model, keys in ((Person, people), (Membership, moved)):
            for row in rows_by_key(model, sorted(keys)):
                self.rows[model][int(row.pk)] = values_of(row)

    def _take(self, model: type[Model], rows: QuerySet[Any]) -> None:
        for row in rows.iterator():
            self.rows[model][row.pk] = values_of(row)

    def keep(self, taken: RosterTaken) -> None:
        """Write down what became of it."""
        for model in TABLES:
            made = list(
                model._default_manager.filter(pk__gt=self.last[model])
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            before, after = {}, {}
            for row in rows_by_key(model, sorted(self.rows[model])):
                was, now = self.rows[model][int(row.pk)], values_of(row)
                differing = [name for name in was if was[name] != now[name]]
                if differing:
                    before[str(row.pk)] = {name: was[name] for name in differing}
                    after[str(row.pk)] = {name: now[name] for name in differing}
            if made or before:
                RosterStep.objects.create(
                    taken=taken, table=table_of(model), made=made, before=before, after=after
                )
