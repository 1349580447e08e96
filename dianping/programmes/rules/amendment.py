"""A programme file's values while a later paper changes them, the changes in words, and what every change needs."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from dianping.base.coded import CodedFault
from dianping.base.toml_text import Toml

Entry = Toml


class NotAmendable(CodedFault):
    """A change that cannot be put into a programme; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing the later paper changes; `was` or `now` is empty where it adds or takes away."""

    what: str
    was: str
    now: str


@dataclass(slots=True)
class Amendment:
    """A programme file's values after a change, and the changes in words."""

    values: Toml
    changes: list[Change] = field(default_factory=list)


def before(entry: Entry, number: str) -> list[Entry]:
    """The clauses behind an entry that is replaced, the nearest first."""
    kept: Entry = {key: entry[key] for key in ("clause", "says", "due") if key in entry}
    return [{"paper": entry.get("paper", number), **kept}, *entry.get("before", ())]


def likeness(name: str, other: str) -> float:
    """How alike two names are, from 0 to 1."""
    if name in other or other in name:
        return 1.0
    return SequenceMatcher(None, name, other, autojunk=False).ratio()


def said(entry: Entry) -> str:
    """One entry in words, as a table of changes shows it."""
    if "months" in entry:
        return f"每 {entry['months']} 个月 {entry.get('times', 1)} 次"
    if "due" in entry:
        return (
            f"{entry['opens']} 至 {entry['due']}"
            if "about" in entry or "units" in entry
            else f"{entry['due']} 前"
        )
    if "part" in entry:
        return "、".join(part["name"] for part in entry["part"])
    return str(entry.get("says") or entry.get("name") or "")
