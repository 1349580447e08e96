"""Facts for the two forms of what the masses said: counts and points of boxes opened in the period, as released.

Trials count nowhere. A reply written, or a problem put right, after the day of drawing is not yet in.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dianping.base.papers.table import NOT_APPLICABLE
from dianping.ledgers import rules as sheets
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.opinions.rules import PollKind, void_reasons
from dianping.opinions.selectors import (
    QuestionVotes,
    headings_of,
    points_in,
    polls_about,
    polls_opened_in,
    raw_counts,
    scopes_shown,
    turnout_of,
)
from dianping.rectification.selectors import state_of_points

if TYPE_CHECKING:
    from dianping.opinions.models import Point, Poll
    from dianping.opinions.rules import Question

CHANNELS = "无记名网上和纸质表"
MOST_OTHERS = 5  # other appraisals named below the form; how many there are is said


def polls_in(scope: LedgerScope, kind: PollKind) -> list["Poll"]:
    """The polls of one kind in the scope that were opened in its period, by the day of drawing, oldest first."""
    polls = polls_opened_in(
        path=scope.organisation.path, opens=scope.period.opens, due=scope.until, kinds=[kind]
    )
    return list(polls.defer("electorate").prefetch_related("subjects"))


def has_words(poll: "Poll") -> bool:
    """Whether the free texts of its forms were kept."""
    return not poll.words_withheld


def opinion_rows(scope: LedgerScope) -> int:
    """How many rows 《党内外群众征求意见表》 has."""
    polls = polls_in(scope, PollKind.OPINION)
    return points_in(polls).count() + sum(not has_words(poll) for poll in polls)


def opinion_facts(scope: LedgerScope, *, at: slice = slice(None)) -> sheets.OpinionFacts:
    """《党内外群众征求意见表》: a row a point, then a row for each poll whose words were not kept."""
    polls = polls_in(scope, PollKind.OPINION)
    if not polls:
        return sheets.OpinionFacts(scope.heading)
    counts = raw_counts(polls)
    return sheets.OpinionFacts(
        scope.heading,
        started=True,
        sent=counts["sent"],
        returned=counts["returned"],
        raw=counts["raw"] if any(map(has_words, polls)) else None,
        unmerged=counts["undone"],
        topics=tuple(_topics(scope, polls, at)),
    )


def _topics(scope: LedgerScope, polls: list["Poll"], at: slice) -> list[sheets.OpinionTopic]:
    first, by_key = at.start or 0, {poll.pk: poll for poll in polls}
    points = list(points_in(polls)[first : at.stop])
    states = state_of_points(points, day=scope.day)
    rows = [_topic(point, by_key[point.poll_id], states[point.pk], scope) for point in points]
    few = [_few(poll) for poll in polls if not has_words(poll)]
    if at.stop is None:
        return rows + few
    if few and len(rows) < at.stop - first:
        before = points_in(polls).count()
        rows += few[max(0, first - before) : at.stop - before]
    return rows


def _topic(point: Any, poll: "Poll", state: str, scope: LedgerScope) -> sheets.OpinionTopic:
    replied = point.replied_on is not None and point.replied_on <= scope.day
    sided = not point.unsided
    return sheets.OpinionTopic(
        topic=poll.sheet.question(point.question).text + _whose(point, poll),
        opinions=(point.text,),
        channels=CHANNELS,
        inside=point.inside if sided else None,
        outside=point.outside if sided else None,
        withheld="" if sided else f"不足 {poll.least_words} 份",
        reply="\n".join(filter(None, [point.reply if replied else "", state])),
        replied_on=point.replied_on if replied else None,
        record=f"poll:{poll.pk}",
    )


def _whose(point: "Point", poll: "Poll") -> str:
    """Which of several organisations a box of its own was about; people are not named on this form."""
    subjects = poll.subjects.all()
    names = [s.name for s in subjects if s.number == point.subject and s.person_id is None]
    return f"（{names[0]}）" if names and len(subjects) > 1 else ""


def _few(poll: "Poll") -> sheets.OpinionTopic:
    return sheets.OpinionTopic(
        topic=poll.title,
        opinions=(f"收回 {turnout_of(poll).returned} 份，{poll.words_withheld}，原话按表上的说明没有保留。",),
        channels=CHANNELS,
        withheld=poll.words_withheld,
        reply=NOT_APPLICABLE,
        record=f"poll:{poll.pk}",
    )


def appraisal_facts(scope: LedgerScope) -> sheets.AppraisalFacts:
    """《群众民主评议表》 of the scope's own organisation: its newest appraisal in the period; others are named below it."""
    about = list(
        polls_about(
            scope.organisation, opens=scope.period.opens, due=scope.until, kinds=[PollKind.APPRAISAL]
        ).prefetch_related("subjects")
    )
    drawn = about[0] if about else None
    rest = {poll.pk: poll for poll in [*about[1:], *polls_in(scope, PollKind.APPRAISAL)]}
    others = _others([poll for poll in rest.values() if drawn is None or poll.pk != drawn.pk])
    if drawn is None:
        return sheets.AppraisalFacts(scope.heading, scope.organisation.name, others=others)
    return _appraised(scope, drawn, others)


