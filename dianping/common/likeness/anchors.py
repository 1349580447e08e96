"""What of a text is looked up to find others like it: its anchors, three characters in a row seen elsewhere too.

An anchor that few texts share is a key by itself. One that many share says little; two of them together say more, so
those are keys in pairs. Which of a text's anchors serve is settled by their hash, the same in every text: choosing the
rarest would let the accidents of a changed copy, each rare, push out what the copy has kept.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import sqrt

FEW = 20  # so many texts lie under one key; more add nothing to it
SINGLE = 6  # keys of one anchor a text
PAIRED = 7  # anchors a text that are keys in pairs: 21 pairs
MOST_OF_ANCHORS = SINGLE + PAIRED * (PAIRED - 1) // 2  # keys a text
_MOST_SLOTS = 25  # binary digits: 32 MB at most to know what was seen once


def anchors(plain: str) -> set[int]:
    """Every three characters in a row, as numbers that are the same in every run (hashes of integers are)."""
    return set(anchors_in_order(plain))


def anchors_in_order(plain: str) -> list[int]:
    """The same as they stand, with those that come again."""
    points = list(map(ord, plain))
    return list(map(hash, zip(points, points[1:], points[2:], strict=False)))


def shared_anchors(texts: Iterable[str], characters: int) -> dict[int, int]:
    """In how many texts each anchor stands, for those in two or more. `characters` is the length of all texts together.

    What stands in one text only, nearly everything in free prose, takes a bit of a fixed table and no entry; now and
    then two such meet in the table and are told as two, which costs a comparison at most.
    """
    slots = 1 << min(_MOST_SLOTS, (4 * characters).bit_length())
    seen, counts = bytearray(slots), dict[int, int]()
    for text in texts:
        for anchor in anchors(text):
            if seen[anchor & slots - 1]:
                counts[anchor] = counts.get(anchor, 1) + 1
            else:
                seen[anchor & slots - 1] = 1
    return counts


class Keys:
    """The keys of texts, given in how many of them each anchor stands."""

    def __init__(self, counts: dict[int, int], texts: int) -> None:
        self._counts = counts
        # Two anchors that stand apart, each in so many texts, stand together in FEW.
        self._fair = max(FEW, sqrt(FEW * texts))

    def of(self, plain: str) -> Sequence[int]:
        """At most MOST_OF_ANCHORS numbers; texts with one in common are worth comparing."""
        known = sorted(anchors(plain) & self._counts.keys())
        single = [anchor for anchor in known if self._counts[anchor] <= FEW]
        paired = [anchor for anchor in known if FEW < self._counts[anchor] <= self._fair][:PAIRED]
        if len(paired) < PAIRED:
            paired = sorted(paired + self._least_frequent(known, PAIRED - len(paired)))
        return [*single[:SINGLE], *map(hash, combinations(paired, 2))]

    def _least_frequent(self, known: list[int], wanted: int) -> list[int]:
        beyond = [anchor for anchor in known if self._counts[anchor] > self._fair]
        return sorted(beyond, key=self._counts.__getitem__)[:wanted]
