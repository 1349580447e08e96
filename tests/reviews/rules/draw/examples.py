"""The cast of the draws: a list of fifteen in three strata, and seeds that come the same every time."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from dianping.reviews.rules.draw import Candidate, Draw, FrozenList, Outcome, Terms, frozen_list, seal

CALLED = date(2011, 3, 7)
PEOPLE = frozen_list(
    Candidate(f"PX01-{number:02d}", name, stratum)
    for number, (name, stratum) in enumerate(
        (
            *((name, "文学院党支部") for name in ("祁文澜", "宁致远", "冉一清", "边子昂", "甘棠", "阮青", "卫真", "柏舟")),
            *((name, "机关党支部") for name in ("买买提·艾力", "司马光祖", "石木", "木石", "云起")),
            *((name, "离退休党支部") for name in ("松年", "鹤年")),
        ),
        start=1,
    )
)  # fmt: skip
TEN = frozen_list(Candidate(f"{number:02d}", f"第{number}支部") for number in range(1, 11))


def seeds(start: int) -> Iterator[str]:
    """Seeds without end, the same for the same start."""
    chance = random.Random(start)
    while True:
        yield chance.randbytes(16).hex()


def seed(start: int) -> str:
    """The first of them."""
    return next(seeds(start))


def terms(names: FrozenList = PEOPLE, *, places: int = 5, number: int = 1, previous: str = "-") -> Terms:
    return Terms("PX01", "PX", number, CALLED, "创先争优活动随机点评", places, names.digest, previous)


def held(called: Terms, *, start: int = 0) -> Draw:
    """A draw in which everybody did as they should."""
    superior_seed, own_seed = seed(1000 + start), seed(2000 + start)
    superior_seal = seal(called.digest, superior_seed)
    return Draw(
        called,
        Outcome.HELD,
        called.called_on + timedelta(days=2),
        superior_seal,
        seal(superior_seal, own_seed),
        called.called_on + timedelta(days=1),
        superior_seed,
        own_seed,
    )


def withheld(draw: Draw) -> Draw:
    """The same draw, had the organisation kept silent until its days were over."""
    assert draw.last_day is not None
    return replace(draw, outcome=Outcome.WITHHELD, own_seed="", closed_on=draw.last_day + timedelta(days=1))


def void(draw: Draw) -> Draw:
    """The same draw, had the superior not revealed its seed."""
    return replace(draw, outcome=Outcome.VOID, revealed_on=None, superior_seed="", own_seed="")


def following(draw: Draw, *, start: int) -> Draw:
    """The next draw of the same organisation, held."""
    called = replace(draw.terms, number=draw.terms.number + 1, called_on=draw.closed_on, previous=draw.digest)
    return held(called, start=start)
