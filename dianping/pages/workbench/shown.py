"""What came back lately, and the members one reviews as cells.

All notes come in one statement, a part for each kind of note with its newest few: every part gives the columns of `COLUMNS`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    F,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, Left, TruncDate
from django.urls import reverse

from dianping.accounts.viewer import Viewer
from dianping.common import trees
from dianping.duties.selectors import Cell, handovers_of
from dianping.orgs.models import Organisation
from dianping.pages.frame.handed_over import handed_sentence
from dianping.rectification.models import Progress
from dianping.rectification.rights import admonitions_seen
from dianping.rectification.rules.steps import STEPS
from dianping.rectification.selectors import admonitions_below, extensions_lately, reports_come_in
from dianping.reviews.models import Answer, Review

DAYS_BACK = 30
MOST = 8
QUOTED = 24  # characters of a problem


@dataclass(frozen=True, slots=True)
class WorkbenchNote:
    """One sentence with a day and a place to go."""

    text: str
    hint: str
    day: date | None
    act: str
    url: str


class NoteRow(NamedTuple):
    """One row of the statement: the kind of note, the record's key, the day it is told under, the moment that orders it inside
    its kind, whom it is about, quoted words, a word or day that tells more, and whether (an answer has words, more time was
    granted); None and "" where a kind has no such thing."""

    what: str
    key: int
    day: date | None
    at: datetime | None
    name: str
    words: str
    more: str
    until: date | None
    yes: bool | None


Rows = QuerySet[Model, tuple[Any, ...]]  # the columns of NoteRow, as the database gives them
NOTHING: dict[str, Combinable] = {
    "at": Cast(Value(None), DateTimeField()),
    "words": Value("", TextField()),
    "more": Value("", TextField()),
    "until": Cast(Value(None), DateField()),
    "yes": Cast(Value(None), BooleanField()),
}


def _part(what: str, records: QuerySet[Model], most: int, **columns: Combinable) -> Rows:
    """The first so many of some records as rows of the statement. They are chosen in a search of their own: no part of a UNION
    may have a LIMIT on every database."""
    chosen = records.model._default_manager.filter(pk__in=records.values("pk")[:most]).order_by()
    named = {"what": Value(what, TextField())} | NOTHING | columns
    typed = {f"c_{name}": named[name] for name in NoteRow._fields}
    rows: Rows = chosen.annotate(**typed).values_list(*typed)
    return rows


def notes_for(viewer: Viewer, organisation: Organisation) -> tuple[list[WorkbenchNote], list[str]]:
    """What came back lately, the newest first, and what was handed over by the viewer's seats or to them. One query."""
    since, until = viewer.day - timedelta(days=DAYS_BACK), viewer.day + timedelta(days=1)
    first, *rest = [
        _answers(organisation, since, until),
        *_handed_over(viewer),
        *_of_oneself(viewer, since, until),
        _steps(organisation, since, until),
        _reports(viewer, organisation, since, until),
        _extensions(organisation, since, until),
        _talks(viewer, organisation, since, until),
    ]
    rows = [NoteRow(*row) for row in first.union(*rest, all=True)]
    handed = [
        handed_sentence(
            row.name, given=row.what == "given", whole=bool(row.yes), on=row.day or since, until=row.until
        )
        for row in rows
        if row.what in HANDED
    ]
    return _recent([row for row in rows if row.what in TELLINGS], since), handed


@dataclass(frozen=True, slots=True)
class Mark:
    """One member as a cell: his name, how it stands with him ("done", "late", "open", "overdue") as a word too, and where it leads."""

    name: str
    mark: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Roll:
    """The members of one window as cells."""

    title: str
    code: str
    due: date
    marks: list[Mark]

    @property
    def done(self) -> int:
        """How many are reviewed."""
        return sum(mark.mark in ("done", "late") for mark in self.marks)

    @property
    def left(self) -> int:
        """How many are not."""
        return len(self.marks) - self.done


def rolls_of(cells: Iterable[Cell], day: date) -> list[Roll]:
    """The members one reviews, a roll a window."""
    return [
        Roll(first.title, first.code, first.due, [_mark(cell, day) for cell in (first, *more)])
        for _, (first, *more) in ((key, list(group)) for key, group in groupby(cells, key=lambda c: c.window))
    ]


def _mark(cell: Cell, day: date) -> Mark:
    if cell.done_on is not None:
        told = f"{cell.done_on.month}月{cell.done_on.day}日已点评"
        mark = "done" if cell.on_time else "late"
        return Mark(
            cell.name,
            mark,
            told if cell.on_time else f"{told}（补录）",
            reverse("duties:duty", args=[cell.duty]),
        )
    word = "逾期未点评" if cell.due < day else "未点评"
    return Mark(
        cell.name, "overdue" if cell.due < day else "open", word, reverse("reviews:write", args=[cell.duty])
    )


def _of_oneself(viewer: Viewer, since: date, until: date) -> list[Rows]:
    """Reviews of oneself; none for an office account."""
    if viewer.person is None:
        return []
    reviews = Review.objects.filter(person=viewer.person, filed=True, entered_at__date__range=(since, until))
    newest = reviews.order_by("-entered_at", "-pk")
    columns = {"day": F("happened_on"), "at": F("entered_at"), "name": F("reviewer__name")}
    return [_part("review", newest, 3, key=F("pk"), **columns)]


