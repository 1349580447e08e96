"""Files looked at but not yet written: kept in the data folder, named by chance, under their sender's name, for an hour.

A roster holds identity numbers: looked at and not written it must not lie about.
"""

import hashlib
import os
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import Http404

from dianping.common.audit import Actor
from dianping.common.clock import true_moment
from dianping.common.keeping import private_folder, write_private
from dianping.common.rights import permit
from dianping.orgs.rights import may_keep_roster

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FOLDER = "uploads"
KEPT_FOR = timedelta(hours=1)


def _folder(username: str) -> Path:
    return private_folder(FOLDER, hashlib.sha256(username.encode()).hexdigest()[:16])


def keep_upload(actor: Actor, file: "UploadedFile[bytes]") -> str:
    """Keep one uploaded workbook; the key by which its sender, and nobody else, finds it again for an hour."""
    permit(actor, may_keep_roster)
    assert file.name is not None  # a file that was sent has one
    sweep_uploads(true_moment())
    for old in _folder(actor.name).glob("*"):
        old.unlink(missing_ok=True)
    key = secrets.token_hex(12) + Path(file.name).suffix.lower()
    write_private(_folder(actor.name) / key, file.chunks())
    return key


def kept_upload(username: str, key: str) -> Path:
    """Where a kept workbook lies; 404 for a key that is none of this sender's, and for one older than an hour."""
    path = _folder(username) / Path(key).name
    if not path.is_file() or _is_over(path, true_moment()):
        raise Http404
    return path


def forget_upload(username: str, key: str) -> None:
    """Remove a kept workbook, however old it has become meanwhile."""
    (_folder(username) / Path(key).name).unlink(missing_ok=True)


def sweep_uploads(now: datetime) -> int:
    """Remove what was not taken within the hour, whoever sent it; how many. Asked at every upload and every start."""
    gone = 0
    for path in private_folder(FOLDER).glob("*/*"):
        with suppress(FileNotFoundError):
            if _is_over(path, now):
                path.unlink()
                gone += 1
    return gone


def _is_over(path: Path, now: datetime) -> bool:
    return now.timestamp() - os.stat(path).st_mtime > KEPT_FOR.total_seconds()
