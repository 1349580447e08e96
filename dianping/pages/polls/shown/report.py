"""The facts of 民主评议（测评）情况报告表 for one subject of an opened poll."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dianping.base.day_words import written
from dianping.base.papers.heading import Heading
from dianping.opinions.rules import WordsQuestion
from dianping.opinions.rules.report import PollFacts, QuestionCount, QuestionPoints, ReportPart
from dianping.opinions.selectors import turnout_of
from dianping.orgs.selectors import posts_held
from dianping.pages.polls.shown.points import saying_counts
from dianping.pages.polls.shown.result import PollResult, ResultLine
from dianping.pages.polls.shown.words import custody_of, turnout_rows, validity_of

if TYPE_CHECKING:
    from dianping.opinions.models import Point, Poll, Subject


def report_facts(
    poll: "Poll", result: PollResult, subject: "Subject", points: Sequence["Point"], *, today: date
) -> PollFacts:
    """Everything the sheet says; `points` are those of the poll about this subject or about the form as a whole."""
    tables = [*result.tables(0), *result.tables(subject.number)]
    counted = [_counted(line, table.grades.grades) for table in tables for line in table.lines]
    parts: tuple[ReportPart, ...] = ()
    overall = result.overall()
    for table in tables:
        for title, lines in table.parts:
            if overall is not None and title == result.name(overall.key):
                parts = tuple(
                    ReportPart(line.label, line.forms, _counted(line, table.grades.grades, title))
                    for line in lines
                )
    assert poll.opened_on is not None  # there is a report of opened boxes only
    return PollFacts(
        heading=Heading(poll.organisation.name, poll.title, today),
        title=poll.title,
        subject=subject.name,
        post=_post(subject, poll),
        days=f"{written(poll.opens)}至{written(poll.closes)}，{written(poll.opened_on)}开箱",
        turnout=turnout_rows(turnout_of(poll)),
        validity=(*validity_of(poll)[1], *(f"开箱核对：{fault}" for fault in poll.faults), *custody_of(poll)),
        counted=tuple(counted),
        parts=parts,
        said=_said(poll, subject, points),
        trial=poll.trial,
    )


def _counted(line: ResultLine, grades: tuple[str, ...], title: str = "") -> QuestionCount:
    score = line.score if line.score is not None else line.mean
    return QuestionCount(
        title or line.label,
        grades,
        tuple(share.votes for share in line.shares),
        line.abstained,
        "" if score is None else f"{score:.2f}",
        line.withheld,
    )


def _post(subject: "Subject", poll: "Poll") -> str:
    """What he was when the box was opened."""
    if subject.person is None or poll.opened_on is None:
        return ""
    held = posts_held(subject.person, day=poll.opened_on)
    return held[0].title if held else ""


def _said(poll: "Poll", subject: "Subject", points: Sequence["Point"]) -> tuple[QuestionPoints, ...]:
    """Each question of words about this subject: its points, and what came that is no point (yet)."""
    counts = saying_counts(poll)
    alone = len(poll.subjects.all()) == 1
    answers = []
    for question in poll.sheet.questions:
        if not isinstance(question, WordsQuestion):
            continue
        texts = tuple(point.text for point in points if point.question == question.key)
        if not question.per_subject and not alone:
            continue  # of the form as a whole: told about nobody of several
        place = (subject.number if question.per_subject else 0, question.key)
        received, unmerged, aside = counts.get(place, (0, 0, 0))
        answers.append(
            QuestionPoints(question.text, texts, received, unmerged, aside, str(poll.words_withheld))
        )
    return tuple(answers)
