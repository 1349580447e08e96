"""The code of an activation slip, looked at: counted by address like passwords, answered by what the paper is.

A code that stands on no paper is told in one sentence, whatever it was; whether an account exists is told to nobody. Whoever
holds a real paper is told what is the matter with it. The code is worth something only until its account has a password.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from dianping.accounts.limits import (
    MINUTES,
    TRIES_OF_ADDRESS,
    Limit,
    digest,
    give_back,
    is_used_up,
    short,
    stand_alone,
    take,
)
from dianping.accounts.models import ActivationSlip
from dianping.accounts.trying import tally, tell_lockouts
from dianping.base.codes import read_code
from dianping.base.day_words import written
from dianping.common.refusal import Refusal

ACT = "启用票不对"


class TooManyCodes(Refusal):
    """The tries of this address are used up; the code was not looked at."""

    def __init__(self) -> None:
        super().__init__(
            f"这个地址一刻钟里输错的启用票码太多（{TRIES_OF_ADDRESS} 次），这一次没有核对。",
            code="accounts.too-many-codes",
            remedy=f"最多等 {MINUTES} 分钟就可以再试；票没有用掉。",
        )


class WrongSlip(Refusal):
    """No such paper."""

    def __init__(self) -> None:
        super().__init__(
            "没有这样的启用票码。",
            code="accounts.slip-wrong",
            remedy="请对照票上的 12 个字符再输一次，或者扫票上的二维码；不行的，请找发票的党务干事。",
        )


def code_digest(code: str) -> str:
    """What is kept of a code: a keyed digest, useless without the key of this site."""
    return salted_hmac("dianping.accounts.activation", code, algorithm="sha256").hexdigest()


def limit_of(place: str) -> list[Limit]:
    """So many wrong codes from one address; whoever brings an account to life there takes the whole count away: in a hall full
    of people behind one address nobody waits for the others' slips of the hand."""
    return [Limit(digest("activation", place), TRIES_OF_ADDRESS, "地址")] if place else []


@sensitive_variables("code")
def try_slip(code: str, *, address: str, today: date, moment: datetime) -> ActivationSlip:
    """The slip of a code that is good today. Raises WrongSlip, TooManyCodes, and Refusal for a used, void or expired one.

    Counted as wrong before it is looked for; a right code takes its own try back (`done` the whole count). Raises RuntimeError
    inside a transaction.
    """
    stand_alone()
    place = digest("address", address) if address else ""
    limits = limit_of(place)
    if is_used_up(limits, moment=moment):
        raise TooManyCodes
    with transaction.atomic(durable=True):
        if not take(limits, moment=moment):
            raise TooManyCodes
    plain = read_code(code)
    slip = _slip_of(plain) if plain else None
    if slip is None:
        with transaction.atomic(durable=True):
            tally(ACT, "", short(place), moment)
        tell_lockouts(None, limits, short(place), moment)
        raise WrongSlip
    refuse_spent(slip, today=today)
    with transaction.atomic(durable=True):
        give_back([Limit(limit.key, limit.most, limit.of, forgiven=False) for limit in limits])
    return slip


def done(address: str) -> None:
    """An account came to life from this address: what was counted there is forgotten."""
    if address:
        with transaction.atomic(durable=True):
            give_back(limit_of(digest("address", address)))


def refuse_spent(slip: ActivationSlip, *, today: date) -> None:
    """Raise Refusal where a slip is good no more: used, void, too old, or its account closed."""
    if slip.state == ActivationSlip.State.USED:
        raise Refusal(
            "这张启用票已经用过，密码已经定了。",
            code="accounts.slip-used",
            remedy="请用票上的登录名和自己定的密码登录；不是您本人用的，请马上告诉发票的党务干事。",
        )
    if slip.state == ActivationSlip.State.VOID or not slip.user.is_active:
        raise Refusal(
            "这张启用票已经作废：后来另发了一张，或者账号停用了。",
            code="accounts.slip-void",
            remedy="请用最后发的那一张；没有的，请找发票的党务干事。",
        )
    if slip.until < today:
        raise Refusal(
            f"这张启用票已经过期，有效期到{written(slip.until)}。",
            code="accounts.slip-expired",
            remedy="请找发票的党务干事重新发一张；账号没有改动。",
        )


def _slip_of(code: str) -> ActivationSlip | None:
    return ActivationSlip.objects.select_related("user__person").filter(digest=code_digest(code)).first()
