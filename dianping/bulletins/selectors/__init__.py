"""Reading bulletins and cases."""

from dianping.bulletins.selectors.bulletins import bulletins_visible, copies_of, draft_correcting
from dianping.bulletins.selectors.cases import cases_of_review, cases_readable, cases_to_tell, cases_visible
from dianping.bulletins.selectors.circle import CIRCLE, OWN, circle_of, circle_words
from dianping.bulletins.selectors.figures import figures_of

__all__ = [
    "CIRCLE",
    "OWN",
    "bulletins_visible",
    "cases_of_review",
    "cases_readable",
    "cases_to_tell",
    "cases_visible",
    "circle_of",
    "circle_words",
    "copies_of",
    "draft_correcting",
    "figures_of",
]
