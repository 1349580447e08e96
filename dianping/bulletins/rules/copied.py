"""Whether a text repeats what was said of somebody: twelve letters in common, whatever stands between them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dianping.bulletins.rules.plain import plain

LEAST = 12  # letters in common; signs count where both texts have them
_ANCHOR, _STRIDE = 4, 5  # every run of 8 letters holds an anchor at one of these steps (8 = 4 + 5 - 1)
# Whatever is no letter, figure or character: signs, blanks, underscores.
_NO_LETTER = re.compile(r"[\W_]+")
# Any run of white space.
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """Words that stand in both texts, and where in ours."""

    words: str
    where: str


class OwnText:
    """A text of ours, made ready to be held against many remarks: each costs a fifth of its letters."""

    def __init__(self, text: str) -> None:
        self.bare = plain(text, parting=frozenset())
        self.raw = plain(text, parting=_Everything())
        self._anchors: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self.bare.letters) - _ANCHOR + 1):
            self._anchors[self.bare.letters[at : at + _ANCHOR]].append(at)

    def repeats(self, remarks: Iterable[str]) -> Iterator[Repeat]:
        """The longest piece repeated from each remark, for the remarks it repeats something from."""
        for remark in remarks:
            repeated = self._longest(remark)
            if repeated is not None:
                yield repeated

    def _longest(self, remark: str) -> Repeat | None:
        remark = unicodedata.normalize("NFKC", remark)
        letters = _NO_LETTER.sub("", remark)
        best: tuple[int, int] | None = None
        for at in range(0, len(letters) - _ANCHOR + 1, _STRIDE):
            for own in self._anchors.get(letters[at : at + _ANCHOR], ()):
                span = _widened(self.bare.letters, letters, own, at)
                if best is None or span[1] - span[0] > best[1] - best[0]:
                    best = span
        if best is None:
            return None
        if best[1] - best[0] >= LEAST:
            return Repeat(self.bare.letters[best[0] : best[1]], self.bare.where(*best))
        return self._with_signs(_BLANK.sub("", remark)) if best[1] - best[0] >= _STRIDE else None

    def _with_signs(self, remark: str) -> Repeat | None:
        """The same with the signs counted: eight letters and four signs make twelve."""
        for at in range(len(remark) - LEAST + 1):
            piece = remark[at : at + LEAST]
            own = self.raw.letters.find(piece)
            if own >= 0:
                return Repeat(piece, self.raw.where(own, own + LEAST))
        return None


class _Everything(frozenset[str]):
    """Every sign parts; blanks and what cannot be seen do not."""

    def __contains__(self, sign: object) -> bool:
        return isinstance(sign, str) and sign.isprintable() and not sign.isspace()


def _widened(own: str, other: str, at: int, there: int) -> tuple[int, int]:
    """The stretch of `own` that goes on alike to both sides of an anchor."""
    start, back = at, there
    while start and back and own[start - 1] == other[back - 1]:
        start, back = start - 1, back - 1
    end, on = at + _ANCHOR, there + _ANCHOR
    while end < len(own) and on < len(other) and own[end] == other[on]:
        end, on = end + 1, on + 1
    return start, end
