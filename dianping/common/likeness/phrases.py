"""Stock phrases, where many reviews are put together from few: which stand in a text, and keys made of those.

Where everything is stock, no anchor is rare but the accidents of a copy, and any two anchors stand together in hundreds
of texts; only which phrases a text is made of tells it from others. Anchors that follow each other nearly wherever they
stand belong to one phrase, and a phrase stands in a text while any of its anchors is left. So a copy with 15 % of its
characters changed has nearly all the phrases of its original, though four anchors in ten are gone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from dianping.common.likeness.anchors import anchors, anchors_in_order

SAMPLE = 4000  # texts the phrases are learnt from; in the others they stand as often
OFTEN = 16  # texts of the sample an anchor of a phrase stands in
TOGETHER = 0.6  # share of the texts of either of two anchors in which one follows the other
STURDY = 4  # anchors in a phrase; of fewer, a copy often loses all
TAKEN = 8  # phrases a text that make its keys
KEPT = 6  # of those in one key: a copy may lose two, or have two more by accident
MOST_OF_PHRASES = 28  # keys a text: six of eight


class Phrases:
    """The stock phrases of texts. In free prose there are none, and no text has a key of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        sample = texts[:: max(1, len(texts) // SAMPLE)]
        stands, follows = Counter[int](), Counter[tuple[int, int]]()
        for plain in sample:
            ordered = anchors_in_order(plain)
            stands.update(set(ordered))
            follows.update(set(pairwise(ordered)))
        self._heads = {anchor: anchor for anchor, times in stands.items() if times >= OFTEN}
        for (anchor, after), times in follows.items():
            if times >= max(OFTEN, TOGETHER * stands[anchor], TOGETHER * stands[after]):
                self._heads[self._head(anchor)] = self._head(after)
        sizes = Counter(map(self._head, self._heads))
        self._of = {
            anchor: self._head(anchor) for anchor in self._heads if sizes[self._head(anchor)] >= STURDY
        }

    def keys_of(self, plain: str) -> Iterator[int]:
        """At most MOST_OF_PHRASES numbers: the text's phrases, and all but one or two of them."""
        taken = sorted({self._of[anchor] for anchor in anchors(plain) & self._of.keys()})[:TAKEN]
        if taken:
            yield from map(hash, combinations(taken, min(KEPT, max(1, len(taken) - 1))))
        if 1 < len(taken) <= KEPT:
            yield hash(tuple(taken))

    def _head(self, anchor: int) -> int:
        heads = self._heads
        while heads[anchor] != anchor:
            heads[anchor] = anchor = heads[heads[anchor]]
        return anchor
