"""Reading reviews."""

from dianping.reviews.selectors.draws import candidates_for, draws_before, draws_visible
from dianping.reviews.selectors.entered import (
    entered_below,
    keys_of_period,
    named_reviews,
    sweep_over,
    texts_of_period,
    without_shortcoming,
)
from dianping.reviews.selectors.grounds import OnFile, grounds_of, on_file_about, with_grounds
from dianping.reviews.selectors.hearings import (
    days_of,
    hearing_ordered,
    hearing_planned,
    hearing_with,
    hearings_to_plan,
    prepared_for,
    reviews_at,
)
from dianping.reviews.selectors.notes import notes_about, notes_by, notes_of
from dianping.reviews.selectors.occasions import (
    attendance_of,
    drafts_of,
    last_filed_of,
    occasion_of,
    occasions_listed,
    occasions_visible,
    texts_around,
    was_absent,
)
from dianping.reviews.selectors.parts import PartRead, parts_kept, parts_of, text_of
from dianping.reviews.selectors.reviews import (
    absences_explained,
    draft_of,
    filed_below,
    last_by,
    last_filed,
    points_named,
    review_visible,
    reviews_about_person,
    reviews_by,
)
from dianping.reviews.selectors.running import running_order

__all__ = [
    "OnFile",
    "PartRead",
    "absences_explained",
    "attendance_of",
    "candidates_for",
    "days_of",
    "draft_of",
    "drafts_of",
    "draws_before",
    "draws_visible",
    "entered_below",
    "filed_below",
    "grounds_of",
    "hearing_ordered",
    "hearing_planned",
    "hearing_with",
    "hearings_to_plan",
    "keys_of_period",
    "last_by",
    "last_filed",
    "last_filed_of",
    "named_reviews",
    "notes_about",
    "notes_by",
    "notes_of",
    "on_file_about",
    "occasion_of",
    "occasions_listed",
    "occasions_visible",
    "parts_kept",
    "parts_of",
    "points_named",
    "prepared_for",
    "reviews_at",
    "review_visible",
    "reviews_about_person",
    "reviews_by",
    "sweep_over",
    "running_order",
    "text_of",
    "texts_around",
    "was_absent",
    "with_grounds",
    "texts_of_period",
    "without_shortcoming",
]
