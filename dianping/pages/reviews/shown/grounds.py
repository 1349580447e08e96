"""在案的依据 on the form: what is on file about targets, with links for whoever may open it, and what is ticked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse

from dianping.accounts.viewer import Viewer
from dianping.opinions.rights import polls_for
from dianping.reviews.inputs import GroundInput
from dianping.reviews.rules.grounds import OCCASION, POLL
from dianping.reviews.selectors import OnFile, occasions_visible


@dataclass(frozen=True, slots=True)
class GroundRow:
    """One line of the form: the name it is sent under, what it is called, where it is read ("": not by this viewer), whether it
    is ticked."""

    name: str
    told: str
    address: str
    ticked: bool


def addresses_of(rows: Iterable[OnFile], viewer: Viewer) -> dict[str, str]:
    """Where a viewer reads some of what is on file, by name; what he may not open is left out. Two queries, none for nothing."""
    named = list(rows)
    polls = {row.key for row in named if row.kind == POLL}
    events = {row.key for row in named if row.kind == OCCASION}
    addresses = {}
    if polls:
        for key in polls_for(viewer).filter(pk__in=polls).values_list("pk", flat=True):
            addresses[f"{POLL}-{key}"] = reverse("polls:poll", args=[key])
    if events:
        for key in occasions_visible(viewer.read_paths).filter(pk__in=events).values_list("pk", flat=True):
            addresses[f"{OCCASION}-{key}"] = reverse("occasions:occasion", args=[key])
    return addresses


def ground_rows(
    rows: Iterable[OnFile], ticked: Collection[GroundInput], addresses: dict[str, str]
) -> list[GroundRow]:
    """The lines of the form for one target."""
    return [GroundRow(row.name, row.told, addresses.get(row.name, ""), row.said in ticked) for row in rows]
