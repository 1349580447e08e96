"""Reading reviews."""

from dianping.reviews.selectors.reviews import (
    absences_explained,
    draft_of,
    filed_below,
    last_by,
    last_filed,
    review_visible,
    reviews_about_person,
    reviews_by,
)

__all__ = [
    "absences_explained",
    "draft_of",
    "filed_below",
    "last_by",
    "last_filed",
    "review_visible",
    "reviews_about_person",
    "reviews_by",
]
