"""What was said: occasions, reviews, their problems, their corrections and answers."""

from dianping.reviews.models.occasion import Occasion
from dianping.reviews.models.review import About, Mode, Problem, Review, ReviewDuty
from dianping.reviews.models.trail import Answer, Correction

__all__ = ["About", "Answer", "Correction", "Mode", "Occasion", "Problem", "Review", "ReviewDuty"]
