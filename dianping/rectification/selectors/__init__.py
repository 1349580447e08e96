"""Reading problems and what became of them."""

from dianping.rectification.selectors.items import (
    as_of,
    in_item_state,
    items_about_person,
    items_below,
    items_listed,
    items_of_period,
    items_of_review,
    items_visible,
    open_items_about,
    owns,
)
from dianping.rectification.selectors.reports import items_of_report, report_of

__all__ = [
    "as_of",
    "in_item_state",
    "items_about_person",
    "items_below",
    "items_listed",
    "items_of_period",
    "items_of_report",
    "items_of_review",
    "items_visible",
    "open_items_about",
    "owns",
    "report_of",
]
