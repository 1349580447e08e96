"""How much a request may bring, by where it goes and by who sends it. What is more is refused before any of it is kept."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import Resolver404, resolve

from dianping.accounts.sessions import is_session_key
from dianping.common.sizes import BESIDE, NOTICE_BYTES, WORKBOOK_BYTES
from dianping.config.cookies import plain_cookies
from dianping.door.middleware import MOST as DOOR_MOST
from dianping.door.middleware import PREFIX as DOOR
from dianping.rectification.rules.showing import MOST_BYTES, MOST_FILES

# Where whoever is not signed in sends a password, or the code by which he gets one.
SIGN_IN = frozenset({"accounts:sign_in", "accounts:activate"})
SIGN_IN_MOST = 16 << 10
PAGE_MOST = 1 << 20
NOTICE_MOST = NOTICE_BYTES + BESIDE
WORKBOOK_MOST = WORKBOOK_BYTES + BESIDE  # a little larger is refused further in, with what to take out of it
STEP_MOST = MOST_FILES * MOST_BYTES + 2 * BESIDE
# Pages that take files, and how much: every form with a file field, and no other (tests/config/test_limits.py).
UPLOADS = {
    "notices:notice_new": NOTICE_MOST,
    "reviews:offline": WORKBOOK_MOST,
    "set_up:roster": WORKBOOK_MOST,
    "polls:poll_new": PAGE_MOST,
    "set_up:programme": PAGE_MOST,
    "rectification:step": STEP_MOST,
    "rectification:enclose": STEP_MOST,
}

# Pages that answer with a file they make: seconds, where a page takes a twentieth of one (tests/pages/test_turns.py).
FILES = frozenset(
    {
        "bulletins:bulletin_letter",
        "audit:chain_file",
        "rectification:evidence",
        "rectification:enclosure",
        "ledgers:ledger_file",
        "notices:letter",
        "notices:notice_file",
        "reviews:offline_template",
        "organisations:person_file",
        "polls:poll_result_file",
    }
)


def body_limit(method: str, path: str, headers: Mapping[str, str]) -> int:
    """The most bytes of a body; `headers` as the server has them (COOKIE and so on)."""
    if method != "POST":
        return 0
    if f"{path}/".startswith(DOOR):
        return DOOR_MOST
    page = page_name(path)
    if page in SIGN_IN:
        return SIGN_IN_MOST
    return UPLOADS.get(page, PAGE_MOST) if session_of(headers) else 0


def session_of(headers: Mapping[str, str]) -> str:
    """The session a request comes with, "" for none: one this site gave, whether or not it has ended since."""
    session = plain_cookies(headers.get("COOKIE", "")).get(settings.SESSION_COOKIE_NAME, "")
    return session if is_session_key(session) else ""


def page_name(path: str) -> str:
    """The name of the url a path leads to; "" for none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
