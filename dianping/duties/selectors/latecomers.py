"""Why no review of a member is owed: told on his page and on the list of his branch (decision 0063)."""

from collections.abc import Mapping
from datetime import date

from dianping.orgs.models import Organisation
from dianping.orgs.selectors.posts import head_person
from dianping.programmes.rules import RuleLine
from dianping.programmes.selectors import programme_for

FROM_ABOVE = "由上级点评"


def why_not_due(people: Mapping[int, date], *, branch: Organisation, day: date) -> dict[int, str]:
    """For members of a branch about whom no review is owed, by the day each came: the reason. At most three queries."""
    if not people:
        return {}
    head, in_force = head_person(branch, day=day), programme_for(branch, day)
    lines = [
        line
        for line in (in_force.programme.lines(day) if in_force else [])
        if line.responsibility.about == "member" and branch.kind in line.kinds
    ]
    return {
        person: FROM_ABOVE if head is not None and head.pk == person else _reason(since, lines)
        for person, since in people.items()
    }


def _reason(since: date, lines: list[RuleLine]) -> str:
    if not lines:
        return "现在没有对党员的期限"
    late = [line for line in lines if since > line.joins_until]
    if len(late) < len(lines):
        return "还没有开列"
    line = late[-1]
    if line.days_left is None:
        return f"{since} 加入，从下一期起应点评"
    return f"{since} 加入，{too_late(line)}"


def too_late(line: RuleLine) -> str:
    """Why whoever joins a round after its last day for it is not due in it."""
    return f"离“{line.name}”的最后一天 {line.window.due} 不足 {line.days_left} 天，不列入这一轮"
