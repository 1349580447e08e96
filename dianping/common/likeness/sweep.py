"""All groups of like texts among many, without comparing each with each.

Texts are taken one by one. Each looks up the first FEW under every key it has (`anchors`, `phrases`), is compared with those not
in its group already, and joins the group of whichever is like it. So no text costs more than MOST_KEYS × FEW
comparisons, however many share its phrases.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby

from rapidfuzz import process
from rapidfuzz.distance import Indel

from dianping.common.likeness.anchors import FEW, MOST_OF_ANCHORS, Keys, shared_anchors
from dianping.common.likeness.phrases import MOST_OF_PHRASES, Phrases
from dianping.common.likeness.wording import SAME, bare, bare_likeness, checked, outline

MOST_KEYS = MOST_OF_ANCHORS + MOST_OF_PHRASES
Shown = Callable[[Sequence[str]], Iterable[str]]


def groups_alike(
    texts: Sequence[str], *, at_least: float = SAME, shown: Shown = iter
) -> list[tuple[int, ...]]:
    """Groups of two or more texts that are alike, as places in `texts`, each in order, the group of the oldest first.

    Every member's likeness to some other member is `at_least` so much; two members far apart may be linked by others
    only. Some groups may be missed or stand parted (of copies with up to 15 % of their characters changed fewer than one
    in twenty; shares measured in docs/benchmarks.md), none is made up. Texts that say nothing are in no group.
    `shown` gives back the texts it is handed as they are taken, for a progress bar. ValueError for a bar outside (0, 1].
    """
    return LikenessSweep(texts, checked(at_least), shown).groups()


class LikenessSweep:
    """One sweep over texts; `compared` tells how many comparisons it took."""

    def __init__(self, texts: Sequence[str], at_least: float, shown: Shown = iter) -> None:
        self._plain = [bare(text) for text in texts]
        self._outlines = [outline(plain) for plain in self._plain]
        self._heads = list(range(len(texts)))  # each text's way to the oldest of its group
        self._at_least = at_least
        self.compared = 0
        first = self._join_the_same()
        counts = shared_anchors(first, sum(map(len, first)))
        different = list(first)
        keys, phrases = Keys(counts, len(first)), Phrases(different)
        # tuples: most hold one place, and lists would take twice the room
        under: dict[int, tuple[int, ...]] = {}
        for plain in shown(different):
            self._join_the_like(first[plain], chain(keys.of(plain), phrases.keys_of(plain)), under)

    def groups(self) -> list[tuple[int, ...]]:
        """What was found."""
        by_head = sorted((self._head(place), place) for place, plain in enumerate(self._plain) if plain)
        members = (tuple(place for _, place in group) for _, group in groupby(by_head, lambda pair: pair[0]))
        return [group for group in members if len(group) > 1]

    def _join_the_same(self) -> dict[str, int]:
        """Join texts that are the same when bare; each such text with its first place."""
        first: dict[str, int] = {}
        for place, plain in enumerate(self._plain):
            if plain:
                self._heads[place] = first.setdefault(plain, place)
        return first

    def _join_the_like(self, place: int, keys: Iterable[int], under: dict[int, tuple[int, ...]]) -> None:
        """Join a text with those it is like, and put it under its keys for the texts to come."""
        met: set[int] = set()
        for key in keys:
            others = under.get(key, ())
            met.update(others)
            if len(others) < FEW:
                under[key] = (*others, place)
        self._compare(place, sorted(met))

    def _compare(self, place: int, met: list[int]) -> None:
        near = process.extract_iter(
            self._outlines[place],
            self._strangers(place, met),
            scorer=Indel.normalized_similarity,
            score_cutoff=self._at_least - 1e-6,  # at the bar itself the library loses some
        )
        for _, _, at in near:
            if bare_likeness(self._plain[place], self._plain[met[at]]) >= self._at_least:
                self._join(place, met[at])

    def _strangers(self, place: int, met: list[int]) -> Iterator[bytes | None]:
        """The outlines of texts met, None for those that have come into the same group by the time it is their turn."""
        for other in met:
            if self._head(other) == self._head(place):
                yield None
            else:
                self.compared += 1
                yield self._outlines[other]

    def _head(self, place: int) -> int:
        heads = self._heads
        while heads[place] != place:
            heads[place] = place = heads[heads[place]]
        return place

    def _join(self, place: int, other: int) -> None:
        place, other = sorted((self._head(place), self._head(other)))
        self._heads[other] = place
