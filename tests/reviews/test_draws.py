"""A draw held step by step: sealed by two, revealed in order, redone by anybody; what was called off stays on the list."""

import io
from datetime import date

import pytest
from django.core.management import call_command

from dianping.accounts.models import Grant
from dianping.accounts.services import grant_role
from dianping.common.audit import Actor, Operator
from dianping.common.models import AuditEntry
from dianping.pages.draws.shown import drawn_of
from dianping.reviews.models import Draw
from dianping.reviews.rules.draw import check
from dianping.reviews.selectors import candidates_for, draws_before
from dianping.reviews.services import (
    call_draw,
    close_withheld,
    record_of,
    reveal_seed,
    seal_draw,
    sealed_with,
    void_draw,
)
from tests import factories
from tests.factories import ACTOR, University
from tests.opinions.polling import office
from tests.refused import refused

DAY = date(2011, 1, 5)
UNIT, ABOVE = Operator("qi", "党委书记"), Operator("zu", "党务干事")
SEEDS = {"superior": "00112233445566778899aabbccddeeff", "own": "ffeeddccbbaa99887766554433221100"}


@pytest.fixture(autouse=True)
def offices(university: University) -> None:
    """The university's office, and the secretary of the unit that is drawn from."""
    office("zu", Grant.Role.CLERK, university.top)
    factories.account(university.people["祁文"], username="qi")


def called(university: University, places: int = 2, on: date = DAY) -> Draw:
    place = university.letters
    return call_draw(
        organisation=place,
        superior=university.top,
        about="member",
        purpose="随机点评",
        places=places,
        candidates=candidates_for(place, "member", day=on),
        on=on,
        actor=ACTOR,
    )


def sealed(university: University, own: str = SEEDS["own"]) -> Draw:
    draw = called(university)
    draw = superior_seals(draw)
    return seal_draw(draw=draw, side="own", sealed=sealed_with(draw, "own", own), day=DAY, actor=UNIT)


def superior_seals(draw: Draw, actor: Actor = ABOVE) -> Draw:
    given = sealed_with(draw, "superior", SEEDS["superior"])
    return seal_draw(draw=draw, side="superior", sealed=given, day=DAY, actor=actor)


def test_held_it_can_be_redone_and_the_audit_tells_every_step(university: University) -> None:
    draw = reveal_seed(draw=sealed(university), side="superior", seed=SEEDS["superior"], on=DAY, actor=ACTOR)
    assert draw.drawn == []
    draw = reveal_seed(draw=draw, side="own", seed=SEEDS["own"], on=DAY, actor=UNIT)
    assert (draw.outcome, len(draw.drawn)) == ("成立", 2)
    assert check(record_of(draw), draw.listed, announced=draw.drawn).holds
    assert not check(record_of(draw), draw.listed, announced=draw.drawn[:1]).holds
    acts = AuditEntry.objects.filter(about=f"draw:{draw.pk}").values_list("act", flat=True)
    assert list(acts.order_by("seq")) == ["发起抽签", "封存种子", "封存种子", "公开种子", "抽签成立"]


def test_nobody_seals_for_both_sides_nor_out_of_turn(university: University) -> None:
    draw = called(university)
    with refused("reviews.superior-seals-first"):
        seal_draw(draw=draw, side="own", sealed="0" * 64, day=DAY, actor=UNIT)
    draw = superior_seals(draw)
    with refused("reviews.one-person-seals-both"):
        seal_draw(draw=draw, side="own", sealed=sealed_with(draw, "own", SEEDS["own"]), day=DAY, actor=ABOVE)
    with refused("reviews.seals-incomplete"):
        reveal_seed(draw=draw, side="superior", seed=SEEDS["superior"], on=DAY, actor=ACTOR)


