"""附件 as a page of a record shows them: the files, and the box to put more beside it (pages/frame/_enclosures.html)."""

from dataclasses import dataclass

from dianping.common.audit import Actor
from dianping.common.sizes import megabytes
from dianping.rectification.models import Enclosure
from dianping.rectification.rights import may_enclose
from dianping.rectification.rules.showing import KINDS, MOST_BYTES, MOST_FILES
from dianping.rectification.selectors import FIELDS, Record, enclosures_of

HELP = f"{KINDS}，每件不超过 {megabytes(MOST_BYTES)}，一次共 {MOST_FILES} 件。附上的不能再拿走。"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What is kept with one record; `kind` and `pk` are its address."""

    kind: str
    pk: int
    files: list[Enclosure]
    may: bool
    help: str = HELP


def enclosed_with(record: Record, actor: Actor) -> Enclosed:
    """The files of a record, for whoever sees it. One query."""
    kind = FIELDS[type(record)]
    return Enclosed(kind, record.pk, list(enclosures_of(record)), may_enclose(actor, record))
