"""Somebody who sees the figures shown and adds and subtracts them in every way: exact, and knowing nothing of the rule.

A figure is a row of zeros and ones over the leaves. A group of leaves can be worked out when its own row of zeros and
ones is a linear combination of the rows shown. Leaves without a form have the figure 0, which everybody knows, so they
are left out. The reckoning is modulo a prime: the ranks are those over the fractions as long as no minor that is not 0
is divisible by it, and by Hadamard every minor of a matrix of zeros and ones of order up to 30, the group's row
included, is smaller than 2 to the 48th.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import combinations

PRIME = 2**61 - 1
MOST_LEAVES = 30

Group = frozenset[Hashable]


class Figures:
    """All that follows from the figures shown: their row space, reduced, with the column each row leads in."""

    def __init__(self, shown: Collection[Group], leaves: Sequence[Hashable]) -> None:
        assert len(leaves) <= MOST_LEAVES
        self.leaves = leaves
        self.rows: dict[int, list[int]] = {}
        for group in shown:
            self._learn([int(leaf in group) for leaf in leaves])

    def _learn(self, row: list[int]) -> None:
        row = self._rest(row)
        lead = next((place for place, value in enumerate(row) if value), None)
        if lead is None:
            return
        inverse = pow(row[lead], -1, PRIME)
        row = [value * inverse % PRIME for value in row]
        for place, known in self.rows.items():
            if known[lead]:
                factor = known[lead]
                self.rows[place] = [(a - factor * b) % PRIME for a, b in zip(known, row, strict=True)]
        self.rows[lead] = row

    def _rest(self, row: list[int]) -> list[int]:
        """What of a row is no combination of those known; all 0 when it is one."""
        for lead, known in self.rows.items():
            if factor := row[lead]:
                row = [(a - factor * b) % PRIME for a, b in zip(row, known, strict=True)]
        return row

    def give_away(self, group: Collection[Hashable]) -> bool:
        """Whether the figure of this group of leaves can be worked out."""
        return not any(self._rest([int(leaf in group) for leaf in self.leaves]))


def small_groups(sizes: Mapping[Hashable, int], k: int) -> Iterator[tuple[Hashable, ...]]:
    """Every union of leaves that holds from 1 to k - 1 people. (Leaves of k and more lie in none.)"""
    few = [leaf for leaf, size in sizes.items() if 0 < size < k]
    for many in range(1, min(len(few), k - 1) + 1):
        for group in combinations(few, many):
            if sum(sizes[leaf] for leaf in group) < k:
                yield group


def given_away(shown: Collection[Group], sizes: Mapping[Hashable, int], k: int) -> list[tuple[Hashable, ...]]:
    """Every group of 1 to k - 1 people whose figure follows from the figures shown."""
    figures = Figures(shown, [leaf for leaf, size in sizes.items() if size])
    return [group for group in small_groups(sizes, k) if figures.give_away(group)]


def residuals(shown: Collection[Group], sizes: Mapping[Hashable, int]) -> Iterator[int]:
    """The sizes left of every set of a tree after its largest parts shown, and of any two sets one in the other."""
    by_size = sorted(shown, key=len, reverse=True)
    for place, group in enumerate(by_size):
        inner = [other for other in by_size[place + 1 :] if other < group]
        rest = set(group)
        for other in inner:
            yield sum(sizes[leaf] for leaf in group - other)
            rest -= other
        yield sum(sizes[leaf] for leaf in rest)
