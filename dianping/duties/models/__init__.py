"""The duty book. Everything owed is a Duty; what is counted of it stands in Tally."""

from dianping.duties.models.duty import Duty, Handover, Kind, Target
from dianping.duties.models.tally import Tally
from dianping.duties.models.window import Window

__all__ = ["Duty", "Handover", "Kind", "Tally", "Target", "Window"]
