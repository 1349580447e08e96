"""《群众民主评议表》."""

from dataclasses import replace

import pytest

from dianping.ledgers.rules import (
    MEMBER_HEADINGS,
    ORGANISATION_HEADINGS,
    AppraisalFacts,
    HeadingTally,
    appraisal_form,
)
from dianping.ledgers.rules.appraisal import NO_BASE_NOTE, NOT_HELD_NOTE
from tests.ledgers.rules.examples import APPRAISAL, HEADING


def test_an_organisation_has_five_headings_and_a_member_four():
    for headings, count in ((ORGANISATION_HEADINGS, 5), (MEMBER_HEADINGS, 4)):
        rows = appraisal_form(AppraisalFacts(HEADING, "高远", headings=headings)).rows
        assert [row[1].text for row in rows] == list(headings)
        assert len(rows) == count


def test_before_an_appraisal_every_grade_of_every_heading_says_so():
    sheet = appraisal_form(AppraisalFacts(HEADING, "文学院党总支"))
    assert {cell.missing for row in sheet.rows for cell in row[2:]} == {"尚未组织评议"}
    assert [len(row) for row in sheet.rows] == [6] * 5
    assert NOT_HELD_NOTE in sheet.notes
    assert not any(cell.number is not None for row in sheet.rows for cell in row[1:])


def test_votes_stand_beside_their_shares():
    row = appraisal_form(APPRAISAL).rows[0]
    assert [cell.shown for cell in row[2:]] == ["128", "90.8%", "9", "6.4%", "3", "2.1%", "1", "0.7%"]
    assert row[2].record == "tally:1"


def test_too_few_votes_are_withheld_in_words():
    cells = appraisal_form(APPRAISAL).rows[2][2:]
    assert [(cell.text, cell.missing, cell.span) for cell in cells] == [("不足 5 票，不单列", "", 8)]


def test_a_vote_in_which_nobody_voted_has_no_shares():
    facts = replace(APPRAISAL, tallies={ORGANISATION_HEADINGS[0]: HeadingTally((0, 0, 0, 0))})
    sheet = appraisal_form(facts)
    assert [cell.shown for cell in sheet.rows[0][2:]] == ["0", "—"] * 4
    assert NO_BASE_NOTE in sheet.notes


def test_grades_are_the_schemes_and_must_match_the_votes():
    facts = AppraisalFacts(
        HEADING, "高远", grades=("好", "差"), tallies={ORGANISATION_HEADINGS[0]: HeadingTally((3, 1))}
    )
    assert [column.group for column in appraisal_form(facts).columns[2:]] == ["好", "好", "差", "差"]
    with pytest.raises(ValueError, match="有 3 个票数，等次有 2 个"):
        appraisal_form(replace(facts, tallies={ORGANISATION_HEADINGS[0]: HeadingTally((3, 1, 0))}))
