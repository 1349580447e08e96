"""Dates as people write them into tables: many spellings in, one date out, and a sentence when it is none."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dianping.base.chinese_text import clean, is_blank, unwrapped
from dianping.base.coded import CodedFault

YEARS = range(1900, 2100)
_DIGITS = str.maketrans("〇零○◯Oo一二三四五六七八九ОоΟο", "000000123456789" + "0000")
_NUMERAL = "0-9〇零○◯OoОоΟο一二三四五六七八九"
_TENS = {"十": 10, "廿": 20, "卅": 30}
# A month or a day: 7, 三, 十二, 廿五, 元.
_PART = rf"[{_NUMERAL}十廿卅元]{{1,3}}"
# Year, month and day in words, the last two may be missing: 2010年12月31日, 二〇一〇年七月, 2010年.
_CHINESE = re.compile(rf"([{_NUMERAL}]+)年(?:({_PART})月?份?(?:({_PART})[日号]?)?)?")
# Two or three numbers with a mark between them: 2010-12-31, 2010.12.
_MARKED = re.compile(r"([0-9]+)[-./ ]([0-9]+)(?:[-./ ]([0-9]+))?")
# A year and month or a day without any mark: 20101231, 201012.
_SOLID = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
# A time of day at the end: “T08:30:00Z”, “ 8：30”.
_CLOCK = re.compile(r"[T ]?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?Z?$")
# A mark between the parts of a date, the blanks around it too: “ - ”, 。, ／, 、.
_DASHES = re.compile(r"\s*[-‐‑‒–—―−.。．/／、\\]\s*")
_SERIAL_EPOCH = date(1899, 12, 30)  # not the 31st: spreadsheets believe in a 29 February 1900
_SERIALS = range(367, 73051)  # 1901-01-01 to 2099-12-31: below it a number is more likely a slip than a day
_LONGEST = 40  # characters, time of day and all
_HOW = "请按 2010-12-31 的样子填写。"


class LooseDate(NamedTuple):
    """A day, and whether the day itself was written (`precise`) or only its month (then it is the first)."""

    day: date
    precise: bool


class DateFault(CodedFault):
    """Not a date; the text is a sentence that says why and what to do."""


def read_date(value: object) -> date | None:
    """The day a cell means, the first of the month when only a month is given; None when it is blank.

    Takes date and datetime cells, Excel serial numbers (1900 system) and the usual written forms.
    Raises DateFault for all else, impossible days and two-digit years among it.
    """
    found = read_loose_date(value)
    return found.day if found else None


def read_loose_date(value: object) -> LooseDate | None:
    """As `read_date`, and says whether the day itself was given."""
    if isinstance(value, datetime):
        return LooseDate(_within(value.date()), True)
    if isinstance(value, date):
        return LooseDate(_within(value), True)
    if isinstance(value, bool):
        raise DateFault(f"单元格里不是日期。{_HOW}", code="dates.not-a-date")
    if isinstance(value, int | float):
        return _from_number(value)
    if isinstance(value, str):
        value = unwrapped(value)
        return None if is_blank(value) else _from_text(value)
    raise DateFault(f"单元格里只有时刻，没有日期。{_HOW}", code="dates.only-a-time")


def _within(day: date) -> date:
    if day.year not in YEARS:
        raise DateFault(f"年份 {day.year} 不在 1900 至 2099 之间。{_HOW}", code="dates.year-out-of-range")
    return day


def _from_number(value: float) -> LooseDate:
    if value != value or abs(value) > 1e9:
        raise DateFault(f"这个数字不是日期。{_HOW}", code="dates.not-a-date")
    whole = int(value)
    if 19000101 <= whole <= 20991231 or 190001 <= whole <= 209912:
        return _from_text(str(whole))
    if whole in YEARS:
        return _from_year_and_fraction(value)
    if whole not in _SERIALS:
        raise DateFault(
            f"数字 {value:g} 换算不成 1901 至 2099 年之间的日期。{_HOW}", code="dates.number-out-of-range"
        )
    return LooseDate(_SERIAL_EPOCH + timedelta(days=whole), True)


def _from_year_and_fraction(value: float) -> LooseDate:
    """2010.12 typed into a cell becomes a number; the number 2010.1 may have been 2010.10."""
    hundredths = round(value * 100) % 100
    if hundredths == 0:
        raise DateFault(f"只有年份，没有月份。{_HOW}", code="dates.month-missing")
    if hundredths == 10:
        raise DateFault(
            f"“{value:g}”被表格存成了数字，分不清是 1 月还是 10 月。{_HOW}", code="dates.month-ambiguous"
        )
    month = hundredths // 10 if hundredths % 10 == 0 else hundredths
    return _month(int(value), month)


def _from_text(text: str) -> LooseDate:
    plain = clean(text)
    if len(plain) > _LONGEST:
        raise DateFault(f"这里应为一个日期。{_HOW}", code="dates.not-a-date")
    plain = _CLOCK.sub("", plain)
    if "年" in plain:
        found = _CHINESE.fullmatch(plain.replace(" ", ""))
    else:
        plain = _DASHES.sub("-", plain).strip("-")
        found = _SOLID.fullmatch(plain) or _MARKED.fullmatch(plain)
    if not found:
        raise DateFault(f"这里应为一个日期。{_HOW}", code="dates.not-a-date")
    year, month, day = found.groups()
    if len(year) <= 2 and day and len(day) == 4:
        raise DateFault(f"年份要写在最前面。{_HOW}", code="dates.year-not-first")
    if len(year) == 2:
        raise DateFault(f"年份只有两位，分不清是哪个世纪。{_HOW}", code="dates.century-missing")
    if len(year) != 4:
        raise DateFault(f"年份要写满四位。{_HOW}", code="dates.year-not-whole")
    if month is None:
        raise DateFault(f"只有年份，没有月份。{_HOW}", code="dates.month-missing")
    if day is None:
        return _month(_numeral(year), _numeral(month))
    return LooseDate(_day(_numeral(year), _numeral(month), _numeral(day)), True)


def _month(year: int, month: int) -> LooseDate:
    return LooseDate(_day(year, month, 1), False)


def _day(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise DateFault(f"年份 {year} 不在 1900 至 2099 之间。{_HOW}", code="dates.year-out-of-range")
    if not 1 <= month <= 12:
        raise DateFault(f"没有 {month} 月。{_HOW}", code="dates.no-such-month")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateFault(f"{year} 年 {month} 月没有 {day} 日。{_HOW}", code="dates.no-such-day") from None


def _numeral(text: str) -> int:
    """`12`, `一二`, `十二`, `二十一`, `廿一`, `元` (the first month) as numbers."""
    if text == "元":
        return 1
    for sign, worth in _TENS.items():
        before, found, after = text.partition(sign)
        if found:
            times = before.translate(_DIGITS) if before and sign == "十" else "1"
            digits = after.translate(_DIGITS)
            if len(digits) > 1 or not (times + digits).isdecimal():
                raise DateFault(f"“{text}”不是月份或日子。{_HOW}", code="dates.not-a-numeral")
            return int(times) * worth + int(digits or 0)
    digits = text.translate(_DIGITS)
    if not digits.isdecimal():
        raise DateFault(f"“{text}”不是月份或日子。{_HOW}", code="dates.not-a-numeral")
    return int(digits)
