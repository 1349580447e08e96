"""The order of the candidates and who of them is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from dianping.reviews.rules.draw.allocation import allocate
from dianping.reviews.rules.draw.candidates import Candidate, FrozenList
from dianping.reviews.rules.draw.faults import DrawFault
from dianping.reviews.rules.draw.record import Draw, Outcome, demand_sound
from dianping.reviews.rules.draw.seals import digest, order_text


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's place: `rank` counts from 1 within its stratum; `digest` is that of `text`."""

    candidate: Candidate
    rank: int
    text: str
    digest: str
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw brought: the places of each stratum, and every candidate by stratum and rank."""

    draw: Draw
    names: FrozenList
    places: dict[str, int]
    order: tuple[Ranked, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of those drawn, by stratum and rank; empty for a void draw."""
        return tuple(one.candidate.code for one in self.order if one.is_drawn)


def ordered(
    codes: Iterable[str], *, own_seal: str, superior_seed: str, own_seed: str
) -> list[tuple[str, str]]:
    """(digest, code) of every candidate, the first drawn first."""
    return sorted((digest(order_text(own_seal, superior_seed, own_seed, code)), code) for code in codes)


def drawn(names: FrozenList, draw: Draw) -> Drawn:
    """Hold a draw, or redo it: the first of each stratum, as many as it has places.

    Raises DrawFault when the list is not the one the terms name, when there are more places than candidates, or when
    the record does not agree with itself (see `demand_sound`). A void draw has places and no order.
    """
    if names.digest != draw.terms.names:
        raise DrawFault(
            f"名单与封定时不同：抽签事项里的名单摘要是“{draw.terms.names}”，这份名单的摘要是“{names.digest}”。"
            "请找出封定时的名单；名单确需改动的，另起下一次抽签。",
            code="reviews.list-changed",
        )
    demand_sound(draw)
    places = allocate(draw.terms.places, names.sizes)
    if draw.outcome is Outcome.VOID:
        return Drawn(draw, names, places, ())
    own_seal, superior_seed, own_seed = draw.own_seal, draw.superior_seed, draw.own_seed
    order = []
    for stratum, members in names.strata.items():
        known = {one.code: one for one in members}
        ranked = ordered(known, own_seal=own_seal, superior_seed=superior_seed, own_seed=own_seed)
        for rank, (hashed, code) in enumerate(ranked, start=1):
            text = order_text(own_seal, superior_seed, own_seed, code)
            order.append(Ranked(known[code], rank, text, hashed, rank <= places[stratum]))
    return Drawn(draw, names, places, tuple(order))
