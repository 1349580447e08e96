"""Whether letters may be a Chinese name spelled out, as far as the order of a code tells.

The common characters of GB 2312 stand in the order of their readings, so that the code of one tells the first letter of its
reading. With that a name spelled out is found without a dictionary: syllables whose first letters are those of the name's
characters, in order. Some others are taken for it too; for a password that does no harm.

>>> [initial(sign) for sign in "文学院"]
['w', 'x', 'y']
>>> without_spelled("wenxueyuan2011", ["文学院"])
'2011'
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

# The first character of each letter in the order of GB 2312, and the first one behind them all.
_LETTERS = "abcdefghjklmnopqrstwxyz"
_FIRST = [sign.encode("gb2312") for sign in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
_BEHIND = "亍".encode("gb2312")
_FINALS = (
    "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "i", "ia", "ian", "iang", "iao", "ie", "in", "ing", "iong", "iu",
    "o", "ong", "ou", "u", "ua", "uai", "uan", "uang", "ue", "ui", "un", "uo", "v", "ve",
)  # fmt: skip
_CONSONANTS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_BETWEEN = " '_.-"
_BEGUN = 2  # letters of a first syllable that is not typed to its end
_WHOLE, _PART = 4, 3  # a name of up to four characters is taken whole, of a longer one any part from three on


def initial(sign: str) -> str:
    """The first letter of a character's reading; "" for a rare one, of which the code does not tell it."""
    try:
        code = sign.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    if not _FIRST[0] <= code < _BEHIND:
        return ""
    return _LETTERS[bisect_right(_FIRST, code) - 1]


def without_spelled(text: str, names: Iterable[str]) -> str:
    """What is left of small letters when names spelled out, whole or in part, and the first letters alone of three characters or
    more are taken out."""
    runs = {
        tuple(initial(sign) for sign in run)
        for name in names
        # Runs of two Chinese characters or more: 王明 of “王明2”.
        for run in re.findall(r"[\u4e00-\u9fff]{2,}", name)
    }
    kept, at = "", 0
    while at < len(text):
        end = max((_spelled_until(text, at, run) for run in runs), default=at)
        kept += "" if end > at else text[at]
        at = max(end, at + 1)
    for letters in sorted(("".join(run) for run in runs), key=len, reverse=True):
        kept = kept.replace(letters, "") if len(letters) >= _PART else kept
    return kept


def _spelled_until(text: str, at: int, run: tuple[str, ...]) -> int:
    """Where a name, or enough of it, that is spelled out from a place on ends; the place itself where none is."""
    found = at
    for first in range(len(run) - 1 if len(run) > _WHOLE else 1):
        ends = {at}
        for count, letter in enumerate(run[first:], start=1):
            ends = {end for one in ends for end in _syllable_ends(text[one : one + 8], letter, one)}
            if not ends:
                break
            if _is_enough(count, len(run)):
                found = max(found, *ends)
    return found


def _is_enough(count: int, whole: int) -> bool:
    """Whether so many characters of a name of so many are taken for it: of a place in four (云岭大学) its first two will do."""
    return count == whole or (whole == _WHOLE and count == whole - 2) or (whole > _WHOLE and count >= _PART)


def _syllable_ends(text: str, letter: str, at: int) -> set[int]:
    """Where syllables that begin with a letter (any, without one) may end; a sign between two is skipped."""
    skip = 1 if text[:1] and text[0] in _BETWEEN else 0
    return {at + skip + length for length in _lengths(text[skip : skip + 6], letter)}


@cache
def _heads(letter: str) -> tuple[str, ...]:
    if not letter:
        return (*_CONSONANTS, "")
    return tuple(one for one in _CONSONANTS if one[0] == letter) or ("",)


def _lengths(text: str, letter: str) -> set[int]:
    if letter and text[:1] != letter:
        return set()
    found = set()
    for head in _heads(letter):
        if text.startswith(head):
            rest = text[len(head) :]
            found |= {len(head) + len(final) for final in _FINALS if rest.startswith(final)}
    return found


def is_spelled(letters: str, name: str) -> bool:
    """Whether letters name somebody or some place: they are first letters that follow one another in the name (rxh of 冉小禾), or
    spell out characters that do (ranxiao). Without a dictionary a few others are taken for it too; for a search that does no harm.

    >>> is_spelled("rxh", "冉小禾"), is_spelled("Ran Xiaohe", "冉小禾"), is_spelled("wang", "冉小禾")
    (True, True, False)
    """
    text = letters.strip().lower()
    if not text:
        return False
    if text in name.lower():
        return True
    run = tuple(initial(sign) for sign in name)
    if text in "".join(run):
        return True
    return any(_spells_on(text, run[first:]) for first in range(len(run)))


def _spells_on(text: str, run: tuple[str, ...]) -> bool:
    """Whether a text spells the first characters of a run, the last of them in whole or as far as it was typed."""
    ends = {0}
    for letter in run:
        if any(_is_begun(text[one:].lstrip(_BETWEEN), letter, 1 if one else _BEGUN) for one in ends):
            return True
        ends = {end for one in ends for end in _syllable_ends(text[one : one + 8], letter, one)}
        if len(text) in ends:
            return True
        if not ends:
            return False
    return False


def _is_begun(rest: str, letter: str, least: int) -> bool:
    """Whether what is left is how a syllable of this letter begins, with so many letters of it at least."""
    if len(rest) < least or not letter or rest[0] != letter:
        return False
    heads = _heads(letter)
    return any((head + final).startswith(rest) for head in heads for final in _FINALS)
