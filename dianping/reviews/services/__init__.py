"""Writing reviews."""

from dianping.reviews.services.answer import answer_review
from dianping.reviews.services.correct import correct_review
from dianping.reviews.services.draft import Met, Named, Said, save_draft
from dianping.reviews.services.file import file_review
from dianping.reviews.services.occasion import (
    Plan,
    call_in,
    draw_turns,
    hold_occasion,
    mode_at,
    note_attendance,
    plan_occasion,
)

__all__ = [
    "Met",
    "Named",
    "Plan",
    "Said",
    "answer_review",
    "call_in",
    "correct_review",
    "draw_turns",
    "file_review",
    "hold_occasion",
    "mode_at",
    "note_attendance",
    "plan_occasion",
    "save_draft",
]
