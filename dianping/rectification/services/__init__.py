"""Following problems until they are put right."""

from dianping.rectification.services.items import JUDGES, Moved, move_item, open_items, withdraw_items
from dianping.rectification.services.reports import file_report

__all__ = ["JUDGES", "Moved", "file_report", "move_item", "open_items", "withdraw_items"]
