"""机内钥匙: the third key of a box, in the data folder only, outside the database and outside every backup (decision 0039).

`unbacked/boxes/` holds one small file for each closed box, written whole or not at all. When a box is opened or destroyed a
mark goes to `unbacked/opened/` and the file is overwritten and unlinked, after the commit: a box that was not opened after all
can be opened again, and one that was cannot, whatever older database is put back. On disks that write elsewhere than they are
told (SSD, copy-on-write) the bytes may outlive that; whoever must be sure destroys the disk.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from dianping.common.refusal import Refusal
from dianping.opinions.models import Box, Poll
from dianping.opinions.services.sealing import NewKey, public_of, read_key

FOLDER = "unbacked"


def box_name(poll: Poll) -> str:
    """What a box's files are called: its poll and its keys, so that another poll that got the same number in a restored
    database never meets them."""
    keys = dict(poll.keys.values_list("side", "public"))
    return _name(poll.pk, keys.get("unit", ""), keys.get("superior", ""), poll.machine_key)


def _name(poll: int, *keys: str) -> str:
    return f"{poll}-{hashlib.sha256(' '.join(keys).encode()).hexdigest()[:16]}"


def place_of(poll: Poll) -> str:
    """Where a box's machine key lies, as told to people: below the data folder."""
    return f"{FOLDER}/boxes/{box_name(poll)}"


def _path(poll: Poll, kind: str) -> Path:
    return Path(settings.HOME) / FOLDER / kind / box_name(poll)


@sensitive_variables("made")
def keep_key(poll: Poll, made: NewKey) -> None:
    """Write the private half of a box's machine key: whole, readable by its owner only, on the disk when this returns."""
    _write_whole(_path(poll, "boxes"), made.paper)


def has_its_key(box: Box) -> bool:
    """Whether a closed box's machine key lies where it should: true also for one that never had any. Asked before each form
    is taken, so without a query."""
    if not box.machine_key:
        return True
    name = _name(box.poll_id, box.unit_key, box.superior_key, box.machine_key)
    return (Path(settings.HOME) / FOLDER / "boxes" / name).exists()


def is_left(poll: Poll) -> bool:
    """Whether a machine key still lies there."""
    return bool(poll.machine_key) and _path(poll, "boxes").exists()


def polls_with_a_key() -> set[int]:
    """The numbers of the polls for which a machine key lies in the folder, whatever became of them."""
    folder = Path(settings.HOME) / FOLDER / "boxes"
    names = [path.name.partition("-")[0] for path in folder.iterdir()] if folder.is_dir() else []
    return {int(number) for number in names if number.isdecimal()}


def read_machine_key(poll: Poll) -> X25519PrivateKey | None:
    """The key of a closed box; None for one made before there were machine keys. Raises Refusal where the file is missing or
    holds another key."""
    if not poll.machine_key:
        return None
    try:
        private = read_key(_path(poll, "boxes").read_text("ascii"))
    except (OSError, ValueError):
        private = None
    if private is None or public_of(private) != poll.machine_key:
        raise Refusal(
            f"数据夹里的 {place_of(poll)} 不见了，或者不是这一箱的。",
            code="opinions.machine-key-missing",
            remedy="它是这一箱的机内钥匙，没有它，两把纸钥匙也打不开。票箱没有动过；请管理员找回这个文件，确实没有了的，"
            "这一箱只能销毁。",
        )
    return private


def opened_before(poll: Poll) -> dict[str, object] | None:
    """What the data folder says of this very box having been opened or destroyed before; None where it says nothing."""
    try:
        record: dict[str, object] = json.loads(_path(poll, "opened").read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {"day": "", "release": ""}  # something stands there: that is enough to ask why
    return record


def mark_and_erase(poll: Poll) -> None:
    """After an opening or a destruction is committed: leave the mark, then destroy the key. To be repeated as often as wanted;
    what cannot be done now (a full disk) is done the next time."""
    try:
        if opened_before(poll) is None:
            mark = {"poll": poll.pk, "release": poll.release_digest, "day": str(poll.opened_on)}
            _write_whole(_path(poll, "opened"), json.dumps(mark))
    except OSError:
        pass  # the key goes all the same; check_boxes says what is left
    erase(_path(poll, "boxes"))


def erase(path: Path) -> None:
    """Overwrite a file with chance and unlink it; nothing where there is none."""
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _settle(path.parent)
    except FileNotFoundError:
        return
    except OSError:
        path.unlink(missing_ok=True)  # no room to overwrite it in


def path_of(poll: Poll) -> Path:
    """The file of a box's machine key."""
    return _path(poll, "boxes")


def _write_whole(path: Path, text: str) -> None:
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with _aside(path) as aside:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(path)
        _settle(path.parent)
        _settle(path.parent.parent)


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """A name beside a file to write it under first; nothing is left there when it fails."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield aside
    finally:
        aside.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
