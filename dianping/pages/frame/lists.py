"""A list as every noun has it: narrowed by unit, person, state and days, and given out as a workbook of the very rows it shows.

A noun describes its list once (`Listing`): which columns the workbook has, in which fields the units, names and days of a row stand,
and the words of its states. The page reads what was asked (`asked_of`), narrows its rows (`Asked.narrowed`), has them shown as it
always does, and hands the same to `workbook` when `?as=xlsx` asks for the whole.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect

from dianping.accounts.requests import ViewerRequest
from dianping.accounts.viewer import Viewer, outermost
from dianping.base.day_words import written
from dianping.base.papers.table import Cell, Column, Sheet
from dianping.base.pinyin import is_spelled
from dianping.common import trees
from dianping.common.refusal import Refusal
from dianping.common.refusing import tell_refusal
from dianping.orgs.models import Organisation
from dianping.orgs.selectors import organisations_sounding
from dianping.orgs.selectors.posts import holders_on
from dianping.pages.frame.scope import parse_day
from dianping.pages.frame.sheet_files import sheet_answer

M = TypeVar("M", bound=Model)
AS, XLSX = "as", "xlsx"
FILTERS = ("unit", "who", "state", "since", "until")
MOST = 20_000  # rows of one workbook
AT_ONCE = 500  # rows made ready together
RANGES = 60  # subtrees asked for as ranges; more are asked for place by place
LONGEST = 60  # characters of a search
# Places, and again names and seats, written into one statement: SQLite takes 32,766 values in all.
VALUES = 15_000
PORTION = 5_000  # seats asked about together


class _TooMany(Exception):
    """More is meant by what was typed than one statement takes; the text is the sentence."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of the workbook: what stands above it, how wide it is, and what a row as the page shows it has there.

    `inside`: the place a row belongs to, where only who reads that place is shown the column; for others it stays empty."""

    title: str
    value: Callable[[Any], object]
    width: float = 14
    inside: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. `places` are the fields that hold a place of the tree, `people` those that hold a name (of many beside the row too),
    `seats` those of a seat, found by who answers for it; `day` the one of the date;
    empty where rows have none. `states`: (key, word); `state` is the one of the page before anything is asked.

    `inside`: (field, field of the place) of those fields its pages show to nobody but who reads that place. Rows of other places
    are not found by them: a search must not tell what the page does not."""

    title: str
    columns: tuple[ListColumn, ...]
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    day: str = ""
    day_word: str = "日期"
    states: tuple[tuple[str, str], ...] = ()
    state: str = ""
    inside: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Asked:
    """What was asked of a list, by somebody who reads the places `read`.

    kept: the page's own parameters, which go on from page to page; boxed: those of them that have a box beside the filters; own: what
    those boxes asked, in words."""

    listing: Listing
    unit: str
    who: str
    state: str
    since: date | None
    until: date | None
    kept: dict[str, str]
    texts: dict[str, str]
    faults: list[str] = field(default_factory=list)
    boxed: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def narrowed(self, rows: QuerySet[M], *, paths: Sequence[str], today: date) -> QuerySet[M]:
        """The rows of these units, with such a name in them, of these days; none where a day cannot be read. States are the
        noun's own. `paths`: where units are looked for; `today`: who answers for a seat then."""
        if self.faults:
            return rows.none()
        try:
            if self.unit and self.listing.places:
                rows = rows.filter(_within(self.listing, self.unit, paths))
            if self.who:
                rows = rows.filter(_named(rows, self, today))
        except _TooMany as fault:
            self.faults.append(str(fault))
            return rows.none()
        if self.since:
            rows = rows.filter(self.open_to(self.listing.day), **{f"{self.listing.day}__gte": self.since})
        if self.until:
            rows = rows.filter(self.open_to(self.listing.day), **{f"{self.listing.day}__lte": self.until})
        return rows

    def open_to(self, name: str) -> Q:
        """The rows that may be found by a field: all of them, or those of the places read where the field is kept for the inside."""
        place = dict(self.listing.inside).get(name)
        return Q() if place is None else _in_ranges(place, self.read)

    @property
    def any(self) -> bool:
        """Whether the list is narrowed at all."""
        return any(self.texts.values())

    @property
    def given(self) -> dict[str, str]:
        """Everything asked, to go on to the next page of the list."""
        return self.kept | self.texts

    @property
    def file_url(self) -> str:
        """The address of the workbook of the rows asked for."""
        rest = {key: text for key, text in self.given.items() if text and key != "after"}
        return "?" + urlencode(rest | {AS: XLSX})

    @property
    def tabs(self) -> list[tuple[str, str, str]]:
        """(key, word, address) of each state, everything else staying as it was asked."""
        rest = {key: text for key, text in self.given.items() if text and key not in ("after", "state")}
        return [(key, word, "?" + urlencode(rest | {"state": key})) for key, word in self.listing.states]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The page's own parameters, for the form of the filters."""
        return [(key, text) for key, text in self.kept.items() if text and key not in ("after", *self.boxed)]

    @property
    def words(self) -> str:
        """What was asked, as the workbook says it."""
        told = [f"单位“{self.unit}”" if self.unit else "", f"姓名“{self.who}”" if self.who else ""]
        told.append(dict(self.listing.states).get(self.state, ""))
        told += [
            f"{written(self.since)}起" if self.since else "",
            f"{written(self.until)}止" if self.until else "",
        ]
        return "，".join(filter(None, [*told, *self.own])) or "全部"


