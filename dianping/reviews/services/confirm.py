"""The reviewer stands by words somebody else wrote down for him."""

from datetime import datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.reviews.models import Review
from dianping.reviews.rights import may_confirm


@act
def confirm_review(*, review: Review, moment: datetime, actor: Actor) -> Review:
    """The reviewer confirms a filed review. Twice keeps the first. Raises Refusal for anybody else, or for a draft."""
    permit(actor, may_confirm, review)
    locked = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not locked.filed:
        raise Refusal(
            "这份点评还没有登记。", code="reviews.not-filed-yet", remedy="请先登记，再由点评人确认。"
        )
    if not actor.is_person(locked.reviewer_id):
        raise Refusal(
            f"只有点评人{locked.reviewer.name}本人能确认。",
            code="reviews.only-reviewer-confirms",
            remedy="请点评人用自己的账号登录后确认。",
        )
    if locked.confirmed_at is None:
        locked.confirmed_at, locked.confirmed_by = moment, actor.signature
        locked.save(update_fields=["confirmed_at", "confirmed_by"])
        audit.record(actor=actor, act="确认点评", about=f"review:{locked.pk}", path=locked.path)
    return locked
