"""The keys of a site: made once, kept as files in the data folder's `keys`, known to the database by digest.

The session key signs sessions, the fingerprint key finds people again, the ballot key tells slips. Whoever restores the
database needs the same keys: with others the site would run and be wrong, so it refuses (`keys_in_order`).
"""

import hashlib
import secrets
from pathlib import Path
from typing import cast

from django.utils.functional import SimpleLazyObject

from dianping.common.leaving import CannotGoOn, told_of
from dianping.common.whole_files import make_folder, write_once

NAMES = ("session", "fingerprint", "ballots")
FOLDER = "keys"
LEAST = 32  # characters; those we make have 64


class UnusableKey(Exception):
    """What is wrong with a key file: `what` is "absent", "empty" or "short"."""

    def __init__(self, path: Path, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(f"{path}: {what}")


def key_path(home: Path, name: str) -> Path:
    """Where a key lies."""
    return home / FOLDER / name


def read_key(home: Path, name: str) -> str:
    """A key from its file; UnusableKey where it is absent, empty or too short to be one."""
    path = key_path(home, name)
    try:
        key = path.read_text("ascii").strip()
    except FileNotFoundError:
        raise UnusableKey(path, "absent") from None
    except UnicodeDecodeError:
        raise UnusableKey(path, "short") from None
    if len(key) < LEAST:
        raise UnusableKey(path, "short" if key else "empty")
    return key


def kept_key(home: Path, name: str) -> str:
    """A key that is read when it is first used: importing the settings touches nothing."""
    return cast(str, SimpleLazyObject(lambda: _read_or_say(home, name)))


def _read_or_say(home: Path, name: str) -> str:
    try:
        return read_key(home, name)
    except UnusableKey as no:
        raise wanted(no.path, no.what) from no
    except OSError as fault:
        raise told_of(fault, key_path(home, name)) from fault


def make_key(home: Path, name: str) -> None:
    """Make a key, whole or not at all; one that stands is left alone."""
    make_folder(home / FOLDER)
    write_once(key_path(home, name), secrets.token_urlsafe(48).encode())


def key_digest(key: str) -> str:
    """SHA-256 of a key as it lies in its file, hexadecimal: what `sha256sum` prints for a backup."""
    return hashlib.sha256(key.encode()).hexdigest()


def wanted(path: Path, what: str, digest: str = "") -> CannotGoOn:
    """Why a key is refused ("absent", "empty", "short" or "foreign"), and which backup is wanted."""
    chinese, english = {
        "absent": ("不见了", "is missing"),
        "empty": ("是空的", "is empty"),
        "short": ("不完整", "is not a whole key"),
        "foreign": ("不是这个站的", "belongs to another site"),
    }[what]
    which = f"（sha256sum 以 {digest[:12]} 开头的那一份）" if digest else ""
    which_one = f" (the one whose sha256sum begins with {digest[:12]})" if digest else ""
    return CannotGoOn(
        f"钥匙 {path} {chinese}。请把备份里的 {FOLDER}/{path.name}{which}放回去再启动；不会另造一把，数据没有动。",
        f"The key {path} {english}. Put {FOLDER}/{path.name} back from the backup{which_one} and start again; no new one is made,"
        " no data was touched.",
        code="site.key-unusable",
    )
