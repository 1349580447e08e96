"""Where problems come from: the kinds of source, each named by the room that brings it. Decision 0053.

Rectification knows reviews, which stand upstream; a hearing, a spot check, a poll or an audit stands downstream, so those rooms
tell of themselves (`register_source_kind`, from their `AppConfig.ready`) and open items by `open_items`.
"""

from dataclasses import dataclass

REVIEW = "review"
HEARING = "hearing"  # its row is one unit on the list of the hearing


@dataclass(frozen=True, slots=True)
class SourceKind:
    """One kind of source: its key in the database, the word for the act ("点评": 甘远山点评文学院), and the name of the url of its
    page, which takes the key of the review or row; "" where it has no page."""

    key: str
    label: str
    page: str = ""


_KINDS: dict[str, SourceKind] = {}


def register_source_kind(kind: SourceKind) -> None:
    """Make a kind known. Twice the same changes nothing; raises ValueError for another under a key that is taken."""
    if _KINDS.setdefault(kind.key, kind) != kind:
        raise ValueError(f"source kind {kind.key!r} is taken by {_KINDS[kind.key]}")


def source_kinds() -> tuple[SourceKind, ...]:
    """Every kind made known, in the order of its key."""
    return tuple(_KINDS[key] for key in sorted(_KINDS))


def source_kind(key: str) -> SourceKind | None:
    """A kind by its key; None for one that no room has made known."""
    return _KINDS.get(key)
