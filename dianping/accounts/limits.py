"""How often passwords may be tried, counted before the password is looked at and kept whatever becomes of the request.

Nothing of a request is kept: a row is a keyed digest, a number and a moment. Decision 0042 says who is counted with whom.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from dianping.accounts.models import TryCount

MINUTES = 15  # for so long tries are counted, and a name or an address that used them up is shut; sentences take it from here
WINDOW = timedelta(minutes=MINUTES)
TRIES = 5  # wrong passwords for one name from one side before it is shut; sentences take it from here
TRIES_OF_ADDRESS = 30  # from one address, whatever the names


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries of one kind (`key`) in a quarter of an hour, told in the audit chain as `of` when they are used up.

    `forgiven`: a right password takes the whole count away, not only its own try.
    """

    key: str
    most: int
    of: str
    forgiven: bool = True


def digest(*parts: str) -> str:
    """A keyed digest of what is counted: whoever has the database alone cannot try out names or addresses."""
    return salted_hmac("dianping.accounts.limits", "\0".join(parts), algorithm="sha256").hexdigest()


def short(text: str) -> str:
    """Twelve digits by which entries about one address are known to belong together."""
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""


def stand_alone() -> None:
    """Raise RuntimeError inside a transaction: a count that is rolled back with its request would count nothing."""
    blocks = connection.atomic_blocks
    if connection.in_atomic_block and not (blocks and blocks[-1]._from_testcase):  # type: ignore[attr-defined]
        raise RuntimeError("密码要在事务之外核对：一起退回的计次等于没有计次。")


def take(limits: Sequence[Limit], *, moment: datetime) -> bool:
    """Count one try against every limit, in the caller's transaction. False where one is used up; then none is counted."""
    ordered = sorted(
        limits, key=lambda limit: limit.key
    )  # always in one order: no two tries wait for one another
    rows = [_row(limit.key, moment) for limit in ordered]
    if any(row.count >= limit.most for row, limit in zip(rows, ordered, strict=True)):
        return False
    for row, limit in zip(rows, ordered, strict=True):
        row.count += 1
        row.ends = moment + WINDOW if row.count == 1 or row.count >= limit.most else row.ends
        row.save(update_fields=["count", "ends"])
    _sweep([row.key for row in rows], moment)
    return True


def _sweep(mine: list[str], moment: datetime) -> None:
    """Take away counts that are over; those another try holds just now are left to it."""
    over = TryCount.objects.select_for_update(skip_locked=True).filter(ends__lte=moment).exclude(key__in=mine)
    TryCount.objects.filter(key__in=[row.key for row in over]).delete()


def is_used_up(limits: Sequence[Limit], *, moment: datetime) -> bool:
    """Whether one of them is used up: a plain reading, so that a flood at a locked name writes nothing."""
    most = {limit.key: limit.most for limit in limits}
    rows = TryCount.objects.filter(key__in=most, ends__gt=moment)
    return any(row.count >= most[row.key] for row in rows)


def used_up_now(limits: Sequence[Limit]) -> list[Limit]:
    """Those which the last try used up."""
    counts = dict(
        TryCount.objects.filter(key__in=[limit.key for limit in limits]).values_list("key", "count")
    )
    return [limit for limit in limits if counts.get(limit.key, 0) >= limit.most]


def give_back(limits: Sequence[Limit]) -> None:
    """After a right password: its own try is taken back, and the whole count where the limit says so."""
    TryCount.objects.filter(key__in=[limit.key for limit in limits if limit.forgiven]).delete()
    rest = [limit.key for limit in limits if not limit.forgiven]
    TryCount.objects.filter(key__in=rest, count__gt=0).update(count=F("count") - 1)


def forget(*keys: str) -> None:
    """Lift what was counted under these keys."""
    TryCount.objects.filter(key__in=keys).delete()


def _row(key: str, moment: datetime) -> TryCount:
    """The row of a count, locked to the end of the transaction; one that is over begins again."""
    row, _ = TryCount.objects.select_for_update().get_or_create(key=key, defaults={"ends": moment + WINDOW})
    if row.ends <= moment:
        row.count = 0
    return row
