"""The reviewed one reads and answers beside the review; the review itself is not touched."""

from datetime import datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.reviews.models import Answer, Review
from dianping.reviews.rights import may_answer, may_note_answer


@act
def answer_review(*, review: Review, text: str, on_behalf: bool, moment: datetime, actor: Actor) -> Answer:
    """Note that the reviewed one has read it, with or without words. `on_behalf`: written down by the office."""
    permit(actor, may_note_answer if on_behalf else may_answer, review)
    if not review.filed:
        raise Refusal(
            "这份点评还没有登记，不能签阅。", code="reviews.not-filed-yet", remedy="登记之后再请本人签阅。"
        )
    audit.record(
        actor=actor, act="签阅点评", about=f"review:{review.pk}", path=review.path, on_behalf=on_behalf
    )
    return Answer.objects.create(
        review=review, at=moment, by=actor.signature, on_behalf=on_behalf, text=text.strip()
    )
