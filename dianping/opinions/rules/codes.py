"""The code typed from a slip (票) and the number on a stub (回执), each with a check that finds slips of the hand.

A slip's code has 11 characters of chance (54 bits) and one of check, from 31 characters without 0, O, 1, I and L.
31 is prime and 3 a primitive root of it, so with the weights 3⁰, 3¹, … 3¹¹ (a pure system after ISO/IEC 7064: the
weighted sum leaves 1) every single wrong character and every two characters that changed places are found. A stub's
number has 15 digits of chance and one of check after Verhoeff (1969), which finds the same of single digits and of
neighbours. The source of chance is passed in: `secrets.randbelow`.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import product

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
STUB_LENGTH = 16
ROOT = 3
# What a character that is not in the alphabet may have been meant for.
LOOKS = {"0": "QD", "O": "QD", "1": "7JT", "I": "JT7", "L": "JT7"}
# What people put between the parts of a code: blanks, dashes of any make, dots, commas; 一 where a dash was meant.
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−_·.。,，、ー一]+")
_WEIGHTS = tuple(pow(ROOT, place, len(ALPHABET)) for place in range(CODE_LENGTH))
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_TURNS = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)  # Verhoeff's permutation of the digits

RandBelow = Callable[[int], int]


def slip_code(randbelow: RandBelow) -> str:
    """A new code of 12 characters, without hyphens."""
    body = "".join(ALPHABET[randbelow(len(ALPHABET))] for _ in range(CODE_LENGTH - 1))
    return body + ALPHABET[(1 - _weighed(body)) * pow(_WEIGHTS[-1], -1, len(ALPHABET)) % len(ALPHABET)]


def read_code(text: str) -> str | None:
    """The code somebody typed; None when it is none or its check is wrong.

    Blanks, hyphens, small letters and full-width characters are forgiven, and 0, O, 1, I and L where exactly one
    reading of them has a right check.
    """
    typed = _typed(text)
    if len(typed) != CODE_LENGTH or any(sign not in _VALUES and sign not in LOOKS for sign in typed):
        return None
    if sum(sign in LOOKS for sign in typed) > 2:
        return None
    meant = product(*(LOOKS.get(sign, sign) for sign in typed))
    right = [code for code in map("".join, meant) if _weighed(code) == 1]
    return right[0] if len(right) == 1 else None


def shown_code(code: str) -> str:
    """The code as it is printed: XXXX-XXXX-XXXX."""
    return _in_fours(code)


def stub_number(randbelow: RandBelow, *, on_paper: bool = False) -> str:
    """A new number for a stub: 16 digits, without hyphens. Those printed on paper forms begin with 9 and no other does: a
    sender may choose his own, and could else take a number that stands on somebody's paper."""
    first = "9" if on_paper else str(randbelow(9))
    body = first + "".join(str(randbelow(10)) for _ in range(STUB_LENGTH - 2))
    return body + next(digit for digit in "0123456789" if _turned(body + digit) == 0)


def read_stub(text: str) -> str | None:
    """The number somebody typed, blanks, hyphens and full-width digits forgiven; None when its check is wrong."""
    typed = _typed(text).translate(str.maketrans("OIL", "011"))
    # Sixteen figures.
    return typed if re.fullmatch(r"[0-9]{16}", typed) and _turned(typed) == 0 else None


def is_paper_stub(number: str) -> bool:
    """Whether a stub's number stands on a paper form."""
    return number.startswith("9")


def shown_stub(number: str) -> str:
    """The number as it is printed: 4-4-4-4."""
    return _in_fours(number)


def _typed(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def _in_fours(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _weighed(code: str) -> int:
    """The weighted sum, modulo 31; 1 for a whole code that is right."""
    return sum(weight * _VALUES[sign] for weight, sign in zip(_WEIGHTS, code, strict=False)) % len(ALPHABET)


def _turned(number: str) -> int:
    """The product of all digits, each permuted once more than the one behind it; 0 when the last one fits."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit)
        for _ in range(place % 8):
            value = _TURNS[value]
        total = _times(total, value)
    return total


def _times(left: int, right: int) -> int:
    """The product of two of the ten symmetries of a pentagon: 0…4 turn it, 5…9 also turn it over."""
    turn = left + right if left < 5 else left - right
    return turn % 5 + 5 * ((left < 5) != (right < 5))
