"""The one way to choose a seat: an input that searches, and what was found under it. Without a script the button 找 sends the form and
it comes back with what was found; with one the list follows what is typed (`organisations:seats`)."""

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from dianping.orgs.selectors.seats import SeatFound, seat_by_key, seats_named

FIND = "find"  # the name of the button that only searches


@dataclass(slots=True)
class Picker:
    """One seat to choose. `name` is its field; what is typed to search stands in `name`_q. `offered` is shown before anything is
    typed."""

    name: str
    label: str
    text: str = ""
    found: list[SeatFound] = field(default_factory=list)
    more: bool = False
    chosen: SeatFound | None = None
    fault: str = ""


def picker(
    sent: QueryDict, *, name: str, label: str, paths: list[str], day: date, offered: list[SeatFound]
) -> Picker:
    """A picker as a form brings it: what was chosen, and what its search finds in some subtrees."""
    text = sent.get(f"{name}_q", "").strip()
    found, more = seats_named(text, paths=paths, day=day) if text else (offered, False)
    chosen = seat_by_key(sent.get(name, ""), paths=paths, day=day)
    if chosen is not None and chosen.post.pk not in {seat.post.pk for seat in found}:
        found = [chosen, *found]
    return Picker(name, label, text, found, more, chosen)
