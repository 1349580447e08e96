"""The plain table under every form."""

from datetime import date

import pytest

from dianping.base.papers.heading import Heading, day, numbered, share
from dianping.base.papers.table import LEGEND, Cell, Column, HeaderCell, Sheet, filled, legend


def sheet_of(columns, rows):
    return Sheet("k", "试表", "示范大学党委", "2011年", date(2011, 4, 6), (), tuple(columns), rows)


def test_a_row_that_does_not_cover_the_columns_is_refused():
    with pytest.raises(ValueError, match="第 2 行占 1 栏，本表有 2 栏"):
        sheet_of([Column("甲", 1), Column("乙", 1)], [(Cell(span=2),), (Cell(),)])


def test_neighbours_of_one_group_share_a_heading():
    columns = [
        Column("序号", 1),
        Column("票数", 1, group="满意"),
        Column("率", 1, group="满意"),
        Column("备注", 1),
    ]
    assert sheet_of(columns, []).header() == (
        (HeaderCell("序号", lines=2), HeaderCell("满意", columns=2), HeaderCell("备注", lines=2)),
        (HeaderCell("票数"), HeaderCell("率")),
    )


def test_without_groups_the_header_is_one_line():
    assert sheet_of([Column("甲", 1), Column("乙", 1)], []).header() == (
        (HeaderCell("甲"), HeaderCell("乙")),
    )


def test_blanks_and_spaces_count_as_missing():
    assert filled("  ", missing="尚未写评价").missing == "尚未写评价"
    assert filled("很好", missing="尚未写评价").missing == ""


def test_the_legend_stands_only_where_something_is_missing():
    assert legend([(Cell("有"),)]) == ()
    assert legend([(Cell("有"),), (Cell(missing="尚未登记"),)]) == (LEGEND,)


def test_a_zero_is_shown_and_nothing_is_not():
    assert Cell(number=0).shown == "0"
    assert Cell().shown == ""


@pytest.mark.parametrize(
    ("part", "base", "text", "number"),
    [
        (0, 10, "0.0%", 0.0),
        (10, 10, "100.0%", 1.0),
        (2, 3, "66.7%", 0.667),
        (3, 141, "2.1%", 0.021),
        (4509, 4510, "超过99.9%", 0.999),
        (1, 100_000, "不足0.1%", 0.001),
        (1, 2000, "0.1%", 0.001),
    ],
)
def test_a_share_has_one_decimal_and_says_all_or_none_only_of_all_or_none(part, base, text, number):
    cell = share(part, base)
    assert (cell.text, cell.number) == (text, number)


def test_a_share_of_nothing_is_not_said():
    assert (share(0, 0).text, share(0, 0).number) == ("—", None)


def test_days_carry_no_leading_zeros():
    assert day(date(2011, 1, 9)) == "2011年1月9日"


def test_a_list_is_numbered_and_leaves_empty_texts_out():
    assert numbered(("甲", " ", "乙")) == "1. 甲\n2. 乙"


def test_every_form_names_its_organisation_period_and_day():
    labels = Heading("示范大学党委", "2011年第一季度", date(2011, 4, 6)).lines(("发出", "3 份"))
    assert labels == (
        ("填报单位（盖章）", "示范大学党委"),
        ("所属期", "2011年第一季度"),
        ("填报日期", "2011年4月6日"),
        ("发出", "3 份"),
    )
