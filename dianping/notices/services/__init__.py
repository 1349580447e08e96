"""Notices: entered, their lines decided, sent on, signed for."""

from dianping.notices.services.entering import HeadCorrection, enter_notice
from dianping.notices.services.lines import ADDABLE, accept_rest, add_line, correct_head, decide_line
from dianping.notices.services.sending import send_to, sign_for

__all__ = [
    "ADDABLE",
    "HeadCorrection",
    "accept_rest",
    "add_line",
    "correct_head",
    "decide_line",
    "enter_notice",
    "send_to",
    "sign_for",
]
