"""Everything that waits at a desk, in three bands: now, within the week, later. Decision 0060.

Every set the rooms found comes in one statement: a part for each kind, with its first few of each band and how many there are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, F, IntegerField, Model, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from dianping.accounts.waiting import (
    LATER,
    NOW,
    WEEK,
    Desk,
    Found,
    KindOfWaiting,
    Row,
    Waiting,
    kinds_of_waiting,
    model_of,
)

DAYS = 7  # a week from today
BANDS = ((NOW, "现在"), (WEEK, "这周"), (LATER, "以后"))
SHOWN = {NOW: 12, WEEK: 8, LATER: 8}  # lines of a band
OF_ONE_KIND = 4  # of them, of one kind
FIGURES = "="  # before the kind in the row of its figures
NOTHING: dict[str, Combinable] = {
    "other": Cast(Value(None), IntegerField()),
    "day": Cast(Value(None), DateField()),
    "since": Cast(Value(None), DateField()),
    "name": Value("", TextField()),
    "words": Value("", TextField()),
    "more": Value("", TextField()),
    "n": Value(1, IntegerField()),
}

Rows = QuerySet[Model, tuple[Any, ...]]  # the columns of Row, as the database gives them


@dataclass(frozen=True, slots=True)
class Rest:
    """What of one kind is not shown in a band: how many, and where it stands."""

    label: str
    count: int
    page: str
    asked: str


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a desk: its lines, how much waits in it in truth, and where what is not shown stands."""

    key: str
    label: str
    count: int
    lines: list[Waiting]
    rest: list[Rest]


def bands_of(desk: Desk) -> list[Band]:
    """What waits at a desk by band, those with nothing left out."""
    kinds = {kind.key: kind for kind in kinds_of_waiting()}
    told = [(_band(line, desk.day, kinds[line.kind]), line) for line in _lines(desk, kinds.values())]
    counts = {(band, key): 0 for band, _ in BANDS for key in kinds}
    for band, line in told:
        counts[band, line.kind] += line.count
    for row in _rows(desk, kinds.values()):
        if row.kind.startswith(FIGURES):
            key = row.kind.removeprefix(FIGURES)
            counts[NOW, key], counts[WEEK, key], counts[LATER, key] = row.key, row.other or 0, row.n
            continue
        tell = kinds[row.kind].tell
        assert tell is not None
        line = tell(row, desk)
        told.append((_band(line, desk.day, kinds[row.kind]), line))
    return [
        _band_of(key, label, [line for band, line in told if band == key], counts, kinds)
        for key, label in BANDS
        if any(counts[key, kind] for kind in kinds)
    ]


def _band_of(
    key: str,
    label: str,
    lines: list[Waiting],
    counts: dict[tuple[str, str], int],
    kinds: dict[str, KindOfWaiting],
) -> Band:
    lines.sort(key=lambda line: (line.day or line.since or date.max, line.kind))
    shown = _some_of_each(lines)[: SHOWN[key]]
    left = {kind: counts[key, kind] for kind in kinds}
    for line in shown:
        left[line.kind] -= line.count
    rest = [
        Rest(kinds[kind].label, n, kinds[kind].page, kinds[kind].asked) for kind, n in left.items() if n > 0
    ]
    return Band(key, label, sum(counts[key, kind] for kind in kinds), shown, rest)


def _some_of_each(lines: list[Waiting]) -> list[Waiting]:
    """Lines in their order, without what of one kind is more than a few: many of one kind would crowd the others out."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        seen[line.kind] += 1
        if seen[line.kind] <= OF_ONE_KIND:
            found.append(line)
    return found


def _band(line: Waiting, day: date, kind: KindOfWaiting) -> str:
    if kind.word or (line.day is not None and line.day < day):
        return NOW
    return WEEK if line.day is not None and line.day <= day + timedelta(days=DAYS) else LATER


def _lines(desk: Desk, kinds: Iterable[KindOfWaiting]) -> list[Waiting]:
    return [line for kind in kinds if kind.lines is not None for line in kind.lines(desk)]


def _rows(desk: Desk, kinds: Iterable[KindOfWaiting]) -> list[Row]:
    """The first records of each kind, and of each kind that has any a row in which its figures stand."""
    parts: list[Rows] = []
    for kind in kinds:
        found = kind.found(desk) if kind.found is not None else None
        if found is not None:
            parts += _parts(kind, found, desk.day)
    if not parts:
        return []
    first, *rest = parts
    return [Row(*row) for row in first.union(*rest, all=True)]


def _parts(kind: KindOfWaiting, found: Found, day: date) -> tuple[Rows, Rows]:
    """The records of one kind as rows of the statement: its first ones, chosen in a search of their own (no part of a UNION may
    have a LIMIT on every database); and one row with how many there are of each band in `key`, `other` and `n`."""
    named: dict[str, Any] = (
        {"kind": Value(kind.key, TextField()), "key": F("pk")} | NOTHING | dict(found.columns)
    )
    typed = {f"c_{name}": named[name] for name in Row._fields}
    order = [F("c_day").asc(nulls_last=True), F("c_since").asc(nulls_last=True), F("pk").asc()]
    dated = found.records.annotate(c_day=named["day"], c_since=named["since"])
    chosen = dated.order_by(*order).values("pk")[: sum(SHOWN.values())]
    rows: Rows = (
        model_of(found)
        ._default_manager.filter(pk__in=chosen)
        .order_by()
        .annotate(**typed)
        .values_list(*typed)
    )
    return rows, _figures(kind, found, day)


def _figures(kind: KindOfWaiting, found: Found, day: date) -> Rows:
    due = found.columns.get("day", NOTHING["day"])
    last = day + timedelta(days=DAYS)
    now, week = Q(c_due__lt=day), Q(c_due__range=(day, last))
    counted: dict[str, Any] = {
        "key": Count("pk") if kind.word else Count("pk", filter=now),
        "other": Value(0) if kind.word else Count("pk", filter=week),
        "n": Value(0) if kind.word else Count("pk", filter=~now & ~week | Q(c_due=None)),
    }
    named = {name: NOTHING[name] for name in Row._fields if name in NOTHING} | counted
    named["kind"] = Value(FIGURES + kind.key, TextField())
    typed = {f"c_{name}": named[name] for name in Row._fields}
    rows: Rows = (
        found.records.order_by()
        .annotate(c_due=due, c_kind=typed.pop("c_kind"))
        .values("c_kind")
        .annotate(**typed)
        .values_list(*(f"c_{name}" for name in Row._fields))
    )
    return rows
