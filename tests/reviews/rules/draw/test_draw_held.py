"""A draw is held once, as sealed, and anybody's doubt is answered in a sentence (decision 0026)."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.reviews.rules.draw import (
    Candidate,
    DrawFault,
    Outcome,
    allocate,
    check,
    digest,
    drawn,
    fits,
    frozen_list,
    order_text,
    seal,
    seal_text,
)
from tests.refused import refused
from tests.reviews.rules.draw.examples import CALLED, PEOPLE, following, held, seed, terms, void, withheld

unsound = partial(refused, kind=DrawFault)

DRAW = held(terms())
CODES = drawn(PEOPLE, DRAW).codes
DAY = timedelta(days=1)


@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=4), start=st.integers(0, 99), data=st.data())
def test_everybody_has_one_place_in_the_order_and_each_stratum_its_share(sizes, start, data):
    candidates = [
        Candidate(f"{at}-{n}", f"某{n}", f"层{at}") for at, size in enumerate(sizes) for n in range(size)
    ]
    names = frozen_list(data.draw(st.permutations(candidates)))
    places = data.draw(st.integers(1, len(candidates)))
    found = drawn(names, held(terms(names, places=places), start=start))
    assert sorted(one.candidate.code for one in found.order) == sorted(one.code for one in candidates)
    assert len(found.codes) == len(set(found.codes)) == places
    for stratum, share in allocate(places, names.sizes).items():
        members = [one for one in found.order if one.candidate.stratum == stratum]
        assert [one.rank for one in members] == list(range(1, names.sizes[stratum] + 1))
        assert [one.is_drawn for one in members] == [one.rank <= share for one in members]
        assert [one.digest for one in members] == sorted(digest(one.text) for one in members)
    same = frozen_list(reversed(candidates))
    assert drawn(same, found.draw).order == found.order


def test_what_is_hashed_is_written_out():
    assert seal_text("0" * 64, seed(1)) == f"dianping-draw-1|seal|{'0' * 64}|{seed(1)}"
    first = drawn(PEOPLE, DRAW).order[0]
    assert first.text == order_text(DRAW.own_seal, DRAW.superior_seed, DRAW.own_seed, first.candidate.code)
    assert first.text == "|".join(
        ("dianping-draw-1", "order", DRAW.own_seal, DRAW.superior_seed, DRAW.own_seed, first.candidate.code)
    )
    assert first.text.isascii()
    assert first.text.isprintable()
    assert "'" not in first.text


def test_the_terms_and_the_record_are_texts():
    assert DRAW.terms.text == (
        "规程|dianping-draw-1\n单位|PX01\n上级|PX\n第几次|1\n发起日|2011-03-07\n用途|创先争优活动随机点评\n"
        f"名额|5\n公开期限|3\n名单摘要|{PEOPLE.digest}\n上次摘要|-\n"
    )
    assert withheld(DRAW).text == (
        f"规程|dianping-draw-1\n事项摘要|{DRAW.terms.digest}\n上级封存值|{DRAW.superior_seal}\n"
        f"单位封存值|{DRAW.own_seal}\n上级公开日|2011-03-08\n上级种子|{DRAW.superior_seed}\n单位种子|-\n"
        "结果|单位未公开种子\n了结日|2011-03-12\n"
    )


@pytest.mark.parametrize(
    "change",
    [{"organisation": "PX02"}, {"superior": "PY"}, {"called_on": CALLED + DAY}, {"purpose": "另一次点评"},
     {"places": 6}, {"days": 4}, {"names": "0" * 64}, {"number": 2, "previous": "0" * 64}],
)  # fmt: skip
def test_a_seal_serves_the_draw_it_was_made_for_and_no_other(change):
    assert fits(DRAW.terms.digest, DRAW.superior_seed, DRAW.superior_seal)
    assert not fits(replace(DRAW.terms, **change).digest, DRAW.superior_seed, DRAW.superior_seal)
    with pytest.raises(DrawFault):
        drawn(PEOPLE, replace(DRAW, terms=replace(DRAW.terms, **change)))


def test_both_seeds_decide():
    other = replace(DRAW, own_seed=seed(7), own_seal=seal(DRAW.superior_seal, seed(7)))
    assert drawn(PEOPLE, other).order != drawn(PEOPLE, DRAW).order
    assert drawn(PEOPLE, held(terms(), start=1)).order != drawn(PEOPLE, DRAW).order


@pytest.mark.parametrize(
    ("whose", "text", "code", "told"),
    [
        ("own_seed", seed(3), "reviews.seed-does-not-match", "^单位"),
        ("superior_seed", seed(3), "reviews.seed-does-not-match", "^上级"),
        ("own_seed", "我们都是好党员，请抽别人，谢谢各位领导同志们。", "reviews.seed-malformed", "^单位"),
        ("own_seed", seed(3).upper(), "reviews.seed-malformed", "^单位"),
        ("superior_seed", "20110307" * 4, "reviews.seed-not-random", "只用了 5 种字符"),
        ("own_seal", "abc", "reviews.digest-malformed", "^单位封存值写的是“abc”"),
        ("superior_seal", "", "reviews.superior-seal-missing", ""),
    ],
)
def test_a_wrong_seed_is_refused(whose, text, code, told):
    wrong = replace(DRAW, **{whose: text})
    with unsound(code, match=told):
        drawn(PEOPLE, wrong)
    assert check(wrong, PEOPLE.text, announced=CODES).code == code


def test_a_list_changed_after_it_was_frozen_is_refused():
    added = frozen_list([*PEOPLE.candidates, Candidate("PX01-99", "路人")])
    renamed = frozen_list([*PEOPLE.candidates[1:], replace(PEOPLE.candidates[0], name="路人")])
    for names in (added, renamed, frozen_list(PEOPLE.candidates[1:])):
        with unsound("reviews.list-changed"):
            drawn(names, DRAW)
        assert check(DRAW, names.text, announced=CODES).code == "reviews.list-changed"


def test_more_places_than_candidates_are_refused():
    with unsound("reviews.too-many-places", match="要抽 16 名，名单里有 15 名"):
        drawn(PEOPLE, held(terms(places=16)))


def test_a_draw_that_holds_is_said_to_hold():
    verdict = check(DRAW, PEOPLE.text, announced=reversed(CODES))
    assert verdict.holds
    assert verdict.says == (
        "第 1 次抽签可以重做出来：名单 15 名的摘要相符，两个种子都与封存值相符，抽中的 5 名与公布的一致。"
    )


@pytest.mark.parametrize(
    ("announced", "said"),
    [
        (("PX01-99", *CODES[1:]), f"多出 PX01-99；漏掉 {CODES[0]}"),
        (CODES[1:], f"漏掉 {CODES[0]}"),
        ((*CODES, CODES[0]), "有重复的代码"),
        ((), "漏掉"),
    ],
)
def test_another_outcome_than_the_drawn_one_is_found_out(announced, said):
    verdict = check(DRAW, PEOPLE.text, announced=announced)
    assert not verdict.holds
    assert said in verdict.says


def test_silence_is_recorded_and_the_superiors_seed_stands_with_the_organisations_seal():
    silent = withheld(DRAW)
    found = drawn(PEOPLE, silent)
    assert found.order != drawn(PEOPLE, DRAW).order
    assert found.order[0].text.split("|")[2:5] == [DRAW.own_seal, DRAW.superior_seed, "-"]
    verdict = check(silent, PEOPLE.text, announced=found.codes)
    assert verdict.holds
    assert "单位到 2011-03-11 没有公开种子" in verdict.says


def test_neither_side_may_end_the_organisations_days_early_or_late():
    early = replace(withheld(DRAW), closed_on=DRAW.last_day)
    with unsound("reviews.draw-not-withheld", match="应在 2011-03-11 过后才记"):
        drawn(PEOPLE, early)
    assert drawn(PEOPLE, replace(DRAW, closed_on=DRAW.last_day)).codes == CODES
    with unsound("reviews.draw-not-held"):
        drawn(PEOPLE, replace(DRAW, closed_on=DRAW.last_day + DAY))
    with unsound("reviews.draw-not-withheld"):
        drawn(PEOPLE, replace(withheld(DRAW), own_seed=DRAW.own_seed))
    with unsound("reviews.draw-days-disordered"):
        drawn(PEOPLE, replace(DRAW, revealed_on=CALLED - DAY))


def test_a_void_draw_draws_nobody_and_a_revealed_one_cannot_be_made_void():
    nobody = void(DRAW)
    assert drawn(PEOPLE, nobody).codes == ()
    assert check(nobody, PEOPLE.text, announced=()).says == "第 1 次抽签作废，没有抽出对象，也没有公布对象。"
    assert not check(nobody, PEOPLE.text, announced=CODES).holds
    for draw in (replace(DRAW, outcome=Outcome.VOID), replace(withheld(DRAW), outcome=Outcome.VOID)):
        with unsound("reviews.draw-cannot-be-void"):
            drawn(PEOPLE, draw)
    with unsound("reviews.draw-record-incomplete"):
        drawn(PEOPLE, replace(nobody, outcome=Outcome.HELD))


def test_every_draw_holds_the_one_before():
    first, second = DRAW, following(withheld(DRAW), start=1)
    third = following(void(second), start=2)
    codes = drawn(PEOPLE, third).codes
    assert check(third, PEOPLE.text, announced=codes, earlier=[withheld(first), void(second)]).holds
    for earlier, code, said in (
        ([], "reviews.draw-out-of-turn", "应为第 1 次；中间缺少"),
        ([withheld(first)], "reviews.draw-out-of-turn", "应为第 2 次；中间缺少"),
        ([withheld(first), second], "reviews.draw-chain-broken", ""),
        ([first, void(second)], "reviews.draw-chain-broken", "第 2 次"),
    ):
        verdict = check(third, PEOPLE.text, announced=codes, earlier=earlier)
        assert (verdict.holds, verdict.code) == (False, code)
        assert said in verdict.says


def test_a_number_or_a_seed_serves_once():
    again = held(replace(DRAW.terms, purpose="重抽"), start=5)
    verdict = check(again, PEOPLE.text, announced=drawn(PEOPLE, again).codes, earlier=[DRAW])
    assert verdict.code == "reviews.draw-out-of-turn"
    assert "编号用过就不能再用" in verdict.says
    same_seeds = following(DRAW, start=0)
    verdict = check(same_seeds, PEOPLE.text, announced=drawn(PEOPLE, same_seeds).codes, earlier=[DRAW])
    assert verdict.code == "reviews.seed-used-before"
    assert "在第 1 次已经公开过" in verdict.says
    early = held(replace(following(DRAW, start=6).terms, called_on=CALLED), start=6)
    assert check(early, PEOPLE.text, announced=(), earlier=[DRAW]).code == "reviews.draw-called-too-early"
    elsewhere = held(replace(following(DRAW, start=6).terms, organisation="PX02"), start=6)
    verdict = check(elsewhere, PEOPLE.text, announced=(), earlier=[DRAW])
    assert verdict.code == "reviews.draw-of-another-organisation"


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"organisation": "文学院"}, "reviews.draw-code-malformed", "^单位代码写的是“文学院”"),
        ({"purpose": "甲|乙"}, "reviews.draw-text-with-stroke", "^抽签用途"),
        ({"names": "x"}, "reviews.digest-malformed", "^名单摘要"),
        ({"places": 0}, "reviews.draw-numbers-too-small", "名额 0"),
        ({"previous": "0" * 64}, "reviews.draw-previous-not-fitting", "第 1 次"),
        ({"number": 2}, "reviews.draw-previous-not-fitting", "第 2 次"),
        ({"number": 2, "previous": "x"}, "reviews.digest-malformed", "^上次摘要"),
    ],
)
def test_terms_that_say_too_little_are_refused(change, code, said):
    with unsound(code, match=said):
        replace(DRAW.terms, **change)


@given(text=st.text(max_size=40))
def test_no_list_at_all_makes_the_check_fail_in_another_way_than_a_sentence(text):
    for names in (text, f"{text}\n", f"全体|01|{text}\n"):
        verdict = check(DRAW, names, announced=())
        assert not verdict.holds
        assert verdict.says.endswith("。")
