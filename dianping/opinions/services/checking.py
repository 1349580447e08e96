"""核对票箱: whether a poll is as the system left it: what was frozen, the box, and what was released from it."""

from dianping.common.models import AuditEntry
from dianping.opinions.models import Poll
from dianping.opinions.models.poll import State
from dianping.opinions.services.accounting import faults_of
from dianping.opinions.services.planning import frozen_digest
from dianping.opinions.services.release import release_digest

_ENDED = {
    "开箱": State.OPENED,
    "销毁票箱": State.DESTROYED,
    "取消征求意见": State.CANCELLED,
}


def poll_faults(poll: Poll) -> list[str]:
    """Everything that does not add up about one poll, as sentences. What it should be is told by the audit chain, not by
    the poll itself."""
    state = _state_told(poll)
    if state is None:
        return ["审计记录里没有这一次征求意见。"]
    found = (
        []
        if poll.state == state
        else [f"现在是“{poll.get_state_display()}”，按审计记录应是“{state.label}”。"]
    )
    if state == State.READY:
        found += faults_of(poll) if hasattr(poll, "box") else ["票箱不见了。"]
    if state == State.OPENED:
        found += _released_faults(poll)
    return found + frozen_faults(poll)


def frozen_faults(poll: Poll) -> list[str]:
    """The form, the list of those entitled, the days and the least numbers against what the audit chain says was frozen."""
    entry = _entry(poll, "封定名册")
    if entry is not None and entry.detail.get("frozen") != frozen_digest(poll):
        return ["应参加人员名册、表式、对象、日期或最少份数与封定时的不同。"]
    return []


def _released_faults(poll: Poll) -> list[str]:
    entry = _entry(poll, "开箱")
    if entry is None or entry.detail.get("release") != release_digest(poll):
        return ["公布的数字、原话或回执号与开箱时的不同。"]
    return []


def _state_told(poll: Poll) -> State | None:
    """Where a poll stands by its entries in the audit chain; None for one that was never planned."""
    acts = AuditEntry.objects.filter(about=f"poll:{poll.pk}").order_by("seq").values_list("act", "detail")
    state, sides = None, set()
    for act, detail in acts:
        if act == "拟定征求意见":
            state = State.PLANNED
        elif act == "封定名册":
            state = State.FROZEN
        elif act == "领取钥匙":
            sides.add(detail.get("side"))
            state = State.READY if len(sides) > 1 else state
        state = _ENDED.get(act, state)
    return state


def _entry(poll: Poll, act: str) -> AuditEntry | None:
    return AuditEntry.objects.filter(about=f"poll:{poll.pk}", act=act).order_by("-seq").first()
