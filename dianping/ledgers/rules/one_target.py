"""《领导干部点评登记表》 of one person, or of one organisation: every review of a year on one sheet, with what it rests on, the problems
and what became of them.

The form is the register's (豫创组办发〔2010〕26号 四.3), what it rests on 四.1, what is said 二; one target a sheet, so that it can be
read, signed and filed by whom it is about.
"""

from dataclasses import dataclass, replace
from datetime import date

from dianping.base.papers.heading import Heading, day, numbered
from dianping.base.papers.table import Cell, Column, Sheet, absent_row, filled, legend
from dianping.ledgers.rules.reviews import REVIEW_REGISTER

NOTHING_YET = "本年度尚无点评记录。登记一次点评后，本表自动列出。"
PART_ONLY = "只列打印人有权查阅的部分。"

_COLUMNS = (
    Column("项目", 13, "center"),
    Column("登记内容", 37),
    Column("项目", 13, "center"),
    Column("登记内容", 37),
)
_SHORT = 60  # characters; two such texts share a row
_ACROSS = 3  # columns a long text has beside its label


@dataclass(frozen=True, slots=True)
class ProblemMet:
    """One problem a review named: who puts it right, by when ("" where nothing was set), and what became of it so far."""

    text: str
    owner: str
    due: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ReviewOnSheet:
    """One review. Labels come ready to print; `said` are (label, words, what an empty one lacks) in the order of the form, `basis`
    the 依据 apart; `met` names the windows it counted in."""

    on: date
    way: str  # 集中点评（定期）
    reviewer: str
    occasion: str
    entered: str
    met: str
    said: tuple[tuple[str, str, str], ...]
    problems_label: str
    problems: tuple[ProblemMet, ...]
    basis: str
    answer: str
    record: str


@dataclass(frozen=True, slots=True)
class OwedOnSheet:
    """A review of the year that is owed and not recorded."""

    what: str
    by: str
    due: date
    record: str


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """Whose sheet: (label, value) pairs about him, the reviews of the year in their order, and what is still owed; `whole`: the
    viewer may read everything about him."""

    heading: Heading
    about: tuple[tuple[str, str], ...]
    reviews: tuple[ReviewOnSheet, ...] = ()
    owed: tuple[OwedOnSheet, ...] = ()
    whole: bool = True


def target_sheet(facts: TargetFacts) -> Sheet:
    """Draw the sheet: set in the largest type in which it fits one page, and over two pages where none does."""
    rows = [*_pairs(facts.about)]
    for n, review in enumerate(facts.reviews, 1):
        rows += _review(n, review)
    if not facts.reviews:
        rows.append(absent_row(_COLUMNS, NOTHING_YET))
    rows += [_owed(owed, facts.heading.filled_on) for owed in facts.owed]
    return Sheet(
        key="target_sheet",
        title=REVIEW_REGISTER,
        organisation=facts.heading.organisation,
        period=facts.heading.period,
        filled_on=facts.heading.filled_on,
        head=facts.heading.lines(),
        columns=_COLUMNS,
        rows=rows,
        notes=legend(rows) + (() if facts.whole else (PART_ONLY,)),
        signatures=(("点评人", ""), ("本人", ""), *facts.heading.signatures()[1:]),
        compact=True,
        one_page=True,
        basis=facts.heading.basis,
    )


def _pairs(about: tuple[tuple[str, str], ...]) -> list[tuple[Cell, ...]]:
    """Short facts, two a row; a last one alone has the whole width."""
    rows = []
    for at in range(0, len(about) - 1, 2):
        rows.append(tuple(Cell(text) for pair in about[at : at + 2] for text in pair))
    if len(about) % 2:
        label, value = about[-1]
        rows.append((Cell(label), Cell(value, span=_ACROSS, left=True)))
    return rows


def _review(number: int, review: ReviewOnSheet) -> list[tuple[Cell, ...]]:
    record = review.record
    head = f"第 {number} 次　{day(review.on)}　{review.way}"
    rows: list[tuple[Cell, ...]] = [
        (Cell(head, record=record, span=len(_COLUMNS), strong=True),),
        (Cell("点评人"), Cell(review.reviewer), Cell("结合的活动"), Cell(review.occasion or "没有结合活动")),
        (Cell("登记"), Cell(review.entered), Cell("计入"), Cell(review.met)),
    ]
    for label, words, lacking in review.said:
        rows.append((Cell(label), _wide(words, lacking, record)))
    rows.append((Cell(f"{review.problems_label}和整改结果"), _problems(review)))
    basis = Cell("依据"), filled(review.basis, missing="尚未注明依据（调研、征求意见等）", record=record)
    answer = Cell("本人意见"), filled(review.answer, missing="尚未反馈本人并登记其意见", record=record)
    if max(len(review.basis), len(review.answer)) <= _SHORT:
        return [*rows, (*basis, *answer)]
    return [*rows, *((label, _across(cell)) for label, cell in (basis, answer))]


def _wide(words: str, lacking: str, record: str) -> Cell:
    return _across(filled(words, missing=lacking, record=record))


def _across(cell: Cell) -> Cell:
    return replace(cell, span=_ACROSS, left=True)


def _problems(review: ReviewOnSheet) -> Cell:
    lines = numbered(
        f"{one.text.strip()}（责任人{one.owner or '没有写'}"
        + (f"，{one.due}前" if one.due else "，没有定期限")
        + f"；{one.outcome}）"
        for one in review.problems
    )
    return _wide(lines, f"尚未指出{review.problems_label}", review.record)


def _owed(owed: OwedOnSheet, today: date) -> tuple[Cell, ...]:
    late = (today - owed.due).days
    sentence = f"尚未点评：{owed.what}，{owed.by or '尚无点评人'}应于{day(owed.due)}前点评"
    sentence += f"，已逾期 {late} 日。" if late > 0 else "，未到期。"
    return (Cell(missing=sentence, record=owed.record, span=len(_COLUMNS), left=True),)
