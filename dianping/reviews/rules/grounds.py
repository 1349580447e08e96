"""在案的依据: how far back what is on file still counts (豫创组办发〔2010〕26号 四.1, decision 0066)."""

from calendar import monthrange
from datetime import date

POLL, OCCASION = "poll", "occasion"
MONTHS = 6  # where no programme says another number


def earliest(on: date, months: int) -> date:
    """The first day from which something on file counts for a review of a day: so many calendar months before it."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
