"""遮住: whose forms may hide another's. Only people whom the superior's custodian found on a list of his own (decision 0040)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dianping.opinions.models import Group, Poll

ROSTER = -1  # stands for all groups of the roster together, which are held against one list


@dataclass(frozen=True, slots=True)
class Listed:
    """One line to be confirmed: a group outside the roster, or all of the roster together (`number` ROSTER)."""

    number: int
    label: str
    size: int
    names: tuple[str, ...]
    groups: tuple[Group, ...]


def lists_of(poll: Poll) -> list[Listed]:
    """What the superior's custodian goes through, the roster first."""
    groups = list(poll.groups.all())
    inside = tuple(group for group in groups if group.in_roster)
    rows = []
    if inside:
        label = "、".join(group.label for group in inside[:6]) + (
            f" 等 {len(inside)} 组" if len(inside) > 6 else ""
        )
        rows.append(Listed(ROSTER, label, sum(group.size for group in inside), (), inside))
    for group in groups:
        if not group.in_roster:
            names = tuple(group.names.split("\n")) if group.names else ()
            rows.append(Listed(group.number, group.label, group.size, names, (group,)))
    return rows


def cover_of(poll: Poll, sizes: Mapping[Any, int]) -> dict[Any, int]:
    """Of the forms by group how many at least come from people who were confirmed. In a group where three of ten were not,
    three of the forms may be inventions, whichever came; a typed name that stands elsewhere too is one person.

    In a rehearsal everybody covers: it is shown whatever it holds. So does everybody while the list is frozen and nobody was
    asked yet: what is told then is told for the best case.
    """
    if poll.trial or (poll.state == Poll.State.FROZEN and poll.confirmed_on is None):
        return dict(sizes)
    twice = _named_twice(poll)
    found = {}
    for group in poll.groups.all():
        doubtful = group.size - (group.confirmed or 0) + twice.get(group.number, 0)
        found[group.number] = max(0, sizes[group.number] - doubtful)
    return found


def _named_twice(poll: Poll) -> dict[int, int]:
    """How many people of each group of typed names bear a name that the roster or a group before it has as well."""
    lines = [line.split("\t") for line in poll.electorate.split("\n") if line]
    met = {_plain(name): -1 for _, _, name, key in lines if key.startswith("p")}
    found: dict[int, int] = {}
    for number, _, name, key in lines:
        group = int(number)
        if key.startswith("n") and met.setdefault(_plain(name), group) != group:
            found[group] = found.get(group, 0) + 1
    return found


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
