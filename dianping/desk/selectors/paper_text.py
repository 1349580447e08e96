"""A paper's own words, cut where something was read from them, so that a page can tint them."""

from dataclasses import dataclass
from typing import Any

KINDS = (
    ("doubts", "存疑"),
    ("dates", "时间"),
    ("cadences", "频次"),
    ("responsibilities", "谁点评谁"),
    ("deliverables", "要报的材料"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `kinds` names what was read from it ("" for nothing), `about` says it in words."""

    text: str
    kinds: tuple[str, ...]
    about: str = ""


def pieces_of(paper: Any) -> list[Piece]:
    """The whole text in pieces, in order; overlapping readings share a piece."""
    text, first, last = paper.text, paper.begins, paper.ends
    spans = [(s, e, kind) for s, e, kind in _spans(paper.reading) if first <= s < e <= last]
    cuts = sorted({first, last, *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    found = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        kinds = tuple(
            kind for kind, _ in KINDS if any(s <= start and end <= e and k == kind for s, e, k in spans)
        )
        about = "、".join(word for kind, word in KINDS if kind in kinds)
        found.append(Piece(text[start:end], kinds, about))
    return found


def _spans(reading: dict[str, Any]) -> list[tuple[int, int, str]]:
    found = []
    for kind, _ in KINDS:
        for value in reading.get(kind, ()):
            place = value.get("at")
            if place:
                found.append((int(place[0]), int(place[1]), kind))
    return found
