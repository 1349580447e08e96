"""One password tried: counted first, hashed outside any transaction, told to the audit chain.

Everything that checks a password goes through here: the sign-in page, a second person at an act, one's own password
before it is changed. No password, name that nobody has, address or other part of a request is written anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import transaction
from django.db.models import F

from dianping.accounts.hashing import in_hashing_line, is_right
from dianping.accounts.limits import (
    WINDOW,
    Limit,
    give_back,
    is_used_up,
    short,
    stand_alone,
    take,
    used_up_now,
)
from dianping.accounts.models import FailureTally, User
from dianping.common import audit
from dianping.common.acts import act, acting
from dianping.common.audit import Actor
from dianping.common.rights import unasked

MOST_TOLD = 200  # rows of one quarter of an hour; a flood from more places than that is told as one
UNKNOWN = "未知登录名"


class TryOutcome(Enum):
    """What became of a try."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class CountedTry:
    """A try that was counted as wrong, whatever it was: what a right one may still take back."""

    user: User
    limits: Sequence[Limit]
    tallied: int
    place: str
    moment: datetime

    def forgive(self) -> None:
        """It was right, and what it was asked for is done."""
        with transaction.atomic(durable=True):
            give_back(self.limits)
            self._not_wrong()

    def keep(self) -> None:
        """It was right and nothing came of it: it stays counted like a wrong one, or a count that goes on would tell that it
        was right. Only what is told of wrong ones is put right."""
        with transaction.atomic(durable=True):
            self._not_wrong()
        tell_lockouts(self.user, self.limits, self.place, self.moment)

    def _not_wrong(self) -> None:
        FailureTally.objects.filter(pk=self.tallied).update(count=F("count") - 1)


def try_password(
    *,
    user: User | None,
    password: str,
    limits: Sequence[Limit],
    act: str,
    place: str,
    known: bool,
    moment: datetime,
) -> TryOutcome:
    """Try one password; a right one takes its count back at once. As `count_password`, and a given password will do."""
    outcome, counted = count_password(
        user=user, password=password, limits=limits, act=act, place=place, known=known, moment=moment
    )
    if counted is not None:
        counted.forgive()
    return outcome


def count_password(
    *,
    user: User | None,
    password: str,
    limits: Sequence[Limit],
    act: str,
    place: str,
    known: bool,
    moment: datetime,
    first_will_do: bool = True,
    hashed_when_locked: bool = False,
) -> tuple[TryOutcome, CountedTry | None]:
    """Look at one password; a right one comes with its count, which its caller takes back or keeps.

    `user`: None for a name nobody has, which costs the same; so does a locked one where `hashed_when_locked`. `place`: a
    digest of the address. A closed account is wrong, and so is a password somebody else has given unless `first_will_do`.
    Raises RuntimeError inside a transaction, Busy where too many wait; neither counts anything.
    """
    stand_alone()
    if is_used_up(limits, moment=moment):
        if hashed_when_locked:
            with in_hashing_line(known=known):
                is_right(user, password)
        return TryOutcome.LOCKED, None
    account = user.username if user else ""
    with in_hashing_line(known=known):
        with transaction.atomic(durable=True):
            taken = take(limits, moment=moment)
            tallied = tally(act, account, short(place), moment) if taken else 0
        if not taken and not hashed_when_locked:
            return TryOutcome.LOCKED, None
        right = is_right(user, password)
    if not taken:
        return TryOutcome.LOCKED, None
    if right and user is not None and user.is_active and (first_will_do or not user.must_change):
        return TryOutcome.RIGHT, CountedTry(user, limits, tallied, short(place), moment)
    tell_lockouts(user, limits, short(place), moment)
    return TryOutcome.WRONG, None


def quarter_of(moment: datetime) -> datetime:
    """The beginning of the quarter of an hour."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def tally(act: str, account: str, place: str, moment: datetime) -> int:
    """Count one try as wrong until it is known to be right; the key of its row."""
    quarter = quarter_of(moment)
    own: dict[str, Any] = {"act": act, "account": account, "place": place, "quarter": quarter}
    row = FailureTally.objects.filter(**own).first()
    if row is None:
        tell_failures(moment=moment)
        if FailureTally.objects.filter(quarter=quarter).count() >= MOST_TOLD:
            own |= {"account": "", "place": ""}
        row, _ = FailureTally.objects.get_or_create(**own)
    FailureTally.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return row.pk


@act
def tell_failures(*, moment: datetime) -> int:
    """Write what was counted in quarters of an hour that are over into the audit chain: one entry an account, a place and a
    quarter, with the count. Called when a new one begins, at every sign-in and at every start."""
    over = list(
        FailureTally.objects.select_for_update().filter(quarter__lt=quarter_of(moment)).order_by("pk")
    )
    keys = dict(User.objects.filter(username__in=[row.account for row in over]).values_list("username", "pk"))
    for row in over:
        if row.count:
            somebody = Actor(row.account or UNKNOWN, "没有登录")
            unasked(somebody, because="a wrong password is told, whoever typed it")
            audit.record(
                actor=somebody,
                act=row.act,
                about=f"user:{keys.get(row.account, '')}",
                place=row.place,
                quarter=row.quarter.isoformat(),
                times=row.count,
            )
    FailureTally.objects.filter(pk__in=[row.pk for row in over]).delete()
    return len(over)


def tell_lockouts(user: User | None, limits: Sequence[Limit], place: str, moment: datetime) -> None:
    """One entry for each limit the last try used up; a name nobody has is not worth one, an address is."""
    told = [limit for limit in used_up_now(limits) if user is not None or limit.of == "地址"]
    if not told:
        return
    with acting():
        somebody = Actor(user.username if user else UNKNOWN, "没有登录")
        unasked(somebody, because="a lockout is told, whoever brought it about")
        for limit in told:
            audit.record(
                actor=somebody,
                act="锁定",
                about=f"user:{user.pk}" if user else "user:",
                of=limit.of,
                place=place,
                until=(moment + WINDOW).isoformat(),
            )
