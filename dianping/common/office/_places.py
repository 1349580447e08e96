"""Places for reading: one file at a time for each account, two on the whole site, whatever the number of processes.

A place is a lock on a file of the data folder. The system gives it back when its holder ends, however he ends.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from dianping.common.office._shapes import UnreadableFile

AT_ONCE = 2  # on the site
_LOOK_AGAIN = 0.05  # seconds
_mine_taken = partial(
    UnreadableFile,
    "您交的另一份文件还在读，同一个人一次只读一份。这一份没有读，也没有写入；请等那一份读完（最多十几秒）再交。",
    code="files.own-place-taken",
)
_all_taken = partial(
    UnreadableFile,
    f"站上正有 {AT_ONCE} 份文件在读，一次只读 {AT_ONCE} 份。这一份没有读，也没有写入；请过十几秒再交一次。",
    code="files.all-places-taken",
)


@contextmanager
def place_for(reader: str | None, *, seconds: float) -> Iterator[None]:
    """Hold the reader's own place and one of the site's. Raises UnreadableFile when none came free within so many seconds.

    None, a command at the machine itself, needs no place.
    """
    if reader is None:
        yield
        return
    until = time.monotonic() + seconds
    folder = _folder()
    own = folder / f"reader-{hashlib.sha256(reader.encode()).hexdigest()[:16]}"
    with ExitStack() as held:
        for files, taken in (
            ([own], _mine_taken),
            ([folder / f"place-{n}" for n in range(AT_ONCE)], _all_taken),
        ):
            handle = _locked(files, until)
            if handle is None:
                raise taken()
            held.callback(os.close, handle)
        yield


def _folder() -> Path:
    from django.conf import settings

    folder = Path(settings.HOME) / "reading"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _locked(files: Sequence[Path], until: float) -> int | None:
    """A handle on the first of the files that could be locked by then; None when there was none."""
    while True:
        for file in files:
            handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(handle)
            else:
                return handle
        if time.monotonic() >= until:
            return None
        time.sleep(_LOOK_AGAIN)
