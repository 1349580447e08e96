"""What whoever holds a stub is told: that his form was counted, what all said together, what was done about it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dianping.opinions.rules import Form, WordsQuestion
from dianping.opinions.selectors import points_of
from dianping.rectification.selectors import state_of_points

if TYPE_CHECKING:
    from dianping.opinions.models import Poll


@dataclass(frozen=True, slots=True)
class PointOutcome:
    """One point and what became of it."""

    number: int
    text: str
    reply: str
    replied_on: date | None
    state: str


def told_to(poll: "Poll") -> list[PointOutcome]:
    """The points of a poll as anybody with a stub reads them."""
    points = list(points_of(poll))
    states = state_of_points(points)
    return [PointOutcome(p.number, p.text, p.reply, p.replied_on, states[p.pk]) for p in points]


def what_is_kept(poll: "Poll", form: Form) -> str:
    """When the box is opened, and what becomes of forms and words that are too few; told before anybody writes."""
    if poll.trial:
        return ""
    told = f"{poll.closes.month}月{poll.closes.day}日以后由两位保管人开箱。收到的不足 {poll.least} 份不开箱，表全部销毁。"
    if any(isinstance(question, WordsQuestion) for question in form.questions):
        told += f"写的话，上级核对到的人交来 {poll.least_words} 份以上才留下；不够的，写的话全部销毁，谁也看不到。"
    return told
