"""Files that come with a notice: their text for reading, their bytes kept in the data folder under their hash."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings

from dianping.common.office.reading import UnreadableFile, read_text
from dianping.common.refusal import Refusal
from dianping.notices.services import Kept


def _folder() -> Path:
    folder = Path(settings.HOME) / "notices"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep_file(file: Any) -> Kept:
    """Keep an uploaded file; the same bytes are kept once."""
    content = b"".join(file.chunks())
    digest = hashlib.sha256(content).hexdigest()
    path = _folder() / digest
    if not path.exists():
        new = path.with_suffix(".new")
        new.write_bytes(content)
        new.replace(path)
    return Kept(Path(file.name).name[:200], digest, len(content))


def kept_path(digest: str) -> Path:
    """Where a kept file lies."""
    return _folder() / digest


def text_of(kept: Kept) -> str:
    """The text of a kept file. Raises Refusal, in words, for a scan or an unreadable one."""
    try:
        return read_text(kept_path(kept.digest))
    except UnreadableFile as no:
        raise Refusal(f"《{kept.name}》{no.sentence}") from no
