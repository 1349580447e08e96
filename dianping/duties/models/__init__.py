"""The duty book. Everything owed is a Duty; what is counted of it stands in Tally."""

from dianping.duties.kinds import Kind
from dianping.duties.models.duty import TO_BE_NAMED, Duty, Handover, Target
from dianping.duties.models.tally import Tally
from dianping.duties.models.window import Window

__all__ = ["TO_BE_NAMED", "Duty", "Handover", "Kind", "Tally", "Target", "Window"]
