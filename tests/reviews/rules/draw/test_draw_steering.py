"""Neither side steers a draw by trying seeds, ten thousand times over; whoever sees the other's seed first does.

Chance is seeded: the figures are the same every time. Of many figures some lie beyond three standard deviations by
luck alone, so two are judged: how often an attacker gets whom it aims at (each candidate in turn), within three; and
all candidates together, by chi-square at 99.9 in 100.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from math import sqrt

import pytest

from dianping.reviews.rules.draw import DrawFault, allocate, drawn, seal
from dianping.reviews.rules.draw.drawing import ordered
from tests.refused import refused
from tests.reviews.rules.draw.examples import PEOPLE, TEN, held, seeds, terms, withheld

unsound = partial(refused, kind=DrawFault)

GRINDS = 10_000
PLACES = 2
CODES = [one.code for one in TEN.candidates]
CHANCE = PLACES / len(CODES)
CALL = terms(TEN, places=PLACES).digest
LIMITS = {9: 27.88, 12: 32.91}  # chi-square by degrees of freedom, passed by luck once in a thousand

Draws = Iterable[tuple[str, list[str]]]  # whom the attacker aimed at, and who was drawn


def first(own_seal: str, superior_seed: str, own_seed: str) -> list[str]:
    """Who is drawn of the ten."""
    order = ordered(CODES, own_seal=own_seal, superior_seed=superior_seed, own_seed=own_seed)
    return [code for _, code in order[:PLACES]]


def z(hits: int, chance: float) -> float:
    """By how many standard deviations so many hits lie off the chance."""
    return (hits - GRINDS * chance) / sqrt(GRINDS * chance * (1 - chance))


def unevenness(hits: Mapping[str, int], chance: float) -> float:
    """Chi-square of candidates with one chance who are drawn together; one less degree of freedom than they are."""
    return sum(z(count, chance) ** 2 for count in hits.values()) * (len(hits) - 1) / len(hits)


def aims() -> Iterable[str]:
    """Each candidate in turn."""
    return (CODES[at % len(CODES)] for at in range(GRINDS))


def grinding_organisation(start: int) -> Draws:
    """It knows the superior's seal, not its seed; of four seeds it seals the one that serves best against two guesses."""
    own, honest = seeds(start), seeds(start + 1)
    for aim in aims():
        superior_seed = next(honest)
        superior_seal = seal(CALL, superior_seed)
        guesses = list(islice(own, 2))
        served = {
            mine: sum(aim in first(seal(superior_seal, mine), guess, mine) for guess in guesses)
            for mine in islice(own, 4)
        }
        own_seed = max(served, key=lambda mine: served[mine])
        yield aim, first(seal(superior_seal, own_seed), superior_seed, own_seed)


def grinding_superior(start: int, *, silent: bool = False) -> Draws:
    """It seals the seed that serves best against two guesses of the organisation's; then the organisation seals."""
    own, honest = seeds(start), seeds(start + 1)
    for aim in aims():
        guesses = list(islice(own, 2))
        served = {}
        for mine in islice(own, 4):
            superior_seal = seal(CALL, mine)
            served[mine] = sum(
                aim in first(seal(superior_seal, guess), mine, "" if silent else guess) for guess in guesses
            )
        superior_seed = max(served, key=lambda mine: served[mine])
        own_seed = next(honest)
        own_seal = seal(seal(CALL, superior_seed), own_seed)
        yield aim, first(own_seal, superior_seed, "" if silent else own_seed)


def superior_beside_a_silent_organisation(start: int) -> Draws:
    """The same, where it counts on the organisation's silence."""
    return grinding_superior(start, silent=True)


def peeping_superior(start: int, *, peeps: float) -> Draws:
    """What its own seal forbids it: in so many of all draws it sees the organisation's seed, then chooses of eight."""
    own, honest, chance = seeds(start), seeds(start + 1), random.Random(start)
    for aim in aims():
        own_seed = next(honest)
        own_seal = seal(CALL, own_seed)  # continues nothing of the superior's
        for superior_seed in islice(own, 8 if chance.random() < peeps else 1):
            codes = first(own_seal, superior_seed, own_seed)
            if aim in codes:
                break
        yield aim, codes


