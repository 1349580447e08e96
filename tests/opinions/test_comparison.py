"""与上次相比: only where no small part of the people tells itself by the difference."""

import pytest

from dianping.opinions.selectors import ElectorateChange, change_between, why_not_compared


def members(*keys: int) -> list[str]:
    return [f"0\tinside\t党员{key}\tp{key}" for key in keys]


def by_number(count: int, ballot_class: str = "群众") -> list[str]:
    return [f"1\t{ballot_class}\t\tc{at}" for at in range(1, count + 1)]


def by_name(*names: str) -> list[str]:
    return [f"2\t代表\t{name}\tn{at}" for at, name in enumerate(names, start=1)]


def change(old: list[str], new: list[str]) -> ElectorateChange:
    return change_between("\n".join(old), "\n".join(new))


def test_the_same_people_in_another_order_are_the_same() -> None:
    assert change(members(1, 2, 3), members(3, 1, 2)) == ElectorateChange(3, 0, 0)
    assert change(by_name("甲", "乙"), by_name("乙", "甲")) == ElectorateChange(2, 0, 0)


def test_a_member_who_took_anothers_place_is_one_left_and_one_joined() -> None:
    assert change(members(1, 2, 3), members(1, 2, 4)) == ElectorateChange(2, 1, 1)


def test_namesakes_are_counted() -> None:
    assert change(by_name("甲", "甲"), by_name("甲")) == ElectorateChange(1, 1, 0)


def test_people_given_by_number_are_known_by_number_and_class() -> None:
    assert change(by_number(30), by_number(34)) == ElectorateChange(30, 0, 4, by_number=34)
    assert change(by_number(5, "A"), by_number(5, "B")) == ElectorateChange(0, 5, 5, by_number=5)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (ElectorateChange(20, 0, 0), ""),
        (ElectorateChange(20, 5, 0), ""),
        (ElectorateChange(20, 5, 9), ""),
        (ElectorateChange(20, 0, 4), "只差 4 人，不足 5 人"),
        (ElectorateChange(20, 1, 9), "只差 1 人，不足 5 人"),
        (ElectorateChange(0, 20, 20), "完全不同"),
    ],
)
def test_a_part_is_nobody_or_large_enough(change: ElectorateChange, says: str) -> None:
    told = why_not_compared(change, 5)
    assert says in told
    assert bool(told) is bool(says)
