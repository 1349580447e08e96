"""Small display filters: how a date, a count and a deadline are said. No domain knowledge, no queries."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField

from dianping.base.day_words import weekday_of, written

register = template.Library()

NEAR_DAYS = 3  # a deadline this close is said in amber; the workbench itself lists a week
PHONE_KEYS = (
    "workbench",
    "reviews",
    "duties",
)  # the bottom bar of a phone, in this order; 更多 holds the rest


@register.filter
def count(number: int | None) -> str:
    """A whole number with thousands separated: 4510 → 4,510. None stays empty."""
    return "" if number is None else f"{number:,}"


@register.filter
def short_day(day: date | None, today: date | None = None) -> str:
    """1月10日; with the year (2010年12月31日) when it is not the year of `today`."""
    if day is None:
        return ""
    year = f"{day.year}年" if today is not None and day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


@register.filter
def full_day(day: date | None) -> str:
    """2011年1月10日 星期一, for what shows on hover."""
    return "" if day is None else f"{written(day)} {weekday_of(day)}"


@register.filter
def due_word(due: date, today: date) -> str:
    """How far a deadline is: 还有 3 天, 今天, 逾期 2 天. The day itself still counts as in time."""
    left = (due - today).days
    if left > 0:
        return f"还有 {left} 天"
    return "今天" if left == 0 else f"逾期 {-left} 天"


@register.filter
def due_kind(due: date, today: date) -> str:
    """The class that goes with the word: overdue, today, near (`NEAR_DAYS` or fewer left) or far."""
    left = (due - today).days
    if left < 0:
        return "overdue"
    if left == 0:
        return "today"
    return "near" if left <= NEAR_DAYS else "far"


@register.filter
def for_phone(nav: Iterable[Any] | None) -> list[object]:
    """The items of `nav` (with a `key`, as entry or as dict) that stand in the bottom bar of a phone, in the bar's own order."""
    by_key = {item["key"] if isinstance(item, Mapping) else item.key: item for item in nav or ()}
    return [by_key[key] for key in PHONE_KEYS if key in by_key]


@register.filter
def what_stays(form: Iterable[BoundField]) -> str:
    """The heading above the faults of a form: what of it is still there. No browser is given a password or a file again."""
    kinds = [getattr(field.field.widget, "input_type", "") for field in form if not field.is_hidden]
    again = [
        words for kind, words in (("password", "密码请重新输入"), ("file", "文件请重新选")) if kind in kinds
    ]
    if not again:
        return "还没有办成，内容都还在"
    rest = "，其余都还在" if set(kinds) - {"password", "file"} else ""
    return f"还没有办成；{'，'.join(again)}{rest}"
