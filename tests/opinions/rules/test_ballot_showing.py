"""What is shown, what stands in place of what is not, and how much more a plain threshold would show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.opinions.rules import shown, shown_next, split_electorates, why_withheld
from tests.opinions.rules.attacker import given_away
from tests.opinions.rules.trees import larger_first

LEAVES = "abcdef"


def withheld(wanted, sizes, k):
    """What stands in place of each figure."""
    may = shown(wanted, sizes, k)
    return tuple(
        why_withheld(sum(sizes[cell] for cell in cells), k, may=one)
        for cells, one in zip(wanted, may, strict=True)
    )


def sets(*names: str) -> list[frozenset[str]]:
    return [frozenset(name) for name in names]


def test_what_has_enough_and_leaves_enough_is_shown():
    assert shown(sets("abc", "a", "b", "c"), {"a": 5, "b": 6, "c": 7}, 5) == (True,) * 4


def test_the_smallest_goes_with_the_one_that_is_too_small():
    sizes = {"a": 20, "b": 7, "c": 3, "d": 0}
    assert withheld(sets("abcd", "a", "b", "c", "d"), sizes, 5) == (
        "",
        "",
        "与其他数字相减可以算出少于 5 份的一组，一并不显示",
        "不足 5 份",
        "没有收到",
    )


def test_a_whole_that_is_too_small_reads_otherwise_than_one_that_is_empty():
    assert withheld(sets("ab"), {"a": 4, "b": 0}, 5) == ("不足 5 份",)
    assert withheld(sets("ab"), {"a": 9, "b": 0}, 10) == ("不足 10 份",)
    assert withheld(sets("b"), {"a": 4, "b": 0}, 5) == ("没有收到",)


def test_an_empty_part_gives_nothing_away():
    assert shown(sets("ab", "a"), {"a": 9, "b": 0}, 5) == (True, True)


def test_what_crosses_is_held_to_the_same():
    sizes = {"a": 6, "b": 2, "c": 6}
    assert shown(sets("ab", "bc"), sizes, 5) == (True, False)
    assert shown(sets("bc", "ab"), sizes, 5) == (True, False)


def test_what_was_shown_before_counts():
    sizes = {"a": 6, "b": 2, "c": 20}
    assert shown(sets("abc"), sizes, 5, earlier=sets("ac")) == (False,)
    assert shown(sets("abc"), sizes, 5, earlier=sets("c")) == (True,)


def test_what_lies_in_no_set_may_be_few():
    assert shown(sets("a"), {"a": 6, "b": 2}, 5) == (True,)


def test_the_order_decides_who_goes_first():
    sizes = {"a": 6, "b": 2, "c": 9}
    assert larger_first(sets("a", "c", "abc", "ab"), sizes) == sets("abc", "c", "ab", "a")
    assert shown(sets("abc", "c", "a"), sizes, 5) == (True, True, False)
    assert shown(sets("abc", "a", "c"), sizes, 5) == (True, True, False)


def test_what_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="不在应参加人员里"):
        shown(sets("z"), {"a": 5}, 5)
    with pytest.raises(ValueError, match="小于 0"):
        shown(sets("a"), {"a": -5}, 5)


@given(
    st.lists(st.frozensets(st.sampled_from(LEAVES), min_size=1), max_size=12),
    st.fixed_dictionaries({leaf: st.integers(0, 9) for leaf in LEAVES}),
    st.integers(0, 12),
    st.sampled_from([5, 10]),
)
def test_no_small_group_follows_from_any_sets_whatever(wanted, sizes, first, k):
    earlier = [
        cells for cells, may in zip(wanted[:first], shown(wanted[:first], sizes, k), strict=True) if may
    ]
    later = shown(wanted[first:], sizes, k, earlier)
    out = earlier + [cells for cells, may in zip(wanted[first:], later, strict=True) if may]
    assert given_away(out, sizes, k) == []


def test_whoever_joined_left_or_moved_is_a_cell_of_his_own():
    split = split_electorates({"a": [1, 2, 3], "b": [4, 5]}, {"a": [1, 2, 5], "b": [4, 6]})
    assert split.sizes == {("a", "a"): 2, ("a", None): 1, ("b", "b"): 1, ("b", "a"): 1, (None, "b"): 1}
    assert split.fine(0, sets("a")) == [frozenset({("a", "a"), ("a", None)})]
    assert split.fine(1, sets("ab")) == [frozenset({("a", "a"), ("b", "b"), ("b", "a"), (None, "b")})]
    with pytest.raises(ValueError, match="请只留一组"):
        split_electorates({"a": [1], "b": [1]})


def test_a_second_poll_does_not_tell_what_the_one_who_joined_said():
    before, after = {"a": range(10), "b": range(20, 30)}, {"a": range(11), "b": range(20, 30)}
    split = split_electorates(before, after)
    wanted, forms = sets("ab", "b", "a"), {"a": 11, "b": 10}
    assert shown(wanted, forms, 5) == (True, True, True)
    assert shown_next(wanted, forms, 5, split=split, earlier=[wanted]) == (False, True, False)
    assert shown_next(
        wanted, forms, 5, split=split_electorates(before, before | {"a": range(15)}), earlier=[wanted]
    ) == (
        True,
        True,
        True,
    )


def test_few_forms_are_few_whoever_was_there_before():
    electorate = {"a": range(10), "b": range(20, 30)}
    split = split_electorates(electorate, electorate)
    assert shown_next(sets("ab", "a"), {"a": 8, "b": 3}, 5, split=split, earlier=[sets("ab", "a")]) == (
        True,
        False,
    )
