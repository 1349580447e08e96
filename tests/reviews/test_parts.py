"""The parts of a review stand in one list; everything that shows, takes or compares them goes through it."""

from dataclasses import fields

import pytest
from django.db.models import TextField

from dianping.base.windows import parse_period
from dianping.ledgers.selectors.registers import review_facts
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.pages.reviews.forms import CorrectionForm, ReviewForm
from dianping.reviews.inputs import ReviewInput
from dianping.reviews.models import Review
from dianping.reviews.rules.offline import HEADINGS
from dianping.reviews.rules.parts import CORRECTED, LABELS, PARTS, SAID
from dianping.reviews.selectors import parts_kept, parts_of, text_of
from tests.factories import University
from tests.reviews.telling import NEW_YEAR, words


def test_every_text_of_a_review_is_a_part_of_the_list_and_every_part_can_be_written() -> None:
    columns = {f.name for f in Review._meta.concrete_fields if isinstance(f, TextField)}
    assert columns == set(LABELS)
    given = {field.name for field in fields(ReviewInput)}
    assert {part.key for part in PARTS} <= given


def test_the_forms_have_a_box_for_each_part() -> None:
    assert set(LABELS) <= set(ReviewForm.base_fields)
    assert [name for name in CorrectionForm.base_fields if name in LABELS] == [
        *(part.key for part in CORRECTED),
        "ground_absence",
    ]
    for part in CORRECTED:
        assert ReviewForm.base_fields[part.key].label == part.label


def test_the_workbook_has_a_column_for_each_part_but_one_and_three_problems() -> None:
    at = [HEADINGS.index(label) for label in LABELS.values() if label != LABELS["report_absence"]]
    assert at == sorted(at)
    assert LABELS["report_absence"] not in HEADINGS
    assert HEADINGS[10:16] == ("评价", "成绩", "问题1", "问题1责任人", "问题1期限", "问题2")


@pytest.mark.django_db
def test_the_register_has_a_column_for_each_part_that_is_said_of_the_target(opened: University) -> None:
    facts = review_facts(LedgerScope(opened.letters, parse_period("2011Q1"), NEW_YEAR))
    titles = [column.title for column in facts.columns if column.group == "点评内容"]
    assert titles == [part.column for part in SAID]
    assert {"评价", "成绩", "不足（问题）", "努力方向"} <= set(titles)


def test_a_review_is_read_part_by_part_and_compared_by_what_it_says() -> None:
    said = words(evidence="走访", late_reason="出差")
    read = parts_of(said, "member")
    assert [(one.label, one.text) for one in read if one.text] == [
        ("评价", said.evaluation),
        ("努力方向", said.direction),
        ("依据", "走访"),
        ("补录原因", "出差"),
    ]
    assert [one.label for one in read if one.part.many] == ["不足"]
    assert [one.label for one in parts_of(said, "secretary") if one.part.many] == ["问题"]
    texts = {part.key: getattr(said, part.key) for part in SAID if not part.many}
    assert text_of(texts, ["联系群众不够"]) == f"{said.evaluation}\n联系群众不够\n{said.direction}"


def test_what_a_reopening_kept_is_read_in_the_same_order() -> None:
    kept = {
        "direction": "乙",
        "evaluation": "甲",
        "problems": [{"text": "丙"}, {"text": "丁"}],
        "recorder": "x",
    }
    assert parts_kept(kept, "member") == [("评价", "甲"), ("不足", "丙；丁"), ("努力方向", "乙")]
