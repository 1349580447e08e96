"""Invented clerks: honest ones, who write down within days what was held, and fakers, who fill a gap at the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from dianping.base.windows import Window
from dianping.reviews.rules.signs import FiledReview

QUARTER = Window(date(2011, 1, 1), date(2011, 3, 31))
ROUND = Window(date(2010, 12, 15), date(2011, 2, 2))
PERIODS = (QUARTER, ROUND)


def a_day(period: Window, chance: Random) -> date:
    """Half of what is held is held any time, a third in the last three weeks, the rest in the last one."""
    last = chance.choices((None, 21, 7), (50, 33, 17))[0]
    opens = period.opens if last is None else period.due - timedelta(days=last - 1)
    return opens + timedelta(days=chance.randrange((period.due - opens).days + 1))


def written(
    reviewer: str, held: date, times: int, lag: int, chance: Random, **how: bool
) -> list[FiledReview]:
    """One sitting written down in one go, a few minutes for each review; a whole meeting is written from its minutes."""
    moment = datetime.combine(held + timedelta(days=lag), time(chance.randrange(8, 20), chance.randrange(60)))
    found = []
    for _ in range(times):
        found.append(FiledReview(reviewer, held, moment, **how))
        moment += timedelta(minutes=chance.uniform(4, 12) if how else chance.uniform(0.5, 4))
    return found


def honest(chance: Random, period: Window, *, away: float = 0.0) -> list[FiledReview]:
    """A clerk's period: meetings of whole branches in one evening, leaders' visits, talks; written down in 0 to 5 days.

    Two clerks in five sit down every sixth day and write down quickly whatever waits. `away` is how often a sitting
    waits for a clerk who was ill or travelling, 8 to 14 days in all.
    """

    def lag() -> int:
        slow = chance.random() < away
        return chance.randrange(8, 15) if slow else chance.choices(range(6), (30, 25, 18, 12, 8, 7))[0]

    found: list[FiledReview] = []
    for branch in range(chance.randrange(1, 13)):
        secretary = f"书记{branch}"
        found += written(
            secretary, a_day(period, chance), chance.choice((5, 8, 12, 20, 30, 40)), lag(), chance
        )
        for _ in range(chance.randrange(0, 6)):
            talks = chance.choices((1, 2, 3, 4, 6, 9), (35, 25, 15, 10, 10, 5))[0]
            found += written(secretary, a_day(period, chance), talks, lag(), chance, individual=True)
    for _ in range(chance.randrange(1, 6)):
        found += written("领导", a_day(period, chance), chance.randrange(1, 5), lag(), chance)
    return every_sixth_day(found, chance) if chance.random() < 0.4 else found


def every_sixth_day(entries: list[FiledReview], chance: Random) -> list[FiledReview]:
    """The same reviews, written down at sessions: the next one after each, one after another at a minute or two."""
    phase, sessions = chance.randrange(6), dict[date, datetime]()
    found = []
    for entry in sorted(entries, key=lambda e: e.happened_on):
        day = entry.happened_on + timedelta(
            days=(phase - entry.happened_on.toordinal()) % 6 + entry.lag // 8 * 6
        )
        moment = sessions.get(day, datetime.combine(day, time(14)))
        found.append(replace(entry, entered_at=moment))
        sessions[day] = moment + timedelta(minutes=chance.uniform(1, 3))
    return found


def spread_over_the_period(chance: Random, period: Window) -> list[FiledReview]:
    """Two hundred on the last evening, dated over the whole period."""
    days = (period.due - period.opens).days - 8
    moment = datetime.combine(period.due, time(19))
    return [
        FiledReview(
            f"书记{n % 5}",
            period.opens + timedelta(days=chance.randrange(days)),
            moment + timedelta(seconds=40 * n),
        )
        for n in range(200)
    ]


def over_three_evenings(chance: Random, period: Window) -> list[FiledReview]:
    """The same, on the last three evenings, as talks with each."""
    return [
        replace(e, individual=True, entered_at=e.entered_at - timedelta(days=chance.randrange(3)))
        for e in spread_over_the_period(chance, period)
    ]


def as_talks_of_few_days(chance: Random, period: Window) -> list[FiledReview]:
    """Two hundred talks said to have been held in the last week, each day by one secretary of five."""
    return [
        replace(e, individual=True, happened_on=period.due - timedelta(days=chance.randrange(1, 6)))
        for e in spread_over_the_period(chance, period)
    ]


def before_the_inspection(chance: Random, period: Window) -> list[FiledReview]:
    """A first half written down as it should be; then the gaps of months are filled in some twenty sessions."""
    found = [
        e
        for n in range(20)
        for e in written(f"书记{n % 5}", period.opens + timedelta(days=n), 5, chance.randrange(3), chance)
    ]
    for session in range(20):
        held = period.opens + timedelta(days=22 + session % 9)
        found += written(f"书记{session % 5}", held, 5, 10 + session // 2, chance)
    return found


FAKERS: tuple[Callable[[Random, Window], list[FiledReview]], ...] = (
    spread_over_the_period,
    over_three_evenings,
    as_talks_of_few_days,
    before_the_inspection,
)
