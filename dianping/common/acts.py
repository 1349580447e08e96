"""An act: one transaction, its entries in the audit chain, and the digests of the records it changed, all or nothing.

What every act of the site contends for comes last: tallies that many share, then the chain's turn, which is held for the
statements that write the entries and for nothing else. So entries are gathered while the act runs and written at its end.
An act inside another one is a part of it: where the part is taken back, its entries are.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.db import transaction

from dianping.common import chain
from dianping.common.records.gathering import SetWritten, gather, mark

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison

P = ParamSpec("P")
R = TypeVar("R")


class Act:
    """What the outermost act has gathered so far."""

    def __init__(self) -> None:
        self.entries: list[chain.EntryDraft] = []
        self.shared: list[tuple[SupportsRichComparison, Callable[[], None]]] = []
        self.sets: list[SetWritten] = []
        self.asked: list[str] = []  # of whom a right was asked
        self.known: dict[object, Any] = {}  # what rights were read from, once an act
        self._mark = 0

    def begin(self) -> None:
        """Note where the list of touched records stands, and use up the form's key, where a form is behind this act."""
        self._mark = mark()
        before = _before.get()
        if before is not None:
            before()

    def length(self) -> tuple[int, int, int, int]:
        """How much is gathered."""
        return len(self.entries), len(self.shared), len(self.sets), len(self.asked)

    def cut(self, length: tuple[int, int, int, int]) -> None:
        """Forget what was gathered since."""
        for gathered, kept in zip((self.entries, self.shared, self.sets, self.asked), length, strict=True):
            del gathered[kept:]  # type: ignore[attr-defined]

    def write_shared(self) -> None:
        """Write the rows that many acts change, in one order for all."""
        shared, self.shared = sorted(self.shared, key=lambda pair: pair[0]), []
        for _, write in shared:
            write()

    def close(self) -> None:
        """Write what was gathered. Raises RuntimeError where records were changed and nothing was said of it, and where
        somebody acted of whom no right was asked (dianping.common.rights)."""
        self.write_shared()
        changes = gather(self._mark, self.sets)
        if changes and not self.entries:
            named = ", ".join(sorted({change.table for change in changes}))
            raise RuntimeError(f"改动了 {named}，没有写审计记录；这一步没有存入。")
        unasked = sorted({entry.act for entry in self.entries if entry.actor not in self.asked})
        if unasked:
            raise RuntimeError(f"“{'、'.join(unasked)}”没有问过办的人有没有权；这一步没有存入。")
        if self.entries:
            chain.append(self.entries, changes, self.sets)


_current: ContextVar[Act | None] = ContextVar("act", default=None)
_before: ContextVar[Callable[[], None] | None] = ContextVar("before_an_act", default=None)


def current() -> Act:
    """The outermost act. Raises RuntimeError outside one."""
    act = _current.get()
    if act is None:
        raise RuntimeError("审计记录必须与行为写在同一事务里。")
    return act


def note_right(name: str) -> None:
    """Note in the act under way, if one is, that a right of this actor was asked."""
    act = _current.get()
    if act is not None:
        act.asked.append(name)


def was_asked(name: str) -> bool:
    """Whether an act is under way in which a right of this actor was asked."""
    act = _current.get()
    return act is not None and name in act.asked


def once_an_act(key: object, read: Callable[[], R]) -> R:
    """What `read` gives, read once in the act under way; read each time outside one."""
    act = _current.get()
    if act is None:
        return read()
    if key not in act.known:
        act.known[key] = read()
    known: R = act.known[key]
    return known


@contextmanager
def acting() -> Iterator[None]:
    """One act, or a part of the act that is under way: a savepoint then."""
    outer = _current.get()
    if outer is not None:
        length = outer.length()
        try:
            with transaction.atomic():
                yield
        except BaseException:
            outer.cut(length)
            raise
        return
    mine = Act()
    token = _current.set(mine)
    try:
        with transaction.atomic():
            mine.begin()
            yield
            mine.close()
    finally:
        _current.reset(token)


@contextmanager
def taken_back() -> Iterator[None]:
    """An act that is tried and taken back as a whole: nothing of it is written, nor said in the chain."""
    with transaction.atomic():
        token = _current.set(Act())
        try:
            yield
        finally:
            _current.reset(token)
            transaction.set_rollback(True)


def act(service: Callable[P, R]) -> Callable[P, R]:
    """Make a service one act."""

    @functools.wraps(service)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting():
            return service(*args, **kwargs)

    return acted


def at_the_end(order: "SupportsRichComparison", write: Callable[[], None]) -> None:
    """Have a row that many acts change written last, in one order for all, so that it is held for a moment only."""
    current().shared.append((order, write))


def settle() -> None:
    """Write what waits for the end of the act now: somebody counts it."""
    act = _current.get()
    if act is not None:
        act.write_shared()


def note_set(written: SetWritten) -> None:
    """Have rows that one statement wrote covered by one digest over them all."""
    current().sets.append(written)


@contextmanager
def first_of_all(use: Callable[[], None]) -> Iterator[None]:
    """Within this block every act begins with `use` (a form's key), in its own transaction."""
    token = _before.set(use)
    try:
        yield
    finally:
        _before.reset(token)
