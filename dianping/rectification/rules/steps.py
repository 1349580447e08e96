"""The states a problem goes through, who may move it, and when a written report falls due.

Basis: 豫创组办发〔2010〕26号 四.1 (problems put right; a report before the next review where they are not);
decision 0009. This table is also what the handbook prints.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dianping.base.few import FEW
from dianping.base.windows import Cadence, Window

OPEN, IN_PROGRESS, CLOSE_REQUESTED, CLOSED, UNRESOLVED = (
    "open",
    "in_progress",
    "close_requested",
    "closed",
    "unresolved",
)

STATE_NAMES = {
    OPEN: "未整改",
    IN_PROGRESS: "整改中",
    CLOSE_REQUESTED: "申请销号",
    CLOSED: "已销号",
    UNRESOLVED: "未较好解决",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One move: its name, the states it starts from, where it leads, and who may take it.

    by: "owner_side" (the reviewed organisation), "other" (anybody entitled but the owner and whoever asked),
    "judge" (the reviewer or the superior office), "masses" (what the masses answered; nobody takes it for them).
    """

    name: str
    start: frozenset[str]
    end: str
    by: str


STEPS = {
    "plan": Step("填写整改措施", frozenset({OPEN, IN_PROGRESS, UNRESOLVED}), IN_PROGRESS, "owner_side"),
    "progress": Step("登记进展", frozenset({OPEN, IN_PROGRESS, UNRESOLVED}), IN_PROGRESS, "owner_side"),
    "request": Step("申请销号", frozenset({IN_PROGRESS, UNRESOLVED}), CLOSE_REQUESTED, "owner_side"),
    "close": Step("验收销号", frozenset({CLOSE_REQUESTED}), CLOSED, "other"),
    "return": Step("退回整改", frozenset({CLOSE_REQUESTED}), IN_PROGRESS, "other"),
    "unresolved": Step(
        "认定未较好解决", frozenset({OPEN, IN_PROGRESS, CLOSE_REQUESTED}), UNRESOLVED, "judge"
    ),
    "reopen": Step("重新打开", frozenset({CLOSED}), IN_PROGRESS, "judge"),
    "masses": Step("群众说没有办好", frozenset({CLOSED}), IN_PROGRESS, "masses"),
}
# Steps that may carry files showing how it was and how it is.
SHOWING = ("progress", "request", "close")
# Where more time may still be asked for: nobody has yet said that it is done.
EXTENDABLE = frozenset({OPEN, IN_PROGRESS, UNRESOLVED})
# From how many answers on the counts of one asking are shown (decision 0010).
FEWEST_ANSWERS = FEW


def may_step(step: str, state: str) -> bool:
    """Whether a problem in this state can take this step."""
    return state in STEPS[step].start


def report_window(*, unresolved_on: date, cadence: Cadence, standing: Window | None) -> Window:
    """When the written report is owed.

    `standing` is the window of a review of the same target already owed and not yet done: the report is due by
    its end. Otherwise it is due the day before the next window opens.
    """
    if standing is not None:
        return Window(min(unresolved_on, standing.due), standing.due)
    opens = cadence.next_window(unresolved_on).opens
    return Window(unresolved_on, opens - timedelta(days=1))


def report_window_without_cadence(*, unresolved_on: date, cadence: Cadence) -> Window:
    """Where no next review is planned (a member's): by the end of the next period of the branch's cadence."""
    return Window(unresolved_on, cadence.next_window(unresolved_on).due)
