"""What whoever holds a stub is told: that his form was counted, what all said together, what was done about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dianping.opinions.selectors import points_of
from dianping.rectification.selectors import state_of_points


@dataclass(frozen=True, slots=True)
class Told:
    """One point and what became of it."""

    number: int
    text: str
    reply: str
    replied_on: date | None
    state: str


def told_to(poll: Any) -> list[Told]:
    """The points of a poll as anybody with a stub reads them."""
    points = list(points_of(poll))
    states = state_of_points(points)
    return [Told(p.number, p.text, p.reply, p.replied_on, states[p.pk]) for p in points]
