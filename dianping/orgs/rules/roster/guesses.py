"""Which existing name may be meant by an unknown one. Costs are capped: a guess is a courtesy."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

MOST_GUESSES = 300
MOST_NAMES = 20_000
_MOST_COMPARED = 12
_ALIKE = 0.5


class Guesses:
    """Nearest names. Names sharing no two characters in a row are never compared."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names
        self._by_pair: dict[str, list[str]] | None = None
        self._made: dict[str, str] = {}

    def nearest(self, text: str) -> str:
        """The existing name most like `text`; empty when none is like it, or enough guesses were made."""
        if text in self._made:
            return self._made[text]
        if len(self._made) >= MOST_GUESSES or not text:
            return ""
        found = self._made[text] = self._nearest(text[:120])
        return found

    def sentence(self, text: str) -> str:
        """`是否指“…”？`, or empty."""
        name = self.nearest(text)
        return f"是否指“{name}”？" if name else ""

    def _nearest(self, text: str) -> str:
        by_pair = self._index()
        shared = Counter(name for pair in _pairs(text) for name in by_pair.get(pair, ()))
        # many names share a common pair; those sharing most pairs for their length come first
        ranked = sorted(shared, key=lambda name: (-shared[name] / (len(name) + len(text)), name))
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(text)
        best, ratio = "", _ALIKE
        for name in ranked[:_MOST_COMPARED]:
            matcher.set_seq1(name)
            if matcher.ratio() > ratio:
                best, ratio = name, matcher.ratio()
        return best

    def _index(self) -> dict[str, list[str]]:
        if self._by_pair is None:
            self._by_pair = defaultdict(list)
            for name, _ in zip(self._names, range(MOST_NAMES), strict=False):
                for pair in _pairs(name):
                    self._by_pair[pair].append(name)
        return self._by_pair


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}
