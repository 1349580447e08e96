"""Somebody who has the whole database, its write-ahead log and every backup, knows in which order people came, and has no key.

For every channel by which a database may remember, he writes down which answer he believes each voter gave. He is the same
against three naive designs (where he must be right about everybody, or he proves nothing) and against ours.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

Run = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Tables:
    """Where slips and answers lie: names of tables and columns."""

    answers: str
    text: str
    key: str
    slips: str = ""
    slip: str = ""
    where: str = "1 = 1"


def orders(tables: Tables, run: Run, vendor: str) -> dict[str, list[str]]:
    """The answers in every order the database can be made to tell: by key, by row, by where they lie."""
    ways = {"by key": tables.key}
    if vendor == "sqlite":
        ways["by row"] = "rowid"
    else:
        ways |= {"by transaction": "xmin::text::bigint", "by place": "ctid"}
    found = {}
    for name, way in ways.items():
        try:
            found[name] = [
                row[0]
                for row in run(
                    f"SELECT {tables.text} FROM {tables.answers} WHERE {tables.where} ORDER BY {way}"
                )
            ]
        except Exception:  # a table without rowid has no such order
            continue
    if vendor == "sqlite":
        found["as it comes"] = [
            row[0] for row in run(f"SELECT {tables.text} FROM {tables.answers} WHERE {tables.where}")
        ]
    return found


def joined_by_transaction(tables: Tables, run: Run) -> dict[str, str]:
    """PostgreSQL: the answer written by the transaction that used the slip."""
    rows = run(
        f"SELECT s.{tables.slip}, a.{tables.text} FROM {tables.slips} s JOIN {tables.answers} a ON s.xmin = a.xmin"
    )
    alone: dict[str, list[str]] = {}
    for slip, text in rows:
        alone.setdefault(slip, []).append(text)
    return {slip: texts[0] for slip, texts in alone.items() if len(texts) == 1}


def by_place_in_file(path: Path, texts: Iterable[str]) -> list[str]:
    """The answers by where their bytes first lie in a file; those not found are left out."""
    content = path.read_bytes()
    at = {text: content.find(text.encode()) for text in texts}
    return sorted((text for text in at if at[text] >= 0), key=at.__getitem__)


def replayed(wal: bytes, base: bytes, slips: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    """SQLite: the write-ahead log played back commit by commit on the file it began with: which slip's row and which
    answer changed together."""
    found: dict[str, str] = {}
    size = struct.unpack(">I", wal[8:12])[0] if len(wal) > 32 else 4096
    pages = {at // size + 1: base[at : at + size] for at in range(0, len(base), size)}
    slip_bytes = [slip.encode() for slip in slips]
    text_bytes = [text.encode() for text in texts]
    known: set[int] = set()
    for commit in commits(wal):
        used: set[int] = set()
        written: set[int] = set()
        for number, page in commit.items():
            before = pages.get(number, b"")
            used |= _changed(slip_bytes, before, page)
            written |= {at for at, text in enumerate(text_bytes) if text in page and text not in before}
            pages[number] = page
        written -= known  # a page that split took along what was written before
        known |= written
        used = {at for at in used if slips[at] not in found}
        if len(used) == len(written) == 1:
            found[slips[used.pop()]] = texts[written.pop()]
    return found


def _changed(slips: Sequence[bytes], before: bytes, page: bytes) -> set[int]:
    """The slips whose row on a page is not what it was; a row is taken as the slip and the 4 bytes of types before it."""
    found = set()
    for at, slip in enumerate(slips):
        here, there = page.find(slip), before.find(slip)
        if here < 0 or there < 0:
            continue
        if page[max(here - 4, 0) : here + len(slip)] != before[max(there - 4, 0) : there + len(slip)]:
            found.add(at)
    return found


def commits(wal: bytes) -> Iterable[dict[int, bytes]]:
    """The pages of every commit in a write-ahead log, in order (https://sqlite.org/fileformat2.html, part 4)."""
    if len(wal) < 32:
        return
    size = struct.unpack(">I", wal[8:12])[0]
    salt, pages = wal[16:24], {}
    for start in range(32, len(wal) - 24 - size + 1, 24 + size):
        number, ends = struct.unpack(">II", wal[start : start + 8])
        if wal[start + 8 : start + 16] != salt:
            return
        pages[number] = wal[start + 24 : start + 24 + size]
        if ends:
            yield pages
            pages = {}


def right_in_order(guess: Sequence[str], truth: Sequence[str]) -> int:
    """How many voters, in the order they came, get their own answer from a guess in order."""
    return sum(one == other for one, other in zip(guess, truth, strict=False))


def order_kept(guess: Sequence[str], truth: Sequence[str]) -> float:
    """Spearman's rank correlation of a guess with the order people came in, in standard deviations from none."""
    place = {text: at for at, text in enumerate(truth)}
    known = [text for text in guess if text in place]
    count = len(known)
    if count < 3:
        return 0.0
    ranked = {text: rank for rank, text in enumerate(sorted(known, key=place.__getitem__))}
    apart = sum((at - ranked[text]) ** 2 for at, text in enumerate(known))
    return (1 - 6 * apart / (count * (count**2 - 1))) * sqrt(count - 1)
