"""附件: files put beside a review, an event or a paper handed in, looked at and kept as 佐证材料 are (decision 0068)."""

from datetime import date
from typing import TYPE_CHECKING

from dianping.common import audit, keeping
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.keeping import KeptFile
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.rectification.models import Enclosure
from dianping.rectification.rights import may_enclose
from dianping.rectification.selectors import FIELDS, Record, enclosures_of
from dianping.rectification.services.evidence import FOLDER, looked_over

MOST = 40  # files beside one record: they are never taken away

if TYPE_CHECKING:
    from django.core.files import File


def enclose(*, record: Record, files: list["File[bytes]"], reader: str | None, on: date, actor: Actor) -> int:
    """Keep what `reader` sent with a record; how many are new: the same file twice is once.

    Raises Refusal for none, for too many, and with every fault at once; then none is kept.
    """
    permit(actor, may_enclose, record)
    if not files:
        raise Refusal(
            "没有选文件。", code="rectification.no-files", remedy="请选一个或几个文件，再按“附上”。"
        )
    with keeping.taken_away_if_refused(folder=FOLDER) as kept:
        for _, name, content in looked_over([("", file) for file in files], reader=reader):
            kept.append(keeping.keep_content(content, name=name, folder=FOLDER))
        return _enclose(record, kept, on, actor)


@act
def _enclose(shown: Record, kept: list[KeptFile], on: date, actor: Actor) -> int:
    record = (
        type(shown).objects.select_for_update().get(pk=shown.pk)
    )  # as it stands now: it may be open again
    permit(actor, may_enclose, record)
    field = FIELDS[type(record)]
    there = set(enclosures_of(record).values_list("digest", flat=True))
    new = list({file.digest: file for file in kept if file.digest not in there}.values())
    if len(there) + len(new) > MOST:
        raise Refusal(
            f"这份记录旁边已有 {len(there)} 件，再附 {len(new)} 件就超过 {MOST} 件。",
            code="rectification.enclosures-too-many",
            remedy="请把几页并成一个文件再附；原来的附件没有动。",
        )
    if not new:
        return 0
    for file in new:
        Enclosure.objects.create(
            **{field: record},
            path=record.path,
            name=file.name,
            digest=file.digest,
            size=file.size,
            on=on,
            by=actor.signature,
        )
    audit.record(
        actor=actor,
        act="附文件",
        about=f"{field}:{record.pk}",
        path=record.path,
        files=[file.name for file in new],
        digest=[file.digest for file in new],
    )
    return len(new)
