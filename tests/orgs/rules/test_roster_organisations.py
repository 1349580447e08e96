"""Faults of organisations, each told with its row, its column, and what to do."""

import pytest

from dianping.orgs.rules.roster import Known, judge
from tests.orgs.rules.tables import (
    FIRST,
    GENERAL,
    ORGANISATION_HEADINGS,
    TOP,
    Sheet,
    organisations,
    the_problem,
)


def problem_of(*more, **options):
    return the_problem(judge([organisations(*more)], **options))


def test_a_sound_tree_has_no_problems():
    roster = judge([organisations()])
    assert roster.problems == []
    assert [row.parent_name for row in roster.organisations] == ["", TOP, GENERAL, GENERAL]
    assert [row.row for row in roster.organisations] == [2, 3, 4, 5]
    assert str(roster.organisations[0].founded) == "1977-06-01"


@pytest.mark.parametrize(("place", "column"), [(0, "组织名称"), (1, "组织代码"), (2, "组织类别")])
def test_a_missing_name_code_or_kind_is_a_fault(place, column):
    row = ["新党支部", "X9", "党支部", GENERAL, "", ""]
    row[place] = ""
    problem = problem_of(row)
    assert (problem.sheet, problem.row, problem.column) == ("党组织", 6, column)
    assert problem.code == "orgs.cell-empty"


def test_two_organisations_with_one_name_are_told_with_both_rows():
    problem = problem_of([f" {FIRST} ", "X9", "党支部", TOP, "", ""])
    assert (problem.row, problem.column) == (6, "组织名称")
    assert problem.code == "orgs.name-twice"
    assert "「党组织」第 4 行" in problem.message


def test_two_organisations_with_one_code_are_told_with_both_rows():
    problem = problem_of(["新党支部", "X11", "党支部", GENERAL, "", ""])
    assert (problem.row, problem.column, problem.found) == (6, "组织代码", "X11")
    assert problem.code == "orgs.code-twice"
    assert "「党组织」第 4 行" in problem.message


def test_an_unknown_parent_is_told_with_the_nearest_name():
    problem = problem_of(["新党支部", "X9", "党支部", "文学院总之部", "", ""])
    assert (problem.row, problem.column, problem.found) == (6, "上级党组织", "文学院总之部")
    assert f"是否指“{GENERAL}”？" in problem.message


def test_an_organisation_that_is_its_own_parent_is_told():
    problem = problem_of(["新党支部", "X9", "党支部", "新党支部", "", ""])
    assert (problem.row, problem.column) == (6, "上级党组织")
    assert problem.code == "orgs.parents-in-a-ring"
    assert "它自己" in problem.message


def test_a_ring_of_superiors_is_told_once_and_whole():
    ring = [["甲总支", "A", "党总支", "丙总支", "", ""], ["乙总支", "B", "党总支", "甲总支", "", ""],
            ["丙总支", "C", "党总支", "乙总支", "", ""], ["丁支部", "D", "党支部", "丙总支", "", ""]]  # fmt: skip
    problem = problem_of(*ring)
    assert problem.row == 6
    assert problem.code == "orgs.parents-in-a-ring"
    assert "甲总支 → 丙总支 → 乙总支 → 甲总支" in problem.message


def test_more_than_thirty_levels_are_told_at_the_first_too_many():
    chain = [
        [f"第{at:03d}层总支", f"Z{at}", "党总支", f"第{at - 1:03d}层总支" if at > 2 else TOP, "", ""]
        for at in range(2, 202)
    ]
    problem = problem_of(*chain)
    assert problem.row == 6 + 31 - 2
    assert problem.code == "orgs.too-deep"
    assert "第 31 层" in problem.message


