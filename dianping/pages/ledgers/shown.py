"""The records behind one figure of a ledger, a line each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from dianping.base.day_words import written


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One record: whom or what it is about, where, what is told of it, and its page ("" where it has none)."""

    name: str
    place: str
    told: str
    url: str


def _about(record: Any) -> str:
    return str(record.person.name if record.person else record.organisation.short_name)


def _duty(duty: Any) -> FigureRow:
    if duty.done_on:
        told = f"{written(duty.done_on)}点评，{'按时' if duty.on_time else '补录'}"
    else:
        told = f"{written(duty.due)}到期，尚未点评"
    return FigureRow(
        _about(duty),
        duty.organisation.short_name,
        f"由{duty.owed_by}；{told}",
        reverse("duties:duty", args=[duty.pk]),
    )


def _review(review: Any) -> FigureRow:
    told = f"{written(review.happened_on)}，{review.reviewer.name}，{review.get_mode_display()}"
    return FigureRow(
        _about(review), review.organisation.short_name, told, reverse("reviews:review", args=[review.pk])
    )


def _item(item: Any) -> FigureRow:
    return FigureRow(
        str(item),
        item.organisation.short_name,
        f"{written(item.opened_on)}提出",
        reverse("rectification:item", args=[item.pk]),
    )


def _report(duty: Any) -> FigureRow:
    told = f"{written(duty.done_on)}交来" if duty.done_on else f"{written(duty.due)}到期，尚未交"
    return FigureRow(
        _about(duty), duty.organisation.short_name, told, reverse("rectification:report", args=[duty.pk])
    )


def _seat(post: Any) -> FigureRow:
    return FigureRow(
        post.title,
        post.organisation.short_name,
        "",
        reverse("organisations:organisation", args=[post.organisation.code]),
    )


def _poll(poll: Any) -> FigureRow:
    return FigureRow(poll.title, "", f"{written(poll.opened_on)}开箱", reverse("polls:poll", args=[poll.pk]))


ROWS: dict[str, Callable[[Any], FigureRow]] = {
    "duty": _duty,
    "review": _review,
    "item": _item,
    "report": _report,
    "seat": _seat,
    "poll": _poll,
}
WITH: dict[str, tuple[str, ...]] = {
    "duty": ("organisation", "person", "owed_by__organisation"),
    "review": ("organisation", "person", "reviewer"),
    "item": ("organisation", "person", "source"),
    "report": ("organisation", "person"),
    "seat": ("organisation",),
    "poll": (),
}
ORDER: dict[str, tuple[str, ...]] = {"poll": ("opened_on", "pk")}
