"""Writing the duty book."""

from dianping.duties.services.discharge import discharge_duty, hand_in_paper
from dianping.duties.services.opening import Opened, open_duties
from dianping.duties.services.report import demand_report, withdraw_report

__all__ = ["Opened", "demand_report", "discharge_duty", "hand_in_paper", "open_duties", "withdraw_report"]
