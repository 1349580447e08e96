"""Sheets are known by their headings, wherever these stand and however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.orgs.rules.roster import judge
from dianping.orgs.rules.roster.words import words
from tests.orgs.rules.tables import (
    FIRST,
    MEMBER_HEADINGS,
    ORGANISATION_HEADINGS,
    Sheet,
    leaders,
    member,
    members,
    number,
    organisations,
    the_problem,
)  # fmt: skip

IDENTITY = number("19670513", 235)


def read(sheet):
    roster = judge([organisations(), sheet])
    assert roster.problems == []
    return roster


@pytest.mark.parametrize(
    "heading",
    [
        "身份证号",
        "公民身份号码",
        "身份证号码",
        "身份证件号",
        "身 份 证 号",
        "身份证号\n（必填）",
        "*身份证号：",
        "４.身份证号",
    ],
)
def test_the_identity_column_is_known_by_many_names(heading):
    sheet = Sheet("表", 1, [["姓名", heading, "所在党支部"], ["冉党员", IDENTITY, FIRST]])
    assert read(sheet).members[0].identity == IDENTITY


@pytest.mark.parametrize(
    "heading", ["所属支部", "所在党支部", "所在支部", "党支部", "所\u200b在\u00a0支部", "所在党支部（全称）"]
)
def test_the_branch_column_is_known_by_many_names(heading):
    assert read(Sheet("表", 1, [["姓名", heading], ["冉党员", FIRST]])).members[0].branch_name == FIRST


@pytest.mark.parametrize("titles", range(19))
def test_headings_are_found_below_any_number_of_titles(titles):
    above = [["某某大学党员名册", "", ""], [], ["填报单位：某处", "", "2011年1月"]]
    rows = [above[at % 3] for at in range(titles)]
    sheet = Sheet("表", 3, [*rows, MEMBER_HEADINGS, member()])
    assert read(sheet).members[0].row == 3 + titles + 1


def test_headings_in_two_tiers_are_read_together():
    upper = ["姓名", "基本情况", "", "党籍", ""]
    lower = ["", "性别", "民族", "入党日期", "所在党支部"]
    merged = ["姓名", "性别", "民族", "入党日期", "所在党支部"]
    for second in (lower, merged):
        (row,) = read(Sheet("表", 1, [upper, second, ["冉党员", "男", "汉族", "1990-1-1", FIRST]])).members
        assert (row.row, row.name, row.nation) == (3, "冉党员", "汉族")


def test_the_name_of_a_sheet_means_nothing():
    roster = judge([organisations()._replace(name="党员"), members(member(), name="党组织")])
    assert roster.problems == []
    assert (len(roster.organisations), len(roster.members)) == (4, 1)


def test_the_order_of_sheets_means_nothing():
    roster = judge(
        [leaders(["甘书记", "", "示范大学党委", "党委书记", FIRST, ""]), members(member()), organisations()]
    )
    assert roster.problems == []


@given(st.permutations(range(len(MEMBER_HEADINGS))))
def test_the_order_of_columns_means_nothing(order):
    row = member(sex="男", identity=IDENTITY, joined="1990-10-20", employee_no="7")
    sheet = members([row[at] for at in order], headings=[MEMBER_HEADINGS[at] for at in order])
    assert read(sheet).members == read(members(row)).members


def test_the_better_of_two_headings_wins_and_the_other_is_listed():
    sheet = Sheet(
        "表", 1, [["姓名", "职务", "党内职务", "所在党支部"], ["冉党员", "处长", "组织委员", FIRST]]
    )
    roster = read(sheet)
    assert roster.members[0].party_post == "组织委员"
    assert any("没有用到的列：职务" in note for note in roster.notes)


def test_unknown_columns_are_ignored_and_listed():
    sheet = members([*member(), "本科"], headings=[*MEMBER_HEADINGS, "学历"])
    assert any("没有用到的列：学历" in note for note in read(sheet).notes)


def test_a_missing_column_is_told_at_the_heading_row():
    sheet = Sheet("表", 1, [["名册"], [heading for heading in ORGANISATION_HEADINGS if heading != "上级党组织"],
                           ["甲党委", "X0", "基层党委", "", ""]])  # fmt: skip
    problem = the_problem(judge([sheet]))
    assert (problem.row, problem.column) == (2, "上级党组织")
    assert problem.code == "orgs.column-missing"


def test_a_sheet_without_known_headings_is_noted():
    roster = read(Sheet("说明", 1, [["填表说明", "甲"], ["一", "二"]]))
    assert any("「说明」中没有找到" in note for note in roster.notes)


@pytest.mark.parametrize(
    "sheets", [[], [Sheet("空", 1, [])], [Sheet("文", 1, [["甲", "乙"]])], [Sheet("数", 1, [[1.0, 2.0]])]]
)
def test_a_file_without_any_roster_is_one_problem(sheets):
    assert the_problem(judge(sheets)).code == "orgs.roster-without-headings"


@pytest.mark.parametrize(
    "row",
    [
        ["小计", "", "", ""],
        ["", "合 计", "", ""],
        ["备注：以上为在册人数", "", "", ""],
        ["合计", "", "", "共2人"],
        [1.0, "总计", "", ""],
        ["填表人：某某", "", "", ""],
        ["序号", "姓名", "性别", "所在党支部"],
    ],
)
def test_totals_remarks_and_repeated_headings_are_no_records(row):
    heading = ["序号", "姓名", "性别", "所在党支部"]
    roster = read(Sheet("表", 1, [heading, [1.0, "冉党员", "", FIRST], row, [2.0, "宁支书", "", FIRST]]))
    assert [found.row for found in roster.members] == [2, 4]
    assert any("第 3 行是小计" in note for note in roster.notes)


def test_blank_and_merely_numbered_rows_are_no_records():
    sheet = Sheet(
        "表",
        1,
        [
            ["序号", "姓名", "所在党支部"],
            [1.0, "冉党员", FIRST],
            [],
            ["", "", ""],
            [2.0, "", " "],
            [3.0, "宁支书", FIRST],
        ],
    )
    assert [found.row for found in read(sheet).members] == [2, 6]


def test_a_hidden_sheet_is_not_read_and_told():
    roster = judge(
        [organisations(), members(member(), name="去年")._replace(hidden=True), members(member("宁支书"))]
    )
    assert [row.name for row in roster.members] == ["宁支书"]
    assert any("「去年」是隐藏的，没有读取" in note for note in roster.notes)


def test_no_heading_means_two_fields_of_one_sheet():
    for fields in words().fields.values():
        headings = [heading for field in fields.values() for heading in field.ranks]
        assert len(headings) == len(set(headings))


def test_no_heading_is_both_read_and_not_kept():
    for fields in words().fields.values():
        assert not words().not_kept & {heading for field in fields.values() for heading in field.ranks}
