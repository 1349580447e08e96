"""The list drawn from is frozen in one text only (豫创组办发〔2010〕26号 三.4; decision 0026)."""

import hashlib
import unicodedata
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.reviews.rules.draw import Candidate, DrawFault, frozen_list, read_list
from tests.refused import refused
from tests.reviews.rules.draw.examples import PEOPLE

unsound = partial(refused, kind=DrawFault)

names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="|"), max_size=6).map(
    "名{}".format
)
lists = st.lists(
    st.builds(Candidate, st.from_regex(r"[0-9a-z]{1,6}", fullmatch=True), names, st.sampled_from("甲乙丙")),
    min_size=1, max_size=12, unique_by=lambda one: one.code,
)  # fmt: skip


def test_the_list_is_hashed_as_it_is_printed():
    few = frozen_list(
        [Candidate("b", "宁致远", "乙"), Candidate("a", "冉一清", "乙"), Candidate("c", "甘棠", "丙")]
    )
    assert few.text == "丙|c|甘棠\n乙|a|冉一清\n乙|b|宁致远\n"
    assert few.digest == hashlib.sha256("丙|c|甘棠\n乙|a|冉一清\n乙|b|宁致远\n".encode()).hexdigest()
    assert few.sizes == {"丙": 1, "乙": 2}


def test_where_nothing_divides_the_candidates_they_stand_in_one_stratum():
    assert frozen_list([Candidate("01", "甘棠")]).text == "全体|01|甘棠\n"


@given(candidates=lists, data=st.data())
def test_the_same_people_give_the_same_text_in_whatever_order_they_are_entered(candidates, data):
    one = frozen_list(candidates)
    assert frozen_list(data.draw(st.permutations(candidates))) == one
    lines = one.text.encode().splitlines()
    assert lines == sorted(lines)


@given(candidates=lists)
def test_a_list_is_read_back_as_it_was_frozen(candidates):
    one = frozen_list(candidates)
    assert read_list(one.text) == one
    assert unicodedata.is_normalized("NFC", one.text)


def test_what_cannot_be_seen_on_paper_makes_no_other_list():
    seen = frozen_list([Candidate("01", "é宁致远", "甲")])
    assert frozen_list([Candidate("０１", "\u3000e\u0301宁\u200b致远 ", "甲\ufeff\U000e0020")]) == seen


@pytest.mark.parametrize(
    ("candidates", "code", "said"),
    [
        ([], "reviews.nobody-to-draw", ""),
        (
            [Candidate("01", "甘棠"), Candidate("01", "宁致远", "乙")],
            "reviews.list-code-twice",
            "2 次（01 宁致远、01 甘棠）",
        ),
        ([Candidate("A1", "甘棠"), Candidate("a1", "宁致远")], "reviews.list-code-twice", ""),
        ([Candidate("", "甘棠")], "reviews.draw-code-malformed", "“甘棠”的代码写的是“”"),
        ([Candidate("甘", "甘棠")], "reviews.draw-code-malformed", ""),
        ([Candidate("0'1", "甘棠")], "reviews.draw-code-malformed", ""),
        ([Candidate("x" * 41, "甘棠")], "reviews.draw-code-malformed", ""),
        ([Candidate("01", " ")], "reviews.draw-text-untrimmed", ""),
        ([Candidate("01", "甘|棠")], "reviews.draw-text-with-stroke", ""),
        ([Candidate("01", "甘棠", "")], "reviews.draw-text-untrimmed", ""),
        ([Candidate("01", "甘\ud800棠")], "reviews.draw-text-unseen-signs", r"U\+D800"),
    ],
)
def test_a_list_that_could_be_read_in_two_ways_is_refused(candidates, code, said):
    with unsound(code, match=said):
        frozen_list(candidates)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "reviews.list-not-ended", ""),
        ("\n", "reviews.list-line-malformed", "第 1 行"),
        ("全体|01|甘棠", "reviews.list-not-ended", ""),
        ("全体|01|甘棠\r\n", "reviews.list-line-ends", ""),
        ("\ufeff全体|01|甘棠\n", "reviews.draw-text-unseen-signs", r"U\+FEFF"),
        ("全体|01|e\u0301\n", "reviews.draw-text-not-composed", ""),
        ("全体|01\n", "reviews.list-line-malformed", ""),
        ("全体|01|甘棠|书记\n", "reviews.list-line-malformed", ""),
        ("全体|02|宁致远\n全体|01|甘棠\n", "reviews.list-out-of-order", ""),
        ("全体|01| 甘棠\n", "reviews.draw-text-untrimmed", ""),
    ],
)  # fmt: skip
def test_a_list_read_back_is_never_mended(text, code, said):
    with unsound(code, match=said):
        read_list(text)


def test_every_stratum_keeps_its_own():
    assert {name: len(members) for name, members in PEOPLE.strata.items()} == PEOPLE.sizes
    assert sorted(PEOPLE.sizes.values()) == [2, 5, 8]
