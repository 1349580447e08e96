"""Last year's list beside this year's: two sheets of members with different dates and the same people."""

import re
from collections.abc import Sequence

from dianping.base.chinese_text import is_blank, person_name, squeezed
from dianping.orgs.rules.roster.problems import Problems
from dianping.orgs.rules.roster.table import Table

# The day a list is of: 2009年12月, 2010年度, 2009年底, 2010.12.
_PERIOD = re.compile(r"((?:19|20)[0-9]{2})(?:年(?:([0-9]{1,2})月)?|[.\-]([0-9]{1,2})(?![0-9])|$)")
_ALIKE = 0.5  # of the shorter list


def without_older(tables: Sequence[Table], problems: Problems) -> list[Table]:
    """The lists of members without those of an earlier day that name largely the same people; each becomes one problem."""
    if len(tables) < 2:
        return list(tables)
    dated = [(table, period_of(table), _names(table)) for table in tables]
    older: dict[int, Table] = {}
    for table, period, names in dated:
        for other, later, others in dated:
            shared = [name for name in names if name in others]
            if (
                period
                and later
                and period < later
                and len(shared) >= _ALIKE * min(len(names), len(others)) > 0
            ):
                older[id(table)] = table
                some = "、".join(shared[:5]) + ("等" if len(shared) > 5 else "")
                problems.add(
                    table.sheet,
                    0,
                    "",
                    "",
                    f"「{table.sheet}」和「{other.sheet}」像是同一份名册先后两个时候的表，{some} {len(shared)} 人两张表里都有。"
                    f"名册只导入现在的一张。请删去或隐藏「{table.sheet}」后再导入；两张都是现在的，请把表名和表题里的日期改成一致。",
                    code="orgs.sheet-of-another-time",
                )
                break
    return [table for table in tables if id(table) not in older]


def period_of(table: Table) -> tuple[int, int] | None:
    """The year and month (0: none) of a list, by its sheet's name, else by its titles."""
    for title in (table.sheet, *table.titles):
        if found := _PERIOD.search(squeezed(title)):
            return int(found[1]), int(found[2] or found[3] or 0)
    return None


def _names(table: Table) -> dict[str, None]:
    cells = table.cells("name")
    return dict.fromkeys(person_name(cell) for cell in cells if isinstance(cell, str) and not is_blank(cell))
