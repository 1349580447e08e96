"""Counted anew from the records, row by row, and held against what the board and the return show."""

import re
from collections import Counter
from datetime import date
from typing import Any

from dianping.duties.models import Duty
from dianping.rectification.models import Item
from dianping.reviews.models import Review
from tests.browser.months.walking import Role


def board(role: Role, day: date) -> list[int]:
    """The line of truth as the board shows it: owed, on time, late, open, overdue."""
    role.go(f"/coverage/?day={day}")
    return [int(one.replace(",", "")) for one in role.page.locator(".truth b").all_inner_texts()[:5]]


def board_counted(day: date) -> list[int]:
    """The same of the round, one duty at a time."""
    found: Counter[str] = Counter()
    rows = Duty.objects.filter(kind="review", lapsed_on=None, window__rule__contains="round")
    for duty in rows.exclude(owed_by=None).exclude(target="contact"):
        found["owed"] += 1
        if duty.done_on:
            found["on_time" if duty.on_time else "late"] += 1
        else:
            found["overdue" if duty.due < day else "open"] += 1
    return [found[name] for name in ("owed", "on_time", "late", "open", "overdue")]


def returned(role: Role, period: str) -> dict[str, int]:
    """The last figure before the share in some rows of the return: the whole's."""
    role.go(f"/ledgers/{period}/statistics/")
    found = {}
    for row in role.page.locator("table.sheet tr, article table tr, main table tr").all():
        cells = [" ".join(one.split()) for one in row.locator("th, td").all_inner_texts()]
        name = cells[0].strip("　 ") if cells else ""
        figures = [one.replace(",", "") for one in cells[2:-1] if re.fullmatch(r"[\d,]+", one)]
        if name and figures and name not in found:
            found[name] = int(figures[-1])
    return found


def returned_counted(opens: date, due: date, day: date) -> dict[str, int]:
    """The same figures, one record at a time."""
    owed: list[Any] = [
        duty
        for duty in Duty.objects.filter(kind="review", lapsed_on=None).exclude(target="contact")
        if duty.owed_by_id and opens <= duty.due <= due
    ]
    told = [
        review
        for review in Review.objects.filter(filed=True)
        if review.happened_on and opens <= review.happened_on <= due
    ]
    raised = [item for item in Item.objects.all() if opens <= item.opened_on <= min(due, day)]
    done = [duty for duty in owed if duty.done_on]
    return {
        "应点评对象": len(
            {(_as(d.target), d.person_id or 0, 0 if d.person_id else d.organisation_id) for d in owed}
        ),
        "已点评对象": len(
            {(r.about, r.person_id or 0, 0 if r.person_id else r.organisation_id) for r in told}
        ),
        "点评人次": len(told),
        "应办": len(owed),
        "按时": sum(1 for duty in done if duty.on_time),
        "补录": sum(1 for duty in done if not duty.on_time),
        "提出": len(raised),
        "已销号": sum(1 for item in raised if item.state == "closed"),
    }


def _as(target: str) -> str:
    if target == "member":
        return target
    return "secretary" if target.endswith("secretary") or target == "heard" else "organisation"
