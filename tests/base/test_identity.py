"""公民身份号码: every right one passes, every slip of one digit is caught, and spelling does not matter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.base.identity import Identity, IdentityFault, IdentityReader, check_digit, masked, read_identity
from tests.refused import refused

REGION = "990000"  # belongs to no place
births = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@st.composite
def numbers(draw, births=births):
    first17 = f"{REGION}{draw(births):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + check_digit(first17)


def wide(text):
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


@given(numbers())
def test_the_weighed_sum_of_a_right_number_leaves_one_over_eleven(number):
    # ISO 7064 MOD 11-2 itself: the character at place i, counted from the right and from 0, weighs 2 to the i
    values = [10 if sign == "X" else int(sign) for sign in number]
    assert sum(value * 2**place for place, value in enumerate(reversed(values))) % 11 == 1


@given(numbers())
def test_every_right_number_passes_and_tells_birth_and_sex(number):
    found = read_identity(number)
    assert found == Identity(
        number,
        date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
        "男" if int(number[16]) % 2 else "女",
    )


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_every_change_of_one_digit_is_caught(number, place, step):
    changed = f"{number[:place]}{(int(number[place]) + step) % 10}{number[place + 1 :]}"
    with pytest.raises(IdentityFault):
        read_identity(changed)


@given(numbers(), st.sampled_from("0123456789X"))
def test_only_one_last_character_is_right(number, last):
    if last == number[17]:
        assert read_identity(number[:17] + last)
    else:
        with refused("identities.wrong-check-digit", "identities.digits-lost", kind=IdentityFault):
            read_identity(number[:17] + last)


@given(numbers(), st.integers(0, 15))
def test_neighbours_in_the_wrong_order_are_caught(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(IdentityFault):
            read_identity(swapped)


@given(
    numbers(),
    st.sampled_from(
        [wide, str.lower, lambda n: n.replace("X", "х"), lambda n: f" {n[:6]} {n[6:14]}\u3000{n[14:]}\n",
         lambda n: f"'{n}", lambda n: f"\u200b{n[:9]}\u00a0{n[9:]}"]
    ),
)  # fmt: skip
def test_spelling_does_not_matter(number, spelled):
    found = read_identity(spelled(number))
    assert found
    assert found.number == number


@pytest.mark.parametrize("blank", ["", " ", "无", "—", "/", "\u3000"])
def test_blanks_are_none(blank):
    assert read_identity(blank) is None


@given(numbers(st.dates(date(1901, 1, 1), date(1999, 12, 31))))
def test_an_old_number_is_read_as_the_new_one_with_a_remark(number):
    old = number[:6] + number[8:17]
    for spelled in (old, float(old), int(old)):
        found = read_identity(spelled)
        assert found
        assert found.number == number
        assert "18 位" in found.remark


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (990000196705132342.0, "identities.digits-lost"),
        ("9.90000196705132E+17", "identities.digits-lost"),
        ("1.10e+17", "identities.digits-lost"),
        (1.5, "identities.with-a-fraction"),
        (float("nan"), "identities.with-a-fraction"),
        (True, "identities.not-a-number"),
        (date(2011, 1, 1), "identities.not-a-number"),
        ("990000196705142000", "identities.digits-lost"),
        ("99000019670513234", "identities.wrong-length"),
        ("9900001967051323422", "identities.wrong-length"),
        ("990000196702302341", "identities.wrong-birth-date"),
        ("99000019671301234X", "identities.wrong-birth-date"),
        ("99000018991231001X", "identities.wrong-birth-date"),
        ("090000196705132342", "identities.wrong-region"),
        ("99000A196705132342", "identities.wrong-region"),
        ("99000019670513Z342", "identities.wrong-ending"),
        ("99000067051323A", "identities.other-signs"),
        ("990000671332234", "identities.wrong-birth-date"),
    ],
)
def test_each_fault_is_told_by_its_own_code(cell, code):
    with refused(code, kind=IdentityFault) as fault:
        read_identity(cell)
    assert "请" in str(fault.value)
    assert str(fault.value).endswith("。")


@given(st.one_of(st.text(max_size=25), st.floats(), st.integers(), st.booleans(), st.dates()))
def test_whatever_comes_there_is_an_identity_none_or_a_fault(cell):
    try:
        found = read_identity(cell)
    except IdentityFault:
        return
    assert found is None or len(found.number) == 18


@given(st.lists(numbers(), max_size=5))
def test_one_reader_reads_many_as_it_reads_one(several):
    reader = IdentityReader()
    assert [reader.read(number) for number in several] == [read_identity(number) for number in several]


@given(numbers())
def test_a_masked_number_hides_the_birth_date(number):
    assert masked(number) == f"990000{'*' * 8}{number[-4:]}"
