"""Sign-in names the system makes."""

from hypothesis import given
from hypothesis import strategies as st

from dianping.accounts.rules.usernames import letters_of, usernames_for


def test_letters_and_a_number_nobody_has() -> None:
    assert usernames_for(["宁致远", "宁知远", "祁文"], taken=["NZY01", "qw02"]) == ["nzy02", "nzy03", "qw01"]


def test_a_name_whose_letters_are_unknown_gets_one_all_the_same() -> None:
    assert letters_of("龘") == ""
    assert usernames_for(["龘", "", "Anna Li"], taken=[]) == ["u01", "u02", "annali01"]


@given(st.lists(st.text(max_size=12), max_size=40), st.lists(st.text(max_size=8), max_size=10))
def test_no_two_are_the_same_and_none_is_taken(names: list[str], taken: list[str]) -> None:
    found = usernames_for(names, taken=taken)
    assert len(set(found)) == len(names)
    assert not {one.casefold() for one in found} & {one.casefold() for one in taken}
    assert all(one.isascii() and one.isalnum() and len(one) < 20 for one in found)
