"""发言次序: in which order those reviewed at one event speak, by lot (平学院创组文〔2010〕1号 4).

Whom to review at all is drawn elsewhere (`services/draw.py`).
"""

import hashlib

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.reviews.models import Attendance, Occasion
from dianping.reviews.rights import may_run


@act
def draw_turns(*, occasion: Occasion, seed: str, actor: Actor) -> list[Attendance]:
    """Draw the order in which those reviewed speak: by the hash of the seed and the row's number, the seed kept beside it
    so that anybody can work the order out again. Drawn once; raises Refusal for a second draw."""
    permit(actor, may_run, occasion)
    locked = Occasion.objects.select_for_update().get(pk=occasion.pk)
    if locked.lot:
        raise Refusal(
            "次序已经抽过，不再重抽。",
            code="reviews.turns-already-drawn",
            remedy="有人缺席的，按原次序顺延。",
        )
    rows = list(locked.attendance.filter(standing=Attendance.Standing.REVIEWED))
    if not rows:
        raise Refusal(
            "名单上还没有被点评人，没有可抽的。", code="reviews.nobody-to-draw", remedy="请先把人列进名单。"
        )
    rows.sort(key=lambda row: hashlib.sha256(f"{seed}:{row.pk}".encode()).digest())
    for place, row in enumerate(rows, 1):
        row.place = place
    Attendance.objects.bulk_update(rows, ["place"])
    locked.lot = seed[:64]
    locked.version += 1
    locked.save(update_fields=["lot", "version"])
    audit.record(
        actor=actor, act="抽签定次序", about=f"occasion:{locked.pk}", path=locked.path, seed=locked.lot
    )
    return rows
