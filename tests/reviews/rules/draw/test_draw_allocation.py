"""Places are shared out in proportion and to the last one (decision 0026)."""

from fractions import Fraction
from functools import partial
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.reviews.rules.draw import DrawFault, allocate
from tests.refused import refused

unsound = partial(refused, kind=DrawFault)

sizes_of = st.dictionaries(st.text("甲乙丙丁ab", min_size=1, max_size=3), st.integers(0, 60), min_size=1, max_size=9).filter(
    lambda sizes: sum(sizes.values())
)  # fmt: skip


@st.composite
def asked(draw):
    sizes = draw(sizes_of)
    return draw(st.integers(1, sum(sizes.values()))), sizes


@given(asked())
def test_all_places_are_given_and_none_to_a_stratum_that_has_nobody_left(asked):
    places, sizes = asked
    found = allocate(places, sizes)
    assert sum(found.values()) == places
    assert found.keys() == sizes.keys()
    assert all(0 <= found[name] <= sizes[name] for name in sizes)


@given(asked())
def test_no_stratum_is_left_out_where_there_are_places_for_all(asked):
    places, sizes = asked
    peopled = [name for name, size in sizes.items() if size]
    if places >= len(peopled):
        assert all(allocate(places, sizes)[name] >= 1 for name in peopled)


@given(asked())
def test_a_share_is_rounded_by_less_than_one_place(asked):
    """Where no stratum had to be lifted to one place; where some had, the others get no more than their share."""
    places, sizes = asked
    found, people = allocate(places, sizes), sum(sizes.values())
    shares = {name: Fraction(places * size, people) for name, size in sizes.items()}
    lifted = places >= sum(size > 0 for size in sizes.values()) and any(0 < s < 1 for s in shares.values())
    for name, share in shares.items():
        assert found[name] <= max(ceil(share), 1 if sizes[name] else 0)
        if not lifted:
            assert found[name] >= floor(share)


@given(asked(), st.data())
def test_a_larger_stratum_never_gets_less_and_the_order_of_entry_does_not_matter(asked, data):
    places, sizes = asked
    found = allocate(places, sizes)
    assert allocate(places, dict(data.draw(st.permutations(list(sizes.items()))))) == found
    for one, size in sizes.items():
        for other, smaller in sizes.items():
            assert size <= smaller or found[one] >= found[other]


@pytest.mark.parametrize(
    ("places", "sizes", "found"),
    [
        (5, {"甲": 8, "乙": 5, "丙": 2}, {"甲": 2, "乙": 2, "丙": 1}),
        (4, {"甲": 8, "乙": 5, "丙": 2}, {"甲": 2, "乙": 1, "丙": 1}),
        (3, {"甲": 98, "乙": 1, "丙": 1}, {"甲": 1, "乙": 1, "丙": 1}),
        (2, {"甲": 98, "乙": 1, "丙": 1}, {"甲": 2, "乙": 0, "丙": 0}),
        (1, {"b": 3, "a": 3}, {"b": 0, "a": 1}),
        (2, {"丙": 4, "乙": 4, "甲": 4}, {"丙": 1, "乙": 1, "甲": 0}),
        (3, {"甲": 2, "空": 0, "乙": 1}, {"甲": 2, "空": 0, "乙": 1}),
    ],
)
def test_places_are_shared_as_anybody_would_work_it_out(places, sizes, found):
    assert allocate(places, sizes) == found


@pytest.mark.parametrize(
    ("places", "sizes", "code", "said"),
    [
        (6, {"甲": 3, "乙": 2}, "reviews.too-many-places", "要抽 6 名，名单里有 5 名"),
        (0, {"甲": 3}, "reviews.too-many-places", "应在 1 到 3 之间"),
        (-1, {"甲": 3}, "reviews.too-many-places", "应在 1 到 3 之间"),
        (1, {}, "reviews.nobody-to-draw", ""),
        (1, {"甲": 0}, "reviews.nobody-to-draw", ""),
        (1, {"甲": 3, "乙": -1}, "reviews.stratum-negative", ""),
    ],
)
def test_what_cannot_be_shared_out_is_refused(places, sizes, code, said):
    with unsound(code, match=said):
        allocate(places, sizes)
