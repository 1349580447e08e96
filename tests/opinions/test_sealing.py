"""An envelope tells nothing of what is in it, opens with both keys only, and a key on paper is known when mistyped."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.opinions.services.sealing import NewKey, new_key, public_of, read_key, seal, unseal

UNIT, SUPERIOR = new_key(), new_key()


def sealed(packed: bytes, poll: int = 1) -> bytes:
    return seal(packed, width=2048, poll=poll, superior=SUPERIOR.public, unit=UNIT.public)


def opened(envelope: bytes, unit: NewKey = UNIT, superior: NewKey = SUPERIOR, poll: int = 1) -> bytes | None:
    first, second = read_key(unit.paper), read_key(superior.paper)
    assert first
    assert second
    return unseal(envelope, poll=poll, unit=first, superior=second)


@given(packed=st.binary(max_size=1900))
def test_every_envelope_is_as_long_as_every_other_and_opens_to_what_went_in(packed: bytes) -> None:
    envelope = sealed(packed)
    assert len(envelope) == 2048
    found = opened(envelope)
    assert found is not None
    assert found == packed.ljust(2048 - 96, b"\0")


def test_the_same_form_sealed_twice_is_two_envelopes_without_a_byte_in_common_beyond_chance() -> None:
    one, other = sealed(b"1" * 1000), sealed(b"1" * 1000)
    assert sum(a == b for a, b in zip(one, other, strict=True)) < 40  # 8 by chance


def test_neither_key_alone_nor_another_poll_opens_it() -> None:
    envelope = sealed(b"form")
    assert opened(envelope, unit=SUPERIOR) is None
    assert opened(envelope, superior=UNIT) is None
    assert opened(envelope, unit=new_key()) is None
    assert opened(envelope, poll=2) is None
    assert opened(envelope[:-1] + bytes([envelope[-1] ^ 1])) is None
    assert opened(secrets.token_bytes(2048)) is None


def test_a_form_too_long_for_the_box_is_refused() -> None:
    with pytest.raises(ValueError, match="封套最多装 1952 字节"):
        sealed(bytes(1953))


@given(place=st.integers(0, 55), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_mistyped_key_is_known_from_the_paper_alone(place: int, letter: str) -> None:
    plain = UNIT.paper.replace("-", "")
    typed = plain[:place] + letter + plain[place + 1 :]
    key = read_key(typed)
    if typed == plain:
        assert key is not None
        assert public_of(key) == UNIT.public
    else:
        assert key is None or place == 51, "only the last half-used character may be read the same"


def test_spaces_case_and_full_width_are_forgiven() -> None:
    key = read_key(UNIT.paper.lower().replace("-", "　"))
    assert key is not None
    assert public_of(key) == UNIT.public


def test_of_three_keys_any_two_open_nothing() -> None:
    third = new_key()
    envelope = seal(
        b"form", width=2048, poll=1, superior=SUPERIOR.public, unit=UNIT.public, machine=third.public
    )
    assert len(envelope) == 2048
    keys = [read_key(one.paper) for one in (UNIT, SUPERIOR, third)]

    def tried(unit: int, superior: int, machine: int | None) -> bytes | None:
        first, second = keys[unit], keys[superior]
        assert first
        assert second
        last = None if machine is None else keys[machine]
        return unseal(envelope, poll=1, unit=first, superior=second, machine=last)

    assert (tried(0, 1, 2) or b"").rstrip(b"\0") == b"form"
    assert b"form" not in (tried(0, 1, None) or b""), "two keys leave the innermost layer closed"
    for wrong in ((0, 0, 2), (1, 1, 2), (2, 1, 0), (0, 2, 1), (0, 1, 1), (1, 0, 2)):
        assert tried(*wrong) is None
