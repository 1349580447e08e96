"""Reading the entries of the chain, also where somebody has put into them what no column should hold."""

from collections.abc import Iterator
from datetime import datetime

from django.db import OperationalError

from dianping.common.models import AuditEntry

UNREADABLE = (ValueError, TypeError, OverflowError, OperationalError)  # what reading a broken value raises
AT_ONCE = 2000


def unreadable_entries() -> list[int]:
    """The numbers of the entries that hold what no column should (SQLite keeps February 31st, and broken text)."""
    return [seq for seq, entry in readable_entries() if entry is None]


def readable_entries() -> Iterator[tuple[int, AuditEntry | None]]:
    """Every entry by its number, None where it cannot be read: those around it are read one by one."""
    last = -1
    while numbers := list(
        AuditEntry.objects.filter(seq__gt=last).order_by("seq").values_list("seq", flat=True)[:AT_ONCE]
    ):
        some = AuditEntry.objects.filter(seq__range=(numbers[0], numbers[-1]))
        try:
            sound = {entry.seq: entry for entry in some if _is_sound(entry)}
        except UNREADABLE:
            sound = {seq: entry for seq in numbers if (entry := _one(seq)) is not None}
        for seq in numbers:
            yield seq, sound.get(seq)
        last = numbers[-1]


def _one(seq: int) -> AuditEntry | None:
    try:
        entry = AuditEntry.objects.get(seq=seq)
    except UNREADABLE:
        return None
    return entry if _is_sound(entry) else None


def _is_sound(entry: AuditEntry) -> bool:
    texts = (entry.actor, entry.acting_as, entry.act, entry.about, entry.path, entry.prev, entry.digest)
    return (
        isinstance(entry.detail, dict)
        and isinstance(entry.at, datetime)
        and all(isinstance(text, str) for text in texts)
    )
