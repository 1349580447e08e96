"""What two texts have in common, as one number."""

import re
import unicodedata

from rapidfuzz.distance import Indel

SAME = 0.8  # how it was chosen stands in the package's own docstring
# White space and the full-width marks every text has.
_USUAL_MARKS = re.compile(r"[\s，。、；：！？（）]+")
# Whatever is no letter, figure or character: all other signs, underscores.
_SILENT = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """The text as it is compared: letters, figures and characters only, full-width and capital forms made plain."""
    text = _USUAL_MARKS.sub(
        "", text
    )  # full-width marks would send every text down the slow path of `normalize`
    return _SILENT.sub("", unicodedata.normalize("NFKC", text).casefold())


def outline(plain: str) -> bytes:
    """The last byte of every character. Outlines are at least as like as their texts, and compared four times as fast."""
    return plain.encode("utf-32-le")[::4]


def likeness(text: str, other: str) -> float:
    """Which share of both texts' characters stands in both in the same order, 0 to 1, after `bare`.

    1 is the same text, punctuation and spaces aside; one character in ten replaced gives 0.9. The order of the two
    does not matter. A text without a letter, figure or character is like none, itself included: 0.
    """
    return bare_likeness(bare(text), bare(other))


def bare_likeness(text: str, other: str) -> float:
    """The same of two texts that are bare already."""
    return share_kept(len(text) + len(other), Indel.distance(text, other)) if text and other else 0.0


def share_kept(characters: int, changes: int) -> float:
    """The likeness of two texts of so many characters together when so many are left out or put in between them.

    One division of whole numbers, so that a text exactly at a bar is at the bar: the library's own normalised scores
    lose it now and then.
    """
    return (characters - changes) / characters


def checked(at_least: float) -> float:
    """The bar as given. ValueError for one outside (0, 1]: at 0 everything would be like everything."""
    if not 0 < at_least <= 1:
        raise ValueError(f"相似度的下限应大于 0 且不超过 1，收到的是 {at_least}。")
    return at_least


def most_changes(at_least: float, characters: int) -> int:
    """How many characters may be left out or put in between two texts of so many characters together."""
    slack = 1e-6  # for a product a hair below the whole number it stands for
    return int((1 - at_least) * characters + slack)
