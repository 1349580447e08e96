"""Whose ledger, of which period, drawn on which day."""

from dataclasses import dataclass
from datetime import date

from dianping.base.windows import Window, period_name
from dianping.common import trees
from dianping.ledgers.rules import Heading
from dianping.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class LedgerScope:
    """One organisation with all below it, one period, the day it is drawn, and by whom.

    Of a register a choice may be drawn: `alone`, what is about this organisation itself; `done`, only what is done.
    """

    organisation: Organisation
    period: Window
    day: date
    by: str = ""
    alone: bool = False
    done: bool = False

    @property
    def heading(self) -> Heading:
        """What stands at the top of the form."""
        return Heading(self.organisation.name, period_name(self.period), self.day, self.by)

    @property
    def below(self) -> dict[str, str]:
        """The filter for rows that copy the path."""
        if self.alone:
            return {"path": self.organisation.path}
        return {"path__gte": self.organisation.path, "path__lt": trees.after(self.organisation.path)}

    @property
    def chosen(self) -> str:
        """What a register leaves out, as a sentence for its notes; "" where it is whole."""
        left = ("不含下级" if self.alone else "", "只列已办的" if self.done else "")
        told = "，".join(filter(None, left))
        return f"本表是选出的一部分：{told}。" if told else ""

    @property
    def until(self) -> date:
        """The last day whose facts are in: the period's end, or the day of drawing if that is earlier."""
        return min(self.day, self.period.due)
