"""《领导点评工作情况统计表》: measures down, levels across, a total, and a share beside the total.

A figure is a count of records or it is not there: 0 is printed as 0, an absent one says which act is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dianping.base.papers.heading import Heading, share
from dianping.base.papers.table import NOT_APPLICABLE, Cell, Column, Sheet, legend
from dianping.ledgers.rules.statistics_lines import SECTIONS, Measure, MeasureLine

STATISTICS_RETURN = "领导点评工作情况统计表"
NOTES = (
    f"“0”是查过而没有；“{NOT_APPLICABLE}”是此栏不适用或基数为 0。",
    "点评对象和人次按点评日期在本期内的计；应办按到期日在本期内的计；报告按本期内要求的计。",
    "同一人有两种身份（如既是书记又是党员）的，按身份各计一个对象。",
)
_WIDE, _MANY = 6, 100_000  # more levels, or longer figures, turn the page
_WHOLE = frozenset(line.measure for section in SECTIONS for line in section.lines if line.whole)


@dataclass(frozen=True, slots=True)
class MeasureFigure:
    """A count, and the key of the list of records behind it."""

    count: int
    record: str = ""


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """The figures of one level. `group` is the heading above it (党组织, 书记; "" for none), `unit` its own (个, 人).

    A measure left out of `figures` is one for which the act is missing; give 0 for a nil return.
    """

    level: str
    group: str
    unit: str
    figures: Mapping[Measure, MeasureFigure]

    @property
    def name(self) -> str:
        """The level as a sentence names it: 书记（党支部）."""
        return f"{self.group}（{self.level}）" if self.group else self.level


@dataclass(frozen=True, slots=True)
class StatisticsFacts:
    """What the return is drawn from. `overall` holds whole-organisation figures and any total that is not a sum; `carried`: how
    many problems of earlier periods the rectification log lists beside those raised in this one."""

    heading: Heading
    levels: tuple[LevelFigures, ...]
    overall: Mapping[Measure, MeasureFigure] = field(default_factory=dict)
    carried: int = 0


def statistics_return(facts: StatisticsFacts) -> Sheet:
    """Draw the return."""
    columns = _columns(facts)
    rows: list[tuple[Cell, ...]] = []
    for section in SECTIONS:
        rows.append((Cell(section.title, span=len(columns), strong=True),))
        for line in section.lines:
            rows.extend(_lines(line, facts))
    return Sheet(
        key="statistics_return",
        title=STATISTICS_RETURN,
        organisation=facts.heading.organisation,
        period=facts.heading.period,
        filled_on=facts.heading.filled_on,
        head=facts.heading.lines(),
        columns=columns,
        rows=rows,
        notes=legend(rows) + NOTES + _carried(facts) + disagreements(facts),
        signatures=(("单位负责人", ""), *facts.heading.signatures()),
        landscape=_needs_room(facts),
        compact=True,
        basis=facts.heading.basis,
    )


def _carried(facts: StatisticsFacts) -> tuple[str, ...]:
    """Why the rectification log lists more problems than this return says were raised."""
    raised = _sum(Measure.PROBLEMS_RAISED, facts)
    if not facts.carried or raised is None:
        return ()
    return (
        f"整改落实记录表列 {raised.count + facts.carried} 个问题：本期提出的 {raised.count} 个，"
        f"以前提出、带进本期的 {facts.carried} 个；本表只计本期提出的。",
    )


def disagreements(facts: StatisticsFacts) -> tuple[str, ...]:
    """Sentences for figures of one level that contradict one another; nothing is corrected."""
    return tuple(
        sentence for level in facts.levels for check in _CHECKS for sentence in _disagreement(level, *check)
    )


_M = Measure
_CHECKS = (
    (_M.EVENTS, (_M.COLLECTIVE, _M.INDIVIDUAL, _M.ON_SITE, _M.RANDOM), "点评人次", "四种方式"),
    (_M.EVENTS, (_M.PERIODIC, _M.AD_HOC), "点评人次", "定期与日常"),
    (
        _M.DUTIES_DUE,
        (_M.ON_TIME, _M.LATE_ENTRY, _M.NOT_YET_DUE, _M.OVERDUE),
        "应办",
        "按时、补录、未到期、逾期",
    ),
    (
        _M.PROBLEMS_RAISED,
        (_M.PROBLEMS_CLOSED, _M.PROBLEMS_OPEN, _M.PROBLEMS_UNRESOLVED),
        "提出的问题",
        "已销号、整改中、未解决",
    ),
)


def _disagreement(
    level: LevelFigures, whole: Measure, parts: tuple[Measure, ...], name: str, parts_name: str
) -> tuple[str, ...]:
    figures = level.figures
    if whole not in figures or any(part not in figures for part in parts):
        return ()
    total, summed = figures[whole].count, sum(figures[part].count for part in parts)
    if total == summed:
        return ()
    return (
        f"核对不符：{level.name}的{name}是 {total}，{parts_name}之和是 {summed}，两者应当相等，请查对登记。",
    )


def _needs_room(facts: StatisticsFacts) -> bool:
    figures = [*facts.overall.values(), *(f for level in facts.levels for f in level.figures.values())]
    return len(facts.levels) > _WIDE or any(figure.count >= _MANY for figure in figures)


def _columns(facts: StatisticsFacts) -> tuple[Column, ...]:
    levels = tuple(Column(level.level, 18, "right", level.group) for level in facts.levels)
    return (
        Column("指标", 38),
        Column("单位", 14, "center"),
        *levels,
        Column("合计", 18, "right"),
        Column("占比", 32, "right"),
    )


def _lines(line: MeasureLine, facts: StatisticsFacts) -> list[tuple[Cell, ...]]:
    total = _total(line, facts)
    unit = line.unit or "/".join(dict.fromkeys(level.unit for level in facts.levels))
    counts = tuple(_figure(line, level) for level in facts.levels)
    rows = [(Cell(line.title), Cell(unit), *counts, total, _share_of_total(line, facts))]
    if line.by_level and line.base is not None:
        shares = tuple(_share_of_level(line, level) for level in facts.levels)
        title = f"　占{line.base_title}"
        rows.append(
            (
                Cell(title),
                Cell("%"),
                *shares,
                _share(_sum(line.measure, facts), _sum(line.base, facts)),
                Cell(),
            )
        )
    return rows


def _figure(line: MeasureLine, level: LevelFigures) -> Cell:
    figure = level.figures.get(line.measure)
    if figure is not None:
        return Cell(number=figure.count, record=figure.record)
    return Cell(NOT_APPLICABLE) if line.whole else Cell(missing=line.missing)


def _total(line: MeasureLine, facts: StatisticsFacts) -> Cell:
    total = _sum(line.measure, facts)
    return Cell(missing=line.missing) if total is None else Cell(number=total.count, record=total.record)


def _sum(measure: Measure, facts: StatisticsFacts) -> MeasureFigure | None:
    """The overall figure where there is one, else the sum; a level that should count and has none prevents it."""
    if measure in facts.overall:
        return facts.overall[measure]
    figures = [level.figures[measure] for level in facts.levels if measure in level.figures]
    counts = [figure.count for figure in figures]
    whole = measure in _WHOLE or len(counts) == len(facts.levels)
    if not counts or not whole:
        return None
    # The records behind a sum are those of every level together.
    keys = {figure.record.rpartition("/")[0] for figure in figures if figure.record}
    return MeasureFigure(sum(counts), f"{keys.pop()}/all" if len(keys) == 1 else "")


def _share_of_total(line: MeasureLine, facts: StatisticsFacts) -> Cell:
    if line.base is None or line.by_level:
        return Cell()
    cell = _share(_sum(line.measure, facts), _sum(line.base, facts))
    return Cell(f"占{line.base_title} {cell.text}") if cell.number is not None else cell


def _share_of_level(line: MeasureLine, level: LevelFigures) -> Cell:
    assert line.base is not None
    return _share(level.figures.get(line.measure), level.figures.get(line.base))


def _share(part: MeasureFigure | None, base: MeasureFigure | None) -> Cell:
    return Cell(NOT_APPLICABLE) if part is None or base is None else share(part.count, base.count)
