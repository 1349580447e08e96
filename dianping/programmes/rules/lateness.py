"""Whether an entry counts as on time, late or never.

Two days belong to every review: the day it happened and the day it was written down. Backfilling before an
inspection must not turn a gap into a timely act (decision 0018; defaults from the programme's EntryRule).
"""

from datetime import date
from enum import Enum

from dianping.programmes.rules import EntryRule


class EntryTiming(Enum):
    """How an entry counts for the window of its duty."""

    ON_TIME = "按时"
    LATE = "补录"
    NEVER = "不计入"


def judge_entry(*, opens: date, due: date, happened: date, entered: date, rule: EntryRule) -> EntryTiming:
    """On time: it happened inside the window and was written down within `on_time_days`. Late: it happened after
    the window, or was written down within `latest_days`. Never: before the window opened, after it was written
    down, or written down later than that. Raises nothing."""
    lag = (entered - happened).days
    if happened < opens or lag < 0 or lag > rule.latest_days:
        return EntryTiming.NEVER
    if happened <= due and lag <= rule.on_time_days:
        return EntryTiming.ON_TIME
    return EntryTiming.LATE
