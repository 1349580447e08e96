"""梳理: sayings become points in the office's words; a point is answered, or named as a problem in a review."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Point, Poll, Saying
from dianping.opinions.rights import may_manage
from dianping.opinions.services.planning import lock_poll


@act
def merge_sayings(
    *, poll: Poll, sayings: Iterable[int], text: str, subject: int, question: str, actor: Actor
) -> Point:
    """Make one point out of some sayings. A saying lies under one point at most; taken along, it leaves the old one.

    Raises Refusal without words or sayings.
    """
    permit(actor, may_manage, poll)
    locked = lock_poll(poll)
    keys = set(sayings)
    chosen = Saying.objects.filter(poll=locked, key__in=keys)
    if not text.strip():
        raise Refusal(
            "没有写梳理后的意见。",
            code="opinions.point-without-words",
            remedy="请用一句话写明这几条说的是什么。",
        )
    if not keys or chosen.count() != len(keys):
        raise Refusal(
            "没有选要归并的原话，或者其中有的已经不在。",
            code="opinions.no-sayings-chosen",
            remedy="请刷新后重选。",
        )
    _refuse_copy(locked, text)
    last = Point.objects.filter(poll=locked).aggregate(n=Max("number"))["n"] or 0
    point = Point.objects.create(
        poll=locked,
        number=last + 1,
        question=question,
        subject=subject,
        text=text.strip(),
        by=actor.signature,
    )
    chosen.update(point=point, aside="")
    _note(point, "梳理意见", actor, sayings=len(keys))
    return point


def _refuse_copy(poll: Poll, text: str) -> None:
    """Whoever holds a stub reads a point: as somebody wrote it, it might show who."""
    if _bare(text) in map(_bare, Saying.objects.filter(poll=poll).values_list("text", flat=True)):
        raise Refusal(
            "写的和一条原话一字不差。",
            code="opinions.copies-a-saying",
            remedy="请用办公室自己的话写：照抄原话，写的人可能被认出来。",
        )


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


@act
def move_sayings(*, poll: Poll, sayings: Iterable[int], point: Point | None, actor: Actor) -> int:
    """Put some sayings under another point, or under none, where they wait to be merged. How many were elsewhere."""
    permit(actor, may_manage, poll)
    locked = lock_poll(poll)
    if point is not None and point.poll_id != locked.pk:
        raise Refusal(
            "这条意见不属于这一次征求。", code="opinions.point-of-another-poll", remedy="请刷新后再试。"
        )
    elsewhere = Saying.objects.filter(poll=locked, key__in=set(sayings)).exclude(point=point, aside="")
    moved = elsewhere.update(point=point, aside="")
    if moved:
        audit.record(
            actor=actor,
            act="改归意见",
            about=f"poll:{locked.pk}",
            path=locked.path,
            point=point.number if point else None,
            sayings=moved,
        )
    return moved


@act
def set_aside(*, poll: Poll, sayings: Iterable[int], why: str, actor: Actor) -> int:
    """不列为意见: some sayings come under no point, and why; whoever holds a stub is told how many. How many they were.

    Raises Refusal for a reason that is none, and where a saying lies under a point or is there no more.
    """
    permit(actor, may_manage, poll)
    locked, keys = lock_poll(poll), set(sayings)
    if why not in Saying.Aside.values:
        raise Refusal("没有选为什么不列为意见。", code="opinions.reason-not-chosen", remedy="请选一个原因。")
    chosen = Saying.objects.filter(poll=locked, key__in=keys, point=None)
    if not keys or chosen.count() != len(keys):
        raise Refusal(
            "没有选原话，或者其中有的刚才已经归并。",
            code="opinions.no-sayings-chosen",
            remedy="请刷新后重选。",
        )
    chosen.update(aside=why)
    audit.record(
        actor=actor,
        act="不列为意见",
        about=f"poll:{locked.pk}",
        path=locked.path,
        why=Saying.Aside(why).label,
        sayings=len(keys),
    )
    return len(keys)


@act
def reword_point(*, point: Point, text: str, version: int, actor: Actor) -> Point:
    """Other words for a point."""
    permit(actor, may_manage, point.poll)
    locked = lock_point(point, version)
    if not text.strip():
        raise Refusal("没有写意见。", code="opinions.point-without-words", remedy="请写明说的是什么。")
    _refuse_copy(locked.poll, text)
    locked.text, locked.version = text.strip(), locked.version + 1
    locked.save(update_fields=["text", "version"])
    _note(locked, "改写意见条目", actor)
    return locked


@act
def reply_to_point(*, point: Point, reply: str, version: int, today: date, actor: Actor) -> Point:
    """答复: what is said to it; whoever holds a stub of the poll reads it without signing in."""
    permit(actor, may_manage, point.poll)
    locked = lock_point(point, version)
    if not reply.strip():
        raise Refusal(
            "没有写答复。", code="opinions.reply-without-words", remedy="请写明怎么办，或者为什么不能办。"
        )
    locked.reply, locked.replied_on, locked.replied_by = reply.strip(), today, actor.signature
    locked.version += 1
    locked.save()
    _note(locked, "答复意见", actor)
    return locked


def lock_point(point: Point, version: int) -> Point:
    """A point locked for writing. Raises Conflict when somebody changed it since `version`."""
    locked = (
        Point.objects.select_for_update(of=("self",)).select_related("poll__organisation").get(pk=point.pk)
    )
    if locked.version != version:
        raise Conflict(
            "这条意见刚才被别人改过。请看过现在的样子再办；您写的没有生效。",
            code="opinions.point-changed-meanwhile",
            differences=(("意见", locked.text, ""), ("答复", locked.reply, "")),
        )
    return locked


def _note(point: Point, act: str, actor: Actor, **detail: object) -> None:
    audit.record(
        actor=actor,
        act=act,
        about=f"poll:{point.poll_id}",
        path=point.poll.path,
        point=point.number,
        **detail,
    )
