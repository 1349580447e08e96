"""Whom the invented office drew by lot, and what came of it: one draw held and its reviews filed, two under way, one just called."""

import random
from datetime import date

from dianping.acts.filing import file_and_follow
from dianping.acts.sitting import people_drawn
from dianping.common.audit import Actor
from dianping.demo import office
from dianping.demo.sample_hands import Hands, at
from dianping.demo.sample_reviews import Telling, said_of
from dianping.orgs.models import Organisation, Post, Role
from dianping.orgs.selectors.posts import holder_on
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Draw
from dianping.reviews.selectors import candidates_for
from dianping.reviews.services import call_draw, reveal_seed, seal_draw, sealed_with

Side = tuple[str, Actor]


def draw_members(
    unit: Organisation, own: Actor, *, called: date, held: date, chance: random.Random, hands: Hands
) -> None:
    """Three members drawn in a unit with a seed from each side, and reviewed by its secretary the day after."""
    draw = _called(unit, "member", 3, called, hands)
    superior, ours = ("superior", hands["wen"]), ("own", own)
    seeds = [_sealed(draw, side, chance, called) for side in (superior, ours)]
    for (side, actor), seed in zip((superior, ours), seeds, strict=True):
        draw = reveal_seed(draw=draw, side=side, seed=seed, on=called, actor=actor)
    seat = Post.objects.get(organisation=unit, role=Role.SECRETARY)
    reviewer = holder_on(seat, day=held)
    assert reviewer is not None
    for person in people_drawn(draw, day=held):
        branch = person.memberships.get(until=None).organisation
        file_and_follow(
            target=ReviewTarget(seat, "member", branch, person),
            reviewer=reviewer,
            said=said_of("member", chance, Telling(held, "random", "", hands)),
            version=0,
            moment=at(held, 17),
            actor=hands["qi"] if hands["qi"].is_person(reviewer.pk) else hands["wen"],
        )


def draws_under_way(
    *,
    own_seals: Organisation,
    own_reveals: tuple[Organisation, Actor],
    called_only: Organisation,
    on: date,
    chance: random.Random,
    hands: Hands,
) -> None:
    """One that waits for the unit's seal, one that waits for its seed, one that waits for the superior's seal."""
    superior = ("superior", hands["wen"])
    _sealed(_called(own_seals, "branch", 2, on, hands), superior, chance, on)
    unit, own = own_reveals
    draw = _called(unit, "branch", 2, on, hands)
    seed = _sealed(draw, superior, chance, on)
    _sealed(draw, ("own", own), chance, on)
    reveal_seed(draw=draw, side="superior", seed=seed, on=on, actor=hands["wen"])
    _called(called_only, "member", 3, on, hands)


def _called(unit: Organisation, about: str, places: int, on: date, hands: Hands) -> Draw:
    assert unit.parent is not None
    return call_draw(
        organisation=unit,
        superior=unit.parent,
        about=about,
        purpose=office.DRAW_PURPOSE,
        places=places,
        candidates=candidates_for(unit, about, day=on),
        on=on,
        actor=hands["wen"],
    )


def _sealed(draw: Draw, side: Side, chance: random.Random, on: date) -> str:
    """Seal a seed for one side; the seed."""
    which, actor = side
    draw.refresh_from_db(fields=["superior_seal"])
    seed = f"{chance.getrandbits(128):032x}"
    seal_draw(draw=draw, side=which, sealed=sealed_with(draw, which, seed), day=on, actor=actor)
    return seed
