"""Every slip of one character and of two neighbours is found; what cannot be mistaken is forgiven."""

import random
from itertools import combinations, permutations

import pytest

from dianping.base.codes import ALPHABET
from dianping.opinions.rules import (
    is_paper_stub,
    read_code,
    read_stub,
    shown_code,
    shown_stub,
    slip_code,
    stub_number,
)

CHANCE = random.Random(1)
CODES = [slip_code(CHANCE.randrange) for _ in range(60)]
STUBS = [stub_number(CHANCE.randrange) for _ in range(60)]


def swapped(text: str, left: int, right: int) -> str:
    signs = list(text)
    signs[left], signs[right] = signs[right], signs[left]
    return "".join(signs)


def test_the_alphabet_has_nothing_to_mistake():
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set("0O1IL") & set(ALPHABET)


def test_a_code_is_read_as_it_was_printed():
    for code in CODES:
        assert len(code) == 12
        assert shown_code(code).count("-") == 2
        assert read_code(shown_code(code)) == code


def test_every_single_wrong_character_of_a_code_is_found():
    for code in CODES:
        for place, right in enumerate(code):
            for wrong in ALPHABET.replace(right, ""):
                assert read_code(code[:place] + wrong + code[place + 1 :]) is None


def test_any_two_characters_of_a_code_that_changed_places_are_found():
    ends = ["2" + "Z" * 10, "Z2" * 5 + "Z", "29" * 5 + "2"]
    whole = [slip_code(_feed(body)) for body in ends]
    for code in CODES + whole:
        for left, right in combinations(range(12), 2):
            if code[left] != code[right]:
                assert read_code(swapped(code, left, right)) is None


def _feed(body: str):
    values = iter(ALPHABET.index(sign) for sign in body)
    return lambda below: next(values)


@pytest.mark.parametrize("turn", [str.lower, lambda code: " ".join(code), lambda code: "—".join(code)])
def test_the_hand_that_types_is_forgiven(turn):
    for code in CODES:
        assert read_code(turn(code)) == code
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
        assert read_code(f"　{wide[:4]}－{wide[4:]} ") == code


def test_characters_that_are_not_in_the_alphabet_are_read_where_only_one_reading_fits():
    code = next(code for code in CODES if "Q" in code)
    assert read_code(code.replace("Q", "0", 1)) == code
    assert read_code(code.replace("Q", "o", 1)) == code
    assert read_code("000000000000") is None


def test_what_has_two_right_readings_is_not_guessed():
    """Two characters misread: for some pairs of places two of the readings have a right check."""
    read = set()
    for first, second in permutations(range(11), 2):
        signs = iter("2" * 11)
        body = "".join({first: "J", second: "Q"}.get(place, next(signs)) for place in range(11))
        code = slip_code(_feed(body))
        typed = "".join({first: "1", second: "0"}.get(place, sign) for place, sign in enumerate(code))
        meant = [typed.replace("1", one).replace("0", zero) for one in "7JT" for zero in "QD"]
        right = [one for one in meant if read_code(one)]
        assert code in right
        assert read_code(typed) == (code if len(right) == 1 else None)
        read.add(len(right))
    assert read >= {1, 2}


@pytest.mark.parametrize("text", ["", "A", "A" * 13, "中" * 12, "2222-2222-222!", "x" * 100_000])
def test_what_is_no_code_is_none(text):
    assert read_code(text) is None


def test_a_stub_is_read_as_it_was_printed():
    for number in STUBS:
        assert len(number) == 16
        assert shown_stub(number).count("-") == 3
        assert read_stub(shown_stub(number)) == read_stub(" ".join(number)) == number
        assert read_stub("".join(chr(ord(sign) + 0xFEE0) for sign in number)) == number


def test_every_single_wrong_digit_and_every_swap_of_neighbours_on_a_stub_is_found():
    for number in STUBS:
        for place, right in enumerate(number):
            for wrong in "0123456789".replace(right, ""):
                assert read_stub(number[:place] + wrong + number[place + 1 :]) is None
        for left in range(15):
            if number[left] != number[left + 1]:
                assert read_stub(swapped(number, left, left + 1)) is None


def test_a_stub_on_paper_is_no_stub_of_a_phone():
    assert not any(is_paper_stub(number) for number in STUBS)
    printed = stub_number(CHANCE.randrange, on_paper=True)
    assert is_paper_stub(printed)
    assert read_stub(printed) == printed


def test_chance_comes_from_outside_and_is_all_used():
    asked: list[int] = []
    slip_code(lambda below: asked.append(below) or 0)
    stub_number(lambda below: asked.append(below) or 0)
    assert asked == [31] * 11 + [9] + [10] * 14
