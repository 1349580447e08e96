"""佐证材料: files are looked at, then kept in the data folder under their hash, marked 整改前 or 整改后."""

from typing import TYPE_CHECKING

from dianping.common import keeping
from dianping.common.audit import Actor
from dianping.common.pictures import UnreadablePicture
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.rectification.models import Item
from dianping.rectification.rights import may_show
from dianping.rectification.rules.showing import MOST_FILES, fault_of
from dianping.rectification.services import EvidenceInput

if TYPE_CHECKING:
    from django.core.files import File

FOLDER = "evidence"


def keep_evidence(
    *, item: Item, before: list["File[bytes]"], after: list["File[bytes]"], reader: str | None, actor: Actor
) -> tuple[EvidenceInput, ...]:
    """Keep what `reader` sent with a step, pictures drawn anew. Raises Refusal, with every fault at once, and then keeps none."""
    permit(actor, may_show, item)
    sent = [("before", file) for file in before] + [("after", file) for file in after]
    return tuple(
        EvidenceInput(when, keeping.keep_content(content, name=name, folder=FOLDER))
        for when, name, content in looked_over(sent, reader=reader)
    )


def looked_over(sent: list[tuple[str, "File[bytes]"]], *, reader: str | None) -> list[tuple[str, str, bytes]]:
    """Of files that `reader` sent, each with a mark: the mark, the name, and what would be kept. Raises Refusal for too many, and
    with every fault at once."""
    if len(sent) > MOST_FILES:  # none of them is opened
        raise Refusal(
            f"一次附了 {len(sent)} 件，最多 {MOST_FILES} 件；请分几次登记。",
            code="rectification.too-many-files",
            remedy="这一次还没有登记；改好后请重新选文件。",
        )
    faults, looked_at = [], []
    for when, file in sent:
        assert file.name is not None  # a file that was sent has one
        fault, content = _looked_at(file, file.name, reader)
        faults += [fault] if fault else []
        looked_at.append((when, file.name, content))
    if faults:
        raise Refusal(
            "".join(faults),
            code="rectification.files-not-taken",
            remedy="这一次还没有登记；改好后请重新选文件。",
        )
    return looked_at


def take_away(shown: tuple[EvidenceInput, ...]) -> None:
    """Remove what was kept for a step that is then refused."""
    keeping.take_away([evidence.file for evidence in shown], folder=FOLDER)


def _looked_at(file: "File[bytes]", name: str, reader: str | None) -> tuple[str, bytes]:
    """What is wrong with a file, as a sentence, and what of it would be kept."""
    beginning = file.read(1024)
    file.seek(0)
    fault = fault_of(name, file.size, beginning)
    if fault:
        return fault, b""
    try:
        return "", keeping.content_of(file, reader=reader)
    except UnreadablePicture as no:
        return str(no), b""
