"""《党内外群众征求意见表》: one row a topic. Only what may leave the sealed room comes here: no names, and
figures that are too small arrive as words ("不足 5 份"), never as numbers.

Basis: 豫创组办发〔2010〕26号 四.1 (opinions are collected before a review), 四.3.
"""

from dataclasses import dataclass
from datetime import date

from dianping.base.papers.heading import Heading, numbered, stacked_day
from dianping.base.papers.table import NOT_APPLICABLE, Cell, Column, Sheet, absent_row, filled, legend

OPINION_FORM = "党内外群众征求意见表"
NOT_STARTED = (
    "本期尚无征求意见的记录：没有一次征求意见在本期内开箱。\n"
    "向党内外群众征求一次意见、开箱并完成梳理后，本表按主要内容自动列出。"
)
SIDES_NOTE = "提出份数是归入这一条的原话数；党内、党外各满规定份数的才分开列出。"
NOBODY_WROTE = "本期已开展征求意见，收回的表上没有人写文字意见。"
ALL_ASIDE = "本期已开展征求意见，写的话都已看过，没有一条列为意见。"
NOT_MERGED = "本期已开展征求意见，尚未完成梳理。梳理后本表按主要内容自动列出。"

COLUMNS = (
    Column("序号", 9, "center"),
    Column("主要内容", 26),
    Column("意见和建议", 50),
    Column("征求方式", 21),
    Column("党内", 13, "center", "提出份数"),
    Column("党外", 13, "center", "提出份数"),
    Column("答复或采纳", 28),
    Column("答复日期", 20, "center"),
)


@dataclass(frozen=True, slots=True)
class OpinionTopic:
    """One topic with the opinions merged under it. A `reply` of “—” says that none is due.

    inside, outside: forms from members and from others; None with `withheld` set means too few to show, and
    `withheld` ("不足 5 份") prints instead. Opinions too few to quote are given as one withholding sentence.
    """

    topic: str
    opinions: tuple[str, ...]
    channels: str = ""
    inside: int | None = None
    outside: int | None = None
    withheld: str = ""
    reply: str = ""
    replied_on: date | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class OpinionFacts:
    """What the form is drawn from. started: a collection was held in the period; counts are of forms and items.
    unmerged: how many of the raw sayings nobody has gone through yet."""

    heading: Heading
    started: bool = False
    sent: int | None = None
    returned: int | None = None
    raw: int | None = None
    unmerged: int | None = None
    topics: tuple[OpinionTopic, ...] = ()


def opinion_form(facts: OpinionFacts) -> Sheet:
    """Draw the form; with no topics, one row that says what has not been done and what would fill it."""
    rows = [_row(n, topic) for n, topic in enumerate(facts.topics, start=1)]
    if not rows:
        rows = [_why_none(facts)]
    return Sheet(
        key="opinion_form",
        title=OPINION_FORM,
        organisation=facts.heading.organisation,
        period=facts.heading.period,
        filled_on=facts.heading.filled_on,
        head=facts.heading.lines(*_turnout(facts)),
        columns=COLUMNS,
        rows=rows,
        notes=(*legend(rows), *_notes(facts)),
        signatures=facts.heading.signatures(),
        basis=facts.heading.basis,
    )


def _why_none(facts: OpinionFacts) -> tuple[Cell, ...]:
    """Nothing held, nothing written, nothing that is an opinion, or nothing merged yet: four different things."""
    if not facts.started:
        return absent_row(COLUMNS, NOT_STARTED)
    if facts.raw == 0 or (facts.raw and facts.unmerged == 0):
        return (Cell(ALL_ASIDE if facts.raw else NOBODY_WROTE, span=len(COLUMNS)),)
    return absent_row(COLUMNS, NOT_MERGED)


def _notes(facts: OpinionFacts) -> tuple[str, ...]:
    if not facts.topics:
        return ()
    left = (f"还有 {facts.unmerged} 条原始意见尚未梳理，没有列入本表。",) if facts.unmerged else ()
    return (*left, SIDES_NOTE)


def _turnout(facts: OpinionFacts) -> tuple[tuple[str, str], ...]:
    counts = (("发出", facts.sent, "份"), ("收回", facts.returned, "份"), ("原始意见", facts.raw, "条"))
    return tuple((label, f"{count} {unit}") for label, count, unit in counts if count is not None)


def _row(number: int, topic: OpinionTopic) -> tuple[Cell, ...]:
    record = topic.record
    said = topic.opinions[0] if len(topic.opinions) == 1 else numbered(topic.opinions)
    replied = stacked_day(topic.replied_on) if topic.replied_on else ""
    if topic.reply == NOT_APPLICABLE:
        replied = NOT_APPLICABLE
    return (
        Cell(number=number, record=record),
        filled(topic.topic, missing="尚未写明主要内容", record=record),
        filled(said, missing="尚未梳理意见和建议", record=record),
        filled(topic.channels, missing="尚未登记征求方式", record=record),
        _count(topic, topic.inside),
        _count(topic, topic.outside),
        filled(topic.reply, missing="尚未答复", record=record),
        filled(replied, missing="尚未答复", record=record),
    )


def _count(topic: OpinionTopic, count: int | None) -> Cell:
    if count is not None:
        return Cell(number=count, record=topic.record)
    return filled(topic.withheld, missing="尚未统计份数", record=topic.record)
