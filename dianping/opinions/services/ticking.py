"""梳理 at the desk: ticked sayings become a point or join one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.opinions.rights import may_manage
from dianping.opinions.selectors import points_of, sayings_of
from dianping.opinions.services import merge_sayings, move_sayings

if TYPE_CHECKING:
    from dianping.opinions.models import Point, Poll


@act
def merge_into(*, poll: "Poll", sayings: Iterable[int], text: str, into: int | None, actor: Actor) -> "Point":
    """Make one point of some sayings, or put them under the point `into`. Raises Refusal for sayings of different subjects.

    A new point is in the office's words: a saying as it was written might show who wrote it.
    """
    permit(actor, may_manage, poll)
    keys = set(sayings)
    chosen = list(sayings_of(poll).filter(pk__in=keys))
    if not chosen or len(chosen) != len(keys):
        raise Refusal(
            "没有选要归并的原话，或者其中有的已经不在。",
            code="opinions.no-sayings-chosen",
            remedy="请先勾选，再归并。",
        )
    if len({saying.subject for saying in chosen}) > 1:
        raise Refusal(
            "勾选的原话说的不是同一个对象。",
            code="opinions.sayings-of-different-subjects",
            remedy="请分别归并。",
        )
    first = chosen[0]
    if into is not None:
        point = points_of(poll).filter(pk=into, subject=first.subject).first()
        if point is None:
            raise Refusal(
                "要归入的那一条已经不在，或者说的是别的对象。",
                code="opinions.point-not-there",
                remedy="请刷新后重选。",
            )
        move_sayings(poll=poll, sayings=keys, point=point, actor=actor)
        return point
    return merge_sayings(
        poll=poll,
        sayings=keys,
        text=text,
        subject=first.subject,
        question=first.question,
        actor=actor,
    )
