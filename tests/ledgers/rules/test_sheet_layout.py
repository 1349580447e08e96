"""How paper and row heights are reckoned."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.base.papers.layout import (
    COMPACT,
    LANDSCAPE,
    PORTRAIT,
    column_widths,
    line_count,
    may_break,
    paper_of,
    printable,
    row_height,
    sizes_of,
)
from dianping.base.papers.table import Cell, Column, Sheet


def sheet_of(**kinds):
    columns = (Column("甲", 10), Column("乙", 30))
    return Sheet("k", "试表", "示范大学党委", "2011年", date(2011, 4, 6), (), columns, [], **kinds)


@pytest.mark.parametrize(
    ("kinds", "paper"),
    [({}, PORTRAIT), ({"compact": True}, COMPACT), ({"landscape": True, "compact": True}, LANDSCAPE)],
)
def test_every_paper_is_a4_and_its_columns_fill_it(kinds, paper):
    sheet = sheet_of(**kinds)
    assert paper_of(sheet) is paper
    assert sorted((paper.width, paper.height)) == [210, 297]
    narrow, wide = column_widths(sheet)
    assert narrow + wide == pytest.approx(paper.measure)
    assert wide == pytest.approx(3 * narrow)


def test_portrait_has_the_type_area_of_the_standard():
    assert (PORTRAIT.measure, PORTRAIT.depth) == (156, 225)


def test_only_a_row_taller_than_half_a_page_may_break():
    sheet = sheet_of()
    measures = (column_widths(sheet), sizes_of(sheet))
    assert not may_break((Cell("一"), Cell("短")), *measures, paper_of(sheet))
    assert may_break((Cell("一"), Cell("长" * 2000)), *measures, paper_of(sheet))


def test_a_cell_over_two_columns_has_their_room():
    sheet = sheet_of()
    measures = (column_widths(sheet), sizes_of(sheet))
    text = "字" * 60
    assert row_height((Cell(text, span=2),), *measures) < row_height((Cell(text), Cell()), *measures)


@given(st.text(), st.text(min_size=1), st.floats(1, 80))
def test_more_text_never_takes_fewer_lines(text, more, room):
    assert line_count(text + more, room) >= line_count(text, room)


@given(st.text(alphabet=st.characters()))
def test_printable_text_keeps_all_but_what_no_format_carries(text):
    plain = printable(text)
    plain.encode()
    assert not any(ord(c) < 32 and c != "\n" for c in plain)
    assert printable(plain) == plain


def test_printable_keeps_rare_characters_and_line_ends():
    assert printable("宁𠮷\r\n朗\x00\x0b\ud800") == "宁𠮷\n朗"
