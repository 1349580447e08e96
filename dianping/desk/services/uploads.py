"""Files looked at but not yet written: kept in the data folder, named by chance, under their sender's name."""

import hashlib
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404


def _folder(username: str) -> Path:
    folder = Path(settings.HOME) / "uploads" / hashlib.sha256(username.encode()).hexdigest()[:16]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep_upload(username: str, file: Any) -> str:
    """Keep one uploaded workbook; the key by which its sender, and nobody else, finds it again."""
    for old in _folder(username).glob("*"):
        old.unlink(missing_ok=True)
    key = secrets.token_hex(12) + Path(file.name).suffix.lower()
    with (_folder(username) / key).open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return key


def kept_upload(username: str, key: str) -> Path:
    """Where a kept workbook lies; 404 for a key that is none of this sender's."""
    path = _folder(username) / Path(key).name
    if not path.is_file():
        raise Http404
    return path


def forget_upload(username: str, key: str) -> None:
    """Remove a kept workbook: a roster holds identity numbers and must not lie about."""
    kept_upload(username, key).unlink(missing_ok=True)
