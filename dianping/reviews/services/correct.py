"""Correcting a filed review: both texts stay, with who and why."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.reviews.inputs import GroundInput
from dianping.reviews.models import Correction, Review
from dianping.reviews.rights import may_correct
from dianping.reviews.rules.parts import GROUNDS, LABELS, TEXTS
from dianping.reviews.selectors.grounds import grounds_of, listed, ticked
from dianping.reviews.services.grounds import change_grounds


@act
def correct_review(
    *,
    review: Review,
    changes: dict[str, str],
    why: str,
    version: int,
    moment: datetime,
    actor: Actor,
    grounds: Sequence[GroundInput] | None = None,
) -> Correction:
    """Change words of a filed review, and what it rests on (`grounds`; None: as it stands). The day and the target stay.

    Raises Refusal without a reason or a change, for grounds that are not on file on the day of the review or that are all taken
    away where one is demanded, Conflict when somebody corrected it meanwhile.
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
                (label, now, meant)
                for label, now, meant in _side_by_side(locked, changes, grounds)
                if now != meant
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
    before: dict[str, str] = {name: getattr(locked, name) for name in changed}
    for name, text in changed.items():
        setattr(locked, name, text)
    if (swapped := change_grounds(locked, grounds)) is not None:
        before["grounds"], changed["grounds"] = swapped
    if not changed:
        raise Refusal("没有改动任何文字。", code="reviews.nothing-corrected", remedy="请改动后再提交更正。")
    locked.version += 1
    locked.save(update_fields=[*(name for name in changed if name in LABELS), "version"])
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


def _side_by_side(
    review: Review, changes: dict[str, str], grounds: Sequence[GroundInput] | None
) -> Iterator[tuple[str, str, str]]:
    """(what it is called, how it stands, how it was meant to stand) of everything that was to be changed."""
    for name, text in changes.items():
        yield LABELS[name], getattr(review, name), text
    if grounds is not None:
        yield GROUNDS, listed(grounds_of(review)), listed(ticked(review, grounds, review.occasion))
