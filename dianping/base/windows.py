"""Windows of time and the cadences that tile the calendar with them. Both ends of a window are inside it.

Basis: 豫创组办发〔2010〕26号 四.4 (每半年, 每季度, 春节前); decisions 0001 (calendar windows), 0002 (a deadline
includes its day), 0013 (a cadence begins with the first whole window after its notice).
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dianping.base.coded import CodedFault


class PeriodFault(CodedFault, ValueError):
    """A window, cadence or period that cannot be."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From `opens` to `due`, both days included."""

    opens: date
    due: date

    def __post_init__(self) -> None:
        if self.opens > self.due:
            raise PeriodFault(
                f"窗口从 {self.opens} 到 {self.due}：起日不能晚于止日。", code="periods.out-of-order"
            )

    def __contains__(self, day: date) -> bool:
        return self.opens <= day <= self.due


@dataclass(frozen=True, slots=True)
class Cadence:
    """At least `times` in every run of `months` calendar months (1, 2, 3, 4, 6 or 12)."""

    months: int
    times: int = 1

    def __post_init__(self) -> None:
        if self.months not in (1, 2, 3, 4, 6, 12) or self.times < 1:
            raise PeriodFault(
                f"频次“{self.months} 个月 {self.times} 次”不能铺满一年；月数应为 1、2、3、4、6 或 12。",
                code="periods.cadence-uneven",
            )

    def window(self, day: date) -> Window:
        """The calendar window that holds a day."""
        first = (day.month - 1) // self.months * self.months + 1
        last = first + self.months - 1
        return Window(date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]))

    def next_window(self, day: date) -> Window:
        """The window after the one that holds a day."""
        return self.window(self.window(day).due + timedelta(days=1))

    def first_window(self, issued: date) -> Window:
        """The first whole window after the notice that set the cadence."""
        window = self.window(issued)
        return window if window.opens == issued else self.next_window(issued)

    def shortfall(self, done: Iterable[date], today: date) -> int:
        """How many are still missing in the window that holds today."""
        window = self.window(today)
        return max(0, self.times - sum(day in window for day in done))


def parse_period(text: str) -> Window:
    """A period as a clerk writes it: 2011Q1, 2011H1, 2011-03, 2011, or 2010-12-15..2011-02-02.

    Raises PeriodFault, with a full sentence, for anything else.
    """
    value = text.strip().upper().replace("—", "..").replace("至", "..")
    try:
        if ".." in value:
            first, last = value.split("..")
            return Window(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
        if "Q" in value:
            year, part = value.split("Q")
            return _part(int(year), 3, int(part))
        if "H" in value:
            year, part = value.split("H")
            return _part(int(year), 6, int(part))
        if "-" in value:
            year, part = value.split("-")
            return _part(int(year), 1, int(part))
        return _part(int(value), 12, 1)
    except (ValueError, OverflowError):
        raise PeriodFault(
            f"期间写的是“{text}”，应为 2011Q1（季度）、2011H1（半年）、2011-03（月）、2011（年）"
            "或 2010-12-15..2011-02-02（起止日期）之一。",
            code="periods.unreadable",
        ) from None


def _part(year: int, months: int, number: int) -> Window:
    return Cadence(months).window(date(year, (number - 1) * months + 1, 1))


def period_name(window: Window) -> str:
    """How a period is printed: 2011年第一季度, 2011年上半年, 2011年3月, 2011年, else both dates."""
    for months, names in (
        (12, ("",)),
        (6, ("上半年", "下半年")),
        (3, ("第一季度", "第二季度", "第三季度", "第四季度")),
    ):
        if Cadence(months).window(window.opens) == window:
            return f"{window.opens.year}年{names[(window.opens.month - 1) // months]}"
    if Cadence(1).window(window.opens) == window:
        return f"{window.opens.year}年{window.opens.month}月"
    return f"{window.opens}至{window.due}"
