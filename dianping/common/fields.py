"""Column types the house needs and Django has not."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class PathField(Text):
    """A place in the tree: fixed-width steps, compared byte by byte so that a subtree is one index range."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 160)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: "BaseDatabaseWrapper") -> str | None:
        kind = super().db_type(connection)
        return f'{kind} COLLATE "C"' if connection.vendor == "postgresql" else kind
