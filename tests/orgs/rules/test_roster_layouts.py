"""Rosters as offices keep them: who is no member, one sheet a branch, section rows, 同上, two people a row, no codes."""

import datetime
from functools import partial

import pytest

from dianping.common.office.reading import read_sheets
from dianping.orgs.rules.roster import Known, judge
from tests.given import ROSTERS
from tests.orgs.rules.tables import FIRST, GENERAL, SECOND, Sheet, judged, member, members, organisations

DAY = datetime.date(2011, 1, 5)
STAFF, STAFF_TWO = "文学院教工第一党支部", "文学院教工第二党支部"
HELD = Known(
    {"中共云岭大学委员会": ("YL", "基层党委"), STAFF: ("YL1", "党支部"), STAFF_TWO: ("YL2", "党支部")}
)


def given(number):
    (path,) = (p for p in ROSTERS.glob(f"{number}-*") if p.suffix != ".json")
    return read_sheets(path, reader=None, then=partial(judge, known=HELD, on=DAY))


def people(roster):
    return [(row.name, row.standing) for row in roster.members]


# ---- files as they came


def test_r01_the_political_status_decides_who_is_a_member():
    roster = given("r01")
    assert people(roster) == [("石新田", "full"), ("方远", "probationary")]
    assert roster.left_out == ["白小满：共青团员", "古月：群众"]


def test_r02_a_ledger_of_development_gives_its_probationary_members():
    roster = given("r02")
    assert [(row.name, row.standing, row.party_post) for row in roster.members] == [
        ("石新田", "probationary", "党支部书记"),
        ("古月", "probationary", "组织委员"),
    ]
    assert roster.left_out == ["白小满：积极分子，没有预备党员日期"]


def test_r04_a_total_beside_the_names_is_no_member():
    roster = given("r04")
    assert (roster.problems, roster.skipped, len(roster.members)) == ([], [3], 1)


def test_r06_numbers_wrapped_as_formulas_are_read():
    roster = given("r06")
    assert roster.problems == []
    assert [row.identity for row in roster.members] == [
        "990000197205139016",
        "990000198002289027",
        "990000199111119048",
    ]


def test_r07_zeros_of_a_number_format_are_kept():
    assert [row.employee_no for row in given("r07").members] == ["00080101", "00080102"]


def test_r08_a_hidden_sheet_is_told_and_not_read():
    roster = given("r08")
    assert [row.name for row in roster.members] == ["石新田", "白小满"]
    assert any("「去年」是隐藏的，没有读取" in note for note in roster.notes)


def test_r10_a_sheet_a_branch():
    roster = given("r10")
    assert [(row.name, row.branch_name, row.party_post) for row in roster.members] == [
        ("石新田", STAFF, "书记"), ("白小满", STAFF, "组织委员"), ("古月", STAFF_TWO, "")
    ]  # fmt: skip
    assert roster.problems == []


def test_r11_sentences_hold_no_word_of_ours():
    roster = given("r11")
    assert "full" not in "".join(map(str, roster.problems)) + "".join(roster.notes)
    assert "类别癸：群众" in roster.left_out
    assert ("类别庚", "probationary") in people(roster)


def test_r13_stray_signs_in_names_are_told_by_row():
    roster = given("r13")
    told = "".join(map(str, roster.problems)) + "".join(roster.notes)
    for row in (12, 13, 14, 15, 16, 18, 19, 21, 23):
        assert f"第 {row} 行" in told
    for row in (2, 5, 7, 8, 9, 17, 22):
        assert f"第 {row} 行" not in told


def test_r14_section_rows_name_the_branch():
    roster = given("r14")
    assert [row.branch_name for row in roster.members] == [STAFF, STAFF, STAFF_TWO]
    assert roster.members[2].standing == "probationary"
    assert roster.problems == []


