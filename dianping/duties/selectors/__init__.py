"""Reading the duty book."""

from dianping.duties.selectors.coverage import (
    Coverage,
    Figures,
    coverage_board,
    coverage_of,
    current_windows,
    due_days,
    reviewers_behind,
    reviewers_of,
)
from dianping.duties.selectors.duties import (
    duties_about_person,
    duties_below,
    duties_met_by,
    duties_owed_by,
    duty_for,
    in_state,
    next_due,
    open_duties_about,
    open_reports_about,
    reports_owed_about,
    seats_owing,
    standing_of_members,
)
from dianping.duties.selectors.handovers import done_since, handovers_seen

__all__ = [
    "Coverage",
    "Figures",
    "coverage_board",
    "coverage_of",
    "current_windows",
    "done_since",
    "due_days",
    "duties_about_person",
    "duties_below",
    "duties_met_by",
    "duties_owed_by",
    "duty_for",
    "handovers_seen",
    "in_state",
    "next_due",
    "open_duties_about",
    "open_reports_about",
    "reports_owed_about",
    "seats_owing",
    "reviewers_behind",
    "reviewers_of",
    "standing_of_members",
]
