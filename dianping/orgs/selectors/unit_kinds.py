"""The kind of unit an organisation belongs to."""

from collections.abc import Iterable

from dianping.common import trees
from dianping.orgs.models import Organisation


def unit_kinds_of(organisations: Iterable[Organisation]) -> dict[int, str]:
    """By the organisation's key, its 单位类型: its own, else that of the nearest above it that has one, else "".

    One query, and none where each has its own.
    """
    wanted = list(organisations)
    bare = [one for one in wanted if not one.unit_kind]
    above = {path for one in bare for path in trees.ancestors(one.path)}
    known = (
        dict(
            Organisation.objects.filter(path__in=above).exclude(unit_kind="").values_list("path", "unit_kind")
        )
        if above
        else {}
    )
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
