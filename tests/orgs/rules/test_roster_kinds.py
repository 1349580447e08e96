"""The kinds of things offices put into rosters, in other words than the files have: read, or told; never silently wrong."""

import datetime

import pytest

from dianping.orgs.rules.roster.naming import ShortNames, parts_of
from tests.orgs.rules.tables import FIRST, GENERAL, SECOND, TOP, Sheet, judged

DAY = datetime.date(2011, 3, 31)


def sheet(*rows, name="党员"):
    return Sheet(name, 1, [list(row) for row in rows])


def read(*sheets):
    return judged(*sheets, on=DAY)


def people(roster):
    return [(row.name, row.standing, row.branch_name) for row in roster.members]


def told(roster):
    return "".join((*roster.notes, *map(str, roster.problems)))


# ---- rows within a list that are no people


def test_headings_within_a_list_name_branches_or_nobody():
    roster = read(sheet(
        ["序号", "姓名", "类别", "入党时间", "职务"],
        ["●文学院第一党支部（书记 冉一清，党员2名）", "", "", "", ""],
        [1, "冉一清", "正式", "1990.7", "书记"],
        ["", "离退休党员", "", "", ""],
        [2, "宁致远", "预备", "2010.7", ""],
        ["★ 文学院第二党支部 共1人", "", "", "", ""],
        ["", "第一党小组", "", "", ""],
        [1, "甘棠", "正式", "1990.7", ""],
        ["实有党员3名", "", "", "", ""],
    ))  # fmt: skip
    assert roster.problems == []
    assert people(roster) == [
        ("冉一清", "full", FIRST), ("宁致远", "probationary", FIRST), ("甘棠", "full", SECOND)
    ]  # fmt: skip
    assert roster.skipped == [2, 4, 6, 7, 9]


@pytest.mark.parametrize(
    "row",
    [["（接下页）", ""], ["共 12 条记录", ""], ["合计：", 12], ["二〇一一年三月", ""], ["党员名册（第3页 共9页）", ""],
     ["", "党员名册（续）"], ["应到2人，实到1人", ""], ["", "党支部电话：000-0000"], ["承上页", ""]],
)  # fmt: skip
def test_feet_and_page_titles_are_told_by_number(row):
    roster = read(sheet(["姓名", "性别", "所在党支部"], ["冉党员", "", FIRST], [*row, ""]))
    assert (roster.problems, roster.skipped) == ([], [3])
    assert [person.name for person in roster.members] == ["冉党员"]


def test_a_number_before_a_name_is_no_part_of_it_and_an_organisation_is_no_name():
    roster = read(
        sheet(["姓名", "所在党支部"], ["1.甘棠", FIRST], ["（2）边子昂", FIRST], ["文学院第二党支部", FIRST])
    )
    assert [row.name for row in roster.members] == ["甘棠", "边子昂", ""]
    assert [(problem.row, problem.code) for problem in roster.problems] == [(4, "orgs.name-with-more")]


# ---- columns with other names


@pytest.mark.parametrize("heading", ["类别", "发展阶段", "正式/预备", "现在阶段", "目前情形"])
def test_a_column_that_speaks_of_standing_is_read_whatever_it_is_called(heading):
    roster = read(sheet(
        ["姓名", heading, "入党时间", "支部"], ["甘棠", "正式党员", "1990.7", FIRST],
        ["祁文澜", "积极分子", "", FIRST], ["边子昂", "预备", "1990.7", FIRST],
    ))  # fmt: skip
    assert [(row.name, row.standing) for row in roster.members] == [
        ("甘棠", "full"),
        ("边子昂", "probationary"),
    ]
    assert roster.left_out == ["祁文澜：积极分子"]


def test_a_table_beside_the_list_is_not_part_of_it():
    roster = read(sheet(
        ["姓名", "入党时间", "支部", "", "项目", "人数"],
        ["甘棠", "1990.7", FIRST, "", "预备党员", 1],
        ["边子昂", "1990.7", FIRST, "", "正式党员", 1],
    ))  # fmt: skip
    assert [row.standing for row in roster.members] == ["full", "full"]


def test_a_column_of_branches_is_read_whatever_it_is_called():
    roster = read(
        sheet(["姓名", "入党时间", "组织关系"], ["甘棠", "1990.7", FIRST], ["边子昂", "1990.7", SECOND])
    )
    assert roster.problems == []
    assert [row.branch_name for row in roster.members] == [FIRST, SECOND]
    assert "“组织关系”按“所在党支部”读" in told(roster)