@pytest.mark.parametrize(
    ("attacker", "start"),
    [(grinding_organisation, 11), (grinding_superior, 21), (superior_beside_a_silent_organisation, 31)],
)
def test_trying_seeds_before_the_other_side_has_revealed_steers_nothing(attacker, start):
    draws = list(attacker(start))
    hits = Counter(code for _, codes in draws for code in codes)
    assert len(draws) == GRINDS
    assert sum(hits.values()) == GRINDS * PLACES
    assert abs(z(sum(aim in codes for aim, codes in draws), CHANCE)) <= 3
    assert unevenness(hits, CHANCE) <= LIMITS[len(CODES) - 1]


@pytest.mark.parametrize(("peeps", "least"), [(1.0, 100), (0.05, 5)])
def test_the_same_figure_tells_a_side_that_sees_the_others_seed_before_it_chooses(peeps, least):
    assert z(sum(aim in codes for aim, codes in peeping_superior(41, peeps=peeps)), CHANCE) > least


def test_the_other_figure_tells_a_hand_upon_one_candidate():
    draws = [codes for _, codes in peeping_superior(81, peeps=0)]
    favoured = [[CODES[0], codes[1]] if at % 40 == 0 else codes for at, codes in enumerate(draws)]
    hits = Counter(code for codes in favoured for code in codes)
    assert unevenness(hits, CHANCE) > LIMITS[len(CODES) - 1]


def test_a_seed_chosen_after_the_seal_is_refused():
    """The same superior, held to what it sealed: of a hundred seeds that would serve none fits."""
    draw = held(terms())
    for superior_seed in islice(seeds(51), 100):
        with unsound("reviews.seed-does-not-match", match="^上级"):
            drawn(PEOPLE, replace(draw, superior_seed=superior_seed))


def test_in_every_stratum_everybody_has_the_same_chance():
    places, superior, own = allocate(4, PEOPLE.sizes), seeds(61), seeds(62)
    call = terms(places=4).digest
    hits: Counter[str] = Counter()
    for superior_seed, own_seed in islice(zip(superior, own, strict=True), GRINDS):
        seals = seal(seal(call, superior_seed), own_seed)
        for stratum, members in PEOPLE.strata.items():
            codes = (one.code for one in members)
            order = ordered(codes, own_seal=seals, superior_seed=superior_seed, own_seed=own_seed)
            hits.update(code for _, code in order[: places[stratum]])
    off = 0.0
    for stratum, members in PEOPLE.strata.items():
        share = places[stratum] / len(members)
        off += unevenness({one.code: hits[one.code] for one in members}, share)
    assert {name: places[name] / size for name, size in PEOPLE.sizes.items()} == {
        "文学院党支部": 0.25,
        "机关党支部": 0.2,
        "离退休党支部": 0.5,
    }
    assert off <= LIMITS[len(PEOPLE.candidates) - len(PEOPLE.strata)]


def test_the_figures_are_those_of_the_draw_itself():
    for start in range(20):
        spoken = held(terms(TEN, places=PLACES), start=start)
        for draw in (spoken, withheld(spoken)):
            codes = first(draw.own_seal, draw.superior_seed, draw.own_seed)
            assert list(drawn(TEN, draw).codes) == codes


def test_silence_buys_one_more_draw_of_the_same_chance_and_every_time_a_record():
    """What an organisation gains that reveals only what suits it: p becomes p², and p of all draws are on record."""
    superior, own = seeds(71), seeds(72)
    caught = silences = 0
    for aim in aims():
        superior_seed, own_seed = next(superior), next(own)
        own_seal = seal(seal(CALL, superior_seed), own_seed)
        if aim in first(own_seal, superior_seed, own_seed):
            silences += 1
            caught += aim in first(own_seal, superior_seed, "")
    assert abs(z(silences, CHANCE)) <= 3
    assert abs(z(caught, CHANCE**2)) <= 3
