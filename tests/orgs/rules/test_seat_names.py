"""A seat as people say it."""

import pytest

from dianping.orgs.rules.short_names import seat_name


@pytest.mark.parametrize(
    ("place", "title", "said"),
    [
        ("文学院行政党支部", "党支部书记", "文学院行政党支部书记"),
        ("文学院党委", "党委书记", "文学院党委书记"),
        ("明川大学", "党委书记", "明川大学党委书记"),
        ("后勤党总支", "副书记（主持工作）", "后勤党总支副书记（主持工作）"),
        ("机关", "", "机关"),
    ],
)
def test_what_the_name_ends_with_is_not_said_twice(place: str, title: str, said: str) -> None:
    assert seat_name(place, title) == said
