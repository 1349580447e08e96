"""《领导干部点评登记表》: one row a review, as it was recorded, then what is owed and not done.

Parts: 豫创组办发〔2010〕26号 二 (which parts are required differs by target and is told by each entry);
mode 三.1-4; ground 四.1; 日常/定期 四.4; the form itself 四.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dianping.base.papers.heading import Heading, day, numbered, stacked_day
from dianping.base.papers.table import Cell, Column, Sheet, absent_row, filled, legend

PROBLEMS = "problems"
REVIEW_REGISTER = "领导干部点评登记表"
NO_REVIEW = "本期尚无点评记录。登记一次点评后，本表自动列出。"
OPTIONAL_PART = "空白而无斜纹的格是可不填的栏（如党员的成绩、结合的活动）。"

_BEFORE = (
    Column("序\n号", 11, "center"),
    Column("被点评对象", 23),
    Column("类别", 14, "center"),
    Column("点评人\n及职务", 20),
    Column("点评\n时间", 17, "center"),
    Column("方式", 10, "center", "点评方式"),
    Column("定期\n日常", 10, "center", "点评方式"),
    Column("结合的\n活动", 17),
)
_AFTER = (
    Column("依据", 17),
    Column("本人\n意见", 16),
    Column("登记\n时间", 17, "center", "登记"),
    Column("按时\n补录", 14, "center", "登记"),
)
_KNOWN_BEFORE_THE_ACT = 4  # number, target, kind, reviewer: known of a review that is only owed


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A column for one part of what was said: its key, what stands above it, its width, and what an empty cell lacks."""

    key: str
    title: str
    width: int
    missing: str


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """One recorded review. Labels come ready to print; `said` are the words by part (`problems` apart); `required` holds
    the keys of parts the programme demands, None for all of them."""

    target: str
    kind: str  # 党组织, 书记, 党员
    reviewer: str
    reviewer_post: str
    reviewed_on: date
    mode: str  # 集中, 个别, 现场, 随机
    regularity: str  # 定期, 日常
    entered_on: date
    late: bool = False
    late_reason: str = ""
    activity: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    ground: str = ""
    response: str = ""
    required: frozenset[str] | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class OwedReview:
    """A review that is owed in the period and not recorded. `due` is the last day, itself included."""

    target: str
    kind: str
    reviewer: str
    reviewer_post: str
    due: date
    record: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the register is drawn from; `parts` are the columns of what was said, problems among them under that key."""

    heading: Heading
    reviews: tuple[ReviewEntry, ...] = ()
    owed: tuple[OwedReview, ...] = ()
    parts: tuple[PartColumn, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column of the register."""
        said = (Column(part.title, part.width, "left", "点评内容") for part in self.parts)
        return (*_BEFORE, *said, *_AFTER)


def review_register(facts: ReviewFacts) -> Sheet:
    """Draw the register: reviews in the order given, then the ones still owed."""
    rows = [_reviewed(n, entry, facts.parts) for n, entry in enumerate(facts.reviews, start=1)]
    first = len(rows) + 1
    rows += [_owed(n, owed, facts) for n, owed in enumerate(facts.owed, start=first)]
    if not rows:
        rows = [absent_row(facts.columns, NO_REVIEW)]
    return Sheet(
        key="review_register",
        title=REVIEW_REGISTER,
        organisation=facts.heading.organisation,
        period=facts.heading.period,
        filled_on=facts.heading.filled_on,
        head=facts.heading.lines(
            ("已登记点评", f"{len(facts.reviews)} 次"), ("应办而未点评", f"{len(facts.owed)} 项")
        ),
        columns=facts.columns,
        rows=rows,
        notes=legend(rows) + ((OPTIONAL_PART,) if facts.reviews else ()),
        signatures=facts.heading.signatures(),
        landscape=True,
        compact=True,
        basis=facts.heading.basis,
    )


def _reviewed(number: int, entry: ReviewEntry, parts: tuple[PartColumn, ...]) -> tuple[Cell, ...]:
    record = entry.record
    return (
        Cell(number=number, record=record),
        Cell(entry.target, record=record),
        Cell(entry.kind),
        filled(_person(entry.reviewer, entry.reviewer_post), missing="尚未登记点评人", record=record),
        Cell(stacked_day(entry.reviewed_on)),
        filled(entry.mode, missing="尚未选定方式", record=record),
        filled(entry.regularity, missing="尚未选定", record=record),
        Cell(entry.activity),
        *(_part(entry, part) for part in parts),
        filled(entry.ground, missing="尚未注明依据（调研、征求意见等）", record=record),
        filled(entry.response, missing="尚未反馈本人并登记其意见", record=record),
        Cell(stacked_day(entry.entered_on)),
        _timing(entry),
    )


def _owed(number: int, owed: OwedReview, facts: ReviewFacts) -> tuple[Cell, ...]:
    late = (facts.heading.filled_on - owed.due).days
    sentence = f"尚未点评：应于{day(owed.due)}前点评"
    sentence += f"，已逾期 {late} 日。" if late > 0 else "，未到期。"
    return (
        Cell(number=number, record=owed.record),
        Cell(owed.target, record=owed.record),
        Cell(owed.kind),
        filled(
            _person(owed.reviewer, owed.reviewer_post), missing="尚无点评人：该职务空缺", record=owed.record
        ),
        Cell(missing=sentence, record=owed.record, span=len(facts.columns) - _KNOWN_BEFORE_THE_ACT),
    )


def _part(entry: ReviewEntry, part: PartColumn) -> Cell:
    text = numbered(entry.problems) if part.key == PROBLEMS else entry.said.get(part.key, "")
    demanded = entry.required is None or part.key in entry.required
    return filled(text, missing=part.missing if demanded else "", record=entry.record)


def _timing(entry: ReviewEntry) -> Cell:
    if not entry.late:
        return Cell("按时")
    if entry.late_reason.strip():
        return Cell(f"补录：{entry.late_reason.strip()}", record=entry.record)
    return Cell("补录", missing="尚未写明补录原因", record=entry.record)


def _person(name: str, post: str) -> str:
    return "\n".join(part for part in (name.strip(), post.strip()) if part)
