"""The facts behind each form, gathered from the rooms below; nothing here is typed in."""

from dianping.ledgers.selectors.forms import CHOSEN, FORMS, draw, row_counts

__all__ = ["CHOSEN", "FORMS", "draw", "row_counts"]
