"""The body of a bulletin as it is first drafted: figures only, no word about anybody (豫创组办发〔2010〕26号 四.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dianping.base.day_words import written
from dianping.base.few import FEW
from dianping.bulletins.rules.few import withheld

PARTS = ("按时点评", "补录", "尚未到期", "逾期")
MOST_LINES = 60  # organisations told one by one; a bulletin is no register
UNTOLD = "未单列"


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """One class of targets: figures of the organisation and of the level below, each (due, on time, late, pending, overdue).

    `rules`: how many rules may count one person at once, so that five reviews owed are not taken for five people.
    """

    name: str
    unit: str
    own: tuple[int, ...]
    below: tuple[tuple[int, ...], ...]
    people: bool = True
    rules: int = 1


@dataclass(frozen=True, slots=True)
class BulletinFigures:
    """Everything a bulletin's first draft says."""

    day: date
    period: str
    below: tuple[str, ...]
    groups: tuple[TargetGroup, ...]
    problems: tuple[tuple[str, int], ...] = ()
    cases: tuple[tuple[str, int, bool], ...] = ()


def first_body(figures: BulletinFigures) -> str:
    """The body, a paragraph a line, for the clerk to edit."""
    lines = [
        f"现将{figures.period}领导点评工作情况通报如下（数字截至{written(figures.day)}）。",
        "一、点评进度",
    ]
    told = [(group, _told(group)) for group in figures.groups if group.own[0]]
    lines += [f"{group.name}{cells[0]}。" for group, cells in told] or ["本期没有应点评的。"]
    lines += ["二、各单位进度", *_below(figures, told)]
    lines += ["三、整改情况", _problems(figures.problems)]
    lines += ["四、先进典型和好做法", _cases(figures.cases)]
    return "\n".join(lines)


def _below(figures: BulletinFigures, told: Sequence[tuple[TargetGroup, list[str]]]) -> list[str]:
    lines = []
    for at, name in enumerate(figures.below[:MOST_LINES], 1):
        pieces = [f"{group.name}{cells[at]}" for group, cells in told if group.below[at - 1][0]]
        if pieces:
            lines.append(f"{name}：{'；'.join(pieces)}。")
    if len(figures.below) > MOST_LINES:
        lines.append(f"其余 {len(figures.below) - MOST_LINES} 个单位见统计表。")
    return lines or ["没有下级的应点评事项。"]


def _told(group: TargetGroup) -> list[str]:
    """One piece of a sentence for the organisation and for each below it."""
    rows = [group.own, *group.below]
    least = FEW * group.rules
    hidden = withheld(rows, few=least) if group.people else [[False] * len(row) for row in rows]
    return [_piece(row, out, group.unit) for row, out in zip(rows, hidden, strict=True)]


def _piece(row: Sequence[int], hidden: Sequence[bool], unit: str) -> str:
    """应点评 45 人，按时点评 40 人，逾期 5 人: nobody is left out of the words, hidden figures out of the sum."""
    due = f"应点评{_figure(row[0], hidden[0], unit)}"
    parts = [(name, value, out) for name, value, out in zip(PARTS, row[1:], hidden[1:], strict=True) if value]
    if not parts:
        return due
    if all(out for _, _, out in parts):
        return "人数少，不单列" if due.endswith(UNTOLD) else f"{due}，完成情况因人数少不单列"
    words = [f"{name}{_figure(value, out, unit)}" for name, value, out in parts]
    if hidden[1] and hidden[2] and not hidden[0] and not any(hidden[3:]):
        # Both ways of having been reviewed are hidden, their sum is plain from the rest: say the sum.
        small = f"，含补录{_figure(row[2], True, unit)}" if 0 < row[2] < FEW else ""
        words = [f"已点评{_figure(row[1] + row[2], False, unit)}{small}", *words[2:]]
    return f"{due}，{'，'.join(words)}"


def _figure(value: int, hidden: bool, unit: str) -> str:
    if hidden:
        return f"不足 {FEW} {unit.removesuffix('次')}" if value < FEW else UNTOLD
    return f" {value:,} {unit}"


def _problems(states: Sequence[tuple[str, int]]) -> str:
    whole = sum(n for _, n in states)
    if not whole:
        return "本期没有立项整改的问题。"
    row = [whole, *(n for _, n in states)]
    hidden = withheld([row])[0]
    pieces = [
        f"{name}{_figure(n, out, '项')}" for (name, n), out in zip(states, hidden[1:], strict=True) if n
    ]
    return f"本期整改事项{_figure(whole, hidden[0], '项')}，其中{'，'.join(pieces)}。"


def _cases(kinds: Sequence[tuple[str, int, bool]]) -> str:
    pieces = [
        f"{name}{_figure(n, people and n < FEW, '人' if people else '个')}" for name, n, people in kinds if n
    ]
    return f"经核实的{'、'.join(pieces)}。" if pieces else "本期没有经核实的先进典型和好做法。"
