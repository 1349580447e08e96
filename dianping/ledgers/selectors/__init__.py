"""The facts behind each form, gathered from the rooms below; nothing here is typed in."""

from dianping.ledgers.selectors.forms import FORMS, draw, row_counts

__all__ = ["FORMS", "draw", "row_counts"]
