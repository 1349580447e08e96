"""What became of what the masses said: the problem a point was named as, as far as it was put right. Names nobody."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model

from dianping.rectification.models import Item, State
from dianping.rectification.selectors.items import as_of


def state_of_points(points: Iterable[Model], *, day: date | None = None) -> dict[int, str]:
    """For each point where its problem stands, now or as the books stood on a day; "" where it was named nowhere.

    Named more than once, what is least far put right is told.
    """
    keys = [int(point.pk) for point in points]
    items = Item.objects.filter(point__in=keys)
    if day is not None:
        items = as_of(items, day=day)
    states = dict.fromkeys(keys, "")
    # Closed ones first, the newest last: what stands is told over what is done.
    ranked = sorted(
        items.values_list("point", "state" if day is None else "state_then", "due", "closed_on", "opened_on"),
        key=lambda row: (row[1] != State.CLOSED, row[4]),
    )
    for point, state, due, closed_on, opened_on in ranked:
        states[point] = _told(state, due, closed_on, opened_on)
    return states


def _told(state: str, due: date | None, closed_on: date | None, opened_on: date) -> str:
    if state == State.CLOSED and closed_on is not None:
        return f"已销号（{closed_on}）"
    if state != State.OPEN:
        return "整改中"
    if due is None:
        return "已列入整改"
    year = f"{due.year}年" if due.year != opened_on.year else ""
    return f"已列入整改，期限 {year}{due.month}月{due.day}日"
