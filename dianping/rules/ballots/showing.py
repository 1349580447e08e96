"""Stands in until the rules of showing are merged."""
from collections.abc import Mapping, Sequence


def shown(wanted: Sequence[frozenset[int]], sizes: Mapping[int, int], k: int, earlier: Sequence[frozenset[int]] = ()) -> tuple[bool, ...]:
    return tuple(sum(sizes[c] for c in one) >= k for one in wanted)


def why_hidden(one: frozenset[int], sizes: Mapping[int, int], k: int) -> str:
    return f"不足 {k} 份"
