"""遮住: whose forms may hide another's. Only people whom the superior's custodian found on a list of his own; and of the
roster only whom the unit's custodian found as well (decision 0040)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from dianping.opinions.models import Group, Key, Poll

ROSTER = -1  # stands for all groups of the roster together, which are held against one list


@dataclass(frozen=True, slots=True)
class ConfirmingLine:
    """One line to be confirmed: a group outside the roster, or all of the roster together (`number` ROSTER)."""

    number: int
    label: str
    size: int
    names: tuple[str, ...]
    groups: tuple[Group, ...]


def lists_of(poll: Poll, side: str = Key.Side.SUPERIOR) -> list[ConfirmingLine]:
    """What a custodian goes through: the superior's everybody, the roster first; the unit's the roster."""
    groups = list(poll.groups.all())
    inside = tuple(group for group in groups if group.in_roster)
    rows = []
    if inside:
        label = "、".join(group.label for group in inside[:6]) + (
            f" 等 {len(inside)} 组" if len(inside) > 6 else ""
        )
        rows.append(ConfirmingLine(ROSTER, label, sum(group.size for group in inside), (), inside))
    if side == Key.Side.UNIT:
        return rows
    for group in groups:
        if not group.in_roster:
            names = tuple(group.names.split("\n")) if group.names else ()
            rows.append(ConfirmingLine(group.number, group.label, group.size, names, (group,)))
    return rows


def is_unsaid(poll: Poll, side: str) -> bool:
    """Whether a custodian has still to say what he found. `unsaid_here`: the unit's, where a list of polls asked for all."""
    if side == Key.Side.SUPERIOR:
        return poll.confirmed_on is None
    known = getattr(poll, "unsaid_here", None)
    return bool(unsaid_here(poll) if known is None else known)


def unsaid_here(poll: Poll) -> bool:
    """Whether the unit's custodian has said nothing of a poll's roster yet."""
    return roster_unsaid().filter(poll=poll).exists()


def roster_unsaid() -> QuerySet[Group]:
    """The groups of the roster of which the unit's custodian has said nothing."""
    return Group.objects.filter(inside=True, confirmed_here=None).exclude(organisation=None)


def cover_of(poll: Poll, sizes: Mapping[int, int]) -> dict[int, int]:
    """Of the forms by group how many at least come from people who were confirmed. In a group where three of ten were not,
    three of the forms may be inventions, whichever came; a typed name that stands elsewhere too is one person.

    In a rehearsal everybody covers: it is shown whatever it holds. So does everybody while the list is frozen and nobody was
    asked yet: what is told then is told for the best case.
    """
    if poll.trial or (poll.state == Poll.State.FROZEN and poll.confirmed_on is None):
        return dict(sizes)
    twice = _named_twice(poll)
    covers = {}
    for group in poll.groups.all():
        doubtful = group.size - _known(poll, group) + twice.get(group.number, 0)
        covers[group.number] = max(0, sizes[group.number] - doubtful)
    return covers


def _known(poll: Poll, group: Group) -> int:
    """Of how many people of a group two offices know. The office that wrote the roster cannot vouch for it alone, and the
    superior's may have; whom the planner typed, the superior's custodian alone confirms: he is never of the planner's."""
    confirmed = group.confirmed or 0
    if not group.in_roster:
        return confirmed
    if poll.state == Poll.State.FROZEN and group.confirmed_here is None:
        return confirmed
    return min(confirmed, group.confirmed_here or 0)


def _named_twice(poll: Poll) -> dict[int, int]:
    """How many people of each group of typed names bear a name that the roster or a group before it has as well."""
    lines = [line.split("\t") for line in poll.electorate.split("\n") if line]
    met = {_plain(name): -1 for _, _, name, key in lines if key.startswith("p")}
    twice: dict[int, int] = {}
    for number, _, name, key in lines:
        group = int(number)
        if key.startswith("n") and met.setdefault(_plain(name), group) != group:
            twice[group] = twice.get(group, 0) + 1
    return twice


def _plain(name: str) -> str:
    return "".join(name.split())


@dataclass(frozen=True, slots=True)
class Cover:
    """How many of the people asked cover one another, should all answer; `said` False: nobody has confirmed yet; `tight`: if
    half of them stay away no words are kept."""

    said: bool
    people: int
    due: int
    figures: bool
    words: bool
    tight: bool


def cover_standing(poll: Poll) -> Cover:
    """What may be shown at best, as far as cover decides: told before anybody is asked."""
    sizes = dict(poll.groups.values_list("number", "size"))
    people = sum(cover_of(poll, sizes).values())
    said = poll.confirmed_on is not None
    due, tight = sum(sizes.values()), sum(sizes.values()) < 2 * poll.least_words
    return Cover(said, people, due, people >= poll.least, people >= poll.least_words, tight)
