"""The books as plain rows, and what must hold of them whatever was done: counted anew here, by nobody's selectors."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from dianping.duties.models import Duty, Tally, Window
from dianping.orgs.models import Membership, Organisation, Post, Tenure
from dianping.rectification.models import Item, Progress, Verdict, WrittenReport
from dianping.rectification.rules.steps import CLOSED, OPEN, STEPS, UNRESOLVED
from dianping.reviews.models import Answer, Correction, Occasion, Problem, Review, ReviewDuty

Row = dict[str, Any]
Books = dict[str, list[Row]]
Figures = tuple[int, int, int, int]

MODELS = (
    Answer,
    Correction,
    Duty,
    Item,
    Membership,
    Occasion,
    Problem,
    Progress,
    Verdict,
    Review,
    ReviewDuty,
    Tally,
    Tenure,
    Window,
    WrittenReport,
)
READ_AS: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": lambda moment: moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC)),
    "JSONField": lambda text: json.loads(text) if isinstance(text, str) else text,
}
ON_TIME_DAYS, LATEST_DAYS = 7, 30  # 豫创组办发〔2010〕26号, entry


def read() -> Books:
    """Every row of every table the story may write, by plain statements: it is asked after every act."""
    with connection.cursor() as cursor:
        found = {model.__name__: _rows(cursor, model) for model in MODELS}
        cursor.execute("SELECT seq, prev, digest FROM common_auditentry ORDER BY seq")
        entries = [dict(zip(("seq", "prev", "digest"), row, strict=True)) for row in cursor.fetchall()]
    return found | {"AuditEntry": entries}


def _rows(cursor: Any, model: type[Model]) -> list[Row]:
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} ORDER BY id")
    read_as = [
        (f.attname, READ_AS[f.get_internal_type()]) for f in fields if f.get_internal_type() in READ_AS
    ]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row.update({name: kind(row[name]) for name, kind in read_as})
    return rows


def whose(row: Row, *names: str) -> tuple[Any, ...]:
    """Some columns of a row."""
    return tuple(row[name] for name in names)


class Places:
    """Where every organisation and every seat stands; neither moves in the story."""

    def __init__(self) -> None:
        self.organisations = list(Organisation.objects.order_by("path"))
        self.path = {o.pk: o.path for o in self.organisations}
        self.seat = {post.pk: self.path[post.organisation_id] for post in Post.objects.all()}

    def holding(self, path: str) -> list[int]:
        """Every organisation in whose subtree a place lies."""
        return [pk for pk, top in self.path.items() if path.startswith(top)]


def standing(books: Books) -> list[Row]:
    """The duties that count: of some window, not lapsed."""
    return [d for d in books["Duty"] if d["window_id"] is not None and d["lapsed_on"] is None]


def by_seat(books: Books, window: Row) -> dict[int, list[Row]]:
    """What every seat owes of the rule whose reviewers a window counts."""
    rule = whose(window, "root_id", "rule", "opens")
    same = {w["id"] for w in books["Window"] if whose(w, "root_id", "rule", "opens") == rule}
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for duty in standing(books):
        if duty["window_id"] in same and duty["owed_by_id"] is not None and duty["kind"] == "review":
            found[duty["owed_by_id"]].append(duty)
    return found


def tallies_counted(books: Books, places: Places) -> Counter[tuple[Any, ...]]:
    """What the tallies must say: (organisation, window, day, figure) → number, from the duties alone."""
    found: Counter[tuple[Any, ...]] = Counter()

    def add(path: str, window: int, day: date, figure: str) -> None:
        found.update((pk, window, day, figure) for pk in places.holding(path))

    windows = {w["id"]: w for w in books["Window"]}
    for duty in standing(books):
        place, window = places.path[duty["organisation_id"]], windows[duty["window_id"]]
        add(place, window["id"], window["opens"], "owed")
        if duty["done_on"] is not None:
            add(place, window["id"], duty["entered_on"], "on_time" if duty["on_time"] else "late")
    for window in windows.values():
        for seat, owed in by_seat(books, window).items() if window["target"] == "reviewer" else ():
            add(places.seat[seat], window["id"], window["opens"], "owed")
            if all(duty["done_on"] for duty in owed):
                last = max(duty["entered_on"] for duty in owed)
                add(
                    places.seat[seat],
                    window["id"],
                    last,
                    "on_time" if all(d["on_time"] for d in owed) else "late",
                )
    return found


def tallies_kept(books: Books) -> Counter[tuple[Any, ...]]:
    """What the tallies do say."""
    return Counter(
        {
            (*whose(row, "organisation_id", "window_id", "day"), figure): row[figure]
            for row in books["Tally"]
            for figure in ("owed", "on_time", "late")
            if row[figure]
        }
    )


GROUPS = {
    "member": "members",
    "paper": "papers",
    "reviewer": "reviewers",
    "contact": "contact",
    "heard": "heard",
    "hearing": "hearings",
    "prepare": "prepared",
    "branch": "organisations",
    "unit": "organisations",
    "branch_secretary": "secretaries",
    "unit_secretary": "secretaries",
    "committee": "outside",
    "committee_secretary": "outside",
}


def coverage_counted(books: Books, places: Places, day: date) -> dict[int, dict[str, Figures]]:
    """Due, on time, late and overdue of every organisation in both directions, as of today."""
    newest: dict[tuple[Any, ...], Row] = {}
    for window in sorted(books["Window"], key=lambda w: w["opens"]):
        if window["opens"] <= day:
            newest[whose(window, "root_id", "rule", "responsibility")] = window
    found: dict[int, Counter[tuple[str, int]]] = {pk: Counter() for pk in places.path}

    def add(path: str, window: Row, done: bool, on_time: bool) -> None:
        for pk in places.holding(path):
            group = GROUPS[window["target"]]
            overdue = not done and window["due"] < day
            found[pk].update({(group, 0): 1, (group, 1): done and on_time, (group, 2): done and not on_time})
            found[pk].update({(group, 3): overdue})

    current = {window["id"]: window for window in newest.values()}
    for duty in standing(books):
        if duty["window_id"] in current:
            place = places.path[duty["organisation_id"]]
            add(place, current[duty["window_id"]], duty["done_on"] is not None, bool(duty["on_time"]))
    for window in current.values():
        for seat, owed in by_seat(books, window).items() if window["target"] == "reviewer" else ():
            done = all(d["done_on"] for d in owed)
            add(places.seat[seat], window, done, all(d["on_time"] for d in owed))
    return {
        pk: {
            group: (counted[group, 0], counted[group, 1], counted[group, 2], counted[group, 3])
            for group in {group for group, _ in counted}
        }
        for pk, counted in found.items()
    }


def how_it_counts(duty: Row, happened: date, entered: date) -> str:
    """按时, 补录 or 不计入, worked out from the two days."""
    lag = entered - happened
    if happened < duty["opens"] or lag > timedelta(LATEST_DAYS):
        return "不计入"
    return "按时" if happened <= duty["due"] and lag <= timedelta(ON_TIME_DAYS) else "补录"


def assert_duties_are_done_once(books: Books, before: Books | None) -> None:
    """A done duty was met by one review (or one report), on its days, and stays done as it was done."""
    reviews = {row["id"]: row for row in books["Review"]}
    duties = {row["id"]: row for row in books["Duty"]}
    met = Counter(row["duty_id"] for row in books["ReviewDuty"])
    filed = {row["duty_id"]: row for row in books["WrittenReport"]}
    by = {row["duty_id"]: reviews[row["review_id"]] for row in books["ReviewDuty"]}
    for duty in duties.values():
        done = duty["done_on"] is not None
        assert (met[duty["id"]] + (duty["id"] in filed)) == done, duty
        if not done:
            continue
        if duty["id"] in filed:
            happened = entered = filed[duty["id"]]["filed_on"]
        else:
            review = by[duty["id"]]
            happened, entered = review["happened_on"], timezone.localtime(review["entered_at"]).date()
            assert review["filed"]
        assert (duty["done_on"], duty["entered_on"]) == (happened, entered)
        assert ("按时" if duty["on_time"] else "补录") == how_it_counts(duty, happened, entered), duty
    same = ("done_on", "entered_on", "on_time", "lapsed_on", "owed_by_id", "person_id", "window_id")
    for was in before["Duty"] if before else ():
        if was["done_on"] is not None:
            assert whose(was, *same) == whose(duties[was["id"]], *same)


def assert_items_went_by_the_chart(books: Books) -> None:
    """Every state is where the steps on file lead to, and each step was legal where it was taken."""
    steps: defaultdict[int, list[Row]] = defaultdict(list)
    for row in books["Progress"]:
        steps[row["item_id"]].append(row)
    for item in books["Item"]:
        state = OPEN
        for row in steps[item["id"]]:
            assert state in STEPS[row["step"]].start, (state, row)
            state = STEPS[row["step"]].end
        assert item["state"] == state
        assert (item["closed_on"] is not None) == (state == CLOSED)
        if state == CLOSED:
            assert item["closed_by"] == steps[item["id"]][-1]["by"]
            assert item["closed_by"] != item["requested_by"], "whoever asked has closed it himself"
    followed = Counter(item["problem_id"] for item in books["Item"])
    filed = {row["id"] for row in books["Review"] if row["filed"]}
    assert followed == Counter(p["id"] for p in books["Problem"] if p["review_id"] in filed)


def assert_reports_are_owed_once(books: Books) -> None:
    """One open report a target, seat and window; owed as long as a problem behind it stands, and no longer."""
    reports = {row["id"]: row for row in books["Duty"] if row["kind"] == "report"}
    still = [r for r in reports.values() if r["done_on"] is None and r["lapsed_on"] is None]
    once = Counter(whose(r, "organisation_id", "person_id", "owed_by_id", "due") for r in still)
    assert not [key for key, number in once.items() if number > 1]
    behind: defaultdict[int, list[str]] = defaultdict(list)
    for item in books["Item"]:
        behind[item["report_id"]].append(item["state"])
        if item["state"] == UNRESOLVED:
            assert reports[item["report_id"]]["lapsed_on"] is None, "an unresolved problem asks for no report"
    for report in still:
        assert set(behind[report["id"]]) - {CLOSED}, "a report is owed about nothing that stands"


def assert_chain_grew(books: Books, before: Books | None) -> None:
    """The audit chain was only added to, link by link."""
    entries, old = books["AuditEntry"], before["AuditEntry"] if before else []
    assert entries[: len(old)] == old
    for last, entry in zip(entries, entries[1:], strict=False):
        assert whose(entry, "seq", "prev") == (last["seq"] + 1, last["digest"])
