"""What a form is made of: questions, grade sets, classes of ballot, rules of validity. Data, no acts.

Basis: 豫创组办发〔2010〕26号 四.3 (群众民主评议表, 党内外群众征求意见表); decision 0031 for what the paper leaves open.
Shares are exact `Fraction`s between 0 and 1, scores and weights exact `Decimal`s.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

BASES = ("参评党员数", "党员总数", "参评对象数")
MOST_GRADES = 15
MOST_UNITS = 2000


class PollKind(StrEnum):
    """What a poll with this form is: 征求意见, 群众民主评议, 述职测评, or 回访 (真的办好了吗)."""

    OPINION = "opinion"
    APPRAISAL = "appraisal"
    REPORT = "report"
    VERDICT = "verdict"


class Rounding(StrEnum):
    """How a share of a base becomes a number of people: against the grade, for it, or half up."""

    STRICT = "strict"
    LOOSE = "loose"
    HALF_UP = "half_up"


class Blank(StrEnum):
    """What a form returned without a mark is: an abstention, valid and counted, or spoilt."""

    ABSTENTION = "abstention"
    SPOILT = "spoilt"


@dataclass(frozen=True, slots=True)
class GradeQuestion:
    """A question answered by one grade of the set named; no grade is an abstention.

    per_subject: asked of each subject, otherwise once of the whole form. heading: the group it is printed under.
    """

    key: str
    text: str
    set: str
    per_subject: bool = True
    heading: str = ""


@dataclass(frozen=True, slots=True)
class WordsQuestion:
    """A question answered in words. limit: the most UTF-16 units, as a browser counts `maxlength`."""

    key: str
    text: str
    limit: int
    per_subject: bool = False
    heading: str = ""


Question = GradeQuestion | WordsQuestion


@dataclass(frozen=True, slots=True)
class Veto:
    """A figure from elsewhere below a share bars some grades, such as 群众满意率 below 9/10 bars 好 and 较好."""

    measure: str
    below: Fraction
    bars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GradeSet:
    """Grades, best first, and the bounds on how many subjects may be given them.

    scores: one a grade, None where a grade has none; empty when the set has no scores. top_cap: the largest share of
    `cap_base` that may have the first grade. floor: the smallest share that has the second grade or a lower one.
    """

    key: str
    grades: tuple[str, ...]
    scores: tuple[Decimal | None, ...] = ()
    top_cap: Fraction | None = None
    floor: Fraction | None = None
    cap_base: str = ""
    rounding: Rounding = Rounding.STRICT
    vetoes: tuple[Veto, ...] = ()


@dataclass(frozen=True, slots=True)
class Weight:
    """One class of ballot (票类, "A") and its share of the score; the shares of a form sum to 1, or all are 0."""

    ballot_class: str
    title: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class Validity:
    """When a vote counts.

    quorum: the share of those due that must have returned a form; more_than: it must be passed, not only reached.
    more_returned_voids: more forms returned than issued void the vote. blank: what a form without a mark is.
    """

    quorum: Fraction = Fraction(1, 2)
    more_than: bool = True
    more_returned_voids: bool = True
    blank: Blank = Blank.ABSTENTION
