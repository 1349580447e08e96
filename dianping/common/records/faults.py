"""What a check found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordFault:
    """One thing that does not agree: the table, the record's key (None: the table as a whole), a sentence, and its code."""

    table: str
    key: int | None
    what: str
    code: str