def test_r15_codes_and_kinds_are_supplied_and_told():
    roster = given("r15")
    assert roster.problems == []
    assert [(row.code, row.kind) for row in roster.organisations] == [
        ("DZ01", "基层党委"),
        ("DZ0101", "党支部"),
    ]
    assert any("系统编了 2 个" in note and "某局机关党支部 DZ0101" in note for note in roster.notes)


# ---- others of these kinds


@pytest.mark.parametrize(
    ("headings", "cells", "standing"),
    [
        (["人员类别"], ["离退休党员"], "full"),
        (["人员类别", "转正日期"], ["党员", "1996-07-01"], "full"),
        (["人员类别"], ["预备党员（延长预备期）"], "probationary"),
        (["党籍状态"], ["预备"], "probationary"),
        (["政治面貌", "入党时间"], ["中共党员", "2010-06-18"], "probationary"),
        (["政治面貌", "入党时间"], ["中共党员", "1995-07-01"], "full"),
        (["备注"], ["预备党员"], "probationary"),
        (["备注"], ["2010.6转正"], "full"),
        (["预备党员日期", "正式党员日期"], ["2009-12-01", ""], "probationary"),
    ],
)  # fmt: skip
def test_what_the_columns_say_decides_the_standing(headings, cells, standing):
    sheet = Sheet("党员", 1, [["姓名", "所在党支部", "工号", *headings], ["冉党员", FIRST, "1", *cells]])
    roster = judged(sheet, on=DAY)
    assert roster.problems == []
    assert people(roster) == [("冉党员", standing)]


@pytest.mark.parametrize(
    "word",
    ["群众", "共青团员", "入党积极分子", "发展对象", "民盟盟员", "无党派人士", "已转出", "去世", "停止党籍"],
)
@pytest.mark.parametrize("heading", ["人员类别", "政治面貌", "党籍状态"])
def test_who_is_no_member_is_left_out_by_name(heading, word):
    rows = [
        ["姓名", heading, "身份证号", "所在党支部"],
        ["冉党员", word, "1", "没有的支部"],
        ["宁支书", "", "", FIRST],
    ]
    roster = judged(Sheet("党员", 1, rows))
    assert roster.problems == []  # nothing else of the row is asked about
    assert roster.left_out == [f"冉党员：{word}"]
    assert [row.name for row in roster.members] == ["宁支书"]


def test_two_columns_that_contradict_one_another_are_told():
    rows = [["姓名", "人员类别", "政治面貌", "所在党支部"], ["冉党员", "正式党员", "群众", FIRST]]
    (problem,) = judged(Sheet("党员", 1, rows)).problems
    assert "不能都对" in problem.message


@pytest.mark.parametrize("row", [
    ["本页小计", 2, "", ""], ["", "2人", "", ""], ["党员总数", "12", "", ""], ["填表人：某某", "", "审核人：某某", ""],
    ["党支部书记（签字）：", "", "", ""], ["2011年1月5日", "", "", ""], ["第 1 页", "", "", ""], ["（以下空白）", "", "", ""],
])  # fmt: skip
def test_rows_below_the_list_are_no_members(row):
    rows = [["序号", "姓名", "性别", "所在党支部"], [1, "冉党员", "", FIRST], row]
    roster = judged(Sheet("党员", 1, rows))
    if row[0]:
        assert roster.problems == []
        assert [found.name for found in roster.members] == ["冉党员"]
    else:
        assert [problem.column for problem in roster.problems] == ["姓名", "所在党支部"]


@pytest.mark.parametrize("mark", ["〃", "同上", "″", "〃 "])
def test_the_same_as_above_is_the_same(mark):
    rows = [["姓名", "入党日期", "所在党支部"], ["冉党员", "1995-07-01", SECOND], ["宁支书", mark, mark]]
    roster = judged(Sheet("党员", 1, rows))
    assert roster.problems == []
    assert [(row.joined.year, row.branch_name) for row in roster.members] == [(1995, SECOND)] * 2


