"""The code on a slip that somebody types or scans, with a check that finds slips of the hand.

A code has 11 characters of chance (54 bits) and one of check, from 31 characters without 0, O, 1, I and L.
31 is prime and 3 a primitive root of it, so with the weights 3⁰, 3¹, … 3¹¹ (a pure system after ISO/IEC 7064: the
weighted sum leaves 1) every single wrong character and every two characters that changed places are found. The source of
chance is passed in: `secrets.randbelow`.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import product

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
ROOT = 3
# What a character that is not in the alphabet may have been meant for.
LOOKS = {"0": "QD", "O": "QD", "1": "7JT", "I": "JT7", "L": "JT7"}
# What people put between the parts of a code: blanks, dashes of any make, dots, commas; 一 where a dash was meant.
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−_·.。,，、ー一]+")
_WEIGHTS = tuple(pow(ROOT, place, len(ALPHABET)) for place in range(CODE_LENGTH))
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}

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
    signs = typed(text)
    if len(signs) != CODE_LENGTH or any(sign not in _VALUES and sign not in LOOKS for sign in signs):
        return None
    if sum(sign in LOOKS for sign in signs) > 2:
        return None
    meant = product(*(LOOKS.get(sign, sign) for sign in signs))
    right = [code for code in map("".join, meant) if _weighed(code) == 1]
    return right[0] if len(right) == 1 else None


def shown_code(code: str) -> str:
    """The code as it is printed: XXXX-XXXX-XXXX."""
    return in_fours(code)


def typed(text: str) -> str:
    """What somebody typed, without what stands between the parts, in large half-width characters."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def in_fours(text: str) -> str:
    """In groups of four, as codes and numbers are printed."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _weighed(code: str) -> int:
    """The weighted sum, modulo 31; 1 for a whole code that is right."""
    return sum(weight * _VALUES[sign] for weight, sign in zip(_WEIGHTS, code, strict=False)) % len(ALPHABET)
