"""The tree of organisations given as child -> parent: rings in it, and how deep each one stands."""

from collections.abc import Iterator, Mapping

MOST_LEVELS = 30


def cycles(parent_of: Mapping[str, str]) -> list[list[str]]:
    """Every ring of organisations that are each other's superiors, each once; a self-parent is a ring of one."""
    done: set[str] = set()
    rings = []
    for start in parent_of:
        path: dict[str, int] = {}
        at = start
        while at in parent_of and at not in done and at not in path:
            path[at] = len(path)
            at = parent_of[at]
        if at in path:
            rings.append(list(path)[path[at] :])
        done.update(path)
    return rings


def depths(parent_of: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Each child with its level (the top is level 1); those in or below a ring are left out."""
    level: dict[str, int] = {}
    for start in parent_of:
        path = []
        seen = set()
        at = start
        while at in parent_of and at not in level and at not in seen:
            seen.add(at)
            path.append(at)
            at = parent_of[at]
        depth = 0 if at in seen else level.get(at, 1)  # what has no parent stands on level 1
        for name in reversed(path):
            depth = depth + 1 if depth else 0
            level[name] = depth
    return ((name, depth) for name, depth in level.items() if depth)