def asked_of(request: ViewerRequest, listing: Listing, *own: str) -> Asked:
    """What an address asks of a list; `own` names the page's own parameters."""
    texts = {key: request.GET.get(key, "").strip()[:LONGEST] for key in FILTERS}
    kept = {key: request.GET.get(key, "").strip()[:400] for key in (*own, "organisation", "after")}
    days, faults = {}, []
    for key in ("since", "until"):
        days[key] = parse_day(texts[key]) if listing.day else None
        if listing.day and texts[key] and days[key] is None:
            faults.append(
                f"{listing.day_word}写的是“{texts[key]}”，读不出是哪一天，所以没有列。请写 2011-01-05 这样的日期。"
            )
    state = texts["state"] or listing.state
    return Asked(
        listing,
        texts["unit"],
        texts["who"],
        state,
        days["since"],
        days["until"],
        kept,
        texts,
        faults,
        read=tuple(request.viewer.read_paths),
    )


def wants_workbook(request: ViewerRequest) -> bool:
    """Whether the whole list is asked for as a workbook."""
    return request.GET.get(AS, "") == XLSX


def workbook(
    request: ViewerRequest,
    asked: Asked,
    rows: QuerySet[M],
    shown: Callable[[list[M]], Sequence[Any]],
    *,
    scope: str,
    organisation: Organisation | None = None,
) -> HttpResponse:
    """The rows asked for as one workbook, shown as the page shows them; more than a workbook takes are refused in words.

    `scope`: of what the list is (list_scopes.py); `organisation`: the one whose list it is, if it is one's. What it was asked
    for goes into its entry in the audit chain (given_out.py).

    Rows come in the order of the query and are made ready some hundreds at a time.
    """
    count = rows.count()
    if count > MOST:
        no = Refusal(
            f"这张清单有 {count:,} 行，一个工作簿最多放 {MOST:,} 行，没有导出。",
            code="lists.too-many-rows",
            remedy="请先按单位、人、状态或日期筛选，再导出。",
        )
        tell_refusal(request, no)
        return redirect(f"{request.path}?{urlencode({k: t for k, t in asked.given.items() if t})}")
    lines = [_cells(asked.listing, n, row, request.viewer) for n, row in enumerate(_shown(rows, shown), 1)]
    viewer, place = request.viewer, organisation.name if organisation else ""
    columns = (Column("序号", 6, "center"), *(Column(c.title, c.width) for c in asked.listing.columns))
    sheet = Sheet(
        key="list",
        title=asked.listing.title,
        organisation=place or viewer.name,
        period=asked.words,
        filled_on=viewer.day,
        head=(
            ("范围", scope),
            ("筛选", asked.words),
            ("导出", f"{written(viewer.day)}，{viewer.name}"),
        ),
        columns=columns,
        rows=lines or [(Cell("没有符合的。", span=len(columns)),)],
        landscape=True,
        compact=True,
    )
    request.given_out = {"scope": scope, "filters": asked.words}
    return sheet_answer(sheet, kind=XLSX, name=f"{place or viewer.name}-{asked.listing.title}-{viewer.day}")


