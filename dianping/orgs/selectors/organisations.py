"""Organisations by code, place and name."""

from datetime import date

from django.db.models import Q, QuerySet

from dianping.common import trees
from dianping.common.refusal import Refusal
from dianping.orgs.models import Organisation
from dianping.orgs.selectors.posts import heads_on


def top_organisation() -> Organisation | None:
    """The organisation nothing stands above; None on an empty site. With several, the first in the tree."""
    return Organisation.objects.filter(parent=None, dissolved=None).order_by("path").first()


def organisation_or_top(code: str) -> Organisation:
    """The organisation with this code, the top one for "". Refuses in words when there is none."""
    found = Organisation.objects.filter(code=code).first() if code else top_organisation()
    if found is None:
        raise Refusal(
            f"没有代码为“{code}”的组织。" if code else "系统里还没有组织。",
            code="orgs.no-such-organisation",
            remedy="请核对组织代码。" if code else "请先导入名册（take_roster）。",
        )
    return found


def organisation_by_code(code: str, *, paths: list[str]) -> QuerySet[Organisation]:
    """An organisation by its code, when it lies in one of the subtrees; else nothing."""
    return organisations_below(paths).filter(code=code).select_related("parent")


def organisations_below(paths: list[str]) -> QuerySet[Organisation]:
    """Every organisation of some subtrees."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    return Organisation.objects.filter(seen)


def organisations_named(text: str, *, paths: list[str]) -> QuerySet[Organisation]:
    """Organisations whose name or code holds some text."""
    return (
        organisations_below(paths).filter(Q(name__contains=text) | Q(code__istartswith=text)).order_by("path")
    )


def path_of(organisation: Organisation, *, paths: list[str]) -> list[Organisation]:
    """The organisations from the top down to this one, as far up as the viewer may see."""
    above = Organisation.objects.filter(path__in=trees.ancestors(organisation.path)).order_by("path")
    return [o for o in above if any(trees.is_within(o.path, top) for top in paths)]


def children_with_heads(organisation: Organisation, *, day: date) -> list[tuple[Organisation, str]]:
    """The level right below, each with the name of who heads it that day ("" where nobody does)."""
    children = list(organisation.children.filter(Q(dissolved=None) | Q(dissolved__gt=day)).order_by("path"))
    heads = heads_on([child.pk for child in children], day=day)
    return [(child, heads.get(child.pk, "")) for child in children]
