"""Signs that somebody should look: reviews written down in a way honest work seldom is (豫创组办发〔2010〕26号 四.4).

A sign names what was seen, the numbers, and what to look at. It gives no points, ranks nobody and changes nothing that
counts: an entry counts by its two days alone (decision 0018). Reviews one reviewer held on one day are one sitting,
since a meeting of forty is one evening's work.

Decision 0027 gives the bounds and what they were measured against: of honest clerk-periods at most one in a hundred
shows any sign (`tests/reviews/rules/test_signs.py`).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Protocol

from dianping.base.windows import Window


class LateAfter(Protocol):
    """What a programme says of entries: written down within `on_time_days` of the day, a review counts as on time."""

    @property
    def on_time_days(self) -> int: ...


LAST_DAYS = 3
LAST_DAYS_SHARE = 0.3  # of the sittings of a period, written down in its last days about days before them
LAST_DAYS_LEAST = 5  # so many sittings, or a share says nothing
HOUR_MOST = 15  # individual reviews of one reviewer written down within an hour: four minutes each
DAY_MOST = 20  # individual reviews one reviewer holds on a day: twenty-four minutes each, eight hours long
BACKDATED_DAYS = 4  # different days, all past the limit of on time, written down on one day
GROWS_LEAST = 12  # so many sittings, or a growing lag is chance
GROWS_TIMES = 3


@dataclass(frozen=True, slots=True)
class FiledReview:
    """One review as it stands on file. `entered_at` is a moment of the place's own clock.

    `seat_since` and `seat_until` (that day no more) say when the reviewer held the seat he reviewed by; `occasion_on` is
    the day the event named in it was held.
    """

    reviewer: str
    happened_on: date
    entered_at: datetime
    individual: bool = False
    seat_since: date | None = None
    seat_until: date | None = None
    occasion_on: date | None = None

    @property
    def lag(self) -> int:
        """Days between the act and its entry."""
        return (self.entered_at.date() - self.happened_on).days


@dataclass(frozen=True, slots=True)
class Sign:
    """What was seen in how many of how many, in a sentence, and what to look at. `entries` are those it is about."""

    kind: str
    seen: int
    of: int
    sentence: str
    look: str
    entries: tuple[FiledReview, ...]

    def __str__(self) -> str:
        return f"{self.sentence}{self.look}"


def signs(entries: Iterable[FiledReview], *, period: Window, rule: LateAfter) -> list[Sign]:
    """Every sign in what was written down for one period, in a fixed order; nothing seen is an empty list."""
    given = sorted(entries, key=lambda e: (e.entered_at, e.happened_on, e.reviewer))
    return [
        *_last_days(given, period, rule),
        *_within_an_hour(given),
        *_on_one_day(given),
        *_out_of_seat(given),
        *_no_occasion(given),
        *_backdated(given, rule),
        *_lag_grows(given, rule),
    ]


def sittings(entries: Iterable[FiledReview]) -> list[tuple[FiledReview, ...]]:
    """What one reviewer held on one day and somebody wrote down on one day, together."""
    return _grouped(entries, lambda e: (e.reviewer, e.happened_on, e.entered_at.date()))


def _grouped(
    entries: Iterable[FiledReview], key: Callable[[FiledReview], object]
) -> list[tuple[FiledReview, ...]]:
    groups: defaultdict[object, list[FiledReview]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return [tuple(group) for group in groups.values()]


def _last_days(entries: Sequence[FiledReview], period: Window, rule: LateAfter) -> list[Sign]:
    """Much of a period written down in its last days, about days long before."""
    first = period.due - timedelta(days=LAST_DAYS - 1)
    held = sittings(entries)
    late = [s for s in held if first <= s[0].entered_at.date() <= period.due and s[0].happened_on < first]
    late = [s for s in late if s[0].lag > rule.on_time_days]
    if len(held) < LAST_DAYS_LEAST or len(late) <= LAST_DAYS_SHARE * len(held):
        return []
    return [
        Sign(
            "last_days",
            len(late),
            len(held),
            f"这一期（{period.opens} 至 {period.due}）登记的 {len(held)} 场点评，有 {len(late)} 场到最后 {LAST_DAYS} 天"
            f"才登记，而且都是 {rule.on_time_days} 天以前的。",
            "请看当时的会议记录和签到，问一问为什么集中到期末登记。",
            tuple(entry for sitting in late for entry in sitting),
        )
    ]


def _within_an_hour(entries: Sequence[FiledReview]) -> list[Sign]:
    """Individual reviews written down faster than they can be thought over, whatever days they are dated."""
    signs = []
    for mine in _grouped((e for e in entries if e.individual), lambda e: e.reviewer):
        most = max((_hour_from(mine, place) for place in range(len(mine))), key=len)
        if len(most) > HOUR_MOST:
            signs.append(
                Sign(
                    "within_an_hour",
                    len(most),
                    len(mine),
                    f"{mine[0].reviewer}的个别点评有 {len(mine)} 次，其中 {len(most)} 次在一小时内"
                    f"（{most[0].entered_at:%Y-%m-%d %H:%M} 起）登记。",
                    "请看各人的文字是否各有所指，并问一问被点评的人谈了没有、谈了多久。",
                    most,
                )
            )
    return signs


def _hour_from(mine: tuple[FiledReview, ...], place: int) -> tuple[FiledReview, ...]:
    end = mine[place].entered_at + timedelta(hours=1)
    return mine[place : bisect_left(mine, end, key=lambda e: e.entered_at)]


def _on_one_day(entries: Sequence[FiledReview]) -> list[Sign]:
    """More individual reviews than a day has room for."""
    return [
        Sign(
            "on_one_day",
            len(day),
            len(day),
            f"{day[0].reviewer} {day[0].happened_on} 一天里有 {len(day)} 次个别点评，超过 {DAY_MOST} 次。",
            "请看是不是把集中点评写成了个别点评，或者日期写错了。",
            day,
        )
        for day in _grouped((e for e in entries if e.individual), lambda e: (e.reviewer, e.happened_on))
        if len(day) > DAY_MOST
    ]


def _out_of_seat(entries: Sequence[FiledReview]) -> list[Sign]:
    """Dated on a day the reviewer did not hold the seat."""
    unseated = [
        e
        for e in entries
        if (e.seat_since is not None and e.happened_on < e.seat_since)
        or (e.seat_until is not None and e.happened_on >= e.seat_until)
    ]
    return [
        Sign(
            "out_of_seat",
            len(group),
            len(entries),
            f"{group[0].reviewer}有 {len(group)} 次点评写在任职以前或离任以后（最早的一次是 {min(e.happened_on for e in group)}）。",
            "请核对任职日期和点评日期，看是谁点评的。",
            group,
        )
        for group in _grouped(unseated, lambda e: e.reviewer)
    ]


def _no_occasion(entries: Sequence[FiledReview]) -> list[Sign]:
    """Dated on a day on which the event named in it was not held."""
    apart = tuple(e for e in entries if e.occasion_on is not None and e.occasion_on != e.happened_on)
    if not apart:
        return []
    return [
        Sign(
            "no_occasion",
            len(apart),
            len(entries),
            f"有 {len(apart)} 次点评的日期与所结合的活动不是同一天（例如写 {apart[0].happened_on}，"
            f"活动在 {apart[0].occasion_on}）。",
            "请核对活动记录，改正写错的一处。",
            apart,
        )
    ]


def _backdated(entries: Sequence[FiledReview], rule: LateAfter) -> list[Sign]:
    """Written down on one day, dated over many days that lie past the limit of on time."""
    late = [e for e in entries if e.lag > rule.on_time_days]
    signs = []
    for together in _grouped(late, lambda e: e.entered_at.date()):
        days = sorted({e.happened_on for e in together})
        if len(days) >= BACKDATED_DAYS:
            signs.append(
                Sign(
                    "backdated",
                    len(together),
                    len(entries),
                    f"{together[0].entered_at:%Y-%m-%d} 一天补录了 {len(together)} 次点评，日期分散在 {days[0]} 至 {days[-1]} 的"
                    f" {len(days)} 天。",
                    "请看每一天有没有当时的记录；这些点评按补录计或不计入，不按按时计。",
                    together,
                )
            )
    return signs


def _lag_grows(entries: Sequence[FiledReview], rule: LateAfter) -> list[Sign]:
    """The later it was written down, the longer ago it was: the second half reaches ever farther back."""
    held = [s[0] for s in sittings(entries)]
    if len(held) < GROWS_LEAST:
        return []
    half = len(held) // 2
    before, after = (median(e.lag for e in part) for part in (held[:half], held[half:]))
    if after <= rule.on_time_days or after < GROWS_TIMES * max(before, 1):
        return []
    return [
        Sign(
            "lag_grows",
            len(held) - half,
            len(held),
            f"前 {half} 场点评隔 {before:g} 天登记（中位数），后 {len(held) - half} 场隔 {after:g} 天，越登记越远。",
            "请看后来登记的各场有没有当时的记录。",
            tuple(held[half:]),
        )
    ]
