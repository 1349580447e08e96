"""One new text against all earlier ones, exactly: nothing at or above the bar is missed, nothing below it told.

Earlier texts lie by length, since a text far longer or shorter cannot be like. Beside each lies a thin form:
its outline, and of the outline's 256 bytes one in three. Whatever is left out of two texts, what remains differs
by no more insertions and deletions than the whole did, so a thin form that differs too much rules its text out. That is
a ninth of the work or less; only what remains is compared in full.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from dianping.common.likeness.wording import SAME, bare, checked, most_changes, outline

_LEFT_OUT = bytes(byte for byte in range(256) if byte % 3)


class Likeness(NamedTuple):
    """How like an earlier text is (`wording.likeness`), and its place among those given, from 0."""

    score: float
    place: int


@dataclass(slots=True)
class _Shelf:
    """Texts of one length: bare, thin, and their places."""

    texts: list[str] = field(default_factory=list)
    thin: list[bytes] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


class Earlier:
    """Earlier texts made ready for comparison: to be kept and added to, as making them ready takes longer than asking."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._shelves: dict[int, _Shelf] = {}
        self._count = 0
        for text in texts:
            self.add(text)

    def __len__(self) -> int:
        return self._count

    def add(self, text: str) -> None:
        """One text more; its place is the number of those before it."""
        plain = bare(text)
        if plain:
            shelf = self._shelves.setdefault(len(plain), _Shelf())
            shelf.texts.append(plain)
            shelf.thin.append(_thin(plain))
            shelf.places.append(self._count)
        self._count += 1

    def like(self, text: str, at_least: float) -> list[Likeness]:
        """All that are like the text, as `alike` gives them."""
        plain = bare(text)
        found = [
            one
            for length, shelf in self._shelves.items()
            if abs(length - len(plain)) <= (changes := most_changes(at_least, length + len(plain)))
            for one in _on(shelf, plain, changes, at_least)
        ]
        return sorted(found, key=lambda one: (-one.score, one.place))


def alike(text: str, among: Earlier, *, at_least: float = SAME) -> list[Likeness]:
    """All earlier texts whose likeness to `text` is `at_least` so much, the likest first, the older first of equals.

    Punctuation, spaces, capitals and full-width forms count for nothing. ValueError for a bar outside (0, 1].
    """
    return among.like(text, checked(at_least))


def _on(shelf: _Shelf, plain: str, changes: int, at_least: float) -> list[Likeness]:
    near = process.extract(_thin(plain), shelf.thin, scorer=Indel.distance, score_cutoff=changes, limit=None)
    at = [place for _, _, place in near]
    told = process.extract(
        plain,
        [shelf.texts[place] for place in at],
        scorer=Indel.normalized_similarity,
        score_cutoff=at_least,
        limit=None,
    )
    return [Likeness(score, shelf.places[at[place]]) for _, score, place in told]


def _thin(plain: str) -> bytes:
    return outline(plain).translate(None, _LEFT_OUT)
