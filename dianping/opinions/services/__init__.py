"""Writing in the sealed room."""

from dianping.opinions.services.checking import poll_faults
from dianping.opinions.services.confirming import ListCheck, confirm_lists
from dianping.opinions.services.destroying import confirm_papers_gone, destroy_box
from dianping.opinions.services.keys import StaleKey, take_key
from dianping.opinions.services.machine_key import is_left, mark_and_erase, opened_before, place_of
from dianping.opinions.services.merging import (
    merge_sayings,
    move_sayings,
    reply_to_point,
    reword_point,
    set_aside,
)
from dianping.opinions.services.opening import (
    BoxRead,
    OpenedBefore,
    Unsound,
    look_before_opening,
    open_box,
    read_box,
)
from dianping.opinions.services.paper import Mismatch, type_paper
from dianping.opinions.services.planning import (
    GroupPlan,
    PollPlan,
    SubjectPlan,
    freeze_poll,
    lock_poll,
    plan_poll,
)
from dianping.opinions.services.replacing import refuse_replacement, replace_custodian
from dianping.opinions.services.sending import (
    AdmittedSlip,
    Closed,
    NotHandedOut,
    NotKept,
    StubTaken,
    UsedSlip,
    WrongSlip,
    admit,
    send_form,
    take_form,
)
from dianping.opinions.services.slips import PrintedSlip, count_out, issue_slips, void_batch
from dianping.opinions.services.turnout import count_boxes, finish_erasing

__all__ = [
    "SubjectPlan",
    "AdmittedSlip",
    "GroupPlan",
    "BoxRead",
    "Closed",
    "Mismatch",
    "ListCheck",
    "NotHandedOut",
    "NotKept",
    "OpenedBefore",
    "PollPlan",
    "PrintedSlip",
    "StaleKey",
    "StubTaken",
    "Unsound",
    "UsedSlip",
    "WrongSlip",
    "admit",
    "confirm_lists",
    "confirm_papers_gone",
    "count_boxes",
    "count_out",
    "destroy_box",
    "finish_erasing",
    "freeze_poll",
    "is_left",
    "issue_slips",
    "lock_poll",
    "look_before_opening",
    "mark_and_erase",
    "merge_sayings",
    "move_sayings",
    "open_box",
    "opened_before",
    "place_of",
    "plan_poll",
    "poll_faults",
    "read_box",
    "refuse_replacement",
    "replace_custodian",
    "reply_to_point",
    "reword_point",
    "send_form",
    "set_aside",
    "take_form",
    "take_key",
    "type_paper",
    "void_batch",
]
