"""Writing reviews."""

from dianping.reviews.services.answer import answer_review
from dianping.reviews.services.correct import correct_review
from dianping.reviews.services.draft import Named, Said, save_draft
from dianping.reviews.services.file import file_review
from dianping.reviews.services.occasion import hold_occasion

__all__ = ["Named", "Said", "answer_review", "correct_review", "file_review", "hold_occasion", "save_draft"]
