"""Signs for one place and period: how many reviews name nothing, how they were written down, which say the same."""

from dataclasses import dataclass
from datetime import date

from dianping.common.likeness import groups_alike
from dianping.orgs.models import Organisation
from dianping.programmes.selectors import programme_for
from dianping.reviews.selectors import entered_below, texts_of_period, without_shortcoming
from dianping.rules.programme import EntryRule
from dianping.rules.signs import Sign
from dianping.rules.signs import signs as signs_in
from dianping.rules.windows import Window

SHOWN = 20  # groups of like reviews on the page, the largest first
SHORTEST = 12  # letters; shorter texts are alike without anybody copying


@dataclass(frozen=True, slots=True)
class Group:
    """Reviews that say much the same: (key, whose), and the words of the first."""

    reviews: list[tuple[int, str]]
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the page tells."""

    reviews: int
    without: int
    signs: list[Sign]
    groups: list[Group]
    alike: int


def signs_of(organisation: Organisation, window: Window, *, day: date) -> Seen:
    """What was seen below an organisation in a period, up to a day."""
    span = {"opens": window.opens, "due": min(window.due, day)}
    if span["due"] < span["opens"]:
        return Seen(0, 0, [], [], 0)
    in_force = programme_for(organisation, span["due"])
    rule = in_force.programme.entry if in_force else EntryRule()
    none, number = without_shortcoming(organisation.path, **span)
    entered = entered_below(organisation.path, **span)
    rows = [row for row in texts_of_period(organisation.path, **span) if len(row[2]) >= SHORTEST]
    groups = sorted(groups_alike([text for _, _, text in rows]), key=len, reverse=True)
    return Seen(
        reviews=number,
        without=none,
        signs=signs_in(entered, period=window, rule=rule),
        groups=[Group([rows[at][:2] for at in group], rows[group[0]][2]) for group in groups[:SHOWN]],
        alike=sum(len(group) for group in groups),
    )
