"""A thousand random trees and releases, five with DIANPING_LONG=1: no group under k follows from what is shown, and the plain rule fails.

Chance is seeded, the figures are the same every time; `-s` prints them.
"""

import random
from collections import Counter

from dianping.opinions.rules import shown, shown_next, split_electorates
from tests.long import long
from tests.opinions.rules.attacker import given_away, residuals
from tests.opinions.rules.trees import (
    after_some_time,
    larger_first,
    random_electorate,
    random_release,
    random_tree,
)

SMALL, LATER, LARGE = long((700, 200, 100), (3500, 1000, 500))


def plain(wanted, sizes, k):
    """The rule in use elsewhere: whatever has k forms is shown."""
    return [cells for cells in wanted if sum(sizes[leaf] for leaf in cells) >= k]


def ours(wanted, sizes, k, earlier=()):
    found = shown(wanted, sizes, k, earlier)
    return [cells for cells, may in zip(wanted, found, strict=True) if may]


def told(name: str, cases: int, count: Counter) -> None:
    print(
        f"\n{name}: {cases} cases, small groups given away in {count['ours']} by the rule, in {count['plain']} by the"
        f" plain one ({count['plain'] / cases:.1%}); sets shown {count['shown']} of {count['enough']} that the plain"
        f" one shows ({count['shown'] / count['enough']:.1%})"
    )


def test_no_small_group_follows_from_one_release():
    chance, count = random.Random(2010), Counter()
    for case in range(SMALL):
        release, k = random_release(chance, chance.randint(3, 12)), 10 if case % 7 == 0 else 5
        wanted = larger_first(release.wanted, release.sizes)
        safe, naive = ours(wanted, release.sizes, k), plain(wanted, release.sizes, k)
        assert given_away(safe, release.sizes, k) == []
        count["plain"] += bool(given_away(naive, release.sizes, k))
        count["shown"] += len(safe)
        count["enough"] += len(naive)
    told("one release", SMALL, count)
    assert count["plain"] >= SMALL / 2
    assert count["shown"] >= count["enough"] / 2


def test_no_small_group_follows_from_two_releases_between_which_a_few_joined_or_left():
    chance, count = random.Random(2011), Counter()
    for _ in range(LATER):
        before = random_electorate(chance, chance.randint(3, 9))
        after = after_some_time(chance, before)
        split = split_electorates(before, after)
        tree = random_tree(chance, len(before))
        first, second = ({leaf: len(people) for leaf, people in one.items()} for one in (before, after))
        out = ours(larger_first(tree, first), first, 5)
        wanted = larger_first(tree, second)
        found = shown_next(wanted, second, 5, split=split, earlier=[out])
        later = [cells for cells, may in zip(wanted, found, strict=True) if may]
        assert given_away([*split.fine(0, out), *split.fine(1, later)], split.sizes, 5) == []
        apart = ours(wanted, second, 5)
        forgetful = [*split.fine(0, out), *split.fine(1, apart)]
        naive = plain(wanted, second, 5)
        twice = [*split.fine(0, plain(tree, first, 5)), *split.fine(1, naive)]
        count["forgetful"] += bool(given_away(forgetful, split.sizes, 5))
        count["plain"] += bool(given_away(twice, split.sizes, 5))
        count["shown"] += len(later)
        count["enough"] += len(naive)
    told("two releases, the second", LATER, count)
    print(f"the rule without memory of the first release fails in {count['forgetful'] / LATER:.1%}")
    assert min(count["plain"], count["forgetful"]) >= LATER / 2


def test_no_residual_of_a_large_tree_is_small():
    chance, count = random.Random(2012), Counter()
    for _ in range(LARGE):
        tree = random_tree(chance, chance.randint(100, 300))
        sizes = {leaf: chance.choice([0, 1, 2, 3, 4, *range(3, 31)]) for leaf in tree[0]}
        wanted = larger_first(tree, sizes)
        safe, naive = ours(wanted, sizes, 5), plain(wanted, sizes, 5)
        assert not any(0 < left < 5 for left in residuals(safe, sizes))
        count["plain"] += any(0 < left < 5 for left in residuals(naive, sizes))
        count["shown"] += len(safe)
        count["enough"] += len(naive)
    told("large trees", LARGE, count)
    assert count["plain"] >= LARGE / 2


def test_the_attacker_finds_what_no_single_difference_shows():
    """Each of three groups of two follows from three sums in a ring; none is a difference of two of them."""
    sizes = {"a": 2, "b": 6, "c": 6}
    ring = [frozenset("ab"), frozenset("bc"), frozenset("ac")]
    assert given_away(ring, sizes, 5) == [("a",)]
    assert given_away(ring[:2], sizes, 5) == []
    assert not any(0 < left < 5 for left in residuals(ring, sizes))
    assert given_away(ours(ring, sizes, 5), sizes, 5) == []
