"""Random organisations and releases for the attack on what is shown; chance is seeded."""

import random
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

Group = frozenset[Hashable]
SPREAD = [0, 1, 2, 3, 4, *range(3, 31)]  # forms opened from one leaf: few, some or many


@dataclass(frozen=True, slots=True)
class Release:
    """Leaves with their sizes, and the sets somebody wants to see."""

    sizes: Mapping[Hashable, int]
    wanted: tuple[Group, ...]


def random_tree(chance: random.Random, leaves: int) -> list[Group]:
    """The nodes of a tree over so many leaves: the whole, what it is cut into, and so on down to the leaves."""
    nodes: list[Group] = []

    def grow(names: list[int]) -> None:
        nodes.append(frozenset(names))
        if len(names) == 1:
            return
        parts = chance.randint(2, min(len(names), 5 if len(names) < 40 else 22))
        cuts = [0, *sorted(chance.sample(range(1, len(names)), parts - 1)), len(names)]
        for start, end in zip(cuts, cuts[1:], strict=False):
            grow(names[start:end])

    grow(list(range(leaves)))
    return nodes


def random_release(chance: random.Random, leaves: int) -> Release:
    """A tree with most of its nodes wanted; in one of four, every leaf is cut by class of ballot as well."""
    nodes = [node for node in random_tree(chance, leaves) if len(node) == leaves or chance.random() < 0.9]
    if chance.random() < 0.75:
        return Release({leaf: chance.choice(SPREAD) for leaf in range(leaves)}, tuple(nodes))
    sizes = {(leaf, kind): chance.choice(SPREAD) for leaf in range(leaves) for kind in "AB"}
    both = [frozenset((leaf, kind) for leaf in node for kind in "AB") for node in nodes]
    single = [
        frozenset((leaf, kind) for leaf in node)
        for node in nodes
        for kind in "AB"
        if len(node) == leaves or chance.random() < 0.4
    ]
    return Release(sizes, (*both, *single))


def random_electorate(chance: random.Random, leaves: int) -> dict[Hashable, set[int]]:
    """People by leaf, numbered through."""
    numbers = iter(range(10_000))
    return {leaf: {next(numbers) for _ in range(chance.choice(SPREAD))} for leaf in range(leaves)}


def after_some_time(chance: random.Random, before: Mapping[Hashable, set[int]]) -> dict[Hashable, set[int]]:
    """The same electorate after from 1 to 4 people have joined, left or moved."""
    after = {leaf: set(people) for leaf, people in before.items()}
    for number in range(chance.randint(1, 4)):
        leaf, other = chance.choice(list(after)), chance.choice(list(after))
        what = chance.choice(["joins", "leaves", "moves"])
        if what == "joins":
            after[leaf].add(20_000 + number)
        elif after[leaf]:
            person = chance.choice(sorted(after[leaf]))
            after[leaf].remove(person)
            if what == "moves":
                after[other].add(person)
    return after


def larger_first(wanted, sizes):
    """The order in which an opening goes through its sets: the largest first, those of one size as they came."""
    return sorted(wanted, key=lambda cells: -sum(sizes[cell] for cell in cells))
