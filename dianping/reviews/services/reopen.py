"""重新打开: a filed review taken back, every word of it kept, the duties it met owed again."""

from datetime import datetime

from django.db import IntegrityError
from django.db.models import F

from dianping.common import audit
from dianping.common.acts import act, acting
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.duties.services import take_back
from dianping.reviews.models import Reopening, Review, Revisit
from dianping.reviews.rights import may_reopen
from dianping.reviews.rules.parts import LABELS
from dianping.reviews.selectors.grounds import grounds_of


@act
def reopen_review(*, review: Review, why: str, moment: datetime, actor: Actor) -> Review:
    """Make a filed review a draft again. What it said and met stays in the reopening; filed anew, it counts by that day.

    Raises Refusal without a reason, for a draft, when a later review speaks of its problems, or when another draft about
    the same target has been begun.
    """
    permit(actor, may_reopen, review)
    locked = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not locked.filed:
        raise Refusal(
            "这份点评还没有登记，不用重新打开。", code="reviews.not-filed-yet", remedy="直接改草稿即可。"
        )
    if not why.strip():
        raise Refusal(
            "没有写重新打开的原因。",
            code="reviews.reopening-without-reason",
            remedy="请写明为什么；原文会一并保留。",
        )
    if Revisit.objects.filter(problem__review=locked).exists():
        raise Refusal(
            "后来的点评已经说到这里的问题，不能再打开。",
            code="reviews.later-review-follows",
            remedy="要改文字，请用“更正”。",
        )
    met = [row.duty for row in locked.met.select_related("duty__owed_by__organisation", "duty__window")]
    Reopening.objects.create(
        review=locked, at=moment, by=actor.signature, why=why.strip(), before=_as_it_was(locked)
    )
    locked.met.all().delete()
    for duty in met:
        take_back(duty=duty, actor=actor)
    # They count while the review is filed: written once more as they are, so that the chain is told they count no longer.
    locked.problems.update(number=F("number"))
    locked.revisits.update(found=F("found"))
    locked.grounds.update(poll=F("poll"))
    locked.filed, locked.entered_at, locked.counts = False, None, ""
    locked.confirmed_at, locked.confirmed_by = None, ""
    locked.version += 1
    try:
        with acting():
            locked.save()
    except IntegrityError as no:
        raise Refusal(
            "对同一对象已经另写了草稿。",
            code="reviews.another-draft-begun",
            remedy="请先登记或清空那份草稿，再重新打开。",
        ) from no
    audit.record(
        actor=actor, act="重新打开点评", about=f"review:{locked.pk}", path=locked.path, duties=len(met)
    )
    return locked


def _as_it_was(review: Review) -> dict[str, object]:
    problems = [
        {"text": p.text, "owner": p.owner, "due": p.due.isoformat() if p.due else "", "point": p.point_id}
        for p in review.problems.all()
    ]
    return {
        **{name: getattr(review, name) for name in LABELS},
        "happened_on": str(review.happened_on),
        "entered_at": review.entered_at.isoformat() if review.entered_at else "",
        "recorder": review.recorder,
        "counts": review.counts,
        "problems": problems,
        "grounds": [ground.told for ground in grounds_of(review)],
        "duties": list(review.met.values_list("duty", flat=True)),
    }
