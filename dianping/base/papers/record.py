"""A record of one person as it prints: a head, then sections of entries, each a few labelled texts. Plain values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: its heading (a day and what it was), then (label, text) pairs in order."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading; `empty` is said where there are none."""

    title: str
    entries: tuple[Entry, ...]
    empty: str = "没有。"


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record. `printed` says when and by whom; it stands at the foot of every page."""

    title: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    printed: str
    note: str = ""
