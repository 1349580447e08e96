"""What stands at the top of every form, and how days, lists and shares are put into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dianping.base.papers.table import NOT_APPLICABLE, Cell

BASIS = "豫创组办发〔2010〕26号 四.3"


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose form, for which period, drawn on which day, on which clause; names may be left for a hand."""

    organisation: str
    period: str
    filled_on: date
    filled_by: str = ""
    checked_by: str = ""
    basis: str = BASIS

    def lines(self, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """The (label, value) pairs above the table."""
        return (
            ("填报单位（盖章）", self.organisation),
            ("所属期", self.period),
            ("填报日期", day(self.filled_on)),
            *more,
        )

    def signatures(self) -> tuple[tuple[str, str], ...]:
        """The (label, name) pairs below the table."""
        return (("审核人", self.checked_by), ("填表人", self.filled_by))


def day(value: date) -> str:
    """2011年1月9日: year in full, no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{value.year}年{value.month}月{value.day}日"


def stacked_day(value: date) -> str:
    """The same on two lines, for a narrow column: the year, then month and day."""
    return f"{value.year}年\n{value.month}月{value.day}日"


def numbered(texts: Iterable[str]) -> str:
    """One line each, numbered from 1. Empty texts are left out."""
    return "\n".join(f"{n}. {text.strip()}" for n, text in enumerate(filter(str.strip, texts), start=1))


def share(part: int, base: int, *, record: str = "") -> Cell:
    """A share with one decimal. What rounds to none or to all without being it is said so: 不足0.1%, 超过99.9%. Of nothing it
    is not said."""
    if base <= 0:
        return Cell(NOT_APPLICABLE, record=record)
    tenths = int((Decimal(part) * 1000 / base).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if part > 0 and tenths == 0:
        return Cell("不足0.1%", number=0.001, record=record)
    if part < base and tenths == 1000:
        return Cell("超过99.9%", number=0.999, record=record)
    return Cell(f"{tenths / 10:.1f}%", number=tenths / 1000, record=record)
