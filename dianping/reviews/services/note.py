"""Noting a few words after a talk, and gathering them into the review that is written later (三.4: 平时掌握的情况)."""

from datetime import date, datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import caused, permit
from dianping.orgs.models import Person
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Note, Review
from dianping.reviews.rights import may_note

LONGEST = 500


@act
def take_note(
    *,
    target: ReviewTarget,
    writer: Person,
    happened_on: date,
    text: str,
    moment: datetime,
    actor: Actor,
) -> Note:
    """Keep a note. It is no review and meets no duty. Raises Refusal for no words, too many, or a day that lies ahead."""
    permit(actor, may_note, target.post, target.organisation, writer)
    if not text.strip() or len(text) > LONGEST:
        raise Refusal(
            f"写了 {len(text.strip())} 个字。",
            code="reviews.note-length-wrong",
            remedy=f"请写 1 到 {LONGEST} 个字：什么事、什么时候、在哪里。",
        )
    if happened_on > moment.date():
        raise Refusal(
            f"日期 {happened_on} 在今天之后。",
            code="reviews.note-in-future",
            remedy="请填谈话或看到的那一天。",
        )
    if target.person is not None and target.person.pk == writer.pk:
        raise Refusal(
            "这是记给别人的。", code="reviews.note-about-oneself", remedy="自己的情况请在本人意见里写。"
        )
    note = Note.objects.create(
        post=target.post,
        writer=writer,
        about=target.about,
        organisation=target.organisation,
        path=target.organisation.path,
        person=target.person,
        happened_on=happened_on,
        entered_at=moment,
        text=text.strip(),
    )
    audit.record(actor=actor, act="记平时情况", about=f"note:{note.pk}", path=note.path)
    return note


@act
def gather_notes(*, review: Review, actor: Actor) -> int:
    """The notes of the same seat about the same target up to a review's day become part of it; how many."""
    caused(actor)
    mine = Note.objects.filter(
        post=review.post, about=review.about, review=None, happened_on__lte=review.happened_on
    )
    same = (
        mine.filter(person=review.person)
        if review.person
        else mine.filter(person=None, organisation=review.organisation)
    )
    return same.update(review=review)
