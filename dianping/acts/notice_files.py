"""Files that come with a notice: their text for reading, their bytes kept in the data folder under their hash."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from dianping.common import keeping
from dianping.common.audit import Actor
from dianping.common.keeping import KeptFile
from dianping.common.office.reading import Bounds, UnreadableFile, read_text
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.notices.reading import LONGEST
from dianping.notices.rights import may_enter
from dianping.orgs.models import Organisation

if TYPE_CHECKING:
    from django.core.files import File

FOLDER = "notices"
_BOUNDS = Bounds(characters=LONGEST)


def keep_file(
    file: "File[bytes]", *, organisation: Organisation, reader: str | None, actor: Actor
) -> KeptFile:
    """Keep a file that `reader` sent for an organisation's register; the same bytes are kept once."""
    permit(actor, may_enter, organisation)
    return keeping.keep_file(file, folder=FOLDER, reader=reader)


def gone_if_refused() -> AbstractContextManager[list[KeptFile]]:
    """A list of kept files: those it brought are removed when the block does not end well."""
    return keeping.taken_away_if_refused(folder=FOLDER)


def text_of(kept: KeptFile, *, reader: str | None) -> str:
    """The text of a kept file, read for an account. Raises Refusal, in words, for a scan, an unreadable one, or one longer than
    any notice."""
    try:
        return read_text(keeping.kept_path(kept.digest, folder=FOLDER), reader=reader, bounds=_BOUNDS)
    except UnreadableFile as no:
        raise Refusal(f"《{kept.name}》{no.sentence}", code=no.code) from no
