"""A second person at an act: he types his name and password where somebody else is signed in.

Opening a box, destroying one, drawing by lot: the act needs two people at one screen. Nobody is signed in by this, nothing
of the request is passed on or kept, and the count of wrong passwords stands whatever becomes of the act.
"""

import unicodedata
from datetime import date

from django.views.decorators.debug import sensitive_variables

from dianping.accounts.limits import Limit, digest
from dianping.accounts.models import User
from dianping.accounts.passwords import is_too_old
from dianping.accounts.trying import Outcome, try_password
from dianping.common.clock import true_moment

ACT = "当场核对密码不对"
# One and the same for an unknown name, a wrong password, a lockout, a closed account and a password not yet one's own.
REFUSED = (
    "登录名或密码不对，或者这个账号现在不能当场核对：连续 5 次不对要等 15 分钟；别人给的密码要先自己登录改过；"
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
        Limit(digest("second", name, address), 5, "当场核对"),
        Limit(digest("second", name), 20, "当场核对", forgiven=False),
    ]


@sensitive_variables("password")
def second_person(*, username: str, password: str, address: str, today: date) -> User | None:
    """The account whose name and password these are; None for anything else, whatever it is.

    `address`: where the page was sent from (`addresses.address_of`). Not accepted either: a password that somebody else has
    given and that was never changed (whoever gave it could play the second person), and one that is too old where
    passwords grow old. Raises RuntimeError inside a transaction and Busy (a Refusal) where too many passwords are being
    looked at; neither counts as a try.
    """
    name = plain_name(username)
    user = User.objects.filter(username=name).first()
    outcome = try_password(
        user=user if user is None or not is_too_old(user, today) else None,
        password=password,
        limits=limits_of(name, address),
        act=ACT,
        place=digest("address", address) if address else "",
        known=True,
        moment=true_moment(),
        first_will_do=False,
    )
    return user if outcome is Outcome.RIGHT else None
