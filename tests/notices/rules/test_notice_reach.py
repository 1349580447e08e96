"""发至层级: how far down a notice may be handed on."""

import pytest

from dianping.notices.rules import read_notice
from dianping.notices.rules.reach import beyond, deepest_of, narrowest

ALL = ("基层党委", "二级党委", "党总支", "直属党支部", "党支部")


@pytest.mark.parametrize(
    ("line", "words", "not_reached"),
    [
        ("（此件发至县团级）", "县团级", ["党支部"]),
        ("(此件发至党总支、直属党支部)", "党总支、直属党支部", ["党支部"]),
        ("此件可发到各党支部，不得登报。", "各党支部", []),
        ("（发至各二级党委）", "各二级党委", ["党总支", "直属党支部", "党支部"]),
        ("（此件传达至全体党员）", "全体党员", []),
        ("（此件发至省部级）", "省部级", []),
    ],
)
def test_the_words_and_whom_they_leave_out(line, words, not_reached):
    text = f"关于开展点评工作的通知\n各单位：\n请认真落实。\n中共云岭县委\n2011年1月4日\n{line}\n"
    reading = read_notice(text)
    assert reading.reach == words
    assert beyond(reading.reach, ALL) == not_reached


@pytest.mark.parametrize(
    "text", ["现印发至各单位", "将点评情况发至邮箱", "于3月1日前发至组织部", "现将方案印发给你们"]
)
def test_handing_in_and_covering_words_are_no_limit(text):
    assert read_notice(f"关于点评工作的通知\n各单位：\n{text}。\n中共云岭县委\n2011年1月4日\n").reach == ""


def test_of_several_the_narrowest_binds_and_unknown_words_bind_nobody():
    assert narrowest("", "各党支部", "县团级") == "县团级"
    assert deepest_of("省部级") is None
    assert beyond("省部级", ALL) == []
    assert narrowest("", "省部级") == "省部级"