def test_two_people_a_row_are_both_read():
    half = ["序号", "姓名", "性别", "所在党支部"]
    rows = [
        [*half, "", *half],
        [1, "冉党员", "男", FIRST, "", 2, "宁支书", "女", SECOND],
        [3, "边同志", "男", FIRST, "", "", "", "", ""],
    ]
    roster = judged(Sheet("党员", 1, rows))
    assert roster.problems == []
    assert {(row.name, row.sex, row.branch_name) for row in roster.members} == {
        ("冉党员", "男", FIRST), ("宁支书", "女", SECOND), ("边同志", "男", FIRST)
    }  # fmt: skip


def test_two_names_a_row_that_do_not_repeat_are_told():
    rows = [["序号", "姓名", "所在党支部", "姓名"], [1, "冉党员", FIRST, "宁支书"]]
    roster = judged(Sheet("党员", 1, rows))
    assert "一行一名党员" in roster.problems[0].message


@pytest.mark.parametrize(
    "title",
    [
        "一、文学院第二党支部（2人）",
        "文学院第二党支部",
        "党支部名称：文学院第二党支部",
        "（二）文学院第二党支部 共2人",
    ],
)
def test_a_section_row_names_the_branch_of_those_below(title):
    rows = [["姓名", "入党时间"], [title], ["冉党员", "1995.7"], ["宁支书", "2001.7"]]
    roster = judged(Sheet("名册", 1, rows))
    assert roster.problems == []
    assert [row.branch_name for row in roster.members] == [SECOND] * 2


def test_an_unknown_section_is_told_once_where_it_stands():
    rows = [["姓名", "入党时间"], ["一、文学院第三党支部"], ["冉党员", "1995.7"], ["宁支书", "2001.7"]]
    (problem,) = judged(Sheet("名册", 1, rows)).problems
    assert (problem.row, "小标题" in problem.message) == (2, True)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", SECOND),
        ("文学院第二党支部党员花名册", "Sheet1"),
        ("2011年文学院第二党支部党员名单", "1"),
        ("单位：文学院", "第二党支部"),
    ],
)
def test_a_sheet_of_one_branch_takes_it_from_title_or_name(title, name):
    rows = [[title, ""], ["姓名", "入党时间"], ["冉党员", "1995.7"]]
    roster = judged(Sheet(name, 1, rows))
    assert roster.problems == []
    assert roster.members[0].branch_name == SECOND


def test_a_sheet_of_no_known_branch_says_what_helps():
    (problem,) = judged(Sheet("文学院第三党支部", 1, [["姓名", "入党时间"], ["冉党员", "1995.7"]])).problems
    assert "把表名或表题改成党支部的全称" in problem.message


def test_codes_that_the_system_has_are_kept_and_new_ones_are_free():
    known = Known({"示范大学党委": ("X0", "基层党委"), GENERAL: ("X001", "党总支")})
    rows = [
        ["党组织名称", "上级党组织"],
        ["示范大学党委", ""],
        [GENERAL, "示范大学党委"],
        ["新党支部", "示范大学党委"],
    ]
    roster = judge([Sheet("党组织", 1, rows)], known=known)
    assert roster.problems == []
    assert [row.code for row in roster.organisations] == ["X0", "X001", "X002"]


def test_a_name_that_tells_no_kind_asks_for_one():
    roster = judge([Sheet("党组织", 1, [["党组织名称", "上级党组织"], ["办公室", ""]])])
    assert "看不出组织类别" in roster.problems[0].message


def test_marks_beside_names_do_not_make_other_people():
    roster = judged(members(member("△冉党员"), member("宁支书（女）"), name="党员"))
    assert [row.name for row in roster.members] == ["冉党员", "宁支书"]
    assert sum("读。" in note for note in roster.notes) == 2


def test_the_standard_workbook_needs_none_of_this():
    assert judge([organisations(), members(member(standing="正式党员"))]).notes == []
