"""What was said: occasions, reviews, their problems, their corrections and answers."""

from dianping.reviews.models.draw import Draw
from dianping.reviews.models.note import Note
from dianping.reviews.models.occasion import Attendance, Occasion
from dianping.reviews.models.review import About, Ground, Mode, Problem, Review, ReviewDuty, Revisit
from dianping.reviews.models.sweep import Sweep
from dianping.reviews.models.trail import Answer, Correction, Reopening

__all__ = [
    "About",
    "Answer",
    "Attendance",
    "Correction",
    "Draw",
    "Ground",
    "Mode",
    "Note",
    "Occasion",
    "Problem",
    "Reopening",
    "Review",
    "ReviewDuty",
    "Revisit",
    "Sweep",
]
