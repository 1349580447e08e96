"""The kind of unit an organisation belongs to."""

from collections.abc import Iterable

from dianping.common import trees
from dianping.orgs.models import Organisation


def unit_kinds_of(organisations: Iterable[Organisation]) -> dict[int, str]:
    """By the organisation's key, its 单位类型: its own, else that of the nearest above it that has one, else "". One query."""
    wanted = list(organisations)
    above = {path for one in wanted for path in trees.ancestors(one.path)}
    rows = Organisation.objects.filter(path__in=above).exclude(unit_kind="")
    known = dict(rows.values_list("path", "unit_kind"))
    return {
        one.pk: one.unit_kind
        or next(
            (
                known[path]
                for path in sorted(trees.ancestors(one.path), key=len, reverse=True)
                if path in known
            ),
            "",
        )
        for one in wanted
    }