@pytest.mark.parametrize(
    "heading", ["介绍人姓名", "申请入党时间", "转出党支部", "原支部职务", "配偶身份证号"]
)
def test_a_heading_about_another_is_not_taken_for_the_members_own(heading):
    roster = read(sheet(["姓名", "所在党支部", "入党日期", heading], ["甘棠", FIRST, "1990-07-01", "某某"]))
    assert roster.problems == []
    assert f"没有用到的列：{heading}" in told(roster) or heading == "申请入党时间"
    assert (roster.members[0].joined, roster.members[0].party_post) == (datetime.date(1990, 7, 1), "")


def test_a_ledger_with_two_tiers_takes_nobody_without_probation():
    roster = read(sheet(
        ["姓名", "申请", "积极分子", "", "预备期", "正式", "支部"],
        ["姓名", "递交申请书时间", "确定时间", "结业时间", "起止时间", "转正时间", "支部"],
        ["甘棠", "2007.9", "2008.3", "2008.6", "2009.6.20—2010.6.20", "2010.6.20", FIRST],
        ["边子昂", "2008.9", "2009.3", "2009.6", "2010.6.20至2011.6.20", "", FIRST],
        ["祁文澜", "2009.9", "2010.3", "", "", "", FIRST],
        ["冉一清", "2010.9", "", "", "", "", FIRST],
        ["宁致远", "2007.9", "2008.3", "2008.6", "2009.6.20—2010.6.20", "延长一年", FIRST],
    ))  # fmt: skip
    assert people(roster) == [
        ("甘棠", "full", FIRST), ("边子昂", "probationary", FIRST), ("宁致远", "probationary", FIRST)
    ]  # fmt: skip
    assert roster.left_out == [
        "祁文澜：积极分子，没有预备期起止时间",
        "冉一清：入党申请人，没有预备期起止时间",
    ]
    assert "第 7 行的转正时间写的是“延长一年”，没有写转正的日期" in told(roster)


# ---- dates


@pytest.mark.parametrize(
    ("field", "cell", "day"),
    [("入党时间", "85.7", "1985-07-01"), ("入党时间", "05.7.1", "2005-07-01"), ("出生年月", "七一年五月", "1971-05-01"),
     ("入党时间", "2007.7.1入党", "2007-07-01"), ("出生年月", "1984年2月生", "1984-02-01"), ("入党时间", "85/07/01", "1985-07-01"),
     ("入党时间", "2009.12.20～2010.12.20", "2009-12-20")],
)  # fmt: skip
def test_a_date_with_words_around_or_one_possible_century_is_read(field, cell, day):
    roster = read(sheet(["姓名", field, "支部"], ["甘棠", cell, FIRST]))
    assert roster.problems == []
    row = roster.members[0]
    assert str(row.joined if field == "入党时间" else row.born) == day


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("出生年月", "05.3"),
        ("入党时间", "12.7"),
        ("入党时间", "05/07/01"),
        ("入党时间", "15.7"),
        ("出生年月", "不详"),
    ],
)
def test_a_year_that_may_be_two_or_none_is_asked(field, cell):
    (problem,) = read(sheet(["姓名", field, "支部"], ["甘棠", cell, FIRST])).problems
    assert (problem.row, problem.column) == (2, field)


def test_a_year_of_two_figures_is_told_by_row():
    roster = read(sheet(["姓名", "入党时间", "支部"], ["甘棠", "1990.7", FIRST], ["边子昂", "85.7", FIRST]))
    assert "第 3 行的入党时间年份只写了两位" in told(roster)


# ---- names of organisations


@pytest.mark.parametrize(
    ("written", "meant"),
    [("第一支部", FIRST), ("文学院一支部", FIRST), ("2支部", SECOND), ("中共文学院第二支部委员会", SECOND),
     ("示范大学文学院第一党支部", FIRST)],
)  # fmt: skip
def test_a_shorter_name_is_read_where_one_alone_is_meant_and_told(written, meant):
    roster = read(sheet(["姓名", "支部", "入党时间"], ["甘棠", written, "1990.7"]))
    assert roster.problems == []
    assert roster.members[0].branch_name == meant
    assert f"“{written}”按“{meant}”读" in told(roster)


@pytest.mark.parametrize("written", ["文学院", "党支部", "文学院党支部", "第三支部", "历史学院第一党支部"])
def test_a_name_that_is_none_or_several_is_asked(written):
    (problem,) = read(sheet(["姓名", "支部", "入党时间"], ["甘棠", written, "1990.7"])).problems
    assert problem.code in ("orgs.name-unknown", "orgs.name-of-several", "orgs.not-a-branch")


def test_a_number_is_not_cut():
    names = ShortNames(["文学院第一党支部", "文学院第十一党支部"])
    assert names.meant("一支部") == ["文学院第一党支部"]
    assert ShortNames(["文学院第十一党支部"]).meant("一支部") == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [("文学院第二党支部", ("文学院二", "支部")), ("中共某县委员会", ("某县", "委")), ("机关12支部", ("机关十二", "支部")),
     ("某总支", ("某", "总支")), ("机关", ("机关", ""))],
)  # fmt: skip
def test_a_name_in_parts(name, parts):
    assert parts_of(name) == parts


