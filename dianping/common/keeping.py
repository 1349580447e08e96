"""Files that people send, kept in the data folder under their own hash: the same bytes are kept once.

Every folder made here is its owner's alone (0700), every file too (0600). Pictures are drawn anew first, so the hash is that
of what is kept. What was kept for an act that is then refused is taken away again. Whoever has the folder in his hands can put
other bytes under a hash: a file is given out only with those it was kept with.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.core.files import File

from dianping.common.pictures import drawn_anew, is_picture
from dianping.common.refusal import Refusal

FOLDER_MODE, FILE_MODE = 0o700, 0o600
OPEN_TO_ALL = "static"  # what every browser may have; a server in front may read it


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file already kept in the data folder. `made`: when it was written, in nanoseconds; 0 where it lay there before."""

    name: str
    digest: str
    size: int
    made: int = field(default=0, compare=False)


class DamagedFile(Refusal):
    """What lies under the hash of a kept file is not what was kept, or nothing lies there."""


def private_folder(*names: str) -> Path:
    """A folder in the data folder, made where it is not there, for its owner alone."""
    folder = Path(settings.HOME)
    for name in names:
        folder = folder / name
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    return folder


def write_private(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file for its owner alone, whole or not at all."""
    new = path.with_suffix(f".{os.urandom(6).hex()}.new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            for piece in pieces:
                file.write(piece)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def content_of(file: "File[bytes]", *, reader: str | None) -> bytes:
    """What of a file uploaded by the account `reader` is kept: its bytes, of a picture its dots. Raises UnreadablePicture."""
    assert file.name is not None  # it was uploaded
    file.seek(0)
    content = b"".join(file.chunks())
    return drawn_anew(content, Path(file.name).name, reader=reader) if is_picture(content) else content


def keep_file(file: "File[bytes]", *, folder: str, reader: str | None) -> KeptFile:
    """Keep a file in one of the folders of the data folder. Raises UnreadablePicture (a Refusal) and then keeps nothing.

    `reader`: the account that sent it, None at the machine.
    """
    assert file.name is not None  # it was uploaded
    return keep_content(content_of(file, reader=reader), name=file.name, folder=folder)


def keep_content(content: bytes, *, name: str, folder: str) -> KeptFile:
    """Keep bytes under their hash."""
    digest = hashlib.sha256(content).hexdigest()
    path, made = kept_path(digest, folder=folder), 0
    if _lies_there(path, digest):
        os.utime(path)  # whoever kept it first and is refused now must not take it away from us
    else:
        # Other bytes, which somebody put there: the right ones take their place, and stay.
        lay_there = path.exists()
        write_private(path, [content])
        made = 0 if lay_there else path.stat().st_mtime_ns
    return KeptFile(Path(name).name[:200], digest, len(content), made)


@contextmanager
def taken_away_if_refused(*, folder: str) -> Iterator[list[KeptFile]]:
    """Files put into the list stay when the block ends well; when it does not, those it brought are gone."""
    kept: list[KeptFile] = []
    try:
        yield kept
    except BaseException:
        take_away(kept, folder=folder)
        raise


def take_away(kept: Iterable[KeptFile], *, folder: str) -> None:
    """Remove what these acts brought, unless somebody has kept the same bytes since."""
    for file in kept:
        path = kept_path(file.digest, folder=folder)
        with suppress(FileNotFoundError):
            if file.made and path.stat().st_mtime_ns == file.made:
                path.unlink()


def kept_path(digest: str, *, folder: str) -> Path:
    """Where a kept file lies."""
    return private_folder(folder) / digest


def open_kept(digest: str, *, folder: str) -> BufferedReader:
    """A kept file, open at its beginning, with the bytes it was kept with. Raises DamagedFile for any other, and for none.

    The very file that was read is given back: another one put in its place afterwards is not. To be asked outside of any
    transaction: all of the file is read.
    """
    try:
        file = _opened(kept_path(digest, folder=folder))
    except FileNotFoundError as no:
        raise DamagedFile("在服务器上的文件不在了。", code="files.missing-on-server") from no
    except OSError as no:
        raise DamagedFile(
            f"在服务器上的文件读不了（{no.strerror or no}）。", code="files.unreadable-on-server"
        ) from no
    try:
        if _digest_of(file) != digest:
            raise DamagedFile(
                "在服务器上的文件被换过或者坏了，与登记时记下的摘要不符。", code="files.changed-on-server"
            )
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def is_sound(path: Path, digest: str) -> bool:
    """Whether a file lies there with the bytes of this digest. Raises OSError for one that cannot be read."""
    try:
        with _opened(path) as file:
            return _digest_of(file) == digest
    except FileNotFoundError:
        return False


def _lies_there(path: Path, digest: str) -> bool:
    try:
        return is_sound(path, digest)
    except OSError:
        return False


def _opened(path: Path) -> BufferedReader:
    """A plain file, open for reading: nobody waits for what a pipe or a device in its place would give."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb")
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError("不是普通文件")


def _digest_of(file: BufferedReader) -> str:
    return hashlib.file_digest(file, hashlib.sha256).hexdigest()  # in pieces, however large it is


def close_to_others() -> int:
    """Take every right from everybody but the owner, in all of the data folder but the static files; how many had to be.

    Asked at each start: an earlier version, a copy brought back or a wide umask leaves files that others can read.
    """
    changed = 0
    home = Path(settings.HOME)
    for folder, names, files in os.walk(home):
        if Path(folder) == home:
            names[:] = [name for name in names if name != OPEN_TO_ALL]
        changed += _close(Path(folder), FOLDER_MODE)
        changed += sum(_close(Path(folder) / name, FILE_MODE) for name in files)
    return changed


def _close(path: Path, most: int) -> bool:
    """Whether somebody else had a right. Links are left alone: what they lead to is not ours."""
    with suppress(FileNotFoundError, PermissionError):
        mode = path.lstat().st_mode
        if not path.is_symlink() and mode & 0o077:
            path.chmod(mode & most)
            return True
    return False
