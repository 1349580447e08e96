"""Organisations by code, place and name."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import islice

from django.db import connection
from django.db.models import Q, QuerySet

from dianping.base.pinyin import is_spelled
from dianping.common import trees
from dianping.common.refusal import Refusal
from dianping.orgs.models import BRANCH_KINDS, Organisation
from dianping.orgs.selectors.posts import heads_on

MOST_FOUND = 40  # of one search


def top_organisation() -> Organisation | None:
    """The organisation nothing stands above; None on an empty site. With several, the first in the tree."""
    return Organisation.objects.filter(parent=None, dissolved=None).order_by("path").first()


def organisation_or_top(code: str) -> Organisation:
    """The organisation with this code, the top one for "". Refuses in words when there is none."""
    organisation = Organisation.objects.filter(code=code).first() if code else top_organisation()
    if organisation is None:
        raise Refusal(
            f"没有代码为“{code}”的组织。" if code else "系统里还没有组织。",
            code="orgs.no-such-organisation",
            remedy="请核对组织代码。" if code else "请先导入名册（take_roster）。",
        )
    return organisation


def organisation_by_code(code: str, *, paths: list[str]) -> QuerySet[Organisation]:
    """An organisation by its code, when it lies in one of the subtrees; else nothing."""
    return organisations_below(paths).filter(code=code).select_related("parent")


def organisations_below(paths: list[str]) -> QuerySet[Organisation]:
    """Every organisation of some subtrees."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    return Organisation.objects.filter(seen)


def standing_below(paths: list[str]) -> QuerySet[Organisation]:
    """The organisations of some subtrees that are not dissolved: whatever is chosen, asked, drawn or written to is chosen of
    these."""
    return organisations_below(paths).filter(dissolved=None)


def organisations_at(paths: Iterable[str]) -> QuerySet[Organisation]:
    """The organisations that stand at some places of the tree, in its order."""
    return Organisation.objects.filter(path__in=list(paths), dissolved=None).order_by("path")


def organisations_named(
    text: str, *, paths: list[str], most: int = MOST_FOUND, standing: bool = False
) -> list[Organisation]:
    """The first organisations, in the order of the tree, whose name holds some text, whose code begins with it, or whose name
    letters spell; `standing`: only those not dissolved. One query, a second one for letters; none without a text."""
    if not text.strip():
        return []
    below = (standing_below(paths) if standing else organisations_below(paths)).order_by("path")
    if text.isascii():
        rows = below.values_list("pk", "code", "name", "short_name").iterator()
        sounding = (pk for pk, *said in rows if _sounds(text.strip().lower(), *said))
        return list(below.filter(pk__in=list(islice(sounding, most))))
    return list(below.filter(name__contains=text)[:most])


def organisations_sounding(text: str, *, paths: list[str], below: bool = False) -> list[str]:
    """The places of the organisations of some subtrees whose name holds a text, whose code begins with it, or whose name letters
    spell (first letters, or syllables); with `below` the places of all that lie under them too. One query."""
    rows = list(organisations_below(paths).order_by("path").values_list("path", "code", "name", "short_name"))
    asked = text.strip().lower()
    found = {path for path, *said in rows if asked and _sounds(asked, *said)}
    if below:
        found |= {path for path, *_ in rows if any(top in found for top in trees.ancestors(path))}
    return sorted(found)


def _sounds(asked: str, code: str, name: str, short: str) -> bool:
    if asked in name.lower() or asked in short.lower() or code.lower().startswith(asked):
        return True
    return asked.isascii() and (is_spelled(asked, short) or is_spelled(asked, name))


def path_of(organisation: Organisation, *, paths: list[str]) -> list[Organisation]:
    """The organisations from the top down to this one, as far up as the viewer may see."""
    above = Organisation.objects.filter(path__in=trees.ancestors(organisation.path)).order_by("path")
    return [o for o in above if any(trees.is_within(o.path, top) for top in paths)]


def children_of(organisation: Organisation, *, day: date) -> QuerySet[Organisation]:
    """The level right below that stands on a day, in the order of the tree."""
    return organisation.children.filter(Q(dissolved=None) | Q(dissolved__gt=day)).order_by("path")


def by_head(organisations: QuerySet[Organisation], state: str, *, day: date) -> QuerySet[Organisation]:
    """Those that somebody heads that day (headed), or nobody (vacant); anything else means all of them."""
    if state not in ("headed", "vacant"):
        return organisations
    heads = heads_on(organisations.order_by().values_list("pk", flat=True), day=day)
    return organisations.filter(pk__in=heads) if state == "headed" else organisations.exclude(pk__in=heads)


def children_with_heads(organisation: Organisation, *, day: date) -> list[tuple[Organisation, str]]:
    """The level right below, each with the name of who heads it that day ("" where nobody does)."""
    children = list(children_of(organisation, day=day))
    heads = heads_on([child.pk for child in children], day=day)
    return [(child, heads.get(child.pk, "")) for child in children]


def places_and_right_below(paths: Sequence[str], *, most: int) -> list[tuple[str, str]]:
    """(code, name) of the organisations at some places and of the level right below each, branches left out, those that stand,
    in the order of the tree: at most `most`. One query, none without a place.

    Asked on every page: written out, because the ORM needs five times as long to put the statement together as a database to answer.
    """
    if not paths:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_places_sql(len(paths)), [*paths, *paths, *map(str, BRANCH_KINDS)])
        rows = cursor.fetchall()
    return [(code, name) for _, code, name in sorted(rows)[:most]]


def _column(field: str) -> str:
    """The column of one of the model's fields."""
    return str(Organisation._meta.get_field(field).column)  # type: ignore[union-attr]


@cache
def _places_sql(places: int) -> str:
    """The statement for so many places: first the organisations there, then the children of those that are no branches.

    Two index searches put together, sorted by the caller: asked for both with OR, or for the first so many in order, a database
    walks every organisation there is.
    """
    name = connection.ops.quote_name
    table = name(Organisation._meta.db_table)
    key, path, code, title, kind, parent, dissolved = (
        name(_column(field)) for field in ("id", "path", "code", "name", "kind", "parent", "dissolved")
    )
    there, branches = (", ".join(["%s"] * n) for n in (places, len(BRANCH_KINDS)))
    # What stands at these places, and what stands right below them and is no branch: place, code and name of each.
    return (
        f"SELECT {path}, {code}, {title} FROM {table} WHERE {dissolved} IS NULL AND {path} IN ({there})"
        f" UNION SELECT {path}, {code}, {title} FROM {table} WHERE {dissolved} IS NULL"
        f" AND {parent} IN (SELECT {key} FROM {table} WHERE {path} IN ({there})) AND {kind} NOT IN ({branches})"
    )
