"""One box attacked: people come in an order the adversary knows, the box is opened, and he looks at everything kept."""

import secrets
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from tests.opinions import naive
from tests.opinions.adversary import (
    Tables,
    by_place_in_file,
    joined_by_transaction,
    order_kept,
    orders,
    replayed,
    right_in_order,
)


@dataclass
class Seen:
    """How many voters each channel named rightly, over all boxes, and how far any order was kept (standard deviations)."""

    right: Counter[str] = field(default_factory=Counter)
    kept: dict[str, list[float]] = field(default_factory=dict)

    def add(self, channel: str, guess: Sequence[str], truth: Sequence[str]) -> None:
        """One more box."""
        self.right[channel] += right_in_order(guess, truth)
        self.kept.setdefault(channel, []).append(order_kept(guess, truth))


def run(statement: str) -> list[tuple[Any, ...]]:
    """Ask the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def database() -> Path:
    """The file of an SQLite database."""
    return Path(str(connection.settings_dict["NAME"]))


def hold_log() -> None:
    """SQLite: let the write-ahead log grow, as a copy of it would."""
    if connection.vendor == "sqlite":
        run("PRAGMA wal_checkpoint(TRUNCATE)")
        run("PRAGMA wal_autocheckpoint=0")


def log() -> bytes:
    """The write-ahead log as it stands (empty on PostgreSQL)."""
    path = database().with_name(database().name + "-wal")
    return path.read_bytes() if connection.vendor == "sqlite" and path.exists() else b""


def said(count: int) -> list[str]:
    """As many answers, all different, in the order people come."""
    return [f"{secrets.token_hex(4)} 号意见：窗口太少" for _ in range(count)]


def attack_naive(tables: Tables, people: int) -> dict[str, int]:
    """What the same adversary gets of a naive design: rightly named voters by channel."""
    codes, texts = [secrets.token_hex(16) for _ in range(people)], said(people)
    naive.make(tables, codes)
    hold_log()
    base = database().read_bytes() if connection.vendor == "sqlite" else b""
    for code, text in zip(codes, texts, strict=True):
        naive.send(tables, code, text)
    truth = dict(zip(codes, texts, strict=True))
    found = {
        f"{name} order": right_in_order(order, texts)
        for name, order in orders(tables, run, connection.vendor).items()
    }
    if connection.vendor == "sqlite":
        joined = replayed(log(), base, codes, texts)
    else:
        joined = joined_by_transaction(tables, run)
    found["joined"] = sum(truth[code] == text for code, text in joined.items())
    naive.drop(tables)
    return found


def attack_ours(box: Any, people: int, seen: Seen, folder: Path) -> None:
    """Fill one of our boxes in a known order, copy all there is, open it, and try every channel on everything."""
    from dianping.opinions.rules import Answers
    from dianping.opinions.services import send_form
    from dianping.opinions.services.accounting import slip_digest
    from tests.opinions.polling import OPENS, new_stub

    texts = said(people)
    hold_log()
    base = database().read_bytes() if connection.vendor == "sqlite" else b""
    for code, text in zip(box.codes, texts, strict=True):
        answers = Answers(words={(0, "other"): text})
        send_form(code=code, answers=answers, stub=new_stub(), today=OPENS)
    digests = [slip_digest(code) for code in box.codes]
    closed, before = log(), _copied(folder, "closed")
    assert not any(text.encode() in closed for text in texts), "an answer lies open in the log"
    used = _in_order_of_use(digests)
    opened = _opened(box)
    after = _copied(folder, "opened")
    ours = Tables("opinions_saying", "text", "key", where=f"poll_id = {box.poll.pk}")
    for name, order in orders(ours, run, connection.vendor).items():
        seen.add(name, order, texts)
    if connection.vendor == "sqlite":
        seen.add("by place in the file", by_place_in_file(after, texts), texts)
        seen.add("by place in the log", sorted(texts, key=lambda text: opened.find(text.encode())), texts)
        assert not any(text.encode() in before.read_bytes() for text in texts), (
            "an answer lies open in a backup"
        )
        assert replayed(closed, base, digests, texts) == {} == replayed(opened, base, digests, texts)
    else:
        # He reads from xmin which slip was used when; the answers came in one transaction, in an order of chance.
        assert [texts[digests.index(digest)] for digest in used] == texts
        assert len({row[0] for row in run(f"SELECT xmin::text FROM opinions_saying WHERE {ours.where}")}) == 1


def _opened(box: Any) -> bytes:
    """Open the box; the log of the opening, copied before it is cut off."""
    from dianping.opinions.services import ending

    logs, sweep = list[bytes](), ending.sweep

    def copied_first() -> None:
        logs.append(log())
        sweep()

    ending.sweep = copied_first
    try:
        box.open()
    finally:
        ending.sweep = sweep
    return b"".join(logs)


def _in_order_of_use(digests: Sequence[str]) -> list[str]:
    if connection.vendor == "sqlite":
        return []
    known = set(digests)
    rows = run("SELECT digest FROM opinions_slip WHERE state = 1 ORDER BY xmin::text::bigint")
    return [row[0] for row in rows if row[0] in known]


def _copied(folder: Path, name: str) -> Path:
    """A backup of the database file."""
    target = folder / f"{name}.sqlite3"
    if connection.vendor == "sqlite":
        run("PRAGMA wal_checkpoint(PASSIVE)")
        shutil.copy(database(), target)
    return target
