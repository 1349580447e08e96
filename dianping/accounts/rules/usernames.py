"""Sign-in names the system makes: the first letters of a name, and a number nobody has.

>>> usernames_for(["宁致远", "宁知远", "乜"], taken=["nzy01"])
['nzy02', 'nzy03', 'u01']
"""

from collections.abc import Iterable, Sequence

from dianping.base.pinyin import initial

NO_LETTER = "u"  # of a name whose letters the order of GB 2312 does not tell
MOST_LETTERS = 6


def letters_of(name: str) -> str:
    """The first letters of a name's characters, as far as they are known; letters and figures stay as they are."""
    return "".join(sign.lower() if sign.isascii() and sign.isalnum() else initial(sign) for sign in name)


def usernames_for(names: Sequence[str], *, taken: Iterable[str]) -> list[str]:
    """A name for each, in order: none of those taken, none twice, small and large letters being the same."""
    used, next_of = {name.casefold() for name in taken}, dict[str, int]()
    found = []
    for name in names:
        letters = letters_of(name)[:MOST_LETTERS] or NO_LETTER
        number = next_of.get(letters, 1)
        while f"{letters}{number:02d}" in used:
            number += 1
        next_of[letters] = number + 1
        used.add(f"{letters}{number:02d}")
        found.append(f"{letters}{number:02d}")
    return found
