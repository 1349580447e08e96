"""Signing in: who is counted with whom, and from where an account has signed in before (decision 0042)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.signing import BadSignature, Signer
from django.views.decorators.debug import sensitive_variables

from dianping.accounts.limits import TRIES, TRIES_OF_ADDRESS, Limit, digest, forget, short
from dianping.accounts.models import KnownPlace, User
from dianping.accounts.second_person import limits_of as second_limits
from dianping.accounts.second_person import plain_name
from dianping.accounts.trying import TryOutcome, tell_failures, try_password
from dianping.common import audit
from dianping.common.acts import act, acting
from dianping.common.audit import Actor
from dianping.common.rights import unasked

ACT, ACT_OWN = "登录失败", "改密码时原密码不对"
KNOWN_FOR = timedelta(days=90)
MOST_PLACES = 20  # kept of one account, the newest
DEVICE = "device"  # the cookie
DEVICE_FOR = int(KNOWN_FOR.total_seconds())


def _signer() -> Signer:
    """Asked for when it is used: the site's key is read then, not when this file is."""
    return Signer(salt="dianping.accounts.device")


@dataclass(frozen=True, slots=True)
class SignInTry:
    """What is known of one try before the password is looked at. `device`: what the browser kept of an earlier sign-in."""

    username: str
    address: str
    device: str
    moment: datetime

    @property
    def name(self) -> str:
        """The name as it is looked up."""
        return plain_name(self.username)

    @property
    def place(self) -> str:
        """A digest of the address, empty where none is known."""
        return digest("address", self.address) if self.address else ""


def device_after(attempt: SignInTry, user: User) -> str:
    """What a browser keeps after a sign-in. It opens nothing: it only says whose failures are counted here."""
    nonce = _nonce(attempt.device, user.username) or secrets.token_urlsafe(16)
    return _signer().sign(f"{nonce}:{digest('device', user.username)[:32]}")


def is_mark(device: str) -> bool:
    """Whether this was given to a browser by this site, to whomever."""
    try:
        _signer().unsign(device)
    except BadSignature:
        return False
    return True


def _nonce(device: str, name: str) -> str:
    """The browser's own number, where its mark was given for this very name; else empty."""
    try:
        nonce, _, owner = _signer().unsign(device).partition(":")
    except BadSignature:
        return ""
    return nonce if owner == digest("device", name)[:32] else ""


def limits_for(attempt: SignInTry, user: User | None) -> tuple[list[Limit], bool]:
    """The limits of a try, and whether it is from where this account has signed in before.

    The browser that signed in before is counted alone, then an address known to the name, then all strangers together:
    they may use up each other's tries and never the owner's. Strangers and known addresses share a limit an address.
    """
    name = attempt.name.casefold()
    if user is not None and (nonce := _nonce(attempt.device, user.username)):
        return [Limit(digest("device", name, nonce), TRIES, "登录名")], True
    of_address = (
        [Limit(digest("address", attempt.place), TRIES_OF_ADDRESS, "地址", forgiven=False)]
        if attempt.place
        else []
    )
    since = attempt.moment - KNOWN_FOR
    if (
        user is not None
        and attempt.place
        and user.places.filter(place=attempt.place, last__gte=since).exists()
    ):
        return [Limit(digest("known", name, attempt.place), TRIES, "登录名"), *of_address], True
    return [Limit(digest("name", name), TRIES, "登录名"), *of_address], False


@sensitive_variables("password")
def try_sign_in(attempt: SignInTry, password: str) -> tuple[TryOutcome, User | None]:
    """Look at a name and a password; the user where they are right. Raises as `try_password` does."""
    user = User.objects.filter(username=attempt.name).first()
    limits, known = limits_for(attempt, user)
    outcome = try_password(
        user=user,
        password=password,
        limits=limits,
        act=ACT,
        place=attempt.place,
        known=known,
        moment=attempt.moment,
    )
    if outcome is not TryOutcome.RIGHT or user is None:
        return outcome, None
    if identify_hasher(user.password).must_update(user.password):
        _hash_anew(user, make_password(password))
    return outcome, user


@act
def _hash_anew(user: User, encoded: str) -> None:
    """Keep the same password as today's parameters make it: it was hashed by an earlier version."""
    user.password = encoded
    user.save(update_fields=["password"])
    himself = Actor(user.username)
    unasked(himself, because="his password was right just now")
    audit.record(actor=himself, act="密码摘要换新", about=f"user:{user.pk}")


def note_sign_in(*, user: User, asked: SignInTry, actor: Actor) -> None:
    """Write a sign-in into the audit chain and remember the place."""
    with acting():
        if asked.place:
            _remember(user, asked.place, asked.moment)
        tell_failures(moment=asked.moment)
        unasked(actor, because="whoever signs in says so himself")
        audit.record(actor=actor, act="登录", about=f"user:{user.pk}", place=short(asked.place))


def note_sign_out(*, user: User, actor: Actor) -> None:
    """Write a sign-out into the audit chain."""
    with acting():
        unasked(actor, because="whoever signs out says so himself")
        audit.record(actor=actor, act="退出", about=f"user:{user.pk}")


@sensitive_variables("password")
def try_own_password(user: User, password: str, address: str, moment: datetime) -> TryOutcome:
    """Look at one's own password again before it is changed: an open session on a desk left alone must not be a way to
    guess it. Counted alone, so that nobody outside can hinder it."""
    return try_password(
        user=user,
        password=password,
        limits=[Limit(digest("own", user.username), TRIES, "改密码")],
        act=ACT_OWN,
        place=digest("address", address) if address else "",
        known=True,
        moment=moment,
    )


def _remember(user: User, place: str, moment: datetime) -> None:
    """Keep where an account signed in, the newest places only and none for longer than ninety days."""
    KnownPlace.objects.update_or_create(user=user, place=place, defaults={"last": moment})
    newest = list(user.places.order_by("-last").values_list("pk", flat=True)[:MOST_PLACES])
    user.places.exclude(pk__in=newest, last__gte=moment - KNOWN_FOR).delete()


def lift_lockouts(user: User) -> None:
    """Forget what strangers used up at a name, so that whoever has a new password can sign in with it at once."""
    name = user.username.casefold()
    places = user.places.values_list("place", flat=True)
    forget(
        digest("name", name),
        *(digest("known", name, place) for place in places),
        *(limit.key for limit in second_limits(name, "")[1:]),
    )
