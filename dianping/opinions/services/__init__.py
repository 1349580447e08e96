"""Writing in the sealed room."""

from dianping.opinions.services.checking import poll_faults
from dianping.opinions.services.keys import take_key
from dianping.opinions.services.merging import (
    merge_sayings,
    move_sayings,
    reply_to_point,
    reword_point,
    set_aside,
)
from dianping.opinions.services.opening import Unsound, destroy_box, open_box
from dianping.opinions.services.paper import Mismatch, type_paper
from dianping.opinions.services.planning import About, Asked, Plan, freeze_poll, lock_poll, plan_poll
from dianping.opinions.services.sending import (
    Admitted,
    Closed,
    NotKept,
    StubTaken,
    UsedSlip,
    WrongSlip,
    admit,
    send_form,
    take_form,
)
from dianping.opinions.services.slips import Printed, issue_slips, void_batch
from dianping.opinions.services.turnout import count_boxes

__all__ = [
    "About",
    "Admitted",
    "Asked",
    "Closed",
    "Mismatch",
    "NotKept",
    "Plan",
    "Printed",
    "StubTaken",
    "Unsound",
    "UsedSlip",
    "WrongSlip",
    "admit",
    "count_boxes",
    "destroy_box",
    "freeze_poll",
    "issue_slips",
    "lock_poll",
    "merge_sayings",
    "move_sayings",
    "open_box",
    "plan_poll",
    "poll_faults",
    "reply_to_point",
    "reword_point",
    "send_form",
    "set_aside",
    "take_form",
    "take_key",
    "type_paper",
    "void_batch",
]
