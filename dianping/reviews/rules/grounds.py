"""在案的依据: how far back what is on file still counts (豫创组办发〔2010〕26号 四.1, decision 0066)."""

import re
from calendar import monthrange
from datetime import date

POLL, OCCASION = "poll", "occasion"
NUMBERED = {POLL: "意见", OCCASION: "活动"}  # how they are numbered on a printed list: 意见3、活动12
_NAMED = re.compile(r"(意见|活动)(\d{1,11})")  # one of them as somebody copies it: the word and its number
_BETWEEN = re.compile(r"[、，,；;。\s]+")  # what stands between several of them
MONTHS = 6  # where no programme says another number


def earliest(on: date, months: int) -> date:
    """The first day from which something on file counts for a review of a day: so many calendar months before it."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def numbered(kind: str, key: int) -> str:
    """One thing on file as a printed list numbers it."""
    return f"{NUMBERED[kind]}{key}"


def read_numbers(text: str) -> tuple[list[tuple[str, int]], list[str]]:
    """((kind, key) of everything named in a cell, the pieces that name nothing)."""
    kinds = {word: kind for kind, word in NUMBERED.items()}
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    named = [(piece, _NAMED.fullmatch(piece)) for piece in pieces]
    return [(kinds[one[1]], int(one[2])) for _, one in named if one], [
        piece for piece, one in named if not one
    ]
