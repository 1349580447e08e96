"""Correcting a filed review: both texts stay, with who and why."""

from datetime import datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.reviews.models import Correction, Review
from dianping.reviews.rights import may_correct
from dianping.reviews.rules.parts import LABELS, TEXTS


@act
def correct_review(
    *, review: Review, changes: dict[str, str], why: str, version: int, moment: datetime, actor: Actor
) -> Correction:
    """Change words of a filed review. Only texts can be corrected; the day and the target cannot.

    Raises Refusal without a reason or a change, Conflict when somebody corrected it meanwhile.
    """
    permit(actor, may_correct, review)
    if not why.strip():
        raise Refusal(
            "更正没有写原因。",
            code="reviews.correction-without-reason",
            remedy="请写明为什么更正，原文会一并保留。",
        )
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if not locked.filed:
        raise Refusal("这份点评还是草稿。", code="reviews.not-filed-yet", remedy="草稿可以直接修改。")
    if locked.version != version:
        raise Conflict(
            "这份点评刚刚被别人更正过，您的更正没有存入。请对照后再改。",
            code="reviews.corrected-meanwhile",
            differences=tuple(
                (LABELS[name], getattr(locked, name), text)
                for name, text in changes.items()
                if getattr(locked, name) != text
            ),
        )
    changed = {n: t for n, t in changes.items() if n in LABELS and getattr(locked, n) != t}
    kept = [part.key for part in TEXTS if locked.about in part.kept_of]
    emptied = [n for n, t in changed.items() if n in kept and not t.strip()]
    if emptied:
        raise Refusal(
            f"更正把“{LABELS[emptied[0]]}”清空了，这一部分是必写的。",
            code="reviews.part-emptied",
            remedy="请写上更正后的文字。",
        )
    if not changed:
        raise Refusal("没有改动任何文字。", code="reviews.nothing-corrected", remedy="请改动后再提交更正。")
    before = {name: getattr(locked, name) for name in changed}
    for name, text in changed.items():
        setattr(locked, name, text)
    locked.version += 1
    locked.save(update_fields=[*changed, "version"])
    audit.record(
        actor=actor,
        act="更正点评",
        about=f"review:{review.pk}",
        path=locked.path,
        fields=sorted(changed),
        why=why,
    )
    return Correction.objects.create(
        review=locked, at=moment, by=actor.signature, why=why, before=before, after=changed
    )
