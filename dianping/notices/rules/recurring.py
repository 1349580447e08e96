"""The first day of what comes round (每月5日前, 每季度末月25日前, 每年12月底前): the one on or after the day of the notice."""

import re
from calendar import monthrange
from datetime import date

from dianping.base.numerals import numeral

# A small number: 2, 12, 两.
_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
# A period, the month in it where it has several, the day, and before: 每季度末月25日前, 每两个月底前, 每年12月20日前.
_ROUND = re.compile(
    rf"每(?P<n>{_N})?个?(?P<unit>月|季度?|半年|年)度?(?:的)?(?:(?P<first>首月|第一个?月)|(?P<last>末月?(?=[\d二三十])|末月|最后一个?月)|(?P<month>{_N})月份?)?的?"
    rf"(?:(?P<day>{_N})[日号]|(?P<end>月?[底末])|(?P<begun>初))?(?:以前|之?前)"
)
_MONTHS = {"月": 1, "季": 3, "季度": 3, "半年": 6, "年": 12}
_FARTHEST = 25  # months looked ahead


def first_of(text: str, issued: date | None) -> tuple[date, str] | None:
    """The first such day a stretch of words tells, and its words; None where it tells none or counts from no day."""
    told = next(reversed(list(_ROUND.finditer(text))), None) if issued else None
    if not told or issued is None:
        return None
    length = _MONTHS[told["unit"]] * (numeral(told["n"] or "一") or 1)
    if length > 1 and not (told["first"] or told["last"] or told["month"] or told["end"]):
        return None
    if length == 1 and not (told["day"] or told["end"]):
        return None
    for step in range(_FARTHEST):
        months = issued.year * 12 + issued.month - 1 + step
        year, month = months // 12, months % 12 + 1
        if not _is_month(told, month, length):
            continue
        last = monthrange(year, month)[1]
        day = date(year, month, min(numeral(told["day"]) or last, last) if told["day"] else last)
        if day >= issued:
            return day, told[0]
    return None


def _is_month(told: re.Match[str], month: int, length: int) -> bool:
    """Whether a month is the one of its period that is meant; periods are counted from January."""
    if told["month"]:
        return month == (numeral(told["month"]) or 0)
    if length == 1:
        return True
    nth = (month - 1) % length
    return nth == 0 if told["first"] else nth == length - 1
