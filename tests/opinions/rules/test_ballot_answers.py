"""A returned form is packed and unpacked whole, never longer than its bound, and the same every time."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.opinions.rules import (
    Answers,
    GradeQuestion,
    ReturnedForm,
    WordsQuestion,
    asked,
    envelope_bytes,
    is_blank,
    limit_bytes,
    pack,
    problems,
    says_nothing,
    stub_number,
    tidied,
    units,
    unpack,
)
from tests.opinions.rules.examples import FORMS, OPINION, REPORT, SMALL_FORM, answers_to

STUB = stub_number(lambda below: 7)


@given(
    st.data(), st.sampled_from([*FORMS.values(), SMALL_FORM]), st.integers(0, 6), st.integers(0, 2**32 - 1)
)
def test_what_is_packed_comes_out_again_and_never_passes_the_bound(data, form, subjects, group):
    answers = data.draw(answers_to(form, subjects))
    assert problems(form, subjects, answers) == []
    packed = pack(form, subjects=subjects, group=group, answers=answers, stub=STUB)
    assert len(packed) <= limit_bytes(form, subjects)
    assert unpack(form, packed) == ReturnedForm(subjects, group, tidied(answers), STUB)
    assert unpack(form, packed.ljust(9000, b"\0")).answers == tidied(answers)


@pytest.mark.parametrize("sign", ["意", "😀"])
def test_the_bound_is_reached(sign):
    full = Answers(
        {place: 0 for place, one in asked(SMALL_FORM, 3) if isinstance(one, GradeQuestion)},
        {
            place: sign * (one.limit // units(sign))
            for place, one in asked(SMALL_FORM, 3)
            if isinstance(one, WordsQuestion)
        },
    )
    packed = pack(SMALL_FORM, subjects=3, group=1, answers=full, stub=STUB)
    assert len(packed) == limit_bytes(SMALL_FORM, 3)


def test_the_order_of_the_answers_leaves_no_mark():
    one = Answers({(1, "overall"): 0, (2, "overall"): 1}, {(0, "other"): "好", (1, "problems"): "无"})
    other = Answers(dict(reversed(one.grades.items())), dict(reversed(one.words.items())))
    assert pack(SMALL_FORM, subjects=2, group=1, answers=one, stub=STUB) == pack(
        SMALL_FORM, subjects=2, group=1, answers=other, stub=STUB
    )


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (Answers({(1, "overall"): 4}), "应为 好、较好、一般、差 之一"),
        (Answers({(1, "overall"): -1}), "之一"),
        (Answers({(3, "overall"): 0}), "没有对第 3 个对象"),
        (Answers({(1, "none"): 0}), "“none”"),
        (Answers({(0, "overall"): 0}), "没有对第 0 个对象"),
        (Answers({(0, "other"): 0}), "要写文字"),
        (Answers({}, {(1, "overall"): "好"}), "要选等次"),
        (Answers({}, {(0, "other"): "字" * 31}), "写了 31 字，最多 30 字"),
        (Answers({}, {(0, "other"): "😀" * 16}), "写了 32 字"),
        (Answers({}, {(0, "other"): "a\0"}), "无法保存的符号"),
        (Answers({}, {(0, "other"): "\ud800"}), "无法保存的符号"),
    ],
)
def test_what_is_not_admissible_is_told_and_not_packed(answers, told):
    assert told in "".join(problems(SMALL_FORM, 2, answers))
    with pytest.raises(ValueError, match=told):
        pack(SMALL_FORM, subjects=2, group=1, answers=answers, stub=STUB)


def test_line_ends_count_once_as_in_a_browser():
    assert units("一\r\n二") == 3
    assert tidied(Answers({}, {(0, "other"): " 一\r\n二 \n", (1, "problems"): " \n"})).words == {
        (0, "other"): "一\n二"
    }


def test_a_form_without_a_mark_is_blank():
    assert is_blank(Answers({}, {(0, "other"): "  "}))
    assert not is_blank(Answers({(1, "overall"): 0}))


@given(st.binary(max_size=200))
def test_bytes_that_are_no_form_are_refused(noise):
    good = pack(SMALL_FORM, subjects=2, group=1, answers=Answers({(1, "overall"): 1}), stub=STUB)
    for packed in (noise, good[:19] + noise, good[:-1], good + b"\1"):
        try:
            found = unpack(SMALL_FORM, packed)
        except ValueError:
            continue
        again = pack(
            SMALL_FORM, subjects=found.subjects, group=found.group, answers=found.answers, stub=found.stub
        )
        assert packed.startswith(again)


@pytest.mark.parametrize(
    "spoil", [lambda good: good + b"\1", lambda good: good[:-3], lambda good: b"\2" + good[1:]]
)
def test_bytes_missing_added_or_of_another_version_are_refused(spoil):
    answers = Answers({(1, "overall"): 1}, {(0, "other"): "路灯"})
    good = pack(SMALL_FORM, subjects=2, group=1, answers=answers, stub=STUB)
    with pytest.raises(ValueError, match="不完整或多出内容|不是这张"):
        unpack(SMALL_FORM, spoil(good))


def test_another_form_is_not_mistaken_for_this_one():
    packed = pack(REPORT, subjects=1, group=1, answers=Answers(), stub=STUB)
    with pytest.raises(ValueError, match="不是这张《党内外群众征求意见表》"):
        unpack(OPINION, packed)
    with pytest.raises(ValueError, match="回执号"):
        pack(REPORT, subjects=1, group=1, answers=Answers(), stub="7" * 16)


def test_what_no_envelope_holds_is_refused_before_the_poll():
    with pytest.raises(ValueError, match="分几次征集"):
        envelope_bytes(SMALL_FORM, 300)


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "没有",
        " 无。",
        "没有意见",
        "暂无意见和建议",
        "没有其他意见了",
        "没什么意见",
        "——",
        "略",
        "我没有意见！",
    ],
)
def test_stock_ways_of_saying_nothing_are_known(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "没有食堂",
        "没有解决停车问题",
        "无人值班",
        "很满意",
        "没有问题反映渠道",
        "无意见箱",
        "没有人管",
        "建议增加窗口",
        "不了解情况的人太多",
    ],
)
def test_what_says_something_is_never_taken_for_nothing(text: str) -> None:
    assert not says_nothing(text)


def test_a_long_text_of_hardly_anything_is_read_at_once() -> None:
    begun = process_time()
    assert not says_nothing("没有意见和" * 2000 + "窗口")
    assert process_time() - begun < 1