def _appraised(scope: LedgerScope, poll: "Poll", others: tuple[str, ...]) -> sheets.AppraisalFacts:
    number = next(
        s.number
        for s in poll.subjects.all()
        if (s.organisation_id, s.person_id) == (scope.organisation.pk, None)
    )
    grades = [question for question in poll.sheet.questions if hasattr(question, "set")]
    drawn_set = poll.sheet.set_of(grades[0].key)
    asked = [question for question in grades if question.set == drawn_set.key]
    alone = len(poll.subjects.all()) == 1
    votes = {
        heading.question: heading
        for heading in headings_of(poll)
        if heading.subject == number or (alone and heading.subject == 0)
    }
    whole = scopes_shown(poll)[0]
    turnout = turnout_of(poll)
    ballots = sheets.Ballots(turnout.issued, turnout.returned, turnout.valid or 0)
    return sheets.AppraisalFacts(
        scope.heading,
        scope.organisation.name,
        headings=tuple(_title(question) for question in asked),
        grades=drawn_set.grades,
        tallies={
            _title(question): _tally(votes.get(question.key), whole.withheld, poll) for question in asked
        },
        ballots=ballots,
        others=(
            *void_reasons(
                poll.sheet.validity,
                due=turnout.due,
                issued=ballots.sent,
                returned=ballots.returned,
                valid=ballots.valid,
            ),
            *_abstained(asked, votes),
            *(
                _in_words(question, votes[question.key])
                for question in grades
                if question not in asked and question.key in votes
            ),
            *others,
        ),
    )


def _title(question: "Question") -> str:
    return f"{question.heading}：{question.text}" if question.heading else str(question.text)


def _tally(heading: QuestionVotes | None, withheld: str, poll: "Poll") -> sheets.HeadingTally:
    record = f"poll:{poll.pk}"
    if heading is None or heading.whole.kind != "all":
        return sheets.HeadingTally(withheld=withheld or f"不足 {poll.least} 份", record=record)
    return sheets.HeadingTally(heading.whole.votes, record=record)


def _abstained(asked: Iterable["Question"], votes: dict[str, QuestionVotes]) -> tuple[str, ...]:
    """What the columns of the form have no place for: the forms that left a heading blank."""
    told = [
        f"第 {n} 项 {votes[question.key].whole.abstained} 票"
        for n, question in enumerate(asked, 1)
        if question.key in votes and votes[question.key].whole.abstained
    ]
    return (f"弃权（不计入得票率）：{'，'.join(told)}。",) if told else ()


def _in_words(question: "Question", heading: QuestionVotes) -> str:
    """A heading with grades of its own, which the columns cannot hold."""
    counts = zip(heading.grades, heading.whole.votes, strict=True)
    return f"{_title(question)}：{'，'.join(f'{grade} {count} 票' for grade, count in counts)}。"


def _others(polls: list["Poll"]) -> tuple[str, ...]:
    if not polls:
        return ()
    named = "；".join(f"“{poll.title}”（{poll.opened_on} 开箱）" for poll in polls[:MOST_OTHERS])
    return (f"本期另有 {len(polls)} 次评议没有列入本表：{named}{'等' if len(polls) > MOST_OTHERS else ''}。",)
