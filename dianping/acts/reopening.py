"""A filed review taken back: its items go first, so that nothing is followed that nobody has said."""

from datetime import datetime

from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.rights import permit
from dianping.duties.services import locks
from dianping.rectification.services import withdraw_items
from dianping.reviews.models import Review
from dianping.reviews.rights import may_reopen
from dianping.reviews.services import reopen_review


@act
def reopen_and_withdraw(*, review: Review, why: str, moment: datetime, actor: Actor) -> Review:
    """Reopen a review together with its items; refused once anything was done about one of them."""
    permit(actor, may_reopen, review)
    locks.meeting(review.post_id)
    withdraw_items(review=review, actor=actor)
    return reopen_review(review=review, why=why, moment=moment, actor=actor)
