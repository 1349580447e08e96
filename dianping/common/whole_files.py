"""Small files written whole or not at all, and never over one that stands."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def write_once(path: Path, content: bytes) -> bool:
    """Write a file of mode 0600 with everything in it; False, and nothing done, where one stands already.

    Written aside, brought to the disk, then given its name, which fails if the name is taken; a kill at any moment leaves
    the whole file or none (and perhaps the one aside, which nobody reads).
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            return False
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()
    _reach_disk(path.parent)
    return True


def make_folder(path: Path) -> None:
    """A folder that only its owner may enter, brought to the disk; what stands is left as it is."""
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _reach_disk(path.parent)


def _reach_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
