"""核对票箱: whether a poll is as the system left it: what was frozen, the box, and what was released from it."""

from dianping.common.models import AuditEntry
from dianping.opinions.models import Poll
from dianping.opinions.models.poll import State
from dianping.opinions.services.accounting import faults_of
from dianping.opinions.services.confirming import confirmed_now
from dianping.opinions.services.machine_key import is_left, opened_before, place_of
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
    faults = (
        []
        if poll.state == state
        else [f"现在是“{poll.get_state_display()}”，按审计记录应是“{state.label}”。"]
    )
    if state == State.READY:
        faults += faults_of(poll) if hasattr(poll, "box") else ["票箱不见了。"]
        faults += _key_faults(poll)
    elif is_left(poll):
        faults.append(f"已经了结，机内钥匙 {place_of(poll)} 还在；请再运行一次 count_boxes，把它抹掉。")
    if state == State.OPENED:
        faults += _released_faults(poll)
    return faults + frozen_faults(poll)


def _key_faults(poll: Poll) -> list[str]:
    """Whether a closed box has its machine key, and was not opened before this database was put back."""
    faults = []
    if poll.machine_key and not is_left(poll):
        faults.append(f"机内钥匙 {place_of(poll)} 不见了，没有它谁也打不开这一箱。")
    before = opened_before(poll)
    if before is not None:
        faults.append(f"数据夹里记着这一箱{before['day']}已经开过或者销毁了，现在的数据库是恢复的旧备份。")
    return faults


def frozen_faults(poll: Poll) -> list[str]:
    """The form, the list of those entitled, the days and the least numbers against what the audit chain says was frozen."""
    entry = _entry(poll, "封定名册")
    faults = []
    if entry is not None and entry.detail.get("frozen") != frozen_digest(poll):
        faults.append("应参加人员名册、表式、对象、日期或最少份数与封定时的不同。")
    said = _entry(poll, "核对应参加的人")
    kept = said.detail["confirmed"] if said else [[number, None, ""] for number in _numbers(poll)]
    if kept != confirmed_now(poll):
        faults.append("各组核对到的人数或所照的名单，与上级保管人核对时的不同。")
    return faults


def _numbers(poll: Poll) -> list[int]:
    return list(poll.groups.values_list("number", flat=True))


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
