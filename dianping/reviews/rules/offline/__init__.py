"""Reviews written down without the system, in a workbook it handed out: what its rows say and what is wrong with them."""

from dianping.reviews.rules.offline.reading import (
    HEADINGS,
    ON_FILE,
    PARTS,
    PRINTED,
    PROBLEMS,
    OfflineReview,
    OfflineReviews,
    judge_reviews,
)

__all__ = [
    "HEADINGS",
    "ON_FILE",
    "PARTS",
    "PRINTED",
    "PROBLEMS",
    "OfflineReview",
    "OfflineReviews",
    "judge_reviews",
]