def _shown(rows: QuerySet[M], shown: Callable[[list[M]], Sequence[Any]]) -> Iterator[Any]:
    some: list[M] = []
    for row in rows.iterator(chunk_size=AT_ONCE):
        some.append(row)
        if len(some) == AT_ONCE:
            yield from shown(some)
            some = []
    if some:
        yield from shown(some)


def _cells(listing: Listing, number: int, row: Any, viewer: Viewer) -> tuple[Cell, ...]:
    return (Cell(number=number), *(_cell(_told(column, row, viewer)) for column in listing.columns))


def _told(column: ListColumn, row: Any, viewer: Viewer) -> object:
    told = column.inside is None or viewer.may_read(column.inside(row))
    return column.value(row) if told else ""


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, int):
        return Cell(number=value)
    if isinstance(value, date):
        return Cell(f"{value:%Y-%m-%d}")
    return Cell("" if value is None else str(value))


def _within(listing: Listing, unit: str, paths: Sequence[str]) -> Q:
    """Rows of the organisations a text names, and of all below them."""
    found = outermost(organisations_sounding(unit, paths=list(paths)))
    inside = Q(pk__in=[])
    if len(found) > RANGES:
        everything = organisations_sounding(unit, paths=list(paths), below=True)
        # Who is looked for among these rows as well, once a field of his (`_named`): the places are written again each time.
        times = len(listing.places) * (1 + len(listing.people) + len(listing.seats))
        _mind(len(everything), times, f"单位“{unit}”", "个单位")
        for name in listing.places:
            inside |= Q(**{f"{name}__in": everything})
        return inside
    for name in listing.places:
        inside |= _in_ranges(name, found)
    return inside


def _in_ranges(name: str, paths: Sequence[str]) -> Q:
    """Rows whose place lies in one of some subtrees."""
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(**{f"{name}__gte": path, f"{name}__lt": trees.after(path)})
    return inside


def _mind(count: int, times: int, asked: str, what: str) -> None:
    """Refuse what is meant by too many, each of them written so many times into one statement."""
    most = VALUES // times
    if count > most:
        raise _TooMany(
            f"{asked}符合的有 {count:,} {what}，一次最多找 {most:,} {what}，所以没有列。请多写几个字或字母。"
        )


def _named(rows: QuerySet[M], asked: Asked, today: date) -> Q:
    """Rows in which one of the names holds a text, or sounds as letters spell it: whole syllables or first letters."""
    seen = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
    said, who, listing = Q(pk__in=[]), asked.who, asked.listing
    times = len(listing.people) + len(listing.seats)
    for name in listing.people:
        told = seen.filter(asked.open_to(name))
        if who.isascii():
            names = told.order_by().values_list(name, flat=True).distinct()
            alike = [one for one in names if one and is_named(who, one)]
            _mind(len(alike), times, f"姓名“{who}”", "个姓名")
            fits = Q(**{f"{name}__in": alike})
        else:
            fits = Q(**{f"{name}__contains": who})
        said |= Q(pk__in=told.filter(fits).values("pk"))
    for seat in listing.seats:
        told = seen.filter(asked.open_to(seat))
        posts = told.order_by().exclude(**{seat: None}).values_list(seat, flat=True).distinct()
        meant = [post for post, name in _held(list(posts), today) if is_named(who, name)]
        _mind(len(meant), times, f"姓名“{who}”", "个职务")
        said |= Q(pk__in=told.filter(**{f"{seat}__in": meant}).values("pk"))
    return said


def _held(posts: list[int], today: date) -> Iterator[tuple[int, str]]:
    """Who answers for each seat, some thousands asked about together."""
    for first in range(0, len(posts), PORTION):
        yield from holders_on(posts[first : first + PORTION], day=today).items()


def is_named(who: str, name: str) -> bool:
    """Whether a name is meant by what was typed: a piece of it, its letters or syllables."""
    return is_spelled(who, name) if who.isascii() else who in name
