"""A text as a name has to be looked for in it: without what may be put between two letters, each letter with its line."""

import unicodedata
from dataclasses import dataclass

# Signs that part what is said; whatever else is no letter (blanks, line ends, dots, dashes, quotes) hides nothing here.
PARTING = frozenset("，。；：、！？（）《》〔〕【】,;:!?()[]")
MASK = "〇"  # stands where a name that may be said was found; part of no name looked for


@dataclass(frozen=True, slots=True)
class BareText:
    """`letters[i]` stood in line `lines[i]` of the text, counted from 1."""

    letters: str
    lines: tuple[int, ...]

    def where(self, start: int, end: int) -> str:
        """The lines of a stretch, in words."""
        first, last = self.lines[start], self.lines[end - 1]
        return f"第 {first} 行" if first == last else f"第 {first}–{last} 行"

    def masked(self, words: set[str]) -> "BareText":
        """The same with every one of these words taken out of sight, the longest first."""
        letters = self.letters
        for word in sorted(words, key=lambda word: (-len(word), word)):
            if word:
                letters = letters.replace(word, MASK * len(word))
        return BareText(letters, self.lines)


def plain(text: str, *, parting: frozenset[str] = PARTING) -> BareText:
    """The letters and parting signs of a text, full-width and compatibility forms brought to one spelling."""
    letters: list[str] = []
    lines: list[int] = []
    line = 1
    for character in text:
        if character == "\n":
            line += 1
            continue
        for letter in unicodedata.normalize("NFKC", character):
            if letter.isalnum() or letter in parting or character in parting:
                letters.append(letter)
                lines.append(line)
    return BareText("".join(letters), tuple(lines))


def squeezed(text: str) -> str:
    """A word as `plain` writes it."""
    return plain(text).letters
