"""The audit chain: one entry an act, in the same transaction as the act, each holding the hash of the last.

If the entry cannot be written the act fails with it. `verify` recomputes the chain; a head kept elsewhere
(printed when ledgers are issued) also shows when the tail was cut off. Basis: GB/T 22239-2019 安全审计.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from dianping.common.clock import site_moment
from dianping.common.models import AuditEntry

GENESIS = "0" * 64
_CHAIN_LOCK = 0x6469616E  # PostgreSQL: writers of the chain queue here; SQLite has one writer anyway


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a sign-in name (or the name of a command) and the role it acts in."""

    name: str
    acting_as: str = ""
    shown: str = ""

    @property
    def signature(self) -> str:
        """The name people read beside what was written: the person's, else the sign-in name."""
        return self.shown or self.name


SYSTEM = Actor("系统", "命令")


def digest_of(
    *,
    seq: int,
    at: datetime,
    actor: str,
    acting_as: str,
    act: str,
    about: str,
    path: str,
    detail: dict[str, Any],
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


def take_turn() -> None:
    """Wait until no other writer of the chain is at work, and keep the turn to the end of this transaction.

    `record` does so by itself. An act that decides by what others may be writing just now (the last duty of a seat, the
    last problem behind a report) asks first: it then sees what they wrote, and no two acts wait for one another.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def record(*, actor: Actor, act: str, about: str, path: str = "", **detail: Any) -> AuditEntry:
    """Add one entry. Must be called inside the transaction of the act it tells of."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"审计“{act}”必须与行为写在同一事务里。")
    take_turn()
    last = AuditEntry.objects.order_by("-seq").first()
    at = site_moment()
    if last is not None:
        at = max(at, last.at)  # time never runs backward in the chain, whatever the clock does
    row = {
        "seq": last.seq + 1 if last else 1,
        "at": at,
        "actor": actor.name,
        "acting_as": actor.acting_as,
        "act": act,
        "about": about,
        "path": path,
        "detail": json.loads(json.dumps(detail, default=str)),
        "prev": last.digest if last else GENESIS,
    }
    return AuditEntry.objects.create(**row, digest=digest_of(**row))


def verify(*, kept: Iterable[str] = ()) -> list[str]:
    """Every break of the chain, as sentences; an empty list means it holds from the first entry to the last.

    `kept` are heads ("seq:digest") kept outside the database: they alone show a tail cut off, or a chain
    rewritten as a whole.
    """
    broken, prev, expected = [], GENESIS, 1
    heads = dict(head.partition(":")[::2] for head in kept if not head.startswith("0:"))
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected:
            broken.append(f"审计链在第 {expected} 条处缺少记录，接下来的是第 {entry.seq} 条。")
        found = digest_of(
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
        if entry.prev != prev or found != entry.digest:
            broken.append(f"审计链第 {entry.seq} 条（{entry.act}）与其摘要不符，记录被改动过。")
        if heads.pop(str(entry.seq), entry.digest) != entry.digest:
            broken.append(f"审计链第 {entry.seq} 条与另外保存的链首不符，整条链被重写过。")
        prev, expected = entry.digest, entry.seq + 1
    broken.extend(f"另外保存的链首指向第 {seq} 条，链里没有这一条，尾部被截去了。" for seq in heads)
    return broken


def head() -> str:
    """The newest entry as "seq:digest", to be kept outside the database; "0:" before the first act."""
    last = AuditEntry.objects.order_by("-seq").first()
    return f"{last.seq}:{last.digest}" if last else "0:"
