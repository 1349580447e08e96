"""The year, and what else was left out: from the day of issue, from the other half of a range, from the date before."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dianping.notices.rules.time_points import TimePoint

Reach = tuple[date, date]


@dataclass(slots=True)
class Calendar:
    """What dates without a year are counted from: the day of issue, else the last full date read."""

    issued: date | None
    plan: int | None = None  # the year the paper's title names, where that is to come
    last: date | None = None

    @property
    def anchor(self) -> date | None:
        """The day to count from."""
        return self.issued or self.last


def in_year(point: TimePoint, suffix: str, calendar: Calendar, past: bool = False) -> Reach | None:
    """First and last day of a point, its year the first that fits on or after the day counted from."""
    anchor = calendar.anchor
    month = point.month
    if point.kind == "only" and anchor:
        return _next_day_of_month(point, calendar.last or anchor)
    if point.year is not None:
        return _until(point, point.span(point.year, month), suffix)
    if anchor is None:
        return None
    if calendar.plan and calendar.plan > anchor.year and point.kind in ("half", "quarter"):
        return _until(point, point.span(calendar.plan, month), suffix)
    years = (anchor.year, anchor.year - 1) if past else range(anchor.year, anchor.year + 9)
    for year in years:
        reach = _until(point, point.span(year, month), suffix)
        if reach and (reach[0] <= anchor if past else reach[1] >= anchor):
            return reach
    return None


def _until(point: TimePoint, reach: Reach | None, suffix: str) -> Reach | None:
    """A festival's 前 ends the day before it; everything else includes its last day."""
    if reach and point.kind in ("season", "lunar") and suffix in ("前", "之前", "以前", "夕"):
        return reach[0] - timedelta(days=1), reach[1] - timedelta(days=1)
    if reach and point.name == "春节" and suffix == "期间":
        return reach[0] - timedelta(days=1), reach[1] + timedelta(days=6)
    return reach


def _next_day_of_month(point: TimePoint, anchor: date) -> Reach | None:
    for step in range(3):
        months = anchor.year * 12 + anchor.month - 1 + step
        reach = point.span(months // 12, months % 12 + 1)
        if reach and reach[1] >= anchor:
            return reach
    return None


def range_of(since: TimePoint, until: TimePoint, suffix: str, calendar: Calendar) -> Reach | None:
    """First and last day of a range whose halves borrow from each other what they leave out."""
    if since.kind == "now" and since.year is None:
        return None
    if since.year is not None and (since.month or since.kind == "season"):
        begin = since.span(since.year)
        return _closing(begin, until, suffix) if begin else None
    if since.kind in ("only", "mo") and since.month is None:
        since = replace(since, month=until.month)
    if since.kind == "only" and until.kind == "only" and since.month is None:
        end = _next_day_of_month(until, calendar.last or calendar.anchor) if calendar.anchor else None
        begin = since.span(end[0].year, end[0].month) if end else None
        return (begin[0], end[1]) if begin and end and begin <= end else None
    last = in_year(until, suffix, calendar) if until.kind not in ("only", "tenth") else None
    if last is None and until.kind in ("only", "tenth") and since.month:
        begin = in_year(replace(since, last=31, kind="month"), "", calendar)
        begin = since.span(begin[0].year) if begin else None
        closing = _closing(begin, until, suffix) if begin else None
        if closing and calendar.issued and closing[1] < calendar.issued:
            begin = since.span(closing[0].year + 1)
            closing = _closing(begin, until, suffix) if begin else None
        return closing
    if last is None:
        return None
    for year in (last[1].year, last[1].year - 1):
        begin = since.span(year, last[0].month)
        if begin and begin[0] <= last[1]:
            return begin[0], last[1]
    return None


def _closing(begin: Reach, until: TimePoint, suffix: str) -> Reach | None:
    year = until.year
    if year is None:
        year = begin[0].year + (1 if until.year_word in ("次年", "翌年") else 0)
    for closing_year in (year, year + 1):
        last = _until(until, until.span(closing_year, begin[0].month), suffix)
        if last and last[1] >= begin[0]:
            return begin[0], last[1]
        if until.year is not None:
            break
    return None
