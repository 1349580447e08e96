"""Problems followed in the invented winter: items in every state, more time asked for, a report come in, a talk held."""

from datetime import date, timedelta

from dianping.common.audit import Actor
from dianping.demo import office, story
from dianping.demo.sample_hands import Hands, at
from dianping.orgs.models import Organisation
from dianping.rectification.models import Item, State
from dianping.rectification.services import (
    StepInput,
    Talk,
    ask_extension,
    file_report,
    hold_admonition,
    move_item,
)
from dianping.reviews.models import Review
from dianping.reviews.services import answer_review

WORDS = {
    "plan": "",
    "request": "已按措施做完，请验收。",
    "close": "看过记录，属实，同意销号。",
    "unresolved": "定了措施没有动手，提醒以后也没有说明原因。",
}
STEPS: tuple[tuple[str, ...], ...] = (
    ("plan", "progress", "request", "close"),
    ("plan", "progress", "request"),
    ("plan", "progress"),
    ("plan",),
    ("plan", "progress", "unresolved"),
    ("plan", "progress", "unresolved"),
)
OVERDUE = "到期没有做完，也没有说明原因。"
JUDGED = ("close", "unresolved")


def put_right_in_time(review: Review, *, begun: date, done: date, hands: Hands) -> None:
    """A unit's own problem is put right by the day that was set, and seen to be; the masses may be asked about it."""
    (item,) = Item.objects.filter(source__review=review)
    _step(item, "plan", begun, 9, hands["mi"])
    _step(item, "request", done, 10, hands["mi"])
    _step(item, "close", done, 15, hands["wen"])


def reported(review: Review, *, found: date, filed: date, hands: Hands) -> None:
    """A branch's problem is found not well resolved, and its written report comes in."""
    (item,) = Item.objects.filter(source__review=review)
    item = _step(item, "unresolved", found, 11, hands["qi"], words=OVERDUE)
    assert item.report is not None
    file_report(duty=item.report, text=office.REPORT, moment=at(filed, 9), actor=hands["mi"])


def follow(home: Organisation, *, today: date, hands: Hands) -> None:
    """Items in every state (planned, in progress, asked to close, closed, found not well resolved), more time asked for on
    one, a talk about the two unresolved, and three reviews read."""
    reviewer, side = hands["ning"], hands["mi"]
    items = list(Item.objects.filter(organisation=home).order_by("pk")[: len(STEPS)])
    for number, (item, names) in enumerate(zip(items, STEPS, strict=True)):
        for hour, name in enumerate(names, 9):
            _step(item, name, today, hour, reviewer if name in JUDGED else side, number)
    slow = Item.objects.get(pk=items[2].pk)
    assert slow.due is not None
    until = slow.due + timedelta(days=20)
    ask_extension(
        item=slow,
        until=until,
        reason=office.EXTENSION.format(until=f"{until.month}月{until.day}日"),
        version=slow.version,
        moment=at(today, 14),
        actor=side,
    )
    hold_admonition(
        organisation=home,
        talk=Talk(held_on=today, due=date(2011, 1, 31), **office.TALK),
        items=Item.objects.filter(organisation=home, state=State.UNRESOLVED),
        moment=at(today, 15),
        actor=hands["qi"],
    )
    for review in Review.objects.filter(organisation=home, filed=True).order_by("pk")[:3]:
        answer_review(review=review, text="同意，按此改。", on_behalf=True, moment=at(today, 17), actor=side)


def _step(item: Item, name: str, on: date, hour: int, actor: Actor, number: int = 0, words: str = "") -> Item:
    measure, progress = story.MEASURES[number % len(story.MEASURES)]
    fresh = Item.objects.get(pk=item.pk)
    return move_item(
        item=fresh,
        step=name,
        version=fresh.version,
        moment=at(on, hour),
        actor=actor,
        moved=StepInput(
            text=words or WORDS.get(name, progress), measure=measure, due=fresh.due or on + timedelta(days=40)
        ),
    )
