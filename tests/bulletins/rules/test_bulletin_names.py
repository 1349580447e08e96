"""Names are found however they are taken apart, and nothing else is."""

import pytest

from dianping.bulletins.rules.names import places, possible_dotted_names, possible_names
from dianping.bulletins.rules.plain import plain

APART = (
    "支部中冉小禾同志落后。",
    "支部中冉 小 禾同志落后。",
    "支部中冉　小禾同志落后。",
    "支部中冉小\n禾同志落后。",
    "支部中冉\n\n  小禾同志落后。",
    "支部中冉·小·禾同志落后。",
    "支部中冉-小-禾同志落后。",
    "支部中冉*小*禾同志落后。",
    "支部中冉\u200b小\u00a0禾同志落后。",
    "支部中冉“小禾”同志落后。",
)


@pytest.mark.parametrize("text", APART)
def test_a_name_taken_apart_is_found(text: str) -> None:
    letters = plain(text)
    assert "冉小禾" in possible_names(letters)
    assert [name for name, _ in places(letters, {"冉小禾"})] == ["冉小禾"]


def test_plain_equality_would_have_missed_most_of_them() -> None:
    assert sum("冉小禾" in text for text in APART) == 1


def test_a_name_is_not_put_together_across_a_sign() -> None:
    assert "冉小禾" not in possible_names(plain("到会的有冉、小禾，另有三人。"))


def test_lines_are_told_where_the_name_stands() -> None:
    text = plain("第一行\n第二行有冉小\n禾，第三行有祁文。")
    assert places(text, {"冉小禾", "祁文"}) == [("冉小禾", "第 2–3 行"), ("祁文", "第 3 行")]


def test_a_name_within_a_longer_name_is_told_once() -> None:
    assert places(plain("王明远到会。"), {"王明", "王明远"}) == [("王明远", "第 1 行")]


def test_a_masked_name_is_out_of_sight_and_lines_stay() -> None:
    text = plain("甲\n王明远和王明到会").masked({"王明远"})
    assert places(text, {"王明", "王明远"}) == [("王明", "第 2 行")]


@pytest.mark.parametrize("text", ["由买买提·艾力带头", "由买买提 • 艾力带头", "由买买提.艾力带头"])
def test_a_name_with_a_dot_is_looked_up_in_the_rosters_spelling(text: str) -> None:
    assert "买买提·艾力" in possible_dotted_names(text)
    assert places(plain(text), {"买买提·艾力"}) == [("买买提·艾力", "第 1 行")]


def test_there_are_at_most_three_pieces_a_letter() -> None:
    text = "在各级党组织的领导下全面推进各项工作" * 100
    assert len(possible_names(plain(text))) <= 3 * len(text)
