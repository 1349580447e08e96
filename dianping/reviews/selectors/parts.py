"""The parts of a review as they are read: one list for every page, file and comparison (reviews.rules.parts)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dianping.reviews.inputs import ReviewInput
from dianping.reviews.models import Review
from dianping.reviews.rules.parts import GROUNDS, PARTS, SAID, ReviewPart, label_of


@dataclass(frozen=True, slots=True)
class PartRead:
    """One part of one review: what it is called of this target, and its words ("" for problems: they are rows)."""

    part: ReviewPart
    label: str
    text: str

    @property
    def is_shown(self) -> bool:
        """Whether the page of a review has a row for it."""
        return bool(self.text) or self.part.many or self.part.shown_empty


def parts_of(review: Review | ReviewInput, about: str) -> list[PartRead]:
    """Every part of a review of such a target, in their order."""
    return [
        PartRead(part, label_of(part, about), "" if part.many else getattr(review, part.key))
        for part in PARTS
    ]


def parts_kept(before: Mapping[str, Any], about: str) -> list[tuple[str, str]]:
    """(label, words) of a review that was taken back, as the reopening keeps them; empty parts left out."""
    texts = []
    for part in PARTS:
        kept = before.get(part.key)
        text = "；".join(p["text"] for p in kept or ()) if part.many else kept
        if text:
            texts.append((label_of(part, about), str(text)))
    if kept := before.get("grounds"):
        texts.append((GROUNDS, "\n".join(kept)))
    return texts


def text_of(said: Mapping[str, str], problems: Iterable[str]) -> str:
    """What is said of the target as one text, to be compared with others; `said` are the words by part."""
    pieces: list[str] = []
    for part in SAID:
        pieces += problems if part.many else [said[part.key]]
    return "\n".join(filter(None, pieces))
