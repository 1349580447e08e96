"""Sessions: what the browser holds is not what the database holds, and none lasts.

The cookie's value is the whole secret of a session. Django keeps it as the key of its row: whoever reads the database or a
backup of it could ride every open session. Here the row's key is a keyed digest of it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY as AUTH_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

ABSOLUTE = timedelta(hours=12)  # from the sign-in; nothing renews them
IDLE = timedelta(minutes=30)
IDLE_OF_OFFICES = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)  # a row is written once a minute, not at every request
_CHANCE, _PROOF = 24, 16  # signs of a session's key
SEEN, ENDS = (
    "seen",
    "_session_expiry",
)  # the second is Django's own: with a moment in it the row is good until then


def new_session_key() -> str:
    """A secret of this site's, for one session: 24 signs of chance and a keyed digest of them, so that a made-up one is known
    by itself, before any database is asked (dianping.config.body_sizes)."""
    chance = get_random_string(_CHANCE, VALID_KEY_CHARS)
    return chance + _proof(chance)


def is_session_key(text: str) -> bool:
    """Whether this site gave this key to some session, now or earlier."""
    return len(text) == _CHANCE + _PROOF and constant_time_compare(text[_CHANCE:], _proof(text[:_CHANCE]))


def _proof(chance: str) -> str:
    return salted_hmac("dianping.accounts.session key", chance, algorithm="sha256").hexdigest()[:_PROOF]


def row_key(session_key: str) -> str:
    """Forty digits under which a session's row stands."""
    return salted_hmac("dianping.accounts.sessions", session_key, algorithm="sha256").hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's table, keyed by a digest. The asynchronous half is used nowhere here and writes nothing."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = self.model.objects.filter(
            session_key=row_key(self.session_key or ""), expire_date__gt=timezone.localtime()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def _get_new_session_key(self) -> str:
        while self.exists(key := new_session_key()):
            pass
        return key

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return super().exists(row_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row of this session."""
        row = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session, this one without a key."""
        own = session_key if session_key is not None else self.session_key
        if own is not None:
            super().delete(row_key(own))

    async def asave(self, must_create: bool = False) -> None:
        """Refused: it would keep the key itself."""
        raise NotImplementedError("会话只由同步的请求保存。")


def begin(session: SessionBase, moment: datetime) -> None:
    """The twelve hours run from here."""
    session[SEEN] = moment.timestamp()
    session.set_expiry(moment + ABSOLUTE)


def idle_for(session: SessionBase, moment: datetime) -> timedelta:
    """How long nothing came from this session, to the minute."""
    return moment - datetime.fromtimestamp(session[SEEN], tz=moment.tzinfo)


def ends_at(session: SessionBase) -> int:
    """The second at which the twelve hours are over."""
    return int(session.get_expiry_date().timestamp())


def mark_of(username: str) -> str:
    """Whose words a browser keeps: the same for an account at every sign-in, and it names nobody. It opens nothing."""
    return salted_hmac("dianping.accounts.kept on a device", username, algorithm="sha256").hexdigest()[:24]


def is_of_somebody(session: SessionBase) -> bool:
    """Whether somebody is signed in by this session."""
    return AUTH_KEY in session
