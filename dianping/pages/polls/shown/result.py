"""An opened result as tables: votes beside shares, by heading and by scope; what is withheld reads otherwise than nought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from dianping.opinions.rules import NONE_RETURNED, GradeQuestion, GradeSet
from dianping.opinions.rules.tally import Share, Votes, result, weighted
from dianping.opinions.selectors import QuestionVotes, ScopeVotes, headings_of, scopes_shown

if TYPE_CHECKING:
    from dianping.opinions.models import Poll, Subject


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One row of figures: how many forms stand behind it, the shares, or why there are none."""

    label: str
    forms: int | None
    shares: tuple[Share, ...] = ()
    abstained: int = 0
    mean: Decimal | None = None
    score: Decimal | None = None
    withheld: str = ""
    path: str = ""

    @property
    def nothing_came(self) -> bool:
        """Whether no form came at all, which hides nobody."""
        return self.withheld == NONE_RETURNED

    @property
    def cast(self) -> int:
        """The votes for any grade: the base of the shares."""
        return sum(share.votes for share in self.shares)

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """The shares as pieces of a bar: (place of the grade, votes before it, its votes)."""
        bars, at = [], 0
        for place, share in enumerate(self.shares):
            bars.append((place, at, share.votes))
            at += share.votes
        return bars


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Neighbouring questions of one grade set, and each with its scopes."""

    grades: GradeSet
    scored: bool
    weighed: bool
    lines: tuple[ResultLine, ...]
    parts: tuple[tuple[str, tuple[ResultLine, ...]], ...]


class PollResult:
    """Everything released of one poll, fetched once."""

    def __init__(self, poll: "Poll") -> None:
        self.poll, self.form = poll, poll.sheet
        self.headings = headings_of(poll)
        self.scopes = scopes_shown(poll)
        self.classes = {group.ballot_class for group in poll.groups.all()}

    def of_subject(self, number: int) -> list[QuestionVotes]:
        """The questions asked about one subject; 0 those asked once of the whole form."""
        return [heading for heading in self.headings if heading.subject == number]

    def tables(self, number: int) -> list[ResultTable]:
        """The tables of one subject, in the order of the form."""
        tables = []
        for key, some in groupby(
            self.of_subject(number), lambda heading: self.form.set_of(heading.question).key
        ):
            headings, grades = (
                list(some),
                next(grade_set for grade_set in self.form.grade_sets if grade_set.key == key),
            )
            tables.append(
                self._table(
                    grades,
                    lines=tuple(self.line(heading) for heading in headings),
                    parts=tuple((self.name(heading.question), self.parts(heading)) for heading in headings),
                )
            )
        return tables

    def _table(
        self,
        grades: GradeSet,
        *,
        lines: tuple[ResultLine, ...],
        parts: tuple[tuple[str, tuple[ResultLine, ...]], ...],
    ) -> ResultTable:
        scored = bool(grades.scores)
        weighed = scored and any(weight.share for weight in self.form.weights)
        return ResultTable(grades=grades, scored=scored, weighed=weighed, lines=lines, parts=parts)

    def name(self, question: str) -> str:
        """How a question is called, under its heading where it has one."""
        asked = self.form.question(question)
        return f"{asked.heading}：{asked.text}" if asked.heading else asked.text

    def line(self, heading: QuestionVotes, label: str = "") -> ResultLine:
        """The whole under one heading."""
        votes = heading.whole if heading.whole.kind == "all" else None
        return _line(
            label or self.name(heading.question), votes, self.grades_of(heading), self._score(heading)
        )

    def parts(self, heading: QuestionVotes) -> tuple[ResultLine, ...]:
        """Every scope but the whole: with its figures, or with what stands in their place."""
        shown = iter(heading.parts if heading.whole.kind == "all" else (heading.whole, *heading.parts))
        lines = []
        for scope in self.scopes:
            if scope.scope_kind == "all":
                continue
            if scope.withheld:
                lines.append(ResultLine(scope.scope, None, withheld=scope.withheld, path=scope.path))
            else:
                lines.append(_line(scope.scope, next(shown), self.grades_of(heading)))
        return tuple(lines)

    def overall(self) -> GradeQuestion | None:
        """The question that says most of a subject: the last one answered by a grade."""
        questions = [
            question
            for question in self.form.questions
            if isinstance(question, GradeQuestion) and question.per_subject
        ]
        return questions[-1] if questions else None

    def overall_table(self) -> ResultTable | None:
        """The head of a table of all subjects."""
        question = self.overall()
        return self._table(self.form.set_of(question.key), lines=(), parts=()) if question else None

    def summary(self, subjects: Iterable["Subject"]) -> list[tuple["Subject", ResultLine]]:
        """Each subject with the figures of the overall question."""
        question = self.overall()
        by_number = {
            heading.subject: heading
            for heading in self.headings
            if question and heading.question == question.key
        }
        return [
            (subject, self.line(by_number[subject.number], subject.name))
            for subject in subjects
            if subject.number in by_number
        ]

    def grades_of(self, heading: QuestionVotes) -> GradeSet:
        """The grades a question is answered by."""
        grades: GradeSet = self.form.set_of(heading.question)
        return grades

    def _score(self, heading: QuestionVotes) -> Decimal | None:
        """The score over the classes of ballot; None where a class that carries weight is not shown."""
        by_class: dict[str, Votes | None] = {}
        for weight in self.form.weights:
            shown = next(
                (part for part in heading.parts if part.kind == "class" and part.scope == weight.title), None
            )
            if shown is None and self.classes == {weight.ballot_class}:
                shown = heading.whole  # the only class there is stands as the whole
            by_class[weight.ballot_class] = counted(shown) if shown else None
        return weighted(self.form, heading.question, by_class)

    @property
    def classes_unweighed(self) -> list[str]:
        """The classes for whose sake there is no weighted score."""
        shown = {scope.scope for scope in self.scopes if not scope.withheld}
        return [
            weight.title
            for weight in self.form.weights
            if weight.share and weight.title not in shown and self.classes != {weight.ballot_class}
        ]


def counted(votes: ScopeVotes) -> Votes:
    """Released votes as the rules count them."""
    return Votes(votes.votes, votes.abstained)


def _line(label: str, votes: ScopeVotes | None, grades: GradeSet, score: Decimal | None = None) -> ResultLine:
    if votes is None:
        return ResultLine(label, None, withheld="不显示")
    figures = result(grades, counted(votes))
    return ResultLine(
        label,
        votes.forms,
        figures.shares,
        figures.abstentions,
        figures.mean,
        score,
        votes.withheld,
        votes.path,
    )


def compared(
    now: PollResult, before: Sequence[QuestionVotes], number: int
) -> list[tuple[ResultTable, list[tuple[str, list[ResultLine]]]]]:
    """By table: each question with its line of last time and its line of this time."""
    then, tables = {heading.question: heading for heading in before}, []
    for table in now.tables(number):
        rows = [
            (
                now.name(heading.question),
                [now.line(then[heading.question], "上次"), now.line(heading, "这次")],
            )
            for heading in now.of_subject(number)
            if heading.question in then and now.grades_of(heading) == table.grades
        ]
        tables.append((table, rows))
    return tables
