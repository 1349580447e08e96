"""The names statements in SQL are built from: what the models call their tables and columns, and what their enums hold.

>>> "SELECT {d.path} FROM {Duty} d WHERE {d.kind} = {kind.REVIEW}".format(Duty=names(Duty), d=names(Duty, "d"), kind=literals(Kind))
'SELECT d."path" FROM "duties_duty" d WHERE d."kind" = \\'review\\''

So a field that is renamed in its model breaks the statement where it is written, in the first test that runs it, and not the
sites where a later migration renamed the column.
"""

from collections.abc import Iterable
from enum import Enum

from django.db.models import Model


class names:  # noqa: N801 - reads as the word it is in a statement
    """A model in a statement: itself its table, each of its fields by name the column, of `alias` where one is given.

    Raises FieldDoesNotExist for a field the model has not.
    """

    def __init__(self, model: type[Model], alias: str = "") -> None:
        self._model, self._before = model, f"{alias}." if alias else ""

    def __getattr__(self, field: str) -> str:
        return f'{self._before}"{self._model._meta.get_field(field).column}"'  # type: ignore[union-attr]

    def __str__(self) -> str:
        return f'"{self._model._meta.db_table}"'


class literals:  # noqa: N801 - reads as the word it is in a statement
    """The members of an enum of text as SQL literals. Raises KeyError for a member it has not."""

    def __init__(self, members: type[Enum]) -> None:
        self._members = members

    def __getattr__(self, member: str) -> str:
        return literal(self._members[member].value)


def literal(text: str) -> str:
    """A text of our own as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literal_list(texts: Iterable[str]) -> str:
    """Texts of our own as the list behind IN."""
    return f"({', '.join(literal(str(text)) for text in texts)})"


def key_list(keys: Iterable[int]) -> str:
    """Keys as the list behind IN; where there are none, one that nothing is in."""
    return f"({', '.join(str(int(key)) for key in keys) or 'NULL'})"
