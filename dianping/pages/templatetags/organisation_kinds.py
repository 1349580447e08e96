"""Kinds of organisation on pages."""

from collections.abc import Iterable

from django import template

from dianping.base.kinds import in_order

register = template.Library()


@register.filter
def kinds(labels: Iterable[str]) -> str:
    """Some kinds as words, in the order of the one table: 基层党委、党总支."""
    return "、".join(in_order(labels))
