"""Places in the tree as text: a subtree is one range, in Python's order and in the database's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.common import trees
from dianping.orgs.models import Organisation

numbers = st.one_of(st.integers(0, 40), st.integers(0, 36**4 - 1))
paths = st.lists(numbers, min_size=1, max_size=5).map(lambda steps: "".join(map(trees.step, steps)))


@given(number=numbers)
def test_a_step_is_four_characters_and_reads_back(number):
    assert len(trees.step(number)) == 4
    assert trees.number_of("0000" + trees.step(number)) == number


@given(one=numbers, other=numbers)
def test_steps_are_ordered_as_their_numbers(one, other):
    assert (trees.step(one) < trees.step(other)) is (one < other)


@pytest.mark.parametrize("number", [-1, 36**4])
def test_a_step_beyond_the_width_is_refused(number):
    with pytest.raises(ValueError, match="最多 1679616 个组织"):
        trees.step(number)


@given(path=paths, other=paths)
def test_the_range_of_a_subtree_holds_exactly_what_lies_in_it(path, other):
    assert (path <= other < trees.after(path)) is trees.is_within(other, path)


@given(path=paths)
def test_ancestors_run_from_the_top_to_the_path_itself(path):
    above = trees.ancestors(path)
    assert above[-1] == path
    assert len(above) == trees.depth(path)
    assert all(trees.is_within(path, place) for place in above)
    assert [trees.depth(place) for place in above] == list(range(1, len(above) + 1))


@pytest.mark.django_db
def test_the_database_orders_places_as_python_does():
    steps = [0, 9, 10, 35, 36, 36 * 36 - 1, 36**4 - 1]
    places = [trees.step(n) for n in steps] + [trees.step(9) + trees.step(n) for n in steps]
    Organisation.objects.bulk_create(
        Organisation(code=place, name=place, kind="党支部", path=place, founded="2000-01-01")
        for place in places
    )
    assert list(Organisation.objects.order_by("path").values_list("path", flat=True)) == sorted(places)
    for top in places:
        below = Organisation.objects.filter(path__gte=top, path__lt=trees.after(top))
        assert set(below.values_list("path", flat=True)) == {p for p in places if p.startswith(top)}
