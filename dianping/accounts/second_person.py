"""A second person at an act: he types his name and password where somebody else is signed in.

Opening a box, destroying one: the act needs two people at one screen. Nobody is signed in by this, nothing of the request is
passed on or kept. Every try is counted, and only an act that is done takes a right one's count back: somebody who tries
passwords with an act that cannot be done learns nothing from when he is locked, nor from how long an answer takes.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from types import TracebackType

from django.views.decorators.debug import sensitive_variables

from dianping.accounts.limits import MINUTES, TRIES, Limit, digest
from dianping.accounts.models import User
from dianping.accounts.passwords import is_too_old
from dianping.accounts.trying import CountedTry, count_password
from dianping.common import audit
from dianping.common.acts import acting
from dianping.common.audit import Actor
from dianping.common.clock import true_moment
from dianping.common.rights import unasked

ACT, NOT_DONE = "当场核对密码不对", "当场核对对了，没有办成"
# One and the same for an unknown name, a wrong password, a lockout, a closed account and a password not yet one's own.
REFUSED = (
    f"登录名或密码不对，或者这个账号现在不能当场核对：连续 {TRIES} 次不对要等 {MINUTES} 分钟；别人给的密码要先自己登录改过；"
    "停用的账号不算。这一步没有办，请本人核对后再输一次。"
)


def plain_name(username: str) -> str:
    """A sign-in name as it is looked up: what a keyboard adds is taken off."""
    return unicodedata.normalize("NFKC", username).strip()[:60]


def limits_of(name: str, address: str) -> list[Limit]:
    """Five wrong ones at one address, twenty in all, in a quarter of an hour.

    They are counted apart from the sign-in page: only who is signed in and has a part in the act comes here, so nobody
    outside can lock a custodian out of an opening.
    """
    name = name.casefold()
    return [
        Limit(digest("second", name, address), TRIES, "当场核对"),
        Limit(digest("second", name), 20, "当场核对", forgiven=False),
    ]


@dataclass(slots=True)
class SecondPerson:
    """Who typed his name and password: his account, or None for anything that is not right, whatever it is.

    To be used as a context; `done()` is said in it when the act was done. Left without that, a right password stays counted,
    and an entry names who was signed in (`actor`) and what it was for (`on`, as "poll:5").
    """

    actor: Actor
    on: str
    counted: CountedTry | None = None

    @property
    def user(self) -> User | None:
        """The account."""
        return self.counted.user if self.counted is not None else None

    def is_account(self, username: str) -> bool:
        """Whether it is this very account."""
        return self.user is not None and self.user.get_username() == username

    def done(self) -> None:
        """The act was done: the count is taken back."""
        if self.counted is not None:
            self.counted.forgive()
            self.counted = None

    def __enter__(self) -> "SecondPerson":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.counted is None:
            return
        self.counted.keep()
        with acting():
            unasked(self.actor, because="it tells that nothing was done")
            audit.record(actor=self.actor, act=NOT_DONE, about=f"user:{self.counted.user.pk}", on=self.on)
        self.counted = None


@sensitive_variables("password")
def second_person(
    *, username: str, password: str, address: str, today: date, actor: Actor, on: str
) -> SecondPerson:
    """Look at a second person's name and password.

    `address`: where the page was sent from (`addresses.address_of`). Not accepted either: a password that somebody else has
    given and that was never changed (whoever gave it could play the second person), and one that is too old where
    passwords grow old. Raises RuntimeError inside a transaction and Busy (a Refusal) where too many passwords are being
    looked at; neither counts as a try.
    """
    name = plain_name(username)
    user = User.objects.filter(username=name).first()
    _, counted = count_password(
        user=user if user is None or not is_too_old(user, today) else None,
        password=password,
        limits=limits_of(name, address),
        act=ACT,
        place=digest("address", address) if address else "",
        known=True,
        moment=true_moment(),
        first_will_do=False,
        hashed_when_locked=True,
    )
    return SecondPerson(actor, on, counted)
