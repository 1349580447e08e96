"""看板: the problems of a subtree as cards, a column a state, coloured by the dates people set."""

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from dianping.common import trees
from dianping.common.templatetags.common import NEAR_DAYS, due_kind
from dianping.rectification.models import Extension, Item
from dianping.rectification.rules.steps import (
    CLOSE_REQUESTED,
    CLOSED,
    IN_PROGRESS,
    OPEN,
    STATE_NAMES,
    UNRESOLVED,
)
from dianping.rectification.selectors import figures_of, items_on_board

COLUMNS = (OPEN, IN_PROGRESS, CLOSE_REQUESTED, UNRESOLVED, CLOSED)
MOST_CARDS = 8
COLOUR_WORDS = (("overdue", "逾期"), ("near", f"{NEAR_DAYS} 天内到期"), ("undated", "没有定期限"))


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One problem as a list shows it: its colour, and the extensions that moved or would move its date."""

    item: Item
    colour: str
    moved: Extension | None
    waiting: Extension | None
    like: Item | None


@dataclass(frozen=True, slots=True)
class StateColumn:
    """One state: how many problems stand in it, and the first few."""

    state: str
    word: str
    total: int
    rows: list[ItemRow]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class Board:
    """The columns, and how many problems are of each colour."""

    columns: list[StateColumn]
    colours: list[tuple[str, str, int]]


def colour_of(item: Item, *, today: date) -> str:
    """done, undated, or how near the day is that somebody set: overdue, today, near, far."""
    if item.state == CLOSED:
        return "done"
    return due_kind(item.due, today) if item.due else "undated"


def rows_of(items: list[Item], *, today: date, may_read: list[str]) -> list[ItemRow]:
    """The rows of a list, with one more query for all their extensions; an earlier problem elsewhere stays unsaid."""
    prefetch_related_objects(items, "extensions")
    return [_row(item, today, may_read) for item in items]


def _row(item: Item, today: date, may_read: list[str]) -> ItemRow:
    extensions = list(item.extensions.all())
    granted = [e for e in extensions if e.granted and e.granted_until == item.due]
    like = item.like if item.like and any(trees.is_within(item.like.path, top) for top in may_read) else None
    return ItemRow(
        item,
        colour_of(item, today=today),
        granted[-1] if granted else None,
        next((e for e in extensions if e.granted is None), None),
        like,
    )


def board_of(path: str, *, today: date, may_read: list[str]) -> Board:
    """Everything the board of a subtree shows, in a fixed number of queries however many problems there are."""
    figures = figures_of(path, today=today)
    shown = {state: list(items_on_board(path, state)[:MOST_CARDS]) for state in COLUMNS}
    rows = rows_of([item for items in shown.values() for item in items], today=today, may_read=may_read)
    columns = [
        StateColumn(state, STATE_NAMES[state], figures[state], [r for r in rows if r.item.state == state])
        for state in COLUMNS
    ]
    return Board(columns, [(key, word, figures[key]) for key, word in COLOUR_WORDS])
