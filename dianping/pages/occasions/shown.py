"""What the list of events and its workbook say of each: the same words in both."""

from collections.abc import Iterable
from datetime import date

from dianping.reviews.models import Occasion

UNMARKED = "没有登记"


def with_coming(occasions: Iterable[Occasion], *, today: date) -> list[tuple[Occasion, int | str]]:
    """Each of `occasions_listed` with how many came: a number once it was noted, 没有登记 where that is overdue, "" where there
    is nothing to note yet, or nobody was called in."""
    return [(one, _came(one, today)) for one in occasions]


def _came(occasion: Occasion, today: date) -> int | str:
    called, noted, there = (getattr(occasion, name) for name in ("called", "noted", "there"))
    if noted:
        return int(there)
    return UNMARKED if called and occasion.held_on < today else ""
