"""Files that people send, kept in the data folder under their own hash: the same bytes are kept once."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Kept:
    """A file already kept in the data folder."""

    name: str
    digest: str
    size: int


def _folder(name: str) -> Path:
    folder = Path(settings.HOME) / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep_file(file: Any, *, folder: str) -> Kept:
    """Keep an uploaded file in one of the folders of the data folder."""
    content = b"".join(file.chunks())
    digest = hashlib.sha256(content).hexdigest()
    path = kept_path(digest, folder=folder)
    if not path.exists():
        new = path.with_suffix(".new")
        new.write_bytes(content)
        new.replace(path)
    return Kept(Path(file.name).name[:200], digest, len(content))


def kept_path(digest: str, *, folder: str) -> Path:
    """Where a kept file lies."""
    return _folder(folder) / digest
