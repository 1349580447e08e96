"""覆盖看板: due, on time, late, pending, overdue, level by level, in both directions."""

from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dianping.accounts.requests import ViewerRequest
from dianping.duties.kinds import OTHER_THAN_REVIEWS, REVIEWERS
from dianping.duties.selectors import (
    Coverage,
    Figures,
    coverage_board,
    coverage_of,
    current_windows,
    due_days,
    grid_of,
    reviewers_behind,
)
from dianping.duties.selectors.lines import clause_of
from dianping.orgs.selectors import path_of
from dianping.orgs.selectors.posts import holders_on
from dianping.pages.frame.scope import asked_day, current_organisation
from dianping.programmes.rules import CONTACT
from dianping.reviews.selectors.reviews import ways_of

if TYPE_CHECKING:
    from dianping.duties.models import Window
    from dianping.orgs.models import Organisation

Counted = Literal["owed", "on_time", "late", "open", "overdue"]


class Meter(TypedDict):
    """What is owed and how far it has come, in numbers of duties."""

    owed: int
    on_time: int
    late: int
    open: int
    overdue: int


class Node(Meter):
    """The same of one organisation, with its page ("" for the level itself)."""

    name: str
    url: str


DIRECTIONS = (("reviewed", "谁还没被评"), ("reviewers", "谁还没评"))
COLUMNS: dict[str, Counted] = {
    "owed": "owed",
    "done": "on_time",
    "late": "late",
    "pending": "open",
    "overdue": "overdue",
}
HEADINGS = (("owed", "应"), ("done", "按时"), ("late", "补录"), ("pending", "未到期"), ("overdue", "逾期"))


def coverage(request: ViewerRequest) -> HttpResponse:
    """One organisation and the level right below it, as of a day, for one rule."""
    organisation = current_organisation(request)
    day = asked_day(request)
    windows = [w for w in current_windows(day=day) if w.target not in OTHER_THAN_REVIEWS]
    rules = {
        w.rule: w
        for w in sorted(windows, key=lambda w: (w.rule != "round", w.opens, -w.pk))
        if w.target != REVIEWERS
    }
    rule = request.GET.get("rule", "")
    if rule not in rules:
        rule = next(iter(rules), "")
    if organisation.is_branch and rule:
        return _branch(request, organisation, day, rules[rule], list(rules.values()))
    direction = "reviewers" if request.GET.get("direction") == "reviewers" else "reviewed"
    own, below = coverage_board(organisation, day=day, rule=rule)
    nodes = [_node(c, direction, day, rule) for c in below]
    here = _figures(own, direction)
    level = _level(here, nodes)
    behind = _behind(organisation, rule, day) if direction == "reviewers" else []
    return render(
        request,
        "pages/coverage/coverage.html",
        {
            "organisation": organisation,
            "day": day,
            "rule": rule,
            "rules": list(rules.values()),
            "direction": direction,
            "directions": DIRECTIONS,
            "columns": HEADINGS,
            "window": rules.get(rule),
            "clause": clause_of(rules[rule].cited) if rule else None,
            "truth": _truth(here, organisation.code, rule, direction),
            "meter": _meter(here),
            "nodes": [n for n in nodes if n["owed"]],
            "table": ([level] if level else []) + _sorted(nodes, request.GET.get("sort", "")),
            "behind": behind,
            "sort": request.GET.get("sort", ""),
            "days": _days(windows, organisation.pk, day, organisation.code),
            "path": [
                (o.short_name, f"{reverse('coverage:coverage')}?organisation={o.code}&rule={rule}&day={day}")
                for o in path_of(organisation, paths=request.viewer.read_paths)
            ],
            "outside": own.groups["outside"],
            "contact": own.groups["contact"],
            "contact_url": f"{reverse('duties:duties')}?organisation={organisation.code}&rule={rule}&whose=below"
            f"&target={CONTACT}&state=all",
        },
    )


