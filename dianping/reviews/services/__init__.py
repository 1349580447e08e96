"""Writing reviews."""

from dianping.reviews.services.answer import answer_review
from dianping.reviews.services.confirm import confirm_review
from dianping.reviews.services.correct import correct_review
from dianping.reviews.services.draft import Met, Named, Said, save_draft
from dianping.reviews.services.file import file_review
from dianping.reviews.services.note import gather_notes, take_note
from dianping.reviews.services.occasion import (
    Plan,
    call_in,
    draw_turns,
    hold_occasion,
    mode_at,
    note_attendance,
    plan_occasion,
)
from dianping.reviews.services.reopen import reopen_review

__all__ = [
    "Met",
    "Named",
    "Plan",
    "Said",
    "answer_review",
    "call_in",
    "confirm_review",
    "correct_review",
    "draw_turns",
    "file_review",
    "gather_notes",
    "hold_occasion",
    "mode_at",
    "note_attendance",
    "plan_occasion",
    "reopen_review",
    "save_draft",
    "take_note",
]
