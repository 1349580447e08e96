"""Counting: votes by group, subject and question, their shares, their mean, the score weighted by class of ballot.

Basis: 豫创组办发〔2010〕26号 四.3; decision 0031. What comes out of `tally` is for the opening alone: whoever shows
figures sums them over a set of groups that may be shown (decision 0030) and takes shares and means of that sum only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from dianping.opinions.rules.answers import Answers, asked
from dianping.opinions.rules.forms import Form
from dianping.opinions.rules.parts import GradeQuestion, GradeSet

Key = tuple[int, int, str]  # (group, number of the subject or 0, key of the question)


@dataclass(frozen=True, slots=True)
class Votes:
    """How often each grade was chosen, best first, and how many forms chose none."""

    counts: tuple[int, ...]
    abstentions: int = 0

    @property
    def cast(self) -> int:
        """The votes for any grade, abstentions left out: the base of every share."""
        return sum(self.counts)

    @property
    def forms(self) -> int:
        """All forms counted, abstentions included."""
        return self.cast + self.abstentions

    def __add__(self, other: "Votes") -> "Votes":
        counts = tuple(a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Votes(counts, self.abstentions + other.abstentions)


@dataclass(frozen=True, slots=True)
class Share:
    """One grade with its votes and their share in per cent with one decimal; None when nobody chose a grade."""

    grade: str
    votes: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What is said of one question and one set of groups. mean: None where the grades have no scores or no votes."""

    shares: tuple[Share, ...]
    cast: int
    abstentions: int
    mean: Decimal | None


def tally(form: Form, subjects: int, forms: Iterable[tuple[int, Answers]]) -> dict[Key, Votes]:
    """The votes of every group that returned a form, for every subject and question of grade.

    `forms` are (group, answers), spoilt ones left out beforehand; every form counts under each question once, as a
    vote or as an abstention.
    """
    places = [
        (place, len(form.set_of(question.key).grades))
        for place, question in asked(form, subjects)
        if isinstance(question, GradeQuestion)
    ]
    boxes: dict[Key, list[int]] = {}
    for group, answers in forms:
        for place, grades in places:
            counts = boxes.setdefault((group, *place), [0] * (grades + 1))
            counts[answers.grades.get(place, grades)] += 1
    return {key: Votes(tuple(counts[:-1]), counts[-1]) for key, counts in boxes.items()}


def summed(
    form: Form, tallied: Mapping[Key, Votes], *, groups: Iterable[int], subject: int, key: str
) -> Votes:
    """The votes of several groups together; groups without a form add nothing."""
    total = Votes((0,) * len(form.set_of(key).grades))
    for group in groups:
        total += tallied.get((group, subject, key), Votes((0,) * len(total.counts)))
    return total


def percent(part: int, base: int) -> Decimal | None:
    """A share in per cent, one decimal, half up; None of nothing. 100.0 is said only of all, 0.0 only of none."""
    if base <= 0:
        return None
    tenths = int((Decimal(part) * 1000 / base).quantize(Decimal(1), ROUND_HALF_UP))
    tenths = min(tenths, 999) if part < base else tenths
    return Decimal(max(tenths, 1) if part > 0 else tenths) / 10


def result(grade_set: GradeSet, votes: Votes) -> QuestionResult:
    """Votes beside their shares of the votes cast. The shares are rounded one by one and need not add up to 100."""
    shares = tuple(
        Share(grade, count, percent(count, votes.cast))
        for grade, count in zip(grade_set.grades, votes.counts, strict=True)
    )
    exact = _mean(grade_set, votes)
    return QuestionResult(shares, votes.cast, votes.abstentions, None if exact is None else _cents(exact))


def weighted(form: Form, key: str, by_class: Mapping[str, Votes | None]) -> Decimal | None:
    """The score over all classes of ballot, two decimals, half up, rounded once.

    `by_class`: the votes of each class, None where they are withheld. None when a class that carries weight is
    withheld, missing or without a vote for a grade with a score: the others' score is not passed off as the whole.
    """
    total, grade_set = Fraction(0), form.set_of(key)
    weights = [weight for weight in form.weights if weight.share]
    for weight in weights:
        votes = by_class.get(weight.ballot_class)
        mean = None if votes is None else _mean(grade_set, votes)
        if mean is None:
            return None
        total += Fraction(weight.share) * mean
    return _cents(total) if weights else None


def _mean(grade_set: GradeSet, votes: Votes) -> Fraction | None:
    """The exact mean score of the votes for grades that have one."""
    scored = [
        (score, count)
        for score, count in zip(grade_set.scores, votes.counts, strict=False)
        if score is not None and count
    ]
    cast = sum(count for _, count in scored)
    return sum(Fraction(score) * count for score, count in scored) / Fraction(cast) if cast else None


def _cents(exact: Fraction) -> Decimal:
    return Decimal(floor(exact * 100 + Fraction(1, 2))) / 100