def _branch(
    request: ViewerRequest, branch: "Organisation", day: date, window: "Window", rules: list["Window"]
) -> HttpResponse:
    """A branch: its people as a grid, with the day and the way, in both directions; made to be printed."""
    squares, seats = grid_of(branch, rule=window.rule, day=day)
    ways = ways_of(square.duty for square in squares)
    holders = holders_on({seat.post for seat in seats}, day=day)
    marks = [square.mark(day) for square in squares]
    direction = "reviewers" if request.GET.get("direction") == "reviewers" else "reviewed"
    (own,) = coverage_of([branch], day=day, rule=window.rule)
    here = _figures(own, direction)
    context = {
        "truth": _truth(here, branch.code, window.rule, direction),
        "meter": _meter(here),
        "organisation": branch,
        "day": day,
        "rule": window.rule,
        "rules": rules,
        "window": window,
        "clause": clause_of(window.cited),
        "squares": [(one, mark, ways.get(one.duty, "")) for one, mark in zip(squares, marks, strict=True)],
        "seats": [(seat, holders.get(seat.post, "空缺")) for seat in seats],
        "path": [
            (
                o.short_name,
                f"{reverse('coverage:coverage')}?organisation={o.code}&rule={window.rule}&day={day}",
            )
            for o in path_of(branch, paths=request.viewer.read_paths)
        ],
    }
    return render(request, "pages/coverage/branch.html", context)


def _figures(coverage: Coverage, direction: str) -> Figures:
    return coverage.groups["reviewers"] if direction == "reviewers" else coverage.total


def _meter(figures: Figures) -> Meter:
    return {
        "owed": figures.due,
        "on_time": figures.on_time,
        "late": figures.late,
        "open": figures.pending,
        "overdue": figures.overdue,
    }


def _node(coverage: Coverage, direction: str, day: date, rule: str) -> Node:
    organisation = coverage.organisation
    url = f"{reverse('coverage:coverage')}?organisation={organisation.code}&rule={rule}&day={day}&direction={direction}"
    return {**_meter(_figures(coverage, direction)), "name": organisation.short_name, "url": url}


def _level(here: Figures, nodes: list[Node]) -> Node | None:
    """What is owed at this level itself, so that the rows add up to the headline."""
    whole = _meter(here)
    own: Node = {
        "owed": whole["owed"] - sum(node["owed"] for node in nodes),
        "on_time": whole["on_time"] - sum(node["on_time"] for node in nodes),
        "late": whole["late"] - sum(node["late"] for node in nodes),
        "open": whole["open"] - sum(node["open"] for node in nodes),
        "overdue": whole["overdue"] - sum(node["overdue"] for node in nodes),
        "name": "本级",
        "url": "",
    }
    return own if nodes and own["owed"] else None


def _behind(organisation: "Organisation", rule: str, day: date) -> list[dict[str, object]]:
    """The reviewers of this level and the next who have not done all of a rule: seat, name, how many are left."""
    rows = reviewers_behind(organisation, rule=rule, day=day)
    holders = holders_on([row["owed_by"] for row in rows], day=day)
    return [
        {
            "name": holders.get(row["owed_by"], "空缺"),
            "seat": f"{row['organisation']} {row['title']}",
            "left": row["left"],
            "owed": row["owed"],
            "code": row["code"],
        }
        for row in rows
    ]


def _sorted(nodes: list[Node], sort: str) -> list[Node]:
    column = COLUMNS.get(sort)
    return sorted(nodes, key=lambda n: -n[column]) if column else nodes


def _truth(figures: Figures, code: str, rule: str, direction: str) -> list[dict[str, object]]:
    if direction == "reviewers":
        words = (
            ("owed", "应作点评的人"),
            ("on_time", "已全部按时"),
            ("late", "已全部，有补录"),
            ("open", "还没有评完"),
            ("overdue", "逾期没有评完"),
        )
        numbers = (figures.due, figures.on_time, figures.late, figures.pending, figures.overdue)
        return [
            {"kind": k, "word": w, "number": n, "url": "#behind"}
            for (k, w), n in zip(words, numbers, strict=True)
        ]
    link = f"{reverse('duties:duties')}?organisation={code}&rule={rule}&whose=below&inside=1&state="
    return [
        {"kind": "owed", "word": "应点评", "number": figures.due, "url": link + "all"},
        {"kind": "on_time", "word": "已按时", "number": figures.on_time, "url": link + "on_time"},
        {"kind": "late", "word": "补录", "number": figures.late, "url": link + "late"},
        {"kind": "open", "word": "未到期", "number": figures.pending, "url": link + "pending"},
        {"kind": "overdue", "word": "逾期", "number": figures.overdue, "url": link + "overdue"},
    ]


def _days(windows: list["Window"], organisation: int, day: date, code: str) -> list[dict[str, object]]:
    """What falls due when: one bar a due date of the current windows."""
    bars = []
    for due, owed, done in due_days(windows, organisation=organisation, day=day):
        left = "overdue" if due < day else "open"
        bars.append(
            {
                "day": due.isoformat(),
                "done": done,
                "open": 0,
                "overdue": 0,
                "url": f"{reverse('duties:duties')}?organisation={code}&whose=below&due={due}",
            }
            | {left: owed - done}
        )
    return bars
