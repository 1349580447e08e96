"""What waits for somebody's act: the kinds of it, each named by the room it waits in. Decision 0060.

A desk shows everything that waits, and knows none of the rooms: each makes its kinds known (`register_waiting`, from its
`AppConfig.ready`), as rectification is told of sources. A kind says for whom it waits by the records it finds for a desk; most
give a set (`Found`), and all sets together are one statement. Pages are named by the name of their url only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.urls import reverse

from dianping.accounts.viewer import Viewer
from dianping.orgs.models import Organisation


@dataclass(frozen=True)
class Desk:
    """Whose desk it is, and the organisation it speaks of.

    What waits for an office waits on the desk that speaks of its organisation; of one further down, on the desk of those who
    head that one, or of the office once it speaks of it.
    """

    viewer: Viewer
    place: Organisation

    @property
    def day(self) -> date:
        """The day it is looked at."""
        return self.viewer.day

    @property
    def posts(self) -> list[int]:
        """The seats its owner answers for."""
        return self.viewer.post_ids

    @property
    def person(self) -> int | None:
        """Its owner, None for an office account."""
        return self.viewer.person_id

    @property
    def account(self) -> str:
        """The name its owner signs in with."""
        return self.viewer.actor.name

    @property
    def headed(self) -> list[str]:
        """The places whose secretary's seat its owner answers for."""
        return self.viewer.headed_places

    @cached_property
    def kept(self) -> list[str]:
        """The place the desk speaks of, where its owner keeps the books of it."""
        return [self.place.path] if self.viewer.keeps(self.place.path) else []

    @cached_property
    def judged(self) -> list[str]:
        """The same where he keeps its books or oversees it."""
        return [self.place.path] if self.viewer.judges(self.place.path) else []

    @cached_property
    def own(self) -> list[str]:
        """The places he acts for: those he heads, and the one whose books he keeps."""
        return sorted({*self.headed, *self.kept})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of a desk: a sentence in three parts (`about` is whom or what, and leads there), the day it is due, since when it
    waits, and one act.

    `page` is the name of a url, with `args`; `asked` follows it ("?organisation=YL01"). `in_place` is the name of the url an act
    is sent to that needs no more than a word, "" where there is something to read or write first. `count`: how many one line
    stands for. `clause`: what orders it, for a chip.
    """

    kind: str
    before: str
    about: str
    what: str
    act: str
    page: str
    args: tuple[int | str, ...] = ()
    asked: str = ""
    day: date | None = None
    since: date | None = None
    in_place: str = ""
    in_place_args: tuple[int | str, ...] = ()
    count: int = 1
    clause: object = None

    @property
    def url(self) -> str:
        """The address of its page, "" where it has none for this viewer."""
        return reverse(self.page, args=self.args) + self.asked if self.page else ""

    @property
    def sent_to(self) -> str:
        """The address its act is sent to from the desk, "" where it is done on its page."""
        return reverse(self.in_place, args=self.in_place_args) if self.in_place else ""


class Row(NamedTuple):
    """One record found for a desk, as the statement gives it: its kind, its key and another record's, the day it is due, since
    when it waits, whom it is about, some words, another word, and a number."""

    kind: str
    key: int
    other: int | None
    day: date | None
    since: date | None
    name: str
    words: str
    more: str
    n: int


Columns = dict[str, Combinable]  # what a row says of a record, by the names of `Row`


@dataclass(frozen=True, slots=True)
class Found:
    """The records of a kind that wait at a desk, and what a row says of each: the columns of `Row`, by their names."""

    records: QuerySet[Any, Any]
    columns: Columns = field(default_factory=dict)


def quoted(column: str, most: int) -> Combinable:
    """The beginning of a text for a line of a desk, as the statement gives it: one character more than is shown."""
    return Left(column, most + 1)


def shortened(words: str, most: int) -> str:
    """What is shown of it: where it goes on, an ellipsis says so."""
    return f"{words[:most]}…" if len(words) > most else words


NOW, WEEK, LATER = "now", "week", "later"


@dataclass(frozen=True, slots=True)
class KindOfWaiting:
    """One kind: its key ("rectification.closing"), the word for it in counts, and what waits at a desk.

    Either `found` (a set, None where nothing can wait there) and `tell` (a row as a line), or `lines`, which asks by itself.
    `word`: it asks for somebody's word, so it waits now, whatever its day. `page`: where all of it stands.
    """

    key: str
    label: str
    page: str
    found: Callable[[Desk], Found | None] | None = None
    tell: Callable[[Row, Desk], Waiting] | None = None
    lines: Callable[[Desk], Iterable[Waiting]] | None = None
    word: bool = False
    asked: str = ""


_KINDS: dict[str, KindOfWaiting] = {}


def register_waiting(*kinds: KindOfWaiting) -> None:
    """Make kinds known. Twice the same changes nothing; raises ValueError for another under a key that is taken."""
    for kind in kinds:
        if _KINDS.setdefault(kind.key, kind) != kind:
            raise ValueError(f"a kind of waiting {kind.key!r} is taken")


def kinds_of_waiting() -> tuple[KindOfWaiting, ...]:
    """Every kind made known, in the order of its key."""
    return tuple(_KINDS[key] for key in sorted(_KINDS))


def model_of(found: Found) -> type[Model]:
    """The table a set is of."""
    model: type[Model] = found.records.model
    return model
