"""What a roster says twice, or in a name that could be cut: told where it stands, and never decided against what is written."""

import pytest

from dianping.orgs.rules.roster import judge
from dianping.orgs.rules.roster.naming import ShortNames
from tests.orgs.rules.tables import FIRST, SECOND, TOP, Sheet, organisations
from tests.orgs.rules.test_roster_kinds import people, read, sheet, told

COLUMNS = ["姓名", "人员类别", "入党时间", "转正时间", "支部"]


# ---- a prolonged probation


@pytest.mark.parametrize(
    "cell",
    ["2010-12-25转正（曾延长半年）", "2010/12/25转正（曾延长半年）", "延长半年至2010.12，2010.12.25转正", "延长半年，2010年12月25日转正"],
)  # fmt: skip
def test_who_was_confirmed_after_a_longer_probation_is_full(cell):
    roster = read(sheet(COLUMNS, ["甘棠", "正式党员", "2009.6", cell, FIRST]))
    assert roster.problems == []
    assert people(roster) == [("甘棠", "full", FIRST)]
    assert str(roster.members[0].confirmed) == "2010-12-25"
    assert "按 2010-12-25 转正读" in told(roster)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("2010.12.25（延长半年后）", "dates.not-a-date"), ("二〇一〇年十二月延长半年", "dates.not-a-date"),
     ("延长半年，2010.13.25转正", "dates.no-such-month")],
)  # fmt: skip
@pytest.mark.parametrize("category", ["正式党员", "预备党员", ""])
def test_a_date_beside_a_longer_probation_that_cannot_be_read_is_asked(cell, code, category):
    roster = read(sheet(COLUMNS, ["甘棠", category, "2009.6", cell, FIRST]))
    assert [(problem.row, problem.column, problem.code) for problem in roster.problems] == [
        (2, "转正时间", code)
    ]
    assert "按还没有转正读" not in told(roster)


def test_full_while_the_probation_goes_on_is_a_contradiction():
    roster = read(sheet(COLUMNS, ["甘棠", "正式党员", "2009.6", "延长一年", FIRST]))
    assert [(problem.row, problem.found, problem.code) for problem in roster.problems] == [
        (2, "延长一年", "orgs.standings-contradict")
    ]
    assert "按还没有转正读" not in told(roster)


@pytest.mark.parametrize("category", ["预备党员", ""])
def test_probationary_while_the_probation_goes_on_is_told(category):
    roster = read(sheet(COLUMNS, ["甘棠", category, "2009.6", "延长一年", FIRST]))
    assert (roster.problems, people(roster)) == ([], [("甘棠", "probationary", FIRST)])
    assert "第 2 行的转正时间写的是“延长一年”，没有写转正的日期，按还没有转正读" in told(roster)


# ---- names


def test_a_joining_sign_at_the_beginning_of_a_name_does_not_cut_it():
    villages = [["平村党支部", "X21", "党支部", TOP, "", ""]]
    work = Sheet(
        "班子", 1, [["姓名", "所属党组织", "职务", "联系点"], ["甘棠", TOP, "党委书记", "和平村支部"]]
    )
    roster = judged_with(villages, work)
    assert [(problem.found, problem.column) for problem in roster.problems] == [("和平村支部", "联系点")]
    there = [*villages, ["和平村党支部", "X22", "党支部", TOP, "", ""]]
    assert judged_with(there, work).leaders[0].contacts == ("和平村党支部",)


def judged_with(more, work):
    return judge([organisations(*more), work])


def test_short_names_are_read_however_many_there_are():
    names = ShortNames(f"某局{n}处党支部" for n in range(100, 1100))
    for n in range(100, 1100):
        assert names.meant(f"{n}处支部") == [f"某局{n}处党支部"]
        assert names.meant(f"某市某局{n}处支部") == []
    assert names.meant("处党支部", lambda name: name.startswith("某局10")) == [
        f"某局{n}处党支部" for n in (*range(100, 110), *range(1000, 1100))
    ]


# ---- lists of committees


def test_a_fault_of_a_committee_is_told_on_its_own_sheet():
    posts = ["支部", "支部书记", "组织委员"]
    roster = read(
        sheet(
            ["姓名", "类别", "支部", "党内职务"],
            ["甘棠", "正式", FIRST, ""],
            ["边子昂", "正式", SECOND, "副书记"],
        ),
        sheet(posts, [FIRST, "甘棠", ""], name="支委一"),
        sheet(posts, [SECOND, "边子昂", "某甲"], name="支委二"),
    )
    assert [(problem.sheet, problem.row, problem.found) for problem in roster.problems] == [
        ("支委二", 2, "某甲")
    ]
    assert "「支委二」第 2 行写边子昂是“支部书记”" in told(roster)
    assert "「支委一」第 2 行写" not in told(roster)
