"""Signs that somebody should look: seen in what was invented, hardly ever in honest work (decision 0027)."""

from collections import Counter
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.programmes.rules import EntryRule
from dianping.programmes.rules.lateness import EntryTiming, judge_entry
from dianping.reviews.rules.signs import FiledReview, Sign, signs
from tests.long import long
from tests.reviews.rules.clerks import FAKERS, PERIODS, QUARTER, honest, spread_over_the_period

RULE = EntryRule()
CLERK_PERIODS = long(400, 1200)
EVENING = datetime(2011, 3, 31, 19)
MARCH = [date(2011, 3, day) for day in range(1, 32)]


def seen(entries: list[FiledReview]) -> list[Sign]:
    return signs(entries, period=QUARTER, rule=RULE)


def kinds(entries: list[FiledReview]) -> set[str]:
    return {sign.kind for sign in seen(entries)}


def entered(held: date, lag: int = 0, *, minute: int = 0, **more: object) -> FiledReview:
    moment = datetime(held.year, held.month, held.day, 19) + timedelta(days=lag, minutes=minute)
    return FiledReview("书记", held, moment, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("faker", FAKERS, ids=lambda faker: faker.__name__)
def test_two_hundred_invented_reviews_show_a_sign_whatever_the_chance(faker) -> None:
    for seed in range(50):
        period = PERIODS[seed % 2]
        assert signs(faker(Random(seed), period), period=period, rule=RULE), seed


def test_two_hundred_reviews_dated_back_over_a_period_are_never_on_time() -> None:
    invented = spread_over_the_period(Random(1), QUARTER)
    judged = Counter(
        judge_entry(
            opens=QUARTER.opens,
            due=QUARTER.due,
            happened=e.happened_on,
            entered=e.entered_at.date(),
            rule=RULE,
        )
        for e in invented
    )
    assert judged[EntryTiming.ON_TIME] == 0
    assert judged[EntryTiming.LATE] + judged[EntryTiming.NEVER] == 200
    assert kinds(invented) == {"last_days", "backdated"}


@pytest.mark.parametrize("away", [0.0, 0.05])
def test_of_honest_clerk_periods_at_most_one_in_a_hundred_shows_a_sign(away: float) -> None:
    """With and without clerks who were ill or travelling when a meeting was held."""
    flagged = Counter[str]()
    for seed in range(CLERK_PERIODS):
        period = PERIODS[seed % 2]
        found = signs(honest(Random(seed), period, away=away), period=period, rule=RULE)
        flagged.update({sign.kind for sign in found} | ({"any"} if found else set()))
    print(f"{CLERK_PERIODS} clerk-periods, away {away:.0%}: {dict(flagged)}")
    assert flagged["any"] <= CLERK_PERIODS // 100, flagged


def test_counting_single_reviews_of_the_last_days_would_flag_honest_clerks() -> None:
    """Why sittings are counted, and only those written down late: most meetings are held towards the end."""
    flagged = 0
    for seed in range(300):
        period = PERIODS[seed % 2]
        found = honest(Random(seed), period)
        last = [e for e in found if 0 <= (period.due - e.entered_at.date()).days < 3]
        flagged += len(last) > 0.3 * len(found)
    assert flagged > 300 // 20


def test_a_meeting_of_forty_in_one_evening_shows_nothing() -> None:
    assert seen([entered(date(2011, 3, 31), minute=n) for n in range(40)]) == []


def test_more_than_fifteen_talks_written_down_in_an_hour_are_a_sign_and_fifteen_are_not() -> None:
    talks = [entered(MARCH[n // 4], 4 - n // 4, minute=3 * n, individual=True) for n in range(16)]
    talks = [replace(talk, entered_at=EVENING + timedelta(minutes=3 * n)) for n, talk in enumerate(talks)]
    assert "within_an_hour" in kinds(talks)
    assert "within_an_hour" not in kinds(talks[:15])
    assert "within_an_hour" not in kinds([replace(t, individual=False) for t in talks])


def test_an_hour_ends_before_the_same_minute_of_the_next() -> None:
    talks = [entered(MARCH[0], minute=4 * n, individual=True) for n in range(16)]
    assert kinds(talks) == set()


def test_more_talks_than_a_day_has_room_for_are_a_sign() -> None:
    talks = [entered(MARCH[4], minute=10 * n, individual=True) for n in range(21)]
    assert kinds(talks) == {"on_one_day"}
    assert kinds(talks[:20]) == set()


def test_a_review_dated_outside_the_reviewers_tenure_is_a_sign() -> None:
    in_time = entered(MARCH[9], seat_since=MARCH[9], seat_until=MARCH[10])
    assert kinds([in_time]) == set()
    assert kinds([replace(in_time, happened_on=MARCH[8])]) == {"out_of_seat"}
    assert kinds([replace(in_time, happened_on=MARCH[10], entered_at=EVENING)]) >= {"out_of_seat"}


def test_a_review_dated_on_another_day_than_its_occasion_is_a_sign() -> None:
    assert kinds([entered(MARCH[9], occasion_on=MARCH[9])]) == set()
    assert kinds([entered(MARCH[9], occasion_on=MARCH[8])]) == {"no_occasion"}


def test_three_days_caught_up_with_at_once_are_no_sign_and_four_are() -> None:
    late = [FiledReview("书记", day, datetime(2011, 3, 20, 9)) for day in MARCH[:4]]
    assert kinds(late[:3]) == set()
    assert kinds(late) == {"backdated"}


def test_a_sign_says_the_numbers_and_what_to_look_at() -> None:
    (sign,) = seen([FiledReview("宁守真", day, datetime(2011, 3, 20, 9)) for day in MARCH[:6]])
    assert (sign.seen, sign.of) == (6, 6)
    assert "2011-03-20 一天补录了 6 次点评" in sign.sentence
    assert str(sign).endswith("。")
    assert "请看" in sign.look


def test_a_sign_carries_no_points_and_no_rank() -> None:
    assert {f.name for f in fields(Sign)} == {"kind", "seen", "of", "sentence", "look", "entries"}


ENTRIES = st.lists(
    st.builds(
        entered,
        st.sampled_from(MARCH),
        st.integers(0, 40),
        minute=st.integers(0, 200),
        individual=st.booleans(),
    ),
    max_size=40,
)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_what_is_handed_over_changes_no_sign(entries: list[FiledReview], chance: Random) -> None:
    mixed = list(entries)
    chance.shuffle(mixed)
    assert [(s.kind, s.seen, s.of) for s in seen(mixed)] == [(s.kind, s.seen, s.of) for s in seen(entries)]


@given(ENTRIES)
def test_every_sign_is_about_reviews_that_were_handed_over(entries: list[FiledReview]) -> None:
    for sign in seen(entries):
        assert sign.entries
        assert set(sign.entries) <= set(entries)
        assert 0 < sign.seen <= sign.of
