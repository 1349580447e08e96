"""How a form is cut into screens."""

from dianping.door.screens import screens_of
from dianping.opinions.rules import presets


def test_a_short_form_asks_one_question_a_screen_and_words_about_all_at_the_end() -> None:
    screens = screens_of(presets()["report"], ["甘书记", "祁书记"])
    assert [(one.about, len(one.fields), bool(one.fields[0].choices)) for one in screens] == [
        ("甘书记", 1, True),
        ("祁书记", 1, True),
        ("", 1, False),
    ]


def test_a_long_form_puts_a_person_on_a_screen() -> None:
    screens = screens_of(presets()["appraisal_member"], ["冉一清", "宁致远", "边子昂"])
    assert [(one.about, len(one.fields)) for one in screens] == [
        ("冉一清", 5),
        ("宁致远", 5),
        ("边子昂", 5),
        ("", 1),
    ]


def test_a_long_form_about_one_puts_a_heading_on_a_screen() -> None:
    screens = screens_of(presets()["appraisal_leader"], ["甘书记"])
    assert [(one.heading, len(one.fields)) for one in screens] == [
        ("政治思想", 3),
        ("工作能力与实绩", 5),
        ("民主作风", 4),
        ("为人师表", 4),
        ("廉洁自律", 3),
        ("", 1),
        ("", 2),
    ]
