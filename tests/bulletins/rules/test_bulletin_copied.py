"""Twelve letters in common are found wherever they stand; eleven are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.bulletins.rules.copied import OwnText

REMARK = "学习抓得不紧，联系群众的办法不多，遇到难处绕着走。"


@pytest.mark.parametrize(
    "text",
    [
        f"有的同志{REMARK}",
        "有的同志联系群众的办法不多，遇到难处绕着走，要改。",
        "有的同志联系群众 的办法\n不多；遇到难处，绕着走。",
    ],
)
def test_a_remark_is_recognised(text: str) -> None:
    assert list(OwnText(text).repeats([REMARK]))


def test_eleven_letters_are_common_speech_and_twelve_are_not() -> None:
    assert not list(OwnText("甲乙丙丁戊己庚辛壬癸子").repeats(["前甲乙丙丁戊己庚辛壬癸子后"]))
    assert [
        r.words for r in OwnText("甲乙丙丁戊己庚辛壬癸子丑").repeats(["前甲乙丙丁戊己庚辛壬癸子丑后"])
    ] == ["甲乙丙丁戊己庚辛壬癸子丑"]


def test_signs_count_where_both_have_them() -> None:
    assert list(OwnText("说他工作扎实，群众满意度高。就这样").repeats(["工作扎实，群众满意度高。"]))


@given(
    st.text("甲乙丙丁戊己庚辛", min_size=0, max_size=30),
    st.text("甲乙丙丁戊己庚辛", min_size=12, max_size=20),
    st.text("甲乙丙丁戊己庚辛", min_size=0, max_size=30),
)
def test_no_twelve_letters_slip_through_between_the_anchors(before: str, piece: str, after: str) -> None:
    assert list(OwnText(f"一{piece}二").repeats([before + piece + after]))


@given(st.text("甲乙丙丁", max_size=40), st.text("甲乙丙丁", max_size=40))
def test_what_is_found_is_what_a_plain_search_finds(own: str, remark: str) -> None:
    plainly = any(remark[at : at + 12] in own for at in range(len(remark) - 11))
    assert bool(list(OwnText(own).repeats([remark]))) == plainly
