"""Following problems until they are put right."""

from dianping.rectification.services.admonitions import Talk, hold_admonition, settle_admonition
from dianping.rectification.services.extensions import answer_extension, ask_extension
from dianping.rectification.services.items import (
    JUDGES,
    EvidenceInput,
    StepInput,
    find_unresolved,
    move_item,
)
from dianping.rectification.services.masses import hear_masses
from dianping.rectification.services.opening import (
    FindingInput,
    SourceInput,
    carry_sources,
    open_items,
    open_items_from,
    withdraw_items,
)
from dianping.rectification.services.reports import OwnWords, file_report, note_reading

__all__ = [
    "EvidenceInput",
    "FindingInput",
    "JUDGES",
    "SourceInput",
    "StepInput",
    "Talk",
    "answer_extension",
    "ask_extension",
    "carry_sources",
    "OwnWords",
    "file_report",
    "find_unresolved",
    "hear_masses",
    "hold_admonition",
    "move_item",
    "note_reading",
    "open_items",
    "open_items_from",
    "settle_admonition",
    "withdraw_items",
]
