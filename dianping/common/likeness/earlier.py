"""One new text against all earlier ones, exactly: nothing at or above the bar is missed, nothing below it told.

Earlier texts stand by length, since a text far longer or shorter cannot be like. Beside each stands a thin form of it:
its outline, and of that only three of every eight byte values. Whatever is left out of two texts, what remains differs
by no more insertions and deletions than the whole did; so thin forms that differ by more rule their texts out, for a
seventh of the work. Few remain to be compared in full.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from dianping.common.likeness.wording import SAME, bare, checked, most_changes, outline, share_kept

_LEFT_OUT = bytes(byte for byte in range(256) if byte % 8 > 2)


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
        alike = [likeness for shelf in self._shelves.values() for likeness in _on(shelf, plain, at_least)]
        return sorted(alike, key=lambda likeness: (-likeness.score, likeness.place))


def alike(text: str, among: Earlier, *, at_least: float = SAME) -> list[Likeness]:
    """All earlier texts whose likeness to `text` is `at_least` so much, the likest first, the older first of equals.

    Punctuation, spaces, capitals and full-width forms count for nothing. ValueError for a bar outside (0, 1].
    """
    return among.like(text, checked(at_least))


def _on(shelf: _Shelf, plain: str, at_least: float) -> Iterator[Likeness]:
    characters = len(plain) + len(shelf.texts[0])
    changes = most_changes(at_least, characters)
    if abs(len(plain) - len(shelf.texts[0])) > changes:
        return
    near = [at for _, at in _within(changes, _thin(plain), shelf.thin)]
    for changed, at in _within(changes, plain, [shelf.texts[at] for at in near]):
        score = share_kept(characters, changed)
        if score >= at_least:
            yield Likeness(score, shelf.places[near[at]])


def _within(changes: int, text: str | bytes, others: Sequence[str | bytes]) -> list[tuple[int, int]]:
    """How many changes lead to each of the others, and its place, for those that take so many at most."""
    near = process.extract(text, others, scorer=Indel.distance, score_cutoff=changes, limit=None)
    return [(changed, at) for _, changed, at in near]


def _thin(plain: str) -> bytes:
    return outline(plain).translate(None, _LEFT_OUT)
