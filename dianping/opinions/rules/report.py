"""《民主评议（测评）情况报告表》: what goes up of one opened poll about one subject.

Basis: 豫创组办发〔2010〕26号 四.3. The shape is that of the tally that goes up in practice: turnout with its base, votes
and their share beside each other, what was said, and room for two opinions with their seals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from dianping.base.papers.heading import Heading, share
from dianping.base.papers.table import NOT_APPLICABLE, Cell, Column, Sheet

POLL_REPORT = "民主评议（测评）情况报告表"
WORDS_REPORT = "党内外群众征求意见情况报告表"
NO_WORDS = "没有收到意见"
OWN_OPINION = "单位领导小组综合考评意见"
SUPERIOR_OPINION = "上级评议小组意见"
SEAL = "\n\n（盖章）　　　　　　年　　月　　日"
BASE_NOTE = "占比的基数是投了等次的票数，弃权另列；各项分别四舍五入，合计不一定是 100%。"
FEW_NOTE = "“不足若干份”表示有人填了但份数太少，为不让人看出是谁填的，不显示；它不是 0，也不是没有收到。"


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """One question: the grades it was answered by, votes a grade, abstentions; or why they are withheld."""

    title: str
    grades: tuple[str, ...]
    votes: tuple[int, ...] = ()
    abstained: int = 0
    mean: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class ReportPart:
    """One class or organisation under the overall question: how many forms, and what of them is shown."""

    title: str
    forms: int | None
    counted: QuestionCount


@dataclass(frozen=True, slots=True)
class QuestionPoints:
    """One question of words with the points left after merging.

    received, unmerged, aside: how many sayings came, how many of them nobody has merged yet, how many came under no point;
    withheld: why the words were not kept. Only where none of these says otherwise did nobody write anything.
    """

    title: str
    points: tuple[str, ...]
    received: int = 0
    unmerged: int = 0
    aside: int = 0
    withheld: str = ""

    @property
    def beside(self) -> str:
        """What the points do not say, as a sentence; empty where they say everything."""
        if self.withheld:
            return f"写的话按表上的说明没有保留：{self.withheld}。"
        if self.unmerged:
            rest = "" if self.unmerged == self.received else f"其中 {self.unmerged} 条"
            return f"收到 {self.received} 条，{rest}尚未归并。"
        if self.aside and not self.points:
            return f"收到 {self.received} 条，都没有列为意见。"
        return "" if self.points else NO_WORDS


@dataclass(frozen=True, slots=True)
class PollFacts:
    """What the report is drawn from. `turnout`: (label, figure) pairs; `validity`: sentences; `trial`: a rehearsal."""

    heading: Heading
    title: str
    subject: str
    post: str
    days: str
    turnout: tuple[tuple[str, str], ...]
    validity: tuple[str, ...]
    counted: tuple[QuestionCount, ...] = ()
    parts: tuple[ReportPart, ...] = ()
    said: tuple[QuestionPoints, ...] = ()
    trial: bool = False


def poll_report(facts: PollFacts) -> Sheet:
    """Draw the report: the questions, the overall one by class and organisation, what was said, two opinions."""
    columns = _columns(facts.counted)
    turnout = "　".join(f"{label} {figure}" for label, figure in facts.turnout)
    rows = [_strong("参加情况", columns), _wide(f"{facts.days}\n{turnout}", columns)]
    if facts.counted:
        rows += [_strong("票数", columns), *(_row(question, columns) for question in facts.counted)]
    if facts.parts:
        rows.append(_strong(f"按票类和单位（{facts.parts[0].counted.title}）", columns))
        rows += [_part(part, columns) for part in facts.parts]
    for said in facts.said:
        rows.append(_strong(said.title, columns))
        rows += [_wide(f"{n}. {text}", columns) for n, text in enumerate(said.points, start=1)]
        if said.beside:
            rows.append(_wide(said.beside, columns))
    rows += [_opinion(title, columns) for title in (OWN_OPINION, SUPERIOR_OPINION)]
    name = POLL_REPORT if facts.counted else WORDS_REPORT
    post = (("职务", facts.post),) if facts.post else ()
    return Sheet(
        key="poll_report",
        title=f"{name}（模拟）" if facts.trial else name,
        organisation=facts.heading.organisation,
        period=facts.title,
        filled_on=facts.heading.filled_on,
        head=(
            ("填报单位（盖章）", facts.heading.organisation),
            ("评议名称", facts.title),
            ("评议对象", facts.subject),
            *post,
        ),
        columns=columns,
        rows=rows,
        notes=_notes(facts),
        signatures=(("监票人", ""), ("计票人", ""), *facts.heading.signatures()),
        basis=facts.heading.basis,
        compact=bool(facts.counted),
    )


def _columns(counted: Sequence[QuestionCount]) -> tuple[Column, ...]:
    """Under each grade votes and share; questions with other grades in that place name them there too (优秀／好)."""
    if not counted:
        return (Column("项目", 30), Column("内容", 110))
    names = [
        "／".join(dict.fromkeys(name for name in place if name))
        for place in zip_longest(*(question.grades for question in counted), fillvalue="")
    ]
    scored = tuple(
        column
        for name in names
        for column in (Column("票数", 9, "center", name), Column("占比", 12, "center", name))
    )
    mean = (Column("平均分", 12, "center"),) if any(question.mean for question in counted) else ()
    return (Column("评议内容", 40), *scored, Column("弃权", 10, "center"), *mean)


def _row(question: QuestionCount, columns: Sequence[Column]) -> tuple[Cell, ...]:
    places = sum(column.title == "票数" for column in columns)
    mean = (Cell(question.mean or NOT_APPLICABLE),) if columns[-1].title == "平均分" else ()
    if question.withheld:
        return Cell(question.title), Cell(question.withheld, span=2 * places + 1 + len(mean))
    if len(question.votes) != len(question.grades):
        raise ValueError(
            f"一项有 {len(question.votes)} 个票数，等次有 {len(question.grades)} 个，两者应当相等。"
        )
    base = sum(question.votes)
    pairs = [cell for votes in question.votes for cell in (Cell(number=votes), share(votes, base))]
    rest = [Cell(NOT_APPLICABLE) for _ in range(2 * places - len(pairs))]
    return Cell(question.title), *pairs, *rest, Cell(number=question.abstained), *mean


def _part(part: ReportPart, columns: Sequence[Column]) -> tuple[Cell, ...]:
    first, *rest = _row(part.counted, columns)
    base = "" if part.forms is None else f"（{part.forms} 份）"
    return Cell(f"{part.title}{base}"), *rest


def _strong(text: str, columns: Sequence[Column]) -> tuple[Cell, ...]:
    return (Cell(text, span=len(columns), strong=True),)


def _wide(text: str, columns: Sequence[Column]) -> tuple[Cell, ...]:
    return (Cell(text, span=len(columns), left=True),)


def _opinion(title: str, columns: Sequence[Column]) -> tuple[Cell, ...]:
    return Cell(title), Cell(SEAL, span=len(columns) - 1)


def _notes(facts: PollFacts) -> tuple[str, ...]:
    hidden = any(
        question.withheld.startswith("不足")
        for question in (*facts.counted, *(p.counted for p in facts.parts))
    )
    notes: tuple[str, ...] = ("".join(facts.validity),) if facts.validity else ()
    if facts.counted:
        notes += (BASE_NOTE,)
    return (*notes, FEW_NOTE) if hidden else notes
