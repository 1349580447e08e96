"""《群众民主评议表》: the official headings, four grades, votes with their share beside them.

Basis: 豫创组办发〔2010〕26号 四.3. The headings and grades are defaults; a scheme may bring its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dianping.base.papers.heading import Heading, share
from dianping.base.papers.table import NOT_APPLICABLE, Cell, Column, Sheet, legend

APPRAISAL_FORM = "群众民主评议表"
ORGANISATION_HEADINGS = (
    "组织开展创先争优活动情况",
    "推动中心工作和重点任务完成情况",
    "承诺践诺情况",
    "为群众办实事、做好事、解难事情况",
    "加强党组织和党员队伍建设情况",
)
MEMBER_HEADINGS = (
    "参加创先争优活动情况",
    "立足岗位履行职责情况",
    "承诺践诺情况",
    "联系和服务群众情况",
)
GRADES = ("满意", "比较满意", "基本满意", "不满意")
NOT_HELD = "尚未组织评议"
NOT_HELD_NOTE = "本期尚未组织群众评议。组织一次评议并计票后，本表自动填写。"
NO_BASE_NOTE = f"“{NOT_APPLICABLE}”表示有效票为 0，不计得票率。"


@dataclass(frozen=True, slots=True)
class HeadingTally:
    """The votes under one heading, one figure a grade; `withheld` ("不足 5 票") prints where too few voted."""

    votes: tuple[int, ...] = ()
    withheld: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Ballots:
    """Ballots given out, returned and valid."""

    sent: int
    returned: int
    valid: int


@dataclass(frozen=True, slots=True)
class AppraisalFacts:
    """What the form is drawn from: who is appraised, under which headings, and the tallies there are.

    `others` are sentences about what the form has no column for; they stand below it.
    """

    heading: Heading
    subject: str
    headings: tuple[str, ...] = ORGANISATION_HEADINGS
    grades: tuple[str, ...] = GRADES
    tallies: Mapping[str, HeadingTally] = field(default_factory=dict)
    ballots: Ballots | None = None
    others: tuple[str, ...] = ()


def appraisal_form(facts: AppraisalFacts) -> Sheet:
    """Draw the form: one row a heading, whether or not anybody has voted."""
    rows = [_row(n, title, facts) for n, title in enumerate(facts.headings, start=1)]
    return Sheet(
        key="appraisal_form",
        title=APPRAISAL_FORM,
        organisation=facts.heading.organisation,
        period=facts.heading.period,
        filled_on=facts.heading.filled_on,
        head=facts.heading.lines(("评议对象", facts.subject), *_turnout(facts.ballots)),
        columns=_columns(facts.grades),
        rows=rows,
        notes=_notes(facts, rows),
        signatures=(("监票人", ""), ("计票人", ""), *facts.heading.signatures()),
        basis=facts.heading.basis,
    )


def _columns(grades: tuple[str, ...]) -> tuple[Column, ...]:
    scored = tuple(
        column
        for grade in grades
        for column in (Column("票数", 11, "center", grade), Column("得票率", 14, "center", grade))
    )
    return (Column("序号", 9, "center"), Column("评议内容", 46), *scored)


def _turnout(ballots: Ballots | None) -> tuple[tuple[str, str], ...]:
    if ballots is None:
        return ()
    return (
        ("发出", f"{ballots.sent} 票"),
        ("收回", f"{ballots.returned} 票"),
        ("有效", f"{ballots.valid} 票"),
    )


def _row(number: int, title: str, facts: AppraisalFacts) -> tuple[Cell, ...]:
    return Cell(number=number), Cell(title), *_scores(facts.tallies.get(title), len(facts.grades))


def _scores(tally: HeadingTally | None, grades: int) -> tuple[Cell, ...]:
    if tally is None:
        return tuple(Cell(missing=NOT_HELD, span=2) for _ in range(grades))
    if tally.withheld:
        return (Cell(tally.withheld, record=tally.record, span=2 * grades),)
    if len(tally.votes) != grades:
        raise ValueError(f"一项评议有 {len(tally.votes)} 个票数，等次有 {grades} 个，两者应当相等。")
    base = sum(tally.votes)
    pairs = ((Cell(number=votes, record=tally.record), share(votes, base)) for votes in tally.votes)
    return tuple(cell for pair in pairs for cell in pair)


def _notes(facts: AppraisalFacts, rows: list[tuple[Cell, ...]]) -> tuple[str, ...]:
    notes = legend(rows)
    if not facts.tallies:
        notes += (NOT_HELD_NOTE,)
    if any(tally.votes and not sum(tally.votes) for tally in facts.tallies.values()):
        notes += (NO_BASE_NOTE,)
    return notes + facts.others
