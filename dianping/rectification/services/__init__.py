"""Following problems until they are put right."""

from dianping.rectification.services.admonitions import Talk, hold_admonition, settle_admonition
from dianping.rectification.services.extensions import answer_extension, ask_extension
from dianping.rectification.services.items import (
    JUDGES,
    EvidenceInput,
    StepInput,
    move_item,
    open_items,
    withdraw_items,
)
from dianping.rectification.services.masses import hear_masses
from dianping.rectification.services.reports import file_report

__all__ = [
    "JUDGES",
    "StepInput",
    "EvidenceInput",
    "Talk",
    "answer_extension",
    "ask_extension",
    "file_report",
    "hear_masses",
    "hold_admonition",
    "move_item",
    "open_items",
    "settle_admonition",
    "withdraw_items",
]
