"""The audit chain itself: entries, each holding the hash of the one before it (GB/T 22239-2019 安全审计).

The hash of an entry is SHA-256 over "audit", the hash before it and the entry's text, so that a person can redo it. Which
records an act changed stands in rows of their own; the entry holds their number and one hash over them.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from dianping.common.models import AuditEntry, AuditRecord
from dianping.common.records.entries import UNREADABLE, readable_entries
from dianping.common.records.gathering import RecordChange, SetWritten
from dianping.common.records.lines import RECORDS, records_digest

GENESIS = "0" * 64
_CHAIN_LOCK = 0x6469616E  # PostgreSQL: writers of the chain queue here; SQLite has one writer anyway


@dataclass(slots=True)
class EntryDraft:
    """An entry before it has its place in the chain."""

    at: datetime
    actor: str
    acting_as: str
    act: str
    about: str
    path: str
    detail: dict[str, object]


def digest_of(
    *,
    seq: int,
    at: datetime,
    actor: str,
    acting_as: str,
    act: str,
    about: str,
    path: str,
    detail: dict[str, object],
    prev: str,
) -> str:
    """SHA-256 over one entry, hexadecimal; the same for every database and machine."""
    body = json.dumps(
        [seq, at.astimezone().timestamp(), actor, acting_as, act, about, path, detail],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(b"audit\0" + prev.encode() + b"\0" + body.encode()).hexdigest()


def append(drafts: Sequence[EntryDraft], changes: Sequence[RecordChange], sets: Sequence[SetWritten]) -> None:
    """Write the entries of one act. Its records go first: only the entries need the chain's turn."""
    numbered = _vouching(drafts, changes, sets)
    _take_turn()
    last = AuditEntry.objects.order_by("-seq").values_list("seq", "at", "digest").first()
    seq, latest, prev = last or (0, None, GENESIS)
    entries = []
    for draft, number in zip(drafts, numbered, strict=True):
        seq += 1
        # Time never runs backward in the chain, whatever the clock does.
        latest = draft.at if latest is None else max(draft.at, latest)
        row: dict[str, Any] = {
            "seq": seq,
            "at": latest,
            "actor": draft.actor,
            "acting_as": draft.acting_as,
            "act": draft.act,
            "about": draft.about,
            "path": draft.path,
            "detail": draft.detail,
            "prev": prev,
        }
        prev = digest_of(**row)
        entries.append(AuditEntry(**row, digest=prev, vouches=number))
    AuditEntry.objects.bulk_create(entries)


def _vouching(
    drafts: Sequence[EntryDraft], changes: Sequence[RecordChange], sets: Sequence[SetWritten]
) -> list[int | None]:
    """Write the changed records, each under the entry that names it, else under the last; the entries' numbers."""
    at_last = len(drafts) - 1
    places = {draft.about: place for place, draft in enumerate(drafts)}
    under: dict[int, list[RecordChange]] = {}
    for change in changes:
        under.setdefault(places.get(change.about, at_last), []).append(change)
    numbers: list[int | None] = [None] * len(drafts)
    rows = []
    for place, own in under.items():
        numbers[place] = number = secrets.randbits(62)
        lines = [(c.table, c.key, c.before, c.after) for c in own]
        drafts[place].detail[RECORDS] = {
            "number": number,
            "count": len(lines),
            "digest": records_digest(lines),
        }
        rows += [AuditRecord(number=number, table=t, key=k, before=b, after=a) for t, k, b, a in lines]
    if rows:
        AuditRecord.objects.bulk_create(rows, batch_size=2000)
    if sets:
        drafts[at_last].detail["sets"] = [written.told() for written in sets]
    return numbers


def _take_turn() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # One chain, one lock: held from here to the commit, a few statements later.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def verify(*, kept: Iterable[str] = ()) -> list[str]:
    """Every break of the chain, as sentences; an empty list means it holds from the first entry to the last.

    `kept` are heads ("seq:digest") kept outside the database: they alone show a tail cut off, or a chain
    rewritten as a whole. Every one of them must agree, however many speak of the same entry: who can add a line to what is
    kept must not be able to take another one back.
    """
    heads, broken = _heads(kept)
    prev, expected = GENESIS, 1
    for seq, entry in readable_entries():
        if seq != expected:
            broken.append(f"审计链在第 {expected} 条处缺少记录，接下来的是第 {seq} 条。")
        if entry is None:
            broken.append(f"审计链第 {seq} 条里写的读不出来，记录被改动过。")
            prev, expected = _digest_at(seq), seq + 1
            continue
        digest = digest_of(
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor,
            acting_as=entry.acting_as,
            act=entry.act,
            about=entry.about,
            path=entry.path,
            detail=entry.detail,
            prev=entry.prev,
        )
        number = entry.detail.get(RECORDS, {}).get("number")
        if entry.prev != prev or digest != entry.digest or number != entry.vouches:
            broken.append(f"审计链第 {entry.seq} 条（{entry.act}）与其摘要不符，记录被改动过。")
        if heads.pop(entry.seq, {entry.digest}) - {entry.digest}:
            broken.append(f"审计链第 {entry.seq} 条与另外保存的链首不符，整条链被重写过。")
        prev, expected = entry.digest, entry.seq + 1
    broken.extend(f"另外保存的链首指向第 {seq} 条，链里没有这一条，尾部被截去了。" for seq in sorted(heads))
    return broken


def _digest_at(seq: int) -> str:
    try:
        return AuditEntry.objects.values_list("digest", flat=True).get(seq=seq)
    except UNREADABLE:
        return ""


def _heads(kept: Iterable[str]) -> tuple[dict[int, set[str]], list[str]]:
    """Every digest that is told of an entry, by its number, and what is wrong with the heads by themselves."""
    heads: dict[int, set[str]] = {}
    broken = []
    for head in kept:
        number, _, digest = head.strip().partition(":")
        if not number.isdecimal():
            broken.append(f"“{head}”不是链首，应是“序号:摘要”。")
        elif int(number) or digest:  # "0:" was kept before the first act
            heads.setdefault(int(number), set()).add(digest)
    broken.extend(
        f"另外保存的链首里，第 {number} 条有 {len(heads[number])} 个不同的摘要，其中至少有一行是后来改的或者添的。"
        for number in sorted(heads)
        if len(heads[number]) > 1
    )
    return heads, broken


def head() -> str:
    """The newest entry as "seq:digest", to be kept outside the database; "0:" before the first act."""
    last = AuditEntry.objects.order_by("-seq").values_list("seq", "digest").first()
    return f"{last[0]}:{last[1]}" if last else "0:"
