"""Writing reviews."""

from dianping.reviews.inputs import (
    EventInput,
    FollowUpInput,
    GroundInput,
    ProblemInput,
    ReviewInput,
    ReviewTarget,
)
from dianping.reviews.services.answer import answer_review
from dianping.reviews.services.confirm import confirm_review
from dianping.reviews.services.correct import correct_review
from dianping.reviews.services.draft import save_draft
from dianping.reviews.services.draw import (
    call_draw,
    close_withheld,
    record_of,
    reveal_seed,
    seal_draw,
    sealed_with,
    terms_of,
    void_draw,
)
from dianping.reviews.services.file import file_review
from dianping.reviews.services.hearing import meet_hearing, plan_hearing
from dianping.reviews.services.note import gather_notes, take_note
from dianping.reviews.services.occasion import (
    OccasionPlan,
    mode_at,
    note_attendance,
    note_came,
    plan_occasion,
)
from dianping.reviews.services.reopen import reopen_review
from dianping.reviews.services.running import go_to_step
from dianping.reviews.services.sweep import sweep_reviews
from dianping.reviews.services.turns import draw_turns

__all__ = [
    "EventInput",
    "FollowUpInput",
    "GroundInput",
    "ProblemInput",
    "OccasionPlan",
    "ReviewInput",
    "ReviewTarget",
    "answer_review",
    "call_draw",
    "close_withheld",
    "confirm_review",
    "correct_review",
    "draw_turns",
    "file_review",
    "gather_notes",
    "go_to_step",
    "mode_at",
    "meet_hearing",
    "note_attendance",
    "note_came",
    "plan_hearing",
    "plan_occasion",
    "record_of",
    "reopen_review",
    "reveal_seed",
    "save_draft",
    "seal_draw",
    "sealed_with",
    "sweep_reviews",
    "take_note",
    "terms_of",
    "void_draw",
]
