"""What passes through the reading door: sheets, the bounds on them, and the sentence when they are refused."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from dianping.base.coded import CodedFault

MEBIBYTE = 1 << 20


Cell = str | int | float | bool | date | datetime | time | timedelta


class Sheet(NamedTuple):
    """One sheet as read. `rows[i]` is row `first_row + i` as the spreadsheet program numbers it.

    Cells are str, int, float, bool, date, datetime, time or timedelta, "" when blank; an empty row may be
    an empty list. Error values stand as text (`#N/A`), and so does a formula without a value (`#公式`).
    In csv the rows are records, numbered from 1, blank ones counted. Vertically merged cells are filled down.
    """

    name: str
    first_row: int
    rows: list[list[Cell]]
    hidden: bool = False


class Bounds(NamedTuple):
    """How much a file may ask for. Sizes in bytes, times in seconds; `characters` of the text that comes out.

    `tags` are those of a document's XML or HTML, `line` the characters of one line of csv, `answer_bytes` what the child
    may hand back, `wait_seconds` how long one waits for a place to read at all.
    """

    file_bytes: int = 50 * MEBIBYTE
    unpacked_bytes: int = 400 * MEBIBYTE
    part_bytes: int = 64 * MEBIBYTE
    ratio: int = 100
    entries: int = 2_000
    sheets: int = 100
    rows: int = 200_000
    columns: int = 200
    cells: int = 30_000_000
    line: int = 2_000_000
    pages: int = 300
    paragraphs: int = 50_000
    tags: int = 2_000_000
    characters: int = 1_000_000
    answer_bytes: int = 128 * MEBIBYTE
    memory_bytes: int = 512 * MEBIBYTE
    cpu_seconds: int = 10
    wall_seconds: int = 10
    wait_seconds: int = 2


class UnreadableFile(CodedFault):
    """A file that is not taken; `sentence` says in Chinese what was found and what to do."""


def shown_size(size: int) -> str:
    """A size as people read it: 36 KB, 2.4 MB, 50 MB."""
    if size < MEBIBYTE:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MEBIBYTE:.1f} MB".replace(".0 MB", " MB")
