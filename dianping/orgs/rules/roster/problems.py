"""Gather faults: every one is counted, and as many kept as anybody could still read."""

from datetime import date, datetime

from dianping.base.coded import CodedFault
from dianping.base.sheets import Problem

MOST_KEPT = 50_000


class CellFault(CodedFault):
    """A cell that cannot be taken; its sentence is the message of the problem.

    `shown` stands for the cell in the problem where the cell itself must not be shown.
    """

    def __init__(self, sentence: str, *, code: str, shown: str = "") -> None:
        self.shown = shown
        super().__init__(sentence, code=code)


class Problems:
    """A list that only grows."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.more = 0

    def add(self, sheet: str, row: int, column: str, found: object, message: str, *, code: str) -> None:
        """Note one fault. `found` is the cell as read."""
        if len(self.kept) < MOST_KEPT:
            self.kept.append(Problem(sheet, row, column, shown(found), message, code=code))
        else:
            self.more += 1

    def in_order(self) -> list[Problem]:
        """All kept problems, sheet by sheet as first met, then by row."""
        sheets = {name: at for at, name in enumerate(dict.fromkeys(problem.sheet for problem in self.kept))}
        return sorted(self.kept, key=lambda problem: (sheets[problem.sheet], problem.row))


def shown(value: object) -> str:
    """A cell as it may stand in a message: short, and dates and whole numbers as people write them."""
    if isinstance(value, datetime):
        text = f"{value:%Y-%m-%d %H:%M}" if value.time().isoformat() != "00:00:00" else f"{value:%Y-%m-%d}"
    elif isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, float):
        text = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:g}"
    else:
        text = " ".join(str(value).split())
    return f"{text[:40]}……" if len(text) > 41 else text


def quoted(value: object) -> str:
    """“value”, or 空白 in words when there is nothing."""
    text = shown(value)
    return f"“{text}”" if text else "空白"
