"""《领导点评重点问题跟踪整改落实记录表》: one row a problem, followed until put right or reported on.

Basis: 豫创组办发〔2010〕26号 四.1 (a problem not well resolved: a written report before the next review), 四.3.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dianping.base.papers.heading import Heading, day, numbered, stacked_day
from dianping.base.papers.table import NOT_APPLICABLE, Cell, Column, Sheet, absent_row, filled, legend

RECTIFICATION_LOG = "领导点评重点问题跟踪整改落实记录表"
NO_PROBLEM = "本期尚无须跟踪整改的问题。点评中登记不足后，本表自动列出。"
NOT_APPLICABLE_NOTE = f"“{NOT_APPLICABLE}”表示此栏不适用；原因一栏可不填。"

COLUMNS = (
    Column("序\n号", 8, "center"),
    Column("来源", 26),
    Column("问题", 32),
    Column("原因", 18),
    Column("整改措施", 30),
    Column("责任人", 15, "center"),
    Column("责任单位", 20),
    Column("完成\n时限", 17, "center"),
    Column("进展", 36),
    Column("状态", 20, "center"),
    Column("验收人", 15, "center", "验收销号"),
    Column("销号\n日期", 17, "center", "验收销号"),
    Column("未解决的去向\n（书面报告）", 26),
)


class ItemState(StrEnum):
    """How far a problem has come; the values are what prints."""

    OPEN = "未整改"
    IN_PROGRESS = "整改中"
    CLOSE_REQUESTED = "已申请销号"
    CLOSED = "已销号"
    UNRESOLVED = "未解决"


_NOT_VERIFIED = {
    ItemState.OPEN: "尚未申请销号",
    ItemState.IN_PROGRESS: "尚未申请销号",
    ItemState.CLOSE_REQUESTED: "尚未验收",
    ItemState.CLOSED: "尚未登记验收人",
    ItemState.UNRESOLVED: "尚未登记认定人",
}
_NOT_CLOSED = {
    ItemState.OPEN: "尚未销号",
    ItemState.IN_PROGRESS: "尚未销号",
    ItemState.CLOSE_REQUESTED: "尚未验收销号",
    ItemState.CLOSED: "尚未登记销号日期",
    ItemState.UNRESOLVED: "未解决，尚未销号",
}


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """What was done on a day."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class OwedReport:
    """A written report owed (专门书面报告): its last day, and the day it was filed if it was.

    reason: why the next review went ahead without it, where that was recorded.
    """

    due: date
    filed_on: date | None = None
    reason: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class RectificationItem:
    """One problem and everything recorded of it. `source` tells where it comes from: day, who named it, in what, about whom."""

    source: str
    problem: str
    state: ItemState
    cause: str = ""
    measures: tuple[str, ...] = ()
    responsible_person: str = ""
    responsible_unit: str = ""
    due: date | None = None
    progress: tuple[ProgressEntry, ...] = ()
    verified_by: str = ""
    closed_on: date | None = None
    report: OwedReport | None = None
    record: str = ""
    source_record: str = ""


@dataclass(frozen=True, slots=True)
class RectificationFacts:
    """What the log is drawn from."""

    heading: Heading
    items: tuple[RectificationItem, ...] = ()


def rectification_log(facts: RectificationFacts) -> Sheet:
    """Draw the log in the order given."""
    today = facts.heading.filled_on
    rows = [_row(n, item, today) for n, item in enumerate(facts.items, start=1)]
    rows = rows or [absent_row(COLUMNS, NO_PROBLEM)]
    closed = sum(item.state is ItemState.CLOSED for item in facts.items)
    return Sheet(
        key="rectification_log",
        title=RECTIFICATION_LOG,
        organisation=facts.heading.organisation,
        period=facts.heading.period,
        filled_on=today,
        head=facts.heading.lines(("问题", f"{len(facts.items)} 个"), ("已销号", f"{closed} 个")),
        columns=COLUMNS,
        rows=rows,
        notes=legend(rows) + ((NOT_APPLICABLE_NOTE,) if facts.items else ()),
        signatures=facts.heading.signatures(),
        landscape=True,
        compact=True,
        basis=facts.heading.basis,
    )


def _row(number: int, item: RectificationItem, today: date) -> tuple[Cell, ...]:
    record = item.record
    return (
        Cell(number=number, record=record),
        filled(item.source, missing="尚未注明来源", record=item.source_record),
        filled(item.problem, missing="尚未写明问题", record=record),
        Cell(item.cause),
        filled(_measures(item.measures), missing="尚未登记整改措施", record=record),
        filled(item.responsible_person, missing="尚未明确责任人", record=record),
        filled(item.responsible_unit, missing="尚未明确责任单位", record=record),
        filled(stacked_day(item.due) if item.due else "", missing="尚未确定完成时限", record=record),
        filled(_progress(item.progress), missing="尚未登记进展", record=record),
        Cell(_state(item, today), record=record),
        filled(item.verified_by, missing=_NOT_VERIFIED[item.state], record=record),
        filled(_closed(item), missing=_NOT_CLOSED[item.state], record=record),
        _report(item, today),
    )


def _measures(measures: tuple[str, ...]) -> str:
    return numbered(measures) if len(measures) > 1 else "".join(measures)


def _progress(entries: tuple[ProgressEntry, ...]) -> str:
    return "\n".join(f"{day(entry.on)}：{entry.text.strip()}" for entry in entries)


def _state(item: RectificationItem, today: date) -> str:
    overdue = (today - item.due).days if item.due else 0
    if item.state in (ItemState.OPEN, ItemState.IN_PROGRESS) and overdue > 0:
        return f"{item.state}\n逾期 {overdue} 日"
    return str(item.state)


def _closed(item: RectificationItem) -> str:
    return stacked_day(item.closed_on) if item.closed_on else ""


def _report(item: RectificationItem, today: date) -> Cell:
    report = item.report
    if report is None:
        if item.state is ItemState.UNRESOLVED:
            return Cell(missing="尚未要求写出专门书面报告", record=item.record)
        return Cell(NOT_APPLICABLE)
    if report.filed_on is not None:
        late = "（逾期）" if report.filed_on > report.due else ""
        return Cell(f"专门书面报告{day(report.filed_on)}已交{late}", record=report.record)
    overdue = (today - report.due).days
    tail = f"，已逾期 {overdue} 日" if overdue > 0 else ""
    return Cell(
        text=f"未交的原因：{report.reason.strip()}" if report.reason.strip() else "",
        missing=f"尚未交专门书面报告，应于{day(report.due)}前交{tail}",
        record=report.record,
    )
