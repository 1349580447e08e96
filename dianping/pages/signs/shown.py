"""Signs for one place and period: how many reviews name nothing, how they were written down, which say the same."""

from dataclasses import dataclass
from datetime import date, datetime

from dianping.base.windows import Window
from dianping.common.likeness import groups_alike
from dianping.orgs.models import Organisation
from dianping.programmes.rules import EntryRule
from dianping.programmes.selectors import programme_for
from dianping.reviews.models import Sweep
from dianping.reviews.rules.signs import Sign
from dianping.reviews.rules.signs import signs as signs_in
from dianping.reviews.selectors import (
    entered_below,
    keys_of_period,
    named_reviews,
    sweep_over,
    texts_of_period,
    without_shortcoming,
)

SHOWN = 20  # groups of like reviews on the page, the largest first
LISTED = 30  # reviews listed of one group
LIVE = 2000  # reviews compared while the page waits, in about half a second; of more, what the night found is shown


@dataclass(frozen=True, slots=True)
class LikeGroup:
    """Reviews that say much the same: how many, (key, whose) of those listed, and the words of the first."""

    number: int
    reviews: list[tuple[int, str]]
    text: str


@dataclass(frozen=True, slots=True)
class SignOverview:
    """Everything the page tells; `looked_at` is when like reviews were looked for, None for just now."""

    reviews: int
    without: int
    signs: list[Sign]
    groups: list[LikeGroup]
    alike: int
    looked_at: datetime | None = None


def signs_of(organisation: Organisation, window: Window, *, day: date) -> SignOverview:
    """What was seen below an organisation in a period, up to a day."""
    span = {"opens": window.opens, "due": min(window.due, day)}
    if span["due"] < span["opens"]:
        return SignOverview(0, 0, [], [], 0)
    in_force = programme_for(organisation, span["due"])
    rule = in_force.programme.entry if in_force else EntryRule()
    none, number = without_shortcoming(organisation.path, **span)
    entered = entered_below(organisation.path, **span)
    sweep = sweep_over(organisation.path, opens=span["opens"], day=day) if number > LIVE else None
    groups = _kept(sweep, organisation.path, span) if sweep else _found_now(organisation.path, span)
    groups.sort(key=len, reverse=True)
    return SignOverview(
        reviews=number,
        without=none,
        signs=signs_in(entered, period=window, rule=rule),
        groups=_shown(groups[:SHOWN]),
        alike=sum(map(len, groups)),
        looked_at=sweep.looked_at if sweep else None,
    )


def _found_now(path: str, span: dict[str, date]) -> list[list[int]]:
    rows = texts_of_period(path, opens=span["opens"], due=span["due"])
    return [[rows[at][0] for at in group] for group in groups_alike([text for _, text in rows])]


def _kept(sweep: Sweep, path: str, span: dict[str, date]) -> list[list[int]]:
    """What a wider search found, as far as it lies below a place and in a period."""
    here = keys_of_period(path, **span)
    groups = ([key for key in group if key in here] for group in sweep.groups)
    return [group for group in groups if len(group) > 1]


def _shown(groups: list[list[int]]) -> list[LikeGroup]:
    named = named_reviews(key for group in groups for key in group[:LISTED])
    return [
        LikeGroup(len(group), [(key, named[key][0]) for key in group[:LISTED]], named[group[0]][1])
        for group in groups
    ]
