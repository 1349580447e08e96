"""The five ledgers as pure sheets: facts go in, a plain table comes out. Standard library only."""

from dianping.base.papers.heading import BASIS, Heading
from dianping.base.papers.table import Cell, Column, Sheet
from dianping.ledgers.rules.appraisal import (
    GRADES,
    MEMBER_HEADINGS,
    ORGANISATION_HEADINGS,
    AppraisalFacts,
    Ballots,
    HeadingTally,
    appraisal_form,
)
from dianping.ledgers.rules.one_target import (
    OwedOnSheet,
    ProblemMet,
    ReviewOnSheet,
    TargetFacts,
    target_sheet,
)
from dianping.ledgers.rules.opinions import OpinionFacts, OpinionTopic, opinion_form
from dianping.ledgers.rules.rectification import (
    ItemState,
    OwedReport,
    ProgressEntry,
    RectificationFacts,
    RectificationItem,
    rectification_log,
)
from dianping.ledgers.rules.reviews import OwedReview, PartColumn, ReviewEntry, ReviewFacts, review_register
from dianping.ledgers.rules.statistics import LevelFigures, MeasureFigure, StatisticsFacts, statistics_return
from dianping.ledgers.rules.statistics_lines import LINES, Measure

__all__ = [
    "BASIS",
    "LINES",
    "GRADES",
    "MEMBER_HEADINGS",
    "ORGANISATION_HEADINGS",
    "AppraisalFacts",
    "Ballots",
    "Cell",
    "Column",
    "MeasureFigure",
    "Heading",
    "LevelFigures",
    "Measure",
    "OpinionFacts",
    "OpinionTopic",
    "OwedOnSheet",
    "OwedReview",
    "PartColumn",
    "ProblemMet",
    "ProgressEntry",
    "RectificationFacts",
    "RectificationItem",
    "ReviewEntry",
    "ReviewFacts",
    "ReviewOnSheet",
    "Sheet",
    "ItemState",
    "StatisticsFacts",
    "HeadingTally",
    "TargetFacts",
    "OwedReport",
    "appraisal_form",
    "opinion_form",
    "rectification_log",
    "review_register",
    "statistics_return",
    "target_sheet",
]
