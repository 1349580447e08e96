"""Forms are data: read whole or refused in sentences, kept as JSON, known by their digest."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from dianping.ledgers.rules.appraisal import GRADES, MEMBER_HEADINGS, ORGANISATION_HEADINGS
from dianping.opinions.rules import (
    Blank,
    Form,
    GradeQuestion,
    PollKind,
    Rounding,
    WordsQuestion,
    envelope_bytes,
)
from tests.opinions.rules.examples import FORMS, SMALL, SMALL_FORM, edited


def test_a_form_is_read_with_exact_numbers():
    assert SMALL_FORM.kind is PollKind.REPORT
    assert SMALL_FORM.grade_sets[0].scores == (Decimal(10), Decimal(7), Decimal(5), Decimal("2.5"))
    assert SMALL_FORM.grade_sets[1].scores[2] is None
    assert SMALL_FORM.grade_sets[0].vetoes[0].below == Fraction(9, 10)
    assert [one.share for one in SMALL_FORM.weights] == [Decimal("0.6"), Decimal("0.4")]
    assert SMALL_FORM.questions[2] == WordsQuestion("problems", "存在的问题", 20, True)


@pytest.mark.parametrize("form", [*FORMS.values(), SMALL_FORM], ids=lambda form: form.key)
def test_a_form_comes_back_from_json_as_it_went(form):
    kept = json.loads(json.dumps(form.dump()))
    assert Form.load(kept) == form
    assert Form.load(kept).digest == form.digest


def test_one_word_changed_changes_the_digest():
    assert len(SMALL_FORM.digest) == 64
    assert Form.read(edited("总体评价", "总的评价")).digest != SMALL_FORM.digest
    assert Form.read(edited("scores = [10,", "scores = [10.0,")).digest == SMALL_FORM.digest


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'kind = "report"',
            'kind = "vote"',
            "kind 写的是“vote”，应为 opinion、appraisal、report、verdict 之一",
        ),
        ('title = "小测评表"', "", "title 没有写"),
        ("size = 2048", "size = 4096", "应为 2048 或 8192"),
        ('key = "small"', 'key = "小表"', "小写英文字母"),
        ('set = "mood"', 'set = "moods"', "等次组是“moods”，表里有的是 mood、report"),
        ("limit = 20", "limit = 20000", "应为 1 到 2000 字"),
        ("limit = 20", 'limit = "多"', "limit 写的是“多”，应为整数"),
        ("per_subject = true", "per_subject = 1", "应为 true 或 false"),
        ('key = "mood"\ntext', 'key = "overall"\ntext', "问题“overall”写了不止一次"),
        ("scores = [10, 7, 5, 2.5]", "scores = [10, 7, 5]", "4 个等次，却有 3 个分值"),
        ("scores = [10, 7, 5, 2.5]", 'scores = [10, 7, 5, "少"]', "应为一列数"),
        ('["满意", "不满意", "不了解"]\nscores = [1, 0, ""]', '["满意"]', "1 个等次，应为 2 到 15 个"),
        ('["满意", "不满意",', '["满意", "满意",', "“满意”写了不止一次"),
        ('bars = ["好",', 'bars = ["优秀",', "提到“优秀”，等次里没有"),
        ('below = "90%"', 'below = "190%"', "0 到 1 之间的份额"),
        ("scores = [1,", 'top_cap = "1/3"\nscores = [1,', "基数 cap_base 写的是“”"),
        ("share = 0.6", "share = 0.7", "合计是 1.1，应为 1"),
        ("share = 0.6", "share = -0.6", "权重是 -0.6，不能小于 0"),
        ("share = 0.6", "shares = 0.6", "不认识的“shares”"),
        ('title = "A 票"', "title = 1", "title 写的是“1”，应为一段文字"),
        ("[[weights]]", "[weights", "不是有效的 TOML"),
    ],
)
def test_a_form_that_does_not_fit_together_is_refused_in_a_sentence(old, new, told):
    with pytest.raises(ValueError, match=".") as refused:
        Form.read(edited(old, new))
    assert told in str(refused.value)
    assert all(
        line.endswith(("。",)) and "；" in line or "请" in line for line in str(refused.value).splitlines()
    )


@pytest.mark.parametrize(
    "found", [None, 1, [], {"questions": 1}, {"questions": [1], "weights": "a"}, {"validity": 3}]
)
def test_anything_at_all_is_refused_and_nothing_breaks(found):
    with pytest.raises(ValueError, match="应为"):
        Form.load(found)


def test_every_fault_is_told_at_once():
    with pytest.raises(ValueError, match="。") as refused:
        Form.read(SMALL.replace("share = 0.6", "share = 0.7").replace("limit = 20", "limit = 0"))
    assert len(str(refused.value).splitlines()) == 2


def test_the_presets_keep_to_the_official_headings():
    organisation, member = FORMS["appraisal_organisation"], FORMS["appraisal_member"]
    assert (
        tuple(one.text for one in organisation.questions if isinstance(one, GradeQuestion))
        == ORGANISATION_HEADINGS
    )
    assert (
        tuple(one.text for one in member.questions if isinstance(one, GradeQuestion))[:4] == MEMBER_HEADINGS
    )
    assert organisation.grade_sets[0].grades == GRADES
    assert member.set_of("overall").grades == ("优秀", "合格", "基本合格", "不合格")
    assert member.set_of("overall").top_cap == Fraction(1, 3)
    assert member.set_of("overall").rounding is Rounding.STRICT


def test_the_presets_hold_the_scores_weights_and_points_of_the_field():
    report, leader = FORMS["report"], FORMS["appraisal_leader"]
    assert report.set_of("report").scores == tuple(map(Decimal, (10, 7, 5, 2)))
    assert report.set_of("report").floor == Fraction(15, 100)
    assert [(one.ballot_class, one.share) for one in report.weights] == [
        ("A", Decimal("0.6")),
        ("B", Decimal("0.4")),
    ]
    points = [one for one in leader.questions if isinstance(one, GradeQuestion) and one.heading]
    assert len(points) == 19
    assert len({one.heading for one in points}) == 5
    assert report.validity.blank is Blank.ABSTENTION


def test_every_preset_fits_an_envelope():
    assert {key: envelope_bytes(form, 20) for key, form in FORMS.items()} == {
        "opinion": 8192,
        "appraisal_organisation": 2048,
        "appraisal_member": 2048,
        "report": 2048,
        "appraisal_leader": 2048,
        "verdict": 2048,
    }


def test_a_question_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        SMALL_FORM.question("none")
    with pytest.raises(KeyError):
        SMALL_FORM.set_of("other")
