"""Paging by key: the next page starts behind the last row shown, whatever was added meanwhile; no offsets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

PER_PAGE = 40
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of rows, with where the next one starts."""

    rows: list[M]
    words: str
    next_url: str
    previous_url: str


def page_of(
    queryset: QuerySet[M], *, keys: Sequence[str], asked: dict[str, str], per_page: int = PER_PAGE
) -> Page[M]:
    """The page behind `asked["after"]`, ordered by `keys` (the last one unique; "-" in front for descending).

    Key columns must hold a value in every row. Costs one query, whatever the page. A place nobody gave (an
    address changed by hand) shows the first page.
    """
    after = _place(queryset.model, keys, asked.get("after", ""))
    ordered = queryset.order_by(*keys)
    if after:
        ordered = ordered.filter(_behind(keys, after))
    rows = list(ordered[: per_page + 1])
    others = {k: v for k, v in asked.items() if k != "after" and v}
    next_url = ""
    if len(rows) > per_page:
        rows = rows[:per_page]
        last = json.dumps([_text(rows[-1], key) for key in keys], ensure_ascii=False, separators=(",", ":"))
        next_url = "?" + urlencode(others | {"after": last})
    first = "?" + urlencode(others) if after else ""
    words = f"本页 {len(rows)} 项" if next_url or after else f"共 {len(rows)} 项"
    return Page(rows, words, next_url, first)


def _text(row: Model, key: str) -> str:
    value = getattr(row, key.lstrip("-"))
    return value.isoformat() if isinstance(value, date) else str(value)


def _place(model: type[Model], keys: Sequence[str], text: str) -> list[object]:
    """The key values of a place, as the columns hold them; empty for a place that is none."""
    try:
        values = json.loads(text)
        if not isinstance(values, list) or len(values) != len(keys):
            return []
        return [_column(model, key).clean(str(value), None) for key, value in zip(keys, values, strict=True)]
    except (ValueError, ValidationError):
        return []


def _column(model: type[Model], key: str) -> Any:
    name = key.lstrip("-")
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def _behind(keys: Sequence[str], values: list[object]) -> Q:
    """Rows that come after these key values: k1 > v1, or k1 = v1 and k2 > v2, and so on."""
    behind, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        name, operator = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
        behind |= same & Q(**{f"{name}__{operator}": value})
        same &= Q(**{name: value})
    return behind