# ---- the shape of sheets


def test_two_branches_side_by_side_keep_their_own():
    roster = read(sheet(
        ["文学院党员名单", "", "", ""], ["第一党支部", "", "第二党支部", ""], ["姓名", "类别", "姓名", "类别"],
        ["甘棠", "正式", "边子昂", "预备"], ["祁文澜", "正式", "", ""],
    ))  # fmt: skip
    assert sorted(people(roster)) == [
        ("甘棠", "full", FIRST), ("祁文澜", "full", FIRST), ("边子昂", "probationary", SECOND)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"), [("2009年度", "2010年度"), ("2009.12", "2010.12"), ("2010年6月", "2010年12月")]
)
def test_an_older_list_beside_this_years_is_asked_about(one, other):
    rows = [["姓名", "入党时间", "支部"], ["甘棠", "1990.7", FIRST], ["边子昂", "1990.7", FIRST]]
    roster = read(sheet(*rows, name=one), sheet(*rows, name=other))
    (problem,) = roster.problems
    assert (problem.code, problem.sheet) == ("orgs.sheet-of-another-time", one)
    assert other in problem.message


def test_lists_of_two_days_with_other_people_are_both_read():
    rows = [["姓名", "入党时间", "支部"], ["甘棠", "1990.7", FIRST]]
    others = [["姓名", "入党时间", "支部"], ["边子昂", "1990.7", SECOND]]
    roster = read(sheet(*rows, name="2009年发展"), sheet(*others, name="2010年发展"))
    assert (len(roster.members), roster.problems) == (2, [])


def test_a_list_on_its_side_is_refused_in_one_sentence():
    roster = read(
        sheet(
            ["姓名", "甘棠", "边子昂"],
            ["性别", "男", "男"],
            ["入党时间", "1990.7", "1991.7"],
            ["支部", FIRST, FIRST],
        )
    )
    assert [problem.code for problem in roster.problems] == ["orgs.sheet-turned"]


def test_an_empty_form_beside_organisations_is_told():
    roster = read(sheet(["序号", "姓名", "入党时间", "支部"], [1, "", "", ""], [2, "", "", ""]))
    assert roster.problems == []
    assert "「党员」只有表头" in told(roster)


# ---- leaders and committees


def test_the_work_of_leaders_names_their_charges_and_the_title_their_seat():
    roster = read(Sheet("班子", 1, [
        ["示范大学领导班子分工一览表", "", "", "", ""],
        ["姓名", "职务", "政治面貌", "分工", "联系点"],
        ["甘棠", "党委书记", "中共党员", "全面工作；分管文学院党总支", "文学院第一党支部及文学院第二党支部"],
        ["边子昂", "副校长", "中共党员", "后勤，联系文学院党总支", "第二党支部"],
        ["宁致远", "党委副书记兼文学院党总支书记", "中共党员", "", ""],
        ["某某", "副校长", "民盟盟员", "", ""],
    ]))  # fmt: skip
    assert roster.problems == []
    assert [
        (row.name, row.organisation_name, row.post, row.in_charge, row.contacts) for row in roster.leaders
    ] == [
        ("甘棠", TOP, "党委书记", (GENERAL,), (FIRST, SECOND)),
        ("边子昂", TOP, "副校长", (), (SECOND,)),
        ("宁致远", TOP, "党委副书记", (), ()),
    ]
    assert roster.left_out == ["某某：民盟盟员"]
    for sentence in (
        "第 5 行的“文学院党总支书记”是文学院党总支的职务",
        "第 4 行“副校长”不是党内职务",
        "第 4 行的分工中“后勤、联系文学院党总支”没有记作",
    ):
        assert sentence in told(roster)


def test_posts_that_are_columns_go_to_the_members_of_the_branch():
    roster = read(
        sheet(["姓名", "类别", "支部"], ["甘棠", "正式", FIRST], ["边子昂", "正式", SECOND]),
        sheet(
            ["支部", "支部书记", "副书记", "组织委员"],
            [FIRST, "甘棠", "暂缺", "甘棠"],
            [SECOND, "空缺", "边子昂（主持工作）", "某甲"],
            name="支委",
        ),
    )
    assert [(row.name, row.party_post) for row in roster.members] == [
        ("甘棠", "支部书记、组织委员"), ("边子昂", "副书记（主持工作）")
    ]  # fmt: skip
    assert [(problem.row, problem.column, problem.found) for problem in roster.problems] == [
        (3, "组织委员", "某甲")
    ]
    assert f"第 3 行{SECOND}的支部书记空缺" in told(roster)


