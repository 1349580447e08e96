"""Like texts: one against earlier ones without a miss, and groups among many with few misses and bounded work."""

import subprocess
import sys
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.common.likeness import SAME, Earlier, alike, groups_alike, likeness
from dianping.common.likeness.anchors import FEW, MOST_OF_ANCHORS, Keys, shared_anchors
from dianping.common.likeness.phrases import MOST_OF_PHRASES, Phrases
from dianping.common.likeness.sweep import MOST_KEYS, LikenessSweep
from dianping.common.likeness.wording import bare
from tests.common.invented_reviews import KINDS, changed, clause, review, reviews, stock_reviews

MARKS = "，。！？、；： （）“”…,.! \n"
few_characters = st.text("支部学习会议认真12aB" + MARKS, max_size=24)  # so few that texts come out alike
any_texts = st.one_of(few_characters, st.text(max_size=40))
bars = st.sampled_from([0.3, 0.5, SAME, 0.9, 1.0])


def scanned(text, texts, at_least):
    """What `alike` promises, found the plain way."""
    scores = [(likeness(text, other), place) for place, other in enumerate(texts)]
    return sorted(((s, p) for s, p in scores if s >= at_least), key=lambda one: (-one[0], one[1]))


@given(one=any_texts, other=any_texts)
def test_likeness_is_a_share_and_the_order_of_the_two_does_not_matter(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@given(text=any_texts)
def test_a_text_is_like_itself_unless_it_says_nothing(text):
    assert likeness(text, text) == (1 if bare(text) else 0)
    assert alike(text, Earlier([text]), at_least=1) == ([(1, 0)] if bare(text) else [])


@given(text=few_characters, data=st.data())
def test_marks_and_spaces_count_for_nothing(text, data):
    marked = "".join(data.draw(st.text(MARKS, max_size=2)) + character for character in text)
    assert bare(marked) == bare(text)
    assert likeness(text, marked) == (1 if bare(text) else 0)


def test_full_width_and_capital_forms_count_for_nothing():
    assert likeness("第１０次学习，ＡＢ组（一）", "第10次学习ab组㈠") == 1


def test_one_character_in_ten_replaced_is_nine_tenths_alike():
    assert likeness("支部学习开展认真扎实", "支部学习开展认真踏实") == pytest.approx(0.9)


@given(text=any_texts, texts=st.lists(any_texts, max_size=12), at_least=bars)
def test_nothing_at_the_bar_is_missed_and_nothing_below_it_told(text, texts, at_least):
    assert alike(text, Earlier(texts), at_least=at_least) == scanned(text, texts, at_least)


@pytest.mark.parametrize("fifths", range(1, 30))
def test_a_text_exactly_at_the_bar_is_told(fifths):
    assert [
        one.place for one in alike("支部学习好" * fifths, Earlier(["支部学习差" * fifths]), at_least=0.8)
    ] == [0]


@pytest.mark.parametrize("at_least", [0.5, SAME, 0.9])
def test_among_reviews_too_nothing_is_missed(at_least):
    texts, copies = reviews(400, 100)
    earlier = Earlier(texts)
    for copy in copies[:25]:
        assert alike(texts[copy.at], earlier, at_least=at_least) == scanned(texts[copy.at], texts, at_least)


def test_texts_added_later_are_found_as_if_given_at_once():
    texts, _ = reviews(60, 20)
    grown = Earlier(texts[:10])
    for text in texts[10:]:
        grown.add(text)
    assert len(grown) == len(texts)
    assert all(alike(text, grown) == alike(text, Earlier(texts)) for text in texts)


def test_the_likest_come_first_and_of_equals_the_oldest():
    texts = ["会议记录不全", "学习认真，会议记录齐全", "学习认真会议记录齐全", "学习认真会议记录完全"]
    assert [one.place for one in alike("学习认真 会议记录齐全", Earlier(texts))] == [1, 2, 3]


@pytest.mark.parametrize("bar", [0, -0.1, 1.01])
def test_a_bar_that_lets_everything_or_nothing_through_is_refused(bar):
    with pytest.raises(ValueError, match="大于 0 且不超过 1"):
        alike("学习认真", Earlier(["学习认真"]), at_least=bar)
    with pytest.raises(ValueError, match="大于 0 且不超过 1"):
        groups_alike(["学习认真"], at_least=bar)


@given(texts=st.lists(any_texts, max_size=16), at_least=bars)
def test_every_text_of_a_group_is_like_another_of_it_and_the_same_are_together(texts, at_least):
    groups = groups_alike(texts, at_least=at_least)
    for group in groups:
        for one in group:
            assert any(likeness(texts[one], texts[other]) >= at_least for other in group if other != one)
    of = {place: group for group in groups for place in group}
    assert len(of) == sum(map(len, groups))
    assert groups == sorted(tuple(sorted(group)) for group in groups)
    for one, other in zip(range(len(texts)), range(1, len(texts)), strict=False):
        if bare(texts[one]) == bare(texts[other]) != "":
            assert of[one] == of[other]


def test_texts_whose_characters_only_end_in_the_same_bytes_are_not_taken_for_like():
    text = "学习认真扎实会议记录齐全"
    twin = text[:6] + "".join(chr(ord(character) + 0x100) for character in text[6:])
    assert groups_alike([text, twin]) == alike(text, Earlier([twin])) == []
    assert groups_alike([text, twin, text[1:]]) == [(0, 2)]


def test_texts_that_say_nothing_are_in_no_group():
    assert groups_alike(["……", "！！", "", "学习认真", "学习 认真。"]) == [(3, 4)]


def found_by(groups, copies):
    of = {place: number for number, group in enumerate(groups) for place in group}
    return [copy for copy in copies if copy.at in of and of[copy.at] == of.get(copy.of)]


def test_copies_with_up_to_15_percent_changed_are_found_where_looking_for_the_same_text_fails():
    texts, copies = reviews(2000, 400)
    found = found_by(groups_alike(texts), copies)
    for kind in KINDS:
        assert sum(copy.kind == kind for copy in found) >= 0.95 * sum(copy.kind == kind for copy in copies)
    same: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        same.setdefault(bare(text), []).append(place)
    assert len(found_by(same.values(), copies)) < 0.2 * len(copies)


@pytest.mark.parametrize("phrases", [20, 60])
def test_copies_are_found_among_reviews_put_together_from_few_phrases(phrases):
    texts, copies = stock_reviews(6000, 600, phrases=phrases)
    groups = groups_alike(texts)
    found = found_by(groups, copies)
    for kind in KINDS:
        assert sum(copy.kind == kind for copy in found) >= 0.95 * sum(copy.kind == kind for copy in copies)
    assert max(map(len, groups)) < 0.02 * len(texts), "found one by one, not because all is one group"


def test_a_phrase_stands_in_a_text_while_a_part_of_it_is_left():
    texts = [bare(text) for text in stock_reviews(3000, 0, phrases=60)[0]]
    phrases = Phrases(texts)
    most = [list(phrases.keys_of(text)) for text in texts]
    assert max(map(len, most)) <= MOST_OF_PHRASES
    whole, torn = "班子成员之间遇事常商量但是会议记录还不够完整", "班子成员之间遇商量但是会议录还不完整"
    learnt = Phrases([whole] * 20)
    assert list(learnt.keys_of(torn)) == list(learnt.keys_of(whole)) != []


def test_free_prose_has_no_phrases():
    chance = Random(6)
    texts = ["".join(chance.choices([chr(0x4E00 + n) for n in range(3000)], k=60)) for _ in range(300)]
    phrases = Phrases(texts)
    assert not any(list(phrases.keys_of(text)) for text in texts)


def test_reviews_that_only_share_phrases_are_not_grouped():
    chance = Random(2)
    texts = ["".join(clause(chance) for _ in range(5)) for _ in range(1000)]
    assert groups_alike(texts) == []


def boilerplate(count):
    """Reviews that all open with the same clause."""
    chance = Random(3)
    return ["一年来认真贯彻落实上级党组织的各项部署，" + review(chance) for _ in range(count)]


def test_a_phrase_that_stands_in_every_text_does_not_make_the_work_quadratic():
    few, many = (
        LikenessSweep(boilerplate(1000), SAME).compared,
        LikenessSweep(boilerplate(4000), SAME).compared,
    )
    assert many < 60 * 4000  # each with each would be 8 million
    assert many < 6 * few  # four times the texts; each with each would be sixteen times the work


def test_a_thousand_copies_of_one_text_are_one_group_after_few_comparisons():
    chance = Random(4)
    original = "".join(clause(chance) for _ in range(5))
    texts = [original] + [changed(original, 0.1, KINDS[n % 4], chance) for n in range(1000)]
    sweep = LikenessSweep(texts, SAME)
    assert sweep.groups() == [tuple(range(1001))]
    assert sweep.compared < 20 * len(texts)


def test_no_text_has_more_keys_than_are_reckoned_with():
    texts = [bare(text) for text in boilerplate(1500)]
    keys = Keys(shared_anchors(texts, sum(map(len, texts))), len(texts))
    assert max(len(keys.of(text)) for text in texts) <= MOST_OF_ANCHORS
    assert LikenessSweep(texts, SAME).compared <= MOST_KEYS * FEW * len(texts)


def test_anchors_are_the_same_numbers_in_every_run():
    asked = "from dianping.common.likeness.anchors import anchors; print(sorted(anchors('支部学习认真')))"
    told = {
        subprocess.run(
            [sys.executable, "-c", asked], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
