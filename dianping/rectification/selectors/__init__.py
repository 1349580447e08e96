"""Reading problems and what became of them."""

from dianping.rectification.selectors.admonitions import (
    admonitions_below,
    admonitions_in,
    admonitions_visible,
    items_told_of,
    lagging_items,
    lagging_units,
)
from dianping.rectification.selectors.board import extensions_lately, figures_of, items_on_board
from dianping.rectification.selectors.enclosures import FIELDS, Record, enclosures_of
from dianping.rectification.selectors.items import (
    as_of,
    evidence_of,
    in_item_state,
    items_about_person,
    items_below,
    items_listed,
    items_of_period,
    items_of_review,
    items_of_reviews,
    items_visible,
    later_like,
    open_items_about,
    open_items_of,
    owns,
)
from dianping.rectification.selectors.likeness import earlier_like
from dianping.rectification.selectors.masses import items_to_ask, verdicts_of
from dianping.rectification.selectors.points import state_of_points
from dianping.rectification.selectors.reports import (
    is_of_member,
    items_of_report,
    report_duty_for,
    report_of,
    reports_come_in,
    seats_answered,
)

__all__ = [
    "FIELDS",
    "Record",
    "admonitions_below",
    "admonitions_in",
    "admonitions_visible",
    "as_of",
    "earlier_like",
    "enclosures_of",
    "evidence_of",
    "extensions_lately",
    "figures_of",
    "in_item_state",
    "items_about_person",
    "items_below",
    "items_listed",
    "items_of_period",
    "is_of_member",
    "items_of_report",
    "items_of_review",
    "items_of_reviews",
    "items_on_board",
    "items_to_ask",
    "items_told_of",
    "items_visible",
    "lagging_items",
    "lagging_units",
    "later_like",
    "open_items_about",
    "open_items_of",
    "owns",
    "report_duty_for",
    "report_of",
    "reports_come_in",
    "seats_answered",
    "state_of_points",
    "verdicts_of",
]