def test_a_post_among_the_remarks_is_told_and_seats_nobody():
    roster = read(sheet(["姓名", "支部", "类别", "备注"], ["甘棠", FIRST, "正式", "支部书记"]))
    assert roster.members[0].party_post == ""
    assert "第 2 行的备注写着“支部书记”" in told(roster)


# ---- several tables, two rows a person, vacancies, codes


def test_tables_below_one_another_are_told_apart():
    roster = read(sheet(
        ["文学院第一党支部人员情况", "", "", "", ""], ["序号", "姓名", "性别", "入党时间", "类别"], [1, "甘棠", "男", "1990.7", "正式"],
        ["", "", "", "", ""], ["二、发展对象名单", "", "", "", ""], ["序号", "姓名", "性别", "确定时间", "培养人"], [1, "祁文澜", "男", "2010.3", "甘棠"],
        ["三、调出党员", "", "", "", ""], ["序号", "姓名", "入党时间", "去向", "办理时间"], [1, "边子昂", "1990.7", "某局", "2010.5"],
    ))  # fmt: skip
    assert roster.problems == []
    assert people(roster) == [("甘棠", "full", FIRST)]
    assert roster.left_out == ["边子昂：调出党员"]
    assert "第 5 行起是另一张表（“二、发展对象名单”）" in told(roster)


@pytest.mark.parametrize(
    "title", ["入党积极分子名单", "2010年发展对象名册", "转出党员名单", "去世党员情况表", "共青团员名册"]
)
def test_a_list_of_others_makes_nobody_a_member(title):
    roster = read(sheet([title, "", ""], ["姓名", "性别", "所在支部"], ["甘棠", "男", FIRST]))
    assert (roster.members, len(roster.left_out)) == ([], 1)


@pytest.mark.parametrize(
    "title", ["党员、积极分子名册", "2010年发展党员名册", "党员名册", "转入转出党员名册", "预备党员名单"]
)
def test_a_list_of_members_or_a_mixed_one_is_read(title):
    assert len(read(sheet([title, "", ""], ["姓名", "性别", "所在支部"], ["甘棠", "男", FIRST])).members) == 1


def test_two_rows_of_one_person_count_once_and_are_told():
    roster = read(sheet(
        ["支部", "姓名", "项目", "7月"], [FIRST, "甘棠", "应交", 3], [FIRST, "甘棠", "已交", 3], [FIRST, "边子昂", "应交", 2],
        [FIRST, "边子昂", "已交", 2],
    ))  # fmt: skip
    assert roster.problems == []
    assert [row.name for row in roster.members] == ["甘棠", "边子昂"]
    assert "第 3、5 行共 2 行与上一行是同一个人" in told(roster)


def test_two_rows_that_are_alike_in_every_cell_are_asked_about():
    roster = read(sheet(["支部", "姓名", "项目"], [FIRST, "甘棠", "甲"], [FIRST, "甘棠", "甲"]))
    assert {problem.code for problem in roster.problems} == {"orgs.namesakes-not-told-apart"}


@pytest.mark.parametrize(
    "row", [["（空缺）", FIRST, "书记", ""], ["暂缺", FIRST, "副书记", ""], ["", FIRST, "书记", "待选举"]]
)
def test_a_vacancy_is_nobody(row):
    roster = read(sheet(["姓名", "党组织", "职务", "备注"], ["甘棠", FIRST, "副书记", "主持工作"], row))
    assert (roster.problems, len(roster.members)) == ([], 1)
    assert roster.members[0].party_post == "副书记（主持工作）"
    assert "第 3 行写的是职务空缺" in told(roster)


def test_codes_before_words_and_instead_of_names_are_read():
    roster = read(
        sheet(["姓名", "性别", "人员类别", "所在党支部代码"], ["甘棠", "1-男", "2-预备党员", "X11"])
    )
    assert roster.problems == []
    assert people(roster) == [("甘棠", "probationary", FIRST)]
    assert roster.members[0].sex == "男"


def test_what_is_only_planned_leaves_nobody_out():
    roster = read(
        sheet(
            ["姓名", "支部", "类别", "备注"],
            ["甘棠", FIRST, "正式", "拟于7月转出"],
            ["边子昂", FIRST, "正式", "已转出"],
        )
    )
    assert [row.name for row in roster.members] == ["甘棠"]


def test_a_column_of_posts_is_read_whatever_it_is_called():
    roster = read(
        sheet(
            ["姓名", "支部", "类别", "支委情形"],
            ["甘棠", FIRST, "正式", "书记"],
            ["边子昂", FIRST, "正式", "组织委员"],
        )
    )
    assert [row.party_post for row in roster.members] == ["书记", "组织委员"]
