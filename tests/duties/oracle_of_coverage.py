"""Coverage counted anew from the duties themselves, as of a day: the oracle the tallies of `duties` are held to.

Basis: 豫创组办发〔2010〕26号 四.4 (全覆盖: every secretary has reviewed, every organisation and every member has been
reviewed); decisions 0002 (a deadline includes its day) and 0008 (what has lapsed is left out before counting).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty: its window, the day its act was entered and whether that was in time, and the seat that owes it."""

    opens: date
    due: date
    entered_on: date | None = None
    on_time: bool | None = None
    owed_by: int | None = None

    def done_by(self, day: date) -> bool:
        """Whether it was entered by the end of a day."""
        return self.entered_on is not None and self.entered_on <= day


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of truth. due = on_time + late + open; overdue is the part of open whose day has passed."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0


def count(duties: Iterable[Owed], as_of: date) -> Figures:
    """What is owed and done as of a day, among the windows that have opened by then."""
    opened = [duty for duty in duties if duty.opens <= as_of]
    done = [duty for duty in opened if duty.done_by(as_of)]
    on_time = sum(bool(duty.on_time) for duty in done)
    overdue = sum(duty.due < as_of and not duty.done_by(as_of) for duty in opened)
    return Figures(len(opened), on_time, len(done) - on_time, len(opened) - len(done), overdue)


def count_reviewers(duties: Iterable[Owed], as_of: date) -> Figures:
    """The same for the seats that owe: one has done once nothing he owes is left, in time if all of it was.

    What nobody inside owes is left out. A seat is overdue when the last of all the days given has passed.
    """
    owed_by: defaultdict[int, list[Owed]] = defaultdict(list)
    for duty in duties:
        if duty.owed_by is not None and duty.opens <= as_of:
            owed_by[duty.owed_by].append(duty)
    if not owed_by:
        return Figures()
    last = max(duty.due for owed in owed_by.values() for duty in owed)
    complete = [owed for owed in owed_by.values() if is_covered(owed, as_of)]
    on_time = sum(all(duty.on_time for duty in owed) for owed in complete)
    left = len(owed_by) - len(complete)
    return Figures(len(owed_by), on_time, len(complete) - on_time, left, left if last < as_of else 0)


def shortfall(duties: Iterable[Owed], as_of: date) -> int:
    """How many are still missing as of a day."""
    return count(duties, as_of).open


def is_covered(duties: Iterable[Owed], as_of: date) -> bool:
    """Whether nothing is missing as of a day; nothing owed counts as covered."""
    return shortfall(duties, as_of) == 0
