"""交接: a reviewer who is away or replaced mid-round hands what is open to another seat."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.duties.models import Duty, Handover, Kind
from dianping.duties.models.duty import ORGANISATION_TARGETS
from dianping.duties.rights import may_hand_over
from dianping.duties.services import locks, tallying
from dianping.orgs.models import Person, Post


@act
def hand_over(
    *,
    from_post: Post,
    to_post: Post,
    holder: Person | None,
    why: str,
    on: date,
    actor: Actor,
    only: Iterable[int] = (),
) -> Handover:
    """Hand the open reviews of one seat to another; `only` names some of them by key, all where it is empty.

    `holder` is who answers for the other seat: a review of himself stays where it is, and so does one of the organisation he
    heads (decision 0005). Raises Refusal without a reason, to the same seat, to a vacant one, or when nothing is open.
    """
    permit(actor, may_hand_over, from_post, to_post)
    if not why.strip():
        raise Refusal(
            "没有写交接的原因。",
            code="duties.handover-without-reason",
            remedy="请写明为什么由别人点评，例如出差、病假、调离。",
        )
    if from_post.pk == to_post.pk:
        raise Refusal("交接的双方是同一个职务。", code="duties.handover-to-itself", remedy="请选另一个职务。")
    if holder is None:
        raise Refusal(f"{to_post}现在空缺。", code="duties.seat-vacant", remedy="请选有人在任的职务。")
    locks.opening()
    own = Q(person=holder) | Q(organisation=to_post.organisation_id, target__in=ORGANISATION_TARGETS)
    duties = Duty.objects.select_for_update().filter(
        kind=Kind.REVIEW, owed_by=from_post, done_on=None, lapsed_on=None
    )
    keys = list(only)
    rows = list((duties.filter(pk__in=keys) if keys else duties).exclude(own).values_list("pk", "window"))
    if not rows:
        raise Refusal(
            f"{from_post}没有可以交给{to_post}的点评。",
            code="duties.nothing-to-hand-over",
            remedy="请核对双方；点评本人或本组织的不能交给他。",
        )
    handed = Handover.objects.create(
        from_post=from_post, to_post=to_post, on=on, by=actor.signature, why=why.strip(), duties=len(rows)
    )
    Duty.objects.filter(pk__in=[pk for pk, _ in rows]).update(owed_by=to_post, handed_over=handed)
    tallying.recount(windows=sorted({window for _, window in rows if window}), day=on)
    audit.record(
        actor=actor,
        act="交接应办",
        about=f"handover:{handed.pk}",
        path=from_post.organisation.path,
        to=to_post.pk,
        duties=len(rows),
    )
    return handed
