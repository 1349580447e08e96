"""What the rows of a table say: papers to be handed in, who reviews whom, and when. Its columns are known by their headings."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from dianping.notices.rules.dates import moments_in
from dianping.notices.rules.model import DeliverableRead, Demand, Moment, ResponsibilityRead
from dianping.notices.rules.modes import ways_of_cell
from dianping.notices.rules.subjects import ENDING
from dianping.notices.rules.tables import CELL, roles_of
from dianping.notices.rules.text import PlainText, Sentence
from dianping.notices.rules.years import Calendar

# The same as above: 〃, 同上.
_SAME = re.compile(r"[〃″\"]|同上|同前")
# A step by which a paper is handed in: 上报总结.
_SENT = re.compile(r"(?:上报|报送|提交|上交|报|交)(?P<what>[^，。；]{2,30})")
# Where to, behind the day: 报党委组织部.
_SENT_TO = re.compile(rf"(?:报送?|交|送|发)(?:至|到|给)?(?P<to>[^，。；]{{1,24}}?{ENDING})$")
_FROM_ABOVE = frozenset({"by", "to", "due", "reviewer"})  # an empty cell is merged with the one over it


@dataclass(slots=True)
class TableValues:
    """What a table holds."""

    moments: list[Moment] = field(default_factory=list)
    responsibilities: list[ResponsibilityRead] = field(default_factory=list)
    deliverables: list[DeliverableRead] = field(default_factory=list)
    modes: list[Demand] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """The cells of one row by what their columns are for, and the day in it."""

    start: int
    end: int
    cells: dict[str, str]
    due: date | None = None
    until: str = ""


def values_of_table(plain: PlainText, start: int, end: int, clause: str, calendar: Calendar) -> TableValues:
    """Everything in the rows of a stretch that is a table."""
    values = TableValues()
    roles: list[str] | None = None
    above = _Row(0, 0, {})
    # A line that is not empty.
    for line in re.compile(r"[^\n]+").finditer(plain.text, start, end):
        cells = line[0].split(CELL)
        heading = roles_of(cells)
        if heading or roles is None:
            roles, above = heading or roles, _Row(0, 0, {})
            continue
        row = _row(plain, line, cells, roles, above, clause, calendar, values)
        quote = plain.quote(row.start, row.end, clause)
        told = row.cells
        if told.get("reviewer") and told.get("about"):
            values.modes += ways_of_cell(quote, told.get("way", ""))
            values.responsibilities.append(ResponsibilityRead(quote, told["reviewer"], told["about"]))
        elif told.get("what") or (step := _SENT.fullmatch(told.get("step", ""))):
            what = told.get("what") or (step["what"] if step else "")
            values.deliverables.append(
                DeliverableRead(quote, what, told.get("by", ""), told.get("to", ""), row.due, row.until)
            )
        above = row
    return values


def _row(
    plain: PlainText,
    line: re.Match[str],
    cells: list[str],
    roles: list[str],
    above: _Row,
    clause: str,
    calendar: Calendar,
    values: TableValues,
) -> _Row:
    row = _Row(line.start(), line.end(), {})
    at = line.start()
    for nth, cell in enumerate(cells):
        role = roles[nth] if nth < len(roles) else ""
        same = not cell or bool(_SAME.fullmatch(cell))
        if role == "due" or (not role and "due" not in roles and (cell or above.due)):
            moment = (
                _moment(plain, Sentence(cell, at, clause), role, "what" in roles, calendar)
                if not same
                else None
            )
            if moment:
                values.moments.append(moment)
                row.due, row.until = moment.due, moment.text
                told = _SENT_TO.search(cell)  # 1月15日前报党委组织部
                if told:
                    row.cells["to"] = told["to"]
            elif same:
                row.due, row.until = above.due, above.until
        elif role and role != "other" and role not in row.cells:
            row.cells[role] = above.cells.get(role, "") if same and role in _FROM_ABOVE else cell
        at += len(cell) + 1
    return row


def _moment(plain: PlainText, cell: Sentence, role: str, handed: bool, calendar: Calendar) -> Moment | None:
    """The day in a cell: of papers, the last one."""
    moment = next(
        (moment for moment in moments_in(plain, cell, calendar) if moment.due or moment.opens), None
    )
    if moment and moment.role == "past":
        return None
    if moment and role and handed and moment.role == "window" and moment.opens == moment.due:
        return replace(moment, opens=None, role="deadline")
    return moment
