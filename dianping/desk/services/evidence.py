"""佐证材料: files are looked at, then kept in the data folder under their hash, marked 整改前 or 整改后."""

from pathlib import Path
from typing import Any

from dianping.common import keeping
from dianping.common.refusal import Refusal
from dianping.rectification.services import Shown
from dianping.rules.showing import MOST_FILES, fault_of

FOLDER = "evidence"


def keep_evidence(*, before: list[Any], after: list[Any]) -> tuple[Shown, ...]:
    """Keep what was sent with a step. Raises Refusal, with every fault at once, and then keeps none."""
    sent = [("before", file) for file in before] + [("after", file) for file in after]
    faults = [fault for _, file in sent if (fault := _fault(file))]
    if len(sent) > MOST_FILES:
        faults.append(f"一次附了 {len(sent)} 件，最多 {MOST_FILES} 件；请分几次登记进展。")
    if faults:
        raise Refusal("".join(faults), remedy="这一步还没有登记；改好后请重新选文件。")
    return tuple(Shown(when, keeping.keep_file(file, folder=FOLDER)) for when, file in sent)


def _fault(file: Any) -> str:
    beginning = file.read(1024)
    file.seek(0)
    return fault_of(file.name, file.size, beginning)


def evidence_path(digest: str) -> Path:
    """Where a kept file lies."""
    return keeping.kept_path(digest, folder=FOLDER)
