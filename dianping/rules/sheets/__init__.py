"""The five ledgers and the report of a poll as pure sheets: facts go in, a plain table comes out. Standard library only."""

from dianping.rules.sheets.appraisal import (
    GRADES,
    MEMBER_HEADINGS,
    ORGANISATION_HEADINGS,
    AppraisalFacts,
    Ballots,
    Tally,
    appraisal_form,
)
from dianping.rules.sheets.heading import BASIS, Heading
from dianping.rules.sheets.measures import Measure
from dianping.rules.sheets.opinions import OpinionFacts, OpinionTopic, opinion_form
from dianping.rules.sheets.poll_report import Counted, Part, PollFacts, Said, poll_report
from dianping.rules.sheets.rectification import (
    Progress,
    RectificationFacts,
    RectificationItem,
    State,
    WrittenReport,
    rectification_log,
)
from dianping.rules.sheets.reviews import OwedReview, ReviewEntry, ReviewFacts, review_register
from dianping.rules.sheets.statistics import Figure, LevelFigures, StatisticsFacts, statistics_return
from dianping.rules.sheets.table import Cell, Column, Sheet

__all__ = [
    "BASIS",
    "GRADES",
    "MEMBER_HEADINGS",
    "ORGANISATION_HEADINGS",
    "AppraisalFacts",
    "Ballots",
    "Cell",
    "Column",
    "Counted",
    "Figure",
    "Heading",
    "LevelFigures",
    "Measure",
    "OpinionFacts",
    "OpinionTopic",
    "OwedReview",
    "Part",
    "PollFacts",
    "Progress",
    "RectificationFacts",
    "RectificationItem",
    "ReviewEntry",
    "ReviewFacts",
    "Said",
    "Sheet",
    "State",
    "StatisticsFacts",
    "Tally",
    "WrittenReport",
    "appraisal_form",
    "opinion_form",
    "poll_report",
    "rectification_log",
    "review_register",
    "statistics_return",
]
