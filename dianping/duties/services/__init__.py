"""Writing the duty book."""

from dianping.duties.services.discharge import discharge_duty, hand_in_paper, take_back
from dianping.duties.services.handover import hand_over, take_back_handover
from dianping.duties.services.opening import OpenedDuties, open_duties
from dianping.duties.services.recounting import count_tallies
from dianping.duties.services.written_report import demand_report, withdraw_report

__all__ = [
    "OpenedDuties",
    "count_tallies",
    "demand_report",
    "discharge_duty",
    "hand_in_paper",
    "hand_over",
    "open_duties",
    "take_back",
    "take_back_handover",
    "withdraw_report",
]
