"""Whose ledger, of which period, drawn on which day."""

from dataclasses import dataclass
from datetime import date

from dianping.base.windows import Window, period_name
from dianping.common import trees
from dianping.ledgers.rules import Heading
from dianping.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class LedgerScope:
    """One organisation with all below it, one period, the day it is drawn, and by whom."""

    organisation: Organisation
    period: Window
    day: date
    by: str = ""

    @property
    def heading(self) -> Heading:
        """What stands at the top of the form."""
        return Heading(self.organisation.name, period_name(self.period), self.day, self.by)

    @property
    def below(self) -> dict[str, str]:
        """The filter for rows that copy the path."""
        return {"path__gte": self.organisation.path, "path__lt": trees.after(self.organisation.path)}

    @property
    def until(self) -> date:
        """The last day whose facts are in: the period's end, or the day of drawing if that is earlier."""
        return min(self.day, self.period.due)
