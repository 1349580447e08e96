"""The number on a stub (回执), with a check that finds slips of the hand; the code on a slip (票) is in `base.codes`.

A stub's number has 15 digits of chance and one of check after Verhoeff (1969), which finds every single wrong digit and every
two neighbours that changed places. The source of chance is passed in: `secrets.randbelow`.
"""

import re

from dianping.base.codes import RandBelow, in_fours, typed

STUB_LENGTH = 16
_TURNS = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)  # Verhoeff's permutation of the digits


def stub_number(randbelow: RandBelow, *, on_paper: bool = False) -> str:
    """A new number for a stub: 16 digits, without hyphens. Those printed on paper forms begin with 9 and no other does: a
    sender may choose his own, and could else take a number that stands on somebody's paper."""
    first = "9" if on_paper else str(randbelow(9))
    body = first + "".join(str(randbelow(10)) for _ in range(STUB_LENGTH - 2))
    return body + next(digit for digit in "0123456789" if _turned(body + digit) == 0)


def read_stub(text: str) -> str | None:
    """The number somebody typed, blanks, hyphens and full-width digits forgiven; None when its check is wrong."""
    figures = typed(text).translate(str.maketrans("OIL", "011"))
    # Sixteen figures.
    return figures if re.fullmatch(r"[0-9]{16}", figures) and _turned(figures) == 0 else None


def is_paper_stub(number: str) -> bool:
    """Whether a stub's number stands on a paper form."""
    return number.startswith("9")


def shown_stub(number: str) -> str:
    """The number as it is printed: 4-4-4-4."""
    return in_fours(number)


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