def test_the_two_seeds_come_from_two_offices(university: University) -> None:
    """Neither a colleague of whoever called it, nor somebody of the unit, nor somebody of both, nor an unknown name."""
    office("fang", Grant.Role.CLERK, university.top)
    both = office("both", Grant.Role.CLERK, university.letters)
    grant_role(
        user=both, role=Grant.Role.CLERK, organisation=university.top, since=date(2010, 1, 1), actor=ACTOR
    )
    draw = called(university)
    for name in ("qi", "both", "nobody"):
        with refused("reviews.wrong-office-seals"):
            superior_seals(draw, Operator(name, "", name))
    draw = superior_seals(draw)
    for name in ("fang", "both", "nobody"):
        with refused("reviews.wrong-office-seals"):
            seal_draw(
                draw=draw,
                side="own",
                sealed=sealed_with(draw, "own", SEEDS["own"]),
                day=DAY,
                actor=Operator(name, "", name),
            )
    assert not Draw.objects.get(pk=draw.pk).own_seal


def test_no_sentence_tells_a_seed(university: University) -> None:
    draw = sealed(university)
    for seed in (SEEDS["own"], SEEDS["own"][:-1], "20110307" * 4):
        with refused(
            "reviews.seed-does-not-match", "reviews.seed-malformed", "reviews.seed-not-random"
        ) as no:
            reveal_seed(draw=draw, side="superior", seed=seed, on=DAY, actor=ABOVE)
        assert seed not in str(no.value)
    fresh = SEEDS["own"] + "0"
    with refused("reviews.seed-malformed") as no:
        sealed_with(draw, "own", fresh)
    assert fresh not in str(no.value)


def test_another_seed_than_the_sealed_one_is_refused(university: University) -> None:
    draw = sealed(university)
    with refused("reviews.seed-does-not-match"):
        reveal_seed(draw=draw, side="superior", seed=SEEDS["own"], on=DAY, actor=ACTOR)
    assert Draw.objects.get(pk=draw.pk).superior_seed == ""


def test_silence_is_recorded_and_buys_nothing_unseen(university: University) -> None:
    draw = reveal_seed(draw=sealed(university), side="superior", seed=SEEDS["superior"], on=DAY, actor=ACTOR)
    with refused("reviews.draw-not-withheld"):
        close_withheld(draw=draw, on=DAY, actor=ACTOR)
    draw = close_withheld(draw=draw, on=date(2011, 1, 9), actor=ACTOR)
    assert (draw.outcome, len(draw.drawn)) == ("单位未公开种子", 2)


def test_called_off_it_stays_numbered_and_in_the_next_ones_terms(university: University) -> None:
    first = called(university)
    with refused("reviews.draw-still-open"):
        called(university)
    first = void_draw(draw=first, why="名单有误", on=DAY, actor=ACTOR)
    second = called(university, on=date(2011, 1, 6))
    assert (second.number, second.previous) == (2, first.digest)
    assert draws_before(second) == [first]
    with refused("reviews.draw-already-closed"):
        void_draw(draw=first, why="再来", on=DAY, actor=ACTOR)


def test_the_command_goes_the_whole_way_and_prints_the_sheet(university: University, settings) -> None:  # type: ignore[no-untyped-def]
    settings.STANDING_DAY = DAY

    def run(*words: str) -> str:
        said = io.StringIO()
        call_command("draw", university.letters.code, *words, stdout=said)
        return said.getvalue()

    run("call", "--places", "2")
    for side, who in (("superior", "zu"), ("own", "qi")):
        run("seal", "--side", side, "--seed", SEEDS[side], "--actor", who)
    for side in ("superior", "own"):
        told = run("reveal", "--side", side, "--seed", SEEDS[side])
    assert "抽中" in told
    assert "可以重做出来" in run("check")
    sheet = run("sheet")
    assert "sha256sum" in sheet
    assert all(code in sheet for code in Draw.objects.get().drawn)


def test_those_drawn_lead_to_the_page_where_a_review_is_written(university: University) -> None:
    draw = reveal_seed(draw=sealed(university), side="superior", seed=SEEDS["superior"], on=DAY, actor=ACTOR)
    draw = reveal_seed(draw=draw, side="own", seed=SEEDS["own"], on=DAY, actor=UNIT)
    asked = [query for _, _, query in drawn_of(draw)]
    assert sorted(asked) == sorted(f"about=member&person={code[1:]}" for code in draw.drawn)
