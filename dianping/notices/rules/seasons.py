"""Festivals as days of a year. The lunar ones come from a library, never from a table of our own."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate, TermUtils


def _lunar(month: int, day: int) -> Callable[[int], date]:
    return lambda year: lunar_day(year, month, day)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _term(index: int) -> Callable[[int], date]:
    return lambda year: TermUtils.nth_term_day(year, index)


# The lunar eve and the little year belong to the Spring Festival of the solar year they are counted to.
_FESTIVALS: dict[str, Callable[[int], date]] = {
    "春节": _lunar(1, 1),
    "农历新年": _lunar(1, 1),
    "元宵节": _lunar(1, 15),
    "元宵": _lunar(1, 15),
    "除夕": lambda year: lunar_day(year, 1, 1) - timedelta(days=1),
    "端午节": _lunar(5, 5),
    "端午": _lunar(5, 5),
    "中秋节": _lunar(8, 15),
    "中秋": _lunar(8, 15),
    "重阳节": _lunar(9, 9),
    "重阳": _lunar(9, 9),
    "清明节": _term(6),
    "清明": _term(6),
    "冬至": _term(23),
    "元旦节": _fixed(1, 1),
    "元旦": _fixed(1, 1),
    "三八": _fixed(3, 8),
    "妇女节": _fixed(3, 8),
    "五一": _fixed(5, 1),
    "劳动节": _fixed(5, 1),
    "五四": _fixed(5, 4),
    "青年节": _fixed(5, 4),
    "六一": _fixed(6, 1),
    "儿童节": _fixed(6, 1),
    "七一": _fixed(7, 1),
    "建党节": _fixed(7, 1),
    "八一": _fixed(8, 1),
    "建军节": _fixed(8, 1),
    "教师节": _fixed(9, 10),
    "国庆节": _fixed(10, 1),
    "国庆": _fixed(10, 1),
    "十一": _fixed(10, 1),
}
LUNAR = frozenset(
    {
        "春节",
        "农历新年",
        "元宵节",
        "元宵",
        "除夕",
        "端午节",
        "端午",
        "中秋节",
        "中秋",
        "重阳节",
        "重阳",
        "清明节",
        "清明",
        "冬至",
    }
)
NAMES = sorted(_FESTIVALS, key=len, reverse=True)


def lunar_day(year: int, month: int, day: int) -> date:
    """A day of the lunar year that begins in `year`. ValueError when the library does not know it."""
    try:
        solar = LunarDate(year, month, day).to_solar_date()
    except (InvalidLunarDateError, KeyError, IndexError) as fault:
        raise ValueError(f"农历 {year} 年 {month} 月 {day} 日换算不出公历日期。") from fault
    return date(solar.year, solar.month, solar.day)


@cache
def festival(name: str, year: int) -> date | None:
    """The day of a festival in a year; None for a year the calendar does not cover."""
    try:
        return _FESTIVALS[name](year)
    except (ValueError, KeyError, IndexError):
        return None
