"""Forms, and answers to them, that the tests of ballots share."""

from typing import Any

from hypothesis import strategies as st

from dianping.opinions.rules import Answers, Form, GradeQuestion, WordsQuestion, asked, presets

FORMS = presets()
MEMBERS = FORMS["appraisal_member"]
REPORT = FORMS["report"]
OPINION = FORMS["opinion"]

SMALL = """
key = "small"
kind = "report"
title = "小测评表"
size = 2048
[[questions]]
key = "overall"
text = "总体评价"
set = "report"
[[questions]]
key = "mood"
text = "对会风是否满意"
set = "mood"
per_subject = false
[[questions]]
key = "problems"
text = "存在的问题"
limit = 20
per_subject = true
[[questions]]
key = "other"
text = "其他"
limit = 30
[[grade_sets]]
key = "report"
grades = ["好", "较好", "一般", "差"]
scores = [10, 7, 5, 2.5]
[[grade_sets.vetoes]]
measure = "群众满意率"
below = "90%"
bars = ["好", "较好"]
[[grade_sets]]
key = "mood"
grades = ["满意", "不满意", "不了解"]
scores = [1, 0, ""]
[[weights]]
ballot_class = "A"
title = "A 票"
share = 0.6
[[weights]]
ballot_class = "B"
title = "B 票"
share = "0.4"
"""
SMALL_FORM = Form.read(SMALL)


def edited(old: str, new: str) -> str:
    """The small form's text with one place changed."""
    assert old in SMALL
    return SMALL.replace(old, new, 1)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=400)


@st.composite
def answers_to(draw: Any, form: Form, subjects: int) -> Answers:
    """Any admissible answers, long ones too."""
    grades, words = {}, {}
    for place, question in asked(form, subjects):
        if isinstance(question, WordsQuestion):
            text = draw(TEXT)
            while len(text.encode("utf-16-be")) // 2 > question.limit:
                text = text[: len(text) // 2]
            words[place] = text
        elif isinstance(question, GradeQuestion) and draw(st.booleans()):
            grades[place] = draw(st.integers(0, len(form.set_of(question.key).grades) - 1))
    return Answers(grades, words)
