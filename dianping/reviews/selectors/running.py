"""议程: the running order of an event as its agenda says it, and where it stands."""

import re
from dataclasses import dataclass

from dianping.reviews.models import Occasion

# A line of an agenda, without its number and its end sign: 学习文件 of “（一）学习文件；”.
_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.]+\s*)?(.*?)\s*[。；;]?\s*$")


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of an agenda: what it asks for (report, review or nothing special) and whether it is over or on."""

    number: int
    words: str
    asks: str
    done: bool
    on: bool


def running_order(occasion: Occasion) -> list[AgendaItem]:
    """The lines of the agenda, their own numbering taken off; empty where nothing was written."""
    lines = [
        match[1] for line in occasion.agenda.splitlines() if (match := _NUMBERED.match(line)) and match[1]
    ]
    return [
        AgendaItem(n, words, _asks(words), done=n < occasion.step, on=n == occasion.step)
        for n, words in enumerate(lines, 1)
    ]


def _asks(words: str) -> str:
    if "点评" in words and "通报" not in words:
        return "review"
    return "report" if "汇报" in words or "述职" in words else ""
