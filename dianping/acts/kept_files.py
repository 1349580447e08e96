"""Files that were kept with a record, as they are given out: with the bytes they were kept with, or not at all."""

from typing import TYPE_CHECKING, BinaryIO

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.keeping import DamagedFile, open_kept
from dianping.common.records.registry import covered
from dianping.common.rights import permit
from dianping.notices.rights import may_read
from dianping.rectification.models import Enclosure, Evidence
from dianping.rectification.rights import may_see, may_see_enclosure

if TYPE_CHECKING:
    from dianping.notices.models import Attachment


def kept_file(row: "Evidence | Enclosure | Attachment", *, about: str, path: str, actor: Actor) -> BinaryIO:
    """The file that a row names, open for reading. Raises DamagedFile, in words, where it is not what was kept; the audit chain
    then tells who met it; Forbidden for whoever may not see the record."""
    _permit(row, actor)
    file = covered(type(row)).file
    assert file is not None
    digest = getattr(row, file.column)
    try:
        return open_kept(digest, folder=file.folder)
    except DamagedFile as no:
        told = f"《{row.name}》（{row._meta.verbose_name} {row.pk}）{no.sentence}"
        _met(row=row, file=f"{file.folder}/{digest}", told=told, about=about, path=path, actor=actor)
        raise DamagedFile(
            f"{told}这一次没有给出。",
            code=no.code,
            remedy="原来的文件在备份里：请告诉系统管理员，从以前的备份找回"
            f" {file.folder}/{digest[:12]}… 这一份，放回原处；也请他查清是谁动过。",
        ) from no


def _permit(row: "Evidence | Enclosure | Attachment", actor: Actor) -> None:
    """A file is for whoever may see the record it came with."""
    if isinstance(row, Evidence):
        permit(actor, may_see, row.progress.item)
    elif isinstance(row, Enclosure):
        permit(actor, may_see_enclosure, row)
    else:
        permit(actor, may_read, row.notice)


@act
def _met(
    *, row: "Evidence | Enclosure | Attachment", file: str, told: str, about: str, path: str, actor: Actor
) -> None:
    _permit(row, actor)
    audit.record(
        actor=actor,
        act="文件不符",
        about=about,
        path=path,
        table=row._meta.db_table,
        id=row.pk,
        file=file,
        what=told,
    )
