"""A day in Chinese words, one spelling for pages and papers."""

from datetime import date

WEEKDAYS = "一二三四五六日"


def weekday_of(day: date) -> str:
    """星期一 to 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def written(day: date) -> str:
    """2011年1月9日, without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
