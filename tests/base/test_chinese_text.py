"""One spelling for what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.base.chinese_text import clean, in_substance, is_blank, joined_han, person_name, squeezed

han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
pads = st.sampled_from([" ", "\u3000", "\u00a0", "  ", "\t", "\n", "\u200b", "\ufeff", "\u202e"])
dots = st.sampled_from("·・•‧∙⋅･.．")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１２３ＡＢｃ", "123ABc"),
        ("（联合）［甲］", "(联合)[甲]"),
        ("甲，乙；丙：丁！", "甲，乙；丙：丁！"),
        ("\u00a0甲\u3000乙 ", "甲 乙"),
        ("甲\u200b\ufeff\u202e乙\u2066", "甲乙"),
        ("甲\r\n乙", "甲 乙"),
        ("⽂学院", "文学院"),
        ("\x00甲\x07", "甲"),
        ("𠮷䶮", "𠮷䶮"),
    ],
)
def test_text_is_kept_in_one_spelling(typed, kept):
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    for cleaned in (clean, squeezed, joined_han, person_name):
        assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text())
def test_clean_text_has_no_space_around_it(text):
    assert clean(text) == clean(text).strip()


@given(han, pads, pads)
def test_padding_around_a_name_is_dropped(name, before, after):
    assert person_name(before + name + after) == name


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=3), pads)
def test_padding_inside_a_short_name_is_dropped(name, pad):
    assert person_name(pad.join(name)) == name


@given(han, dots, han)
def test_every_middle_dot_becomes_the_one(given_name, dot, family):
    assert person_name(f"{given_name}{dot}{family}") == f"{given_name}·{family}"
    assert person_name(f"{given_name} {dot} {family}") == f"{given_name}·{family}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("冉　党员", "冉党员"),
        ("古丽 阿依夏木", "古丽 阿依夏木"),
        ("John.Smith", "John.Smith"),
        ("安　娜", "安娜"),
    ],
)
def test_names_keep_what_belongs_to_them(typed, kept):
    assert person_name(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("多听教师意见，少开会。", "多听教师意见,少开会"),
        ("“两课”改革", '"两课" 改革'),
        ("食堂　排队久\r\n校车少", "食堂排队久校车少"),
        ("ＡＢ楼１２层——太暗…", "AB楼12层--太暗..."),
        ("《章程》、制度；", "<章程>,制度"),
    ],
)
def test_one_handwriting_typed_in_two_ways_says_the_same(one: str, other: str) -> None:
    assert in_substance(one) == in_substance(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("多听意见", "少听意见"),
        ("3.5 万元", "35 万元"),
        ("不，好", "不好"),
        ("好？", "好。"),
        ("先开会后发文", "后发文先开会"),
        ("", "无"),
    ],
)
def test_other_words_digits_or_order_do_not(one: str, other: str) -> None:
    assert in_substance(one) != in_substance(other)


def test_spaces_beside_chinese_go_and_those_between_words_stay():
    assert joined_han("软件 学院 Open Lab 党支部") == "软件学院Open Lab党支部"
    assert squeezed("软件 学院 Open Lab") == "软件学院OpenLab"


@pytest.mark.parametrize("mark", ["", " ", "无", "—", "——", "-", "/", "\u3000", "\u00a0\u200b", "－", "／"])
def test_marks_for_nothing_are_blank(mark):
    assert is_blank(mark)


@pytest.mark.parametrize("text", ["无锡", "0", "否", "是"])
def test_words_are_not_blank(text):
    assert not is_blank(text)
