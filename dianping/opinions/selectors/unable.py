"""Which custodians can no longer act: the account is closed, or holds nothing any more by which it might keep that key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from dianping.accounts.models import User
from dianping.accounts.viewer import Viewer, viewers_named
from dianping.opinions.models import Key, Poll, Subject
from dianping.opinions.selectors.custodians import (
    account_of,
    custodians_for,
    holds,
    one_office,
    printers_of,
    shared_with_former,
)

# Whom polls are about, each with its organisation, asked for once for all of them.
SUBJECTS = Prefetch("subjects", Subject.objects.select_related("organisation"))


@dataclass(frozen=True, slots=True)
class UnableCustodian:
    """A custodian who can no longer act, and why, in words that follow his name."""

    key: Key
    why: str

    @property
    def told(self) -> str:
        """Who it is and why."""
        return f"{self.key.get_side_display()}的保管人{self.key.name}{self.why}"


def needs_custodians(poll: Poll) -> bool:
    """Whether anything is left that only a poll's two custodians can do."""
    if poll.state == Poll.State.OPENED:
        return poll.papers_gone_on is None
    return poll.state in (Poll.State.FROZEN, Poll.State.READY)


def unable_of(polls: Iterable[Poll], *, day: date) -> dict[int, list[UnableCustodian]]:
    """The custodians who can no longer act, by poll, of those polls that still need theirs; asked for all polls at once."""
    needing = [poll for poll in polls if needs_custodians(poll)]
    prefetch_related_objects(needing, "keys", SUBJECTS)
    viewers = viewers_named({key.account for poll in needing for key in poll.keys.all()}, day=day)
    by_poll = {}
    for poll in needing:
        unable = [
            UnableCustodian(key, why)
            for key in poll.keys.all()
            if (why := _why(viewers.get(key.account), key, poll))
        ]
        if unable:
            by_poll[poll.pk] = unable
    return by_poll


def keys_left_behind(account: str, *, day: date) -> list[tuple[Poll, UnableCustodian]]:
    """The keys that an account keeps and can no longer act for, each with its poll, those that end first."""
    polls = list(
        Poll.objects.filter(keys__account=account)
        .select_related("organisation")
        .defer("electorate")
        .order_by("closes", "pk")
    )
    unable = unable_of(polls, day=day)
    return [
        (poll, custodian)
        for poll in polls
        for custodian in unable.get(poll.pk, ())
        if custodian.key.account == account
    ]


def _why(viewer: Viewer | None, key: Key, poll: Poll) -> str:
    if viewer is None or not viewer.user.is_active:
        return "的账号已停用"
    return "" if holds(viewer, side=key.side, poll=poll) else "没有保管这把钥匙的授权了"


def newcomers_for(poll: Poll, *, side: str, day: date) -> list[User]:
    """The accounts that may take one side's key over, by name; `replace_custodian` asks the same and more."""
    other = next(key for key in poll.keys.all() if key.side != side)
    staying, printers = account_of(other.account), printers_of(poll)
    return [
        user
        for user in custodians_for(poll, side=side, day=day)
        if user.username not in printers
        and not one_office(staying, user, day=day)
        and not shared_with_former(other, user, day=day)
    ]
