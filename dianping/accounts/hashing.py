"""Hashing passwords so that nobody else has to wait: one at a time in a process, and a short line before it.

The parameters are OWASP's smallest for Argon2id (19 MiB, two passes, one lane): Django's own take ten times as long on all
cores at once. Sixty-four wrong passwords then cost the site one core for a moment (decision 0042, `bench/sign_in.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from dianping.common.refusal import Refusal

if TYPE_CHECKING:
    from dianping.accounts.models import User

_hashing = BoundedSemaphore(1)
_guard = Lock()
_in_line = {"known": 0, "strangers": 0}
LONGEST = 1000  # characters; nobody types more, and hashing a megabyte is work


class QueuedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id, one hash at a time in this process."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password."""
        with _hashing:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Hash a password again and compare."""
        with _hashing:
            return super().verify(password, encoded)


class Busy(Refusal):
    """Too many passwords are being looked at; nothing was counted."""

    def __init__(self) -> None:
        super().__init__(
            "此刻核对密码的人多。",
            code="accounts.too-many-at-once",
            remedy="密码没有核对，也没有计次；请过几秒再试。",
        )


@contextmanager
def in_hashing_line(*, known: bool) -> Iterator[None]:
    """Stand in the line before the hash; raises Busy where it is full.

    Whoever has signed in here before stands in a line of his own, so that strangers, however many, do not fill it.
    Together both lines stay below the places at which requests are worked on: the door always finds one.
    """
    lane = "known" if known else "strangers"
    with _guard:
        if _in_line[lane] >= settings.HASHING_LINE:
            raise Busy
        _in_line[lane] += 1
    try:
        yield
    finally:
        with _guard:
            _in_line[lane] -= 1


def is_right(user: "User | None", password: str) -> bool:
    """Whether this is the user's password. The same work for a name nobody has (None) as for any other."""
    password = password[: LONGEST + 1]
    if user is None or not user.has_usable_password():
        make_password(password)
        return False
    return check_password(password, user.password) and len(password) <= LONGEST