def test_thirty_levels_are_allowed():
    chain = [
        [f"第{at:03d}层总支", f"Z{at}", "党总支", f"第{at - 1:03d}层总支" if at > 2 else TOP, "", ""]
        for at in range(2, 31)
    ]
    assert judge([organisations(*chain)]).problems == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [("分党委", "二级党委"), ("总支", "党总支"), ("总支部", "党总支"), ("支部", "党支部"), ("直属支部", "直属党支部"),
     ("联合支部", "联合党支部"), ("党 委", "基层党委"), ("党工委", "工委"), ("党组", "党组"), ("临时支部", "临时党支部")],
)  # fmt: skip
def test_other_words_for_a_kind_are_understood(written, kept):
    roster = judge([organisations(["新", "X9", written, TOP, "", ""])])
    assert roster.problems == []
    assert roster.organisations[-1].kind == kept


def test_an_unknown_kind_is_told_with_a_guess():
    problem = problem_of(["新", "X9", "党的总支部", TOP, "", ""])
    assert (problem.column, problem.found) == ("组织类别", "党的总支部")
    assert "是否指“党总支”？" in problem.message
    assert "联合党支部" in problem.message


@pytest.mark.parametrize(
    ("written", "kept"),
    [("高等学校", "高校"), ("国有企业", "企业"), ("非公有制企业", "非公"), ("农村", "乡村"), ("乡镇", "乡村"),
     ("街道社区", "社区"), ("事业单位", "事业"), ("党政机关", "机关"), ("社会团体", "社会组织"), ("", "")],
)  # fmt: skip
def test_other_words_for_a_kind_of_unit_are_understood(written, kept):
    roster = judge([organisations(["新", "X9", "党支部", TOP, written, ""])])
    assert roster.problems == []
    assert roster.organisations[-1].unit_kind == kept


def test_an_unknown_kind_of_unit_is_told():
    problem = problem_of(["新", "X9", "党支部", TOP, "大学城", ""])
    assert (problem.column, problem.found) == ("单位类型", "大学城")
    assert "是否指“高校”？" in problem.message


def test_an_impossible_founding_date_is_told():
    problem = problem_of(["新", "X9", "党支部", TOP, "", "1999-02-30"])
    assert (problem.column, problem.found) == ("成立日期", "1999-02-30")
    assert problem.code == "dates.no-such-day"


def test_the_system_supplies_parents():
    known = Known({TOP: ("X0", "基层党委")})
    sheet = Sheet("新", 1, [ORGANISATION_HEADINGS, ["新党支部", "X9", "党支部", f"{TOP} ", "", ""]])
    roster = judge([sheet], known=known)
    assert roster.problems == []
    assert roster.organisations[0].parent_name == TOP


def test_the_same_organisation_may_come_again():
    known = Known({TOP: ("X0", "基层党委"), FIRST: ("X11", "党支部")})
    assert judge([organisations()], known=known).problems == []


@pytest.mark.parametrize(
    ("known", "column", "code", "words"),
    [({FIRST: ("Y1", "党支部")}, "组织代码", "orgs.code-differs", "系统中“文学院第一党支部”的代码是“Y1”"),
     ({"旧名党支部": ("X11", "党支部")}, "组织代码", "orgs.code-of-another", "系统中代码“X11”属于“旧名党支部”")],
)  # fmt: skip
def test_a_clash_with_the_system_is_told(known, column, code, words):
    problem = the_problem(judge([organisations()], known=Known(known)))
    assert (problem.row, problem.column, problem.code) == (4, column, code)
    assert words in problem.message


def test_several_tops_are_noted_and_no_fault():
    roster = judge([organisations(["另一党委", "Y0", "基层党委", "", "", ""])])
    assert roster.problems == []
    assert any("另一党委" in note and "没有上级" in note for note in roster.notes)


def test_a_text_too_long_for_its_column_is_told():
    problem = problem_of(["名" * 121, "X9", "党支部", TOP, "", ""])
    assert problem.column == "组织名称"
    assert problem.code == "orgs.text-too-long"
    assert "最多 120 个字" in problem.message
    assert len(problem.found) < 60
