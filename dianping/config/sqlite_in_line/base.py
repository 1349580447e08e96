"""Django's SQLite backend where every writer stands in line before he asks for SQLite's one write lock.

A transaction of the site begins IMMEDIATE, so it is a writer from its first statement on; a single statement outside one
stands in line for as long as it runs. Readers never do. Decision 0045.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from dianping.common.queue import GaveUp, WaitingLine

PATIENCE = 20  # seconds somebody waits in line before he is told that the site is busy
# How a statement begins that writes: INSERT, CREATE, WITH … UPDATE. VACUUM INTO writes a file of its own and is none.
WRITING = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|REINDEX|ANALYZE|VACUUM(?!\s+INTO)|WITH\b.*\b(?:INSERT|UPDATE|DELETE)\b)",
    re.IGNORECASE | re.DOTALL,
)
IN_LINE = sys.platform == "linux"  # elsewhere SQLite's own waiting has to do


class LineTooLong(OperationalError):
    """Nobody else could write for so long that this writer gave up; nothing was written."""


class CursorInLine(base.SQLiteCursorWrapper):
    """Stands in line for a writing statement that is no transaction's."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        """As Django's."""
        if not self._stands(query):
            return super().execute(query, params)
        with self.wrapper.statement_in_line():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """As Django's."""
        if not self._stands(query):
            return super().executemany(query, param_list)
        with self.wrapper.statement_in_line():
            return super().executemany(query, param_list)

    def _stands(self, query: str) -> bool:
        return not self.connection.in_transaction and WRITING.match(query) is not None


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection, and its place in line."""

    _line: WaitingLine | None = None

    def create_cursor(self, name: str | None = None) -> CursorInLine:
        """A cursor that knows whose it is."""
        cursor: CursorInLine = self.connection.cursor(factory=CursorInLine)
        cursor.wrapper = self
        return cursor

    def statement_in_line(self) -> "StatementInLine":
        """Stand in line for one statement."""
        return StatementInLine(self)

    def stand_in_line(self) -> None:
        """Wait for the turn to write; LineTooLong after PATIENCE seconds."""
        name = str(self.settings_dict["NAME"])
        if not IN_LINE or self.is_in_memory_db() or name.startswith("file:"):
            return
        if self._line is None:
            self._line = WaitingLine(Path(f"{name}-line"))
        if self._line.holds:
            return
        try:
            self._line.stand(PATIENCE)
        except GaveUp:
            raise LineTooLong(f"database is locked: no turn to write within {PATIENCE} s") from None
        except OSError:  # a full disk, a folder that may not be written: SQLite itself says so in a moment
            self._line.close()

    def leave_line(self) -> None:
        """Let the next writer go, once SQLite's own lock is given back."""
        if self._line is not None and not (self.connection is not None and self.connection.in_transaction):
            self._line.leave()

    def _start_transaction_under_autocommit(self) -> None:
        self.stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's own, which the stubs leave out
        except BaseException:
            self.leave_line()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # Django's own, which the stubs leave out
        finally:
            self.leave_line()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # Django's own, which the stubs leave out
        finally:
            self.leave_line()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # Django's own, which the stubs leave out
        finally:
            if self._line is not None:
                self._line.close()


class StatementInLine:
    """Stands in line for one statement."""

    def __init__(self, wrapper: DatabaseWrapper) -> None:
        self._wrapper = wrapper

    def __enter__(self) -> None:
        self._wrapper.stand_in_line()

    def __exit__(self, *fault: object) -> None:
        self._wrapper.leave_line()
