"""交接: a reviewer who is away or replaced hands his reviews to another seat, from a day until a day (decision 0063)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import caused, permit
from dianping.duties.models import Duty, Handover, Kind, Target
from dianping.duties.models.duty import BODY_TARGETS
from dianping.duties.rights import may_hand_over
from dianping.duties.selectors.handovers import standing_on
from dianping.duties.services import locks, tallying
from dianping.orgs.models import Person, Post, Role
from dianping.orgs.selectors.posts import holder_on, organisations_headed

BY_ITSELF = "到期自动收回"


@act
def hand_over(
    *,
    from_post: Post,
    to_post: Post,
    holder: Person | None,
    why: str,
    on: date,
    actor: Actor,
    until: date | None = None,
    only: Iterable[int] = (),
    today: date | None = None,
) -> Handover:
    """Hand the reviews of one seat to another from a day until a last day, or open-ended: all that is open and all that opens
    meanwhile, or only some by key. What begins later goes over when that day's duties are opened.

    `holder` is who answers for the other seat: a review of himself stays where it is, and so does one of an organisation he
    heads (decision 0005); what somebody else handed to the seat stays with it. Raises Refusal without a reason, to the same seat,
    to a vacant one, for days that cannot be, when the seat has handed over all already, or when none of the named can go over.
    """
    permit(actor, may_hand_over, from_post, to_post)
    today, items = today or on, sorted(set(only))
    _refuse_seats(from_post, to_post, holder, why)
    _refuse_days(from_post, on, until, today, whole=not items)
    locks.opening()
    handed = Handover(
        from_post=from_post,
        to_post=to_post,
        on=on,
        until=until,
        whole=not items,
        items=items,
        by=actor.signature,
        why=why.strip(),
        duties=0,
    )
    going = _going_over(handed, holder)
    if items and not going.exists():
        raise Refusal(
            f"{from_post}没有可以交给{to_post}的点评。",
            code="duties.nothing-to-hand-over",
            remedy="请核对双方；点评本人或本组织的不能交给他，别人交来的请先收回再交。",
        )
    handed.save()
    windows = _hand(handed, holder) if on <= today else set()
    tallying.recount(windows=sorted(windows), day=today)
    audit.record(
        actor=actor,
        act="交接应办",
        about=f"handover:{handed.pk}",
        path=from_post.organisation.path,
        to=to_post.pk,
        duties=handed.duties,
        since=on,
        until=until,
    )
    return handed


@act
def take_back_handover(*, handover: Handover, on: date, actor: Actor) -> int:
    """Give what is still open back to the seat that handed it over; how many. Raises Refusal when that has been done."""
    permit(actor, may_hand_over, handover.from_post, handover.to_post)
    locks.opening()
    standing = Handover.objects.select_for_update(of=("self",)).filter(pk=handover.pk, ended_on=None)
    handed = standing.select_related("from_post__organisation").first()
    if handed is None:
        raise Refusal(
            "这次交接已经收回。",
            code="duties.handover-ended",
            remedy="没有办的已在交出的职务名下，无需再收。",
        )
    count, windows = _end(handed, on=on, by=actor.signature)
    tallying.recount(windows=sorted(windows), day=on)
    audit.record(
        actor=actor,
        act="收回交接",
        about=f"handover:{handed.pk}",
        path=handed.from_post.organisation.path,
        duties=count,
    )
    return count


def end_over_ones(*, day: date, actor: Actor) -> set[int]:
    """End the handovers whose last day has passed; the windows touched."""
    caused(actor)
    touched: set[int] = set()
    over = Handover.objects.filter(ended_on=None, until__lt=day).select_related("from_post__organisation")
    for handed in over.order_by("pk"):
        assert handed.until is not None
        count, windows = _end(handed, on=handed.until + timedelta(days=1), by=BY_ITSELF)
        touched |= windows
        audit.record(
            actor=actor,
            act="收回交接",
            about=f"handover:{handed.pk}",
            path=handed.from_post.organisation.path,
            duties=count,
        )
    return touched


def keep_handed_over(*, day: date, actor: Actor) -> set[int]:
    """Let what has opened meanwhile go over, and what the other may not review come back; the windows touched."""
    caused(actor)
    touched: set[int] = set()
    for handed in standing_on(day).filter(Q(whole=True) | ~Q(items=[])).order_by("pk"):
        holder, before = holder_on(handed.to_post, day=day), handed.duties
        own = _own(handed.to_post, holder, day) if holder else Q()
        touched |= _give_back(_held(handed).filter(own))[1] if holder else set()
        touched |= _hand(handed, holder, day=day) if holder else set()
        if handed.duties != before:
            audit.record(
                actor=actor,
                act="交接应办",
                about=f"handover:{handed.pk}",
                path=handed.from_post.organisation.path,
                to=handed.to_post_id,
                duties=handed.duties - before,
            )
    return touched


def _refuse_seats(from_post: Post, to_post: Post, holder: Person | None, why: str) -> None:
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


def _refuse_days(from_post: Post, on: date, until: date | None, today: date, *, whole: bool) -> None:
    if until is not None and until < max(on, today):
        raise Refusal(
            f"交接从 {on} 起，最后一天却是 {until}。",
            code="duties.handover-ends-too-early",
            remedy="请填不早于开始和今天的最后一天；不知道哪天回来，可以空着。",
        )
    if not whole:
        return
    last = until or date.max
    others = Handover.objects.filter(from_post=from_post, whole=True, ended_on=None, on__lte=last)
    standing = others.filter(Q(until=None) | Q(until__gte=on)).select_related("to_post__organisation").first()
    if standing is not None:
        raise Refusal(
            f"{from_post}的点评从 {standing.on} 起已全部交给{standing.to_post}。",
            code="duties.handed-over-already",
            remedy="请先收回那一次，再交给别人。",
        )


def _own(to_post: Post, holder: Person, day: date) -> Q:
    """What whoever answers for a seat must not review: himself, and what he heads (decision 0005)."""
    headed = {to_post.organisation_id, *organisations_headed(holder, day=day)}
    return Q(person=holder) | Q(organisation__in=headed, target__in=BODY_TARGETS)


def _going_over(handed: Handover, holder: Person | None, day: date | None = None) -> QuerySet[Duty]:
    """The open reviews of the seat that can go over: none that was handed to it by somebody else."""
    duties = Duty.objects.filter(
        kind=Kind.REVIEW, owed_by=handed.from_post, done_on=None, lapsed_on=None, handed_over=None
    )
    if handed.items:
        duties = duties.filter(pk__in=handed.items)
    return duties.exclude(_own(handed.to_post, holder, day or handed.on)) if holder else duties.none()


def _hand(handed: Handover, holder: Person | None, *, day: date | None = None) -> set[int]:
    """Hand over what can go over by now; the windows touched."""
    rows = list(_going_over(handed, holder, day).select_for_update().values_list("pk", "window"))
    if rows:
        Duty.objects.filter(pk__in=[pk for pk, _ in rows]).update(owed_by=handed.to_post, handed_over=handed)
        handed.duties += len(rows)
        handed.save(update_fields=["duties"])
    return {window for _, window in rows if window}


def _held(handed: Handover) -> QuerySet[Duty]:
    """What came over and is not done."""
    return Duty.objects.filter(handed_over=handed, done_on=None)


def _end(handed: Handover, *, on: date, by: str) -> tuple[int, set[int]]:
    """Close a handover; how many go back, and the windows touched."""
    handed.ended_on, handed.ended_by = max(on, handed.on), by
    handed.save(update_fields=["ended_on", "ended_by"])
    return _give_back(_held(handed))


def _give_back(duties: QuerySet[Duty]) -> tuple[int, set[int]]:
    """Give duties back to the seat the rules name: the member's secretary, the leader whose contact point it is, else the seat that
    handed over; the next opening lets them follow a new leader in charge."""
    rows = list(duties.select_for_update(of=("self",)).values_list("pk", "window", "handed_over__from_post"))
    secretary = Post.objects.filter(organisation=OuterRef("organisation"), role=Role.SECRETARY).values("pk")
    for from_post in {seat for *_, seat in rows}:
        Duty.objects.filter(pk__in=[pk for pk, _, seat in rows if seat == from_post]).update(
            owed_by=Case(
                When(target=Target.MEMBER, then=Subquery(secretary[:1])),
                When(target=Target.CONTACT, then=F("leader")),
                default=from_post,
            ),
            handed_over=None,
        )
    return len(rows), {window for _, window, _ in rows if window}