def _handed_over(viewer: Viewer) -> list[Rows]:
    """What the viewer's seats have handed over, and what was handed to them; none without a seat."""
    if not viewer.post_ids:
        return []
    standing = handovers_of(viewer.post_ids, day=viewer.day)
    columns = {"key": F("pk"), "day": F("on"), "until": F("until"), "yes": F("whole")}
    return [
        _part(
            what,
            standing.filter(**{f"{mine}__in": viewer.post_ids}),
            MOST,
            name=Concat(f"{other}__organisation__short_name", f"{other}__title", output_field=TextField()),
            **columns,
        )
        for what, mine, other in (("given", "from_post", "to_post"), ("taken", "to_post", "from_post"))
    ]


HANDED = ("given", "taken")


def _answers(organisation: Organisation, since: date, until: date) -> Rows:
    answers = Answer.objects.filter(
        review__path__gte=organisation.path,
        review__path__lt=trees.after(organisation.path),
        at__date__range=(since, until),
    ).order_by("-at", "-pk")
    return _part(
        "answer",
        answers,
        3,
        key=F("review_id"),
        day=TruncDate("at"),
        at=F("at"),
        name=Coalesce("review__person__name", "review__organisation__name"),
        words=Left("text", 1),
    )


def _steps(organisation: Organisation, since: date, until: date) -> Rows:
    steps = Progress.objects.filter(
        item__path__gte=organisation.path,
        item__path__lt=trees.after(organisation.path),
        on__range=(since, until),
    ).order_by("-at", "-pk")
    return _part("step", steps, 5, day=F("on"), at=F("at"), more=F("step"), **_of_item())


def _of_item() -> dict[str, Combinable]:
    """The columns of a note about a problem: its item, whom it is about, how it begins."""
    return {
        "key": F("item_id"),
        "name": Coalesce("item__person__name", "item__organisation__name"),
        "words": Left("item__text", QUOTED),
    }


def _reports(viewer: Viewer, organisation: Organisation, since: date, until: date) -> Rows:
    """Written reports, for the reviewer they are sent to and the office that has the copy."""
    return _part(
        "report",
        reports_come_in(organisation.path, posts=viewer.post_ids, since=since, until=until),
        3,
        key=F("duty_id"),
        day=F("filed_on"),
        at=F("filed_at"),
        name=Coalesce("duty__person__name", "duty__organisation__name"),
    )


def _extensions(organisation: Organisation, since: date, until: date) -> Rows:
    """More time asked for: told under the day it was answered, before that under the day it was asked."""
    return _part(
        "extension",
        extensions_lately(organisation.path, since=since, until=until),
        3,
        day=Coalesce("decided_on", "asked_on"),
        until=Coalesce("granted_until", "until"),
        yes=F("granted"),
        **_of_item(),
    )


def _talks(viewer: Viewer, organisation: Organisation, since: date, until: date) -> Rows:
    talks = admonitions_below(admonitions_seen(viewer), organisation.path)
    return _part(
        "talk",
        talks.filter(held_on__range=(since, until)),
        3,
        key=F("pk"),
        day=F("held_on"),
        name=F("person__name"),
        more=F("organisation__short_name"),
        words=Left("reasons", QUOTED),
    )


def _recent(rows: Iterable[NoteRow], since: date) -> list[WorkbenchNote]:
    """What came back, the newest day first; on one day in the order of `TELLINGS`, of one kind the newest first."""
    order = list(TELLINGS)
    newest = sorted(rows, key=lambda row: (row.at.timestamp() if row.at else 0, row.key), reverse=True)
    newest.sort(key=lambda row: order.index(row.what))
    newest.sort(key=lambda row: row.day or since, reverse=True)
    return [_told(row) for row in newest[:MOST]]


TELLINGS = {  # by kind: the sentence, the button, the page
    "review": ("{name}登记了对您的点评", "看点评", "reviews:review"),
    "answer": ("{name}签阅了点评{answered}", "看意见", "reviews:review"),
    "step": ("对{name}的问题{step}：“{words}”", "看整改", "rectification:item"),
    "report": ("{name}的专门书面报告交来了", "看报告", "rectification:report"),
    "extension": ("对{name}的问题{asked}：“{words}”", "看答复", "rectification:item"),
    "talk": ("约谈了{more}的{name}：“{words}”", "看约谈", "rectification:admonition"),
}


def _told(row: NoteRow) -> WorkbenchNote:
    sentence, act, page = TELLINGS[row.what]
    if row.what == "extension" and row.yes is None:
        act = "看申请"
    text = sentence.format(
        name=row.name,
        words=row.words,
        more=row.more,
        answered="，写了意见" if row.words else "",
        step=STEPS[row.more].name if row.what == "step" else "",
        asked=_asked(row),
    )
    return WorkbenchNote(text, "", row.day, act, reverse(page, args=[row.key]))


def _asked(row: NoteRow) -> str:
    if row.yes is None:
        return f"申请延至 {row.until}，等答复"
    return f"批准延至 {row.until}" if row.yes else "不同意延期"
