"""Faults of members, each told with its row, its column, and what to do."""

import datetime

import pytest

from dianping.orgs.rules.roster import Known, judge
from tests.orgs.rules.tables import (
    FIRST,
    GENERAL,
    MEMBER_HEADINGS,
    SECOND,
    TOP,
    judged,
    member,
    members,
    number,
    the_problem,
)

MAN = number("19670513", 235)
WOMAN = number("19670513", 234)


def problem_of(*rows, **options):
    return the_problem(judged(members(*rows), **options))


def test_a_sound_member_is_read_whole():
    row = member("冉　党员", sex="男", identity=MAN, born="1967.5.13", joined="1990-10-20", confirmed="1991年10月20日",
                 standing="正式党员", party_post="党支部书记", employee_no=20110012.0, mobile="是", mobile_to="北京市")  # fmt: skip
    roster = judged(members(row))
    assert roster.problems == []
    (read,) = roster.members
    assert (read.row, read.sheet, read.name, read.sex, read.identity) == (2, "党员", "冉党员", "男", MAN)
    assert (read.born, read.joined, read.confirmed) == (
        datetime.date(1967, 5, 13), datetime.date(1990, 10, 20), datetime.date(1991, 10, 20),
    )  # fmt: skip
    assert (read.standing, read.branch_name, read.party_post, read.employee_no) == (
        "full",
        FIRST,
        "党支部书记",
        "20110012",
    )
    assert (read.mobile, read.mobile_to) == (True, "北京市")


def test_sex_and_birth_are_taken_from_the_number():
    (read,) = judged(members(member(identity=WOMAN))).members
    assert (read.sex, read.born) == ("女", datetime.date(1967, 5, 13))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("预备党员", "probationary"), ("预备", "probationary"), ("正式", "full"), ("", "full")],
)
def test_standing_is_full_or_probationary(written, kept):
    roster = judged(members(member(standing=written)))
    assert roster.problems == []
    assert roster.members[0].standing == kept
    assert any("没有填写人员类别" in note for note in roster.notes) == (written == "")


@pytest.mark.parametrize(
    ("fields", "column", "found", "code"),
    [
        ({"identity": MAN[:17] + "1"}, "公民身份号码", "990000********2351", "identities.wrong-check-digit"),
        ({"identity": 990000196705132342.0}, "公民身份号码", "9.9e+17", "identities.digits-lost"),
        ({"identity": MAN, "born": "1967-05-14"}, "出生日期", "1967-05-14", "orgs.birth-differs"),
        ({"identity": MAN, "sex": "女"}, "性别", "女", "orgs.sex-differs"),
        ({"sex": "不详"}, "性别", "不详", "orgs.word-not-expected"),
        ({"branch_name": "文学院三支部"}, "所在党支部", "文学院三支部", "orgs.name-unknown"),
        ({"branch_name": ""}, "所在党支部", "", "orgs.cell-empty"),
        ({"branch_name": GENERAL}, "所在党支部", GENERAL, "orgs.not-a-branch"),
        ({"branch_name": TOP}, "所在党支部", TOP, "orgs.not-a-branch"),
        ({"joined": "2010-02-30"}, "入党日期", "2010-02-30", "dates.no-such-day"),
        ({"joined": "10.2.3"}, "入党日期", "10.2.3", "dates.century-missing"),
        ({"identity": MAN, "joined": "1983-05-12"}, "入党日期", "1983-05-12", "orgs.joined-too-young"),
        ({"born": "1967-05-13", "joined": "1970-01-01"}, "入党日期", "1970-01-01", "orgs.joined-too-young"),
        ({"joined": "1990-10-20", "confirmed": "1990-10-19"}, "转正日期", "1990-10-19", "orgs.confirmed-before-joining"),
        ({"standing": "其他"}, "人员类别", "其他", "orgs.word-not-expected"),
        ({"mobile": "也许"}, "是否流动党员", "也许", "orgs.word-not-expected"),
        ({"party_post": "#N/A"}, "党内职务", "#N/A", "orgs.error-value"),
        ({"employee_no": 1.2e17}, "工号", "1.2e+17", "orgs.number-digits-lost"),
        ({"mobile_to": "远" * 121}, "流动去向", "远" * 40 + "……", "orgs.text-too-long"),
    ],
)  # fmt: skip
def test_each_fault_of_one_row_is_told(fields, column, found, code):
    problem = problem_of(member(**fields))
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("党员", 2, column, found)
    assert problem.code == code


@pytest.mark.parametrize("name", ["", 12.0, "12", "名" * 61, "#REF!"])
def test_what_is_no_name_is_told_once(name):
    assert problem_of(member(name, identity=MAN)).column == "姓名"


@pytest.mark.parametrize("fields", [{"joined": "1983-05-13"}, {"joined": "1983-05"}, {"joined": "1983年5月"}])
def test_the_sixteenth_birthday_is_not_too_early(fields):
    assert judged(members(member(identity=MAN, **fields))).problems == []


def test_a_month_is_held_against_the_month_only():
    headings = ["出生年月" if heading == "出生日期" else heading for heading in MEMBER_HEADINGS]
    good = member(identity=MAN, born=datetime.date(1967, 5, 1))
    bad = member("宁支书", identity=WOMAN, born=datetime.date(1967, 6, 1))
    roster = judged(members(good, bad, headings=headings))
    assert the_problem(roster).row == 3
    assert roster.members[0].born == datetime.date(1967, 5, 13)
    assert judged(members(member(identity=MAN, born="1967.05"))).problems == []


def test_future_dates_are_faults_only_when_today_is_told():
    row = member(joined="2011-03-01")
    assert judged(members(row)).problems == []
    assert problem_of(row, today=datetime.date(2011, 2, 28)).code == "orgs.date-in-future"
    assert judged(members(row), today=datetime.date(2011, 3, 1)).problems == []


def test_one_number_twice_names_both_rows():
    problem = problem_of(member(identity=MAN), member(identity=MAN.lower(), branch_name=SECOND))
    assert (problem.row, problem.column) == (3, "公民身份号码")
    assert "「党员」第 2 行" in problem.message
    assert problem.code == "orgs.member-twice"
    assert MAN not in problem.message + problem.found


def test_one_number_under_two_names_names_both():
    problem = problem_of(member(identity=MAN), member("宁支书", identity=MAN))
    assert problem.code == "orgs.number-under-two-names"
    assert "“冉党员”" in problem.message
    assert "“宁支书”" in problem.message


def test_an_old_number_and_its_new_form_are_one():
    roster = judged(members(member(identity=MAN), member(identity=MAN[:6] + MAN[8:17])))
    assert the_problem(roster).row == 3
    assert any("15 位旧式号码" in note for note in roster.notes)


def test_one_number_twice_is_found_across_sheets():
    roster = judged(members(member(identity=MAN)), members(member(identity=MAN), name="党员（续）"))
    problem = the_problem(roster)
    assert (problem.sheet, problem.row) == ("党员（续）", 2)
    assert "「党员」第 2 行" in problem.message


def test_one_employee_number_twice_is_told():
    problem = problem_of(member(employee_no="007"), member("宁支书", employee_no="007"))
    assert (problem.row, problem.column, problem.found) == (3, "工号", "007")


def test_namesakes_are_told_apart_by_number():
    assert judged(members(member(identity=MAN), member(identity=WOMAN))).problems == []


def test_namesakes_with_employee_numbers_are_two_people():
    assert judged(members(member(employee_no="1"), member(employee_no="2"))).problems == []


def test_namesakes_in_two_branches_need_no_number():
    assert judged(members(member(), member(branch_name=SECOND))).problems == []


def test_namesakes_of_one_branch_without_any_number_are_told():
    roster = judged(members(member(), member("冉 党员"), member("宁支书")))
    assert [(problem.row, problem.column) for problem in roster.problems] == [(2, "姓名"), (3, "姓名")]
    assert "「党员」第 3 行" in roster.problems[0].message
    assert roster.problems[0].code == "orgs.namesakes-not-told-apart"


def test_of_namesakes_only_the_one_without_a_number_is_told():
    assert problem_of(member(identity=MAN), member()).row == 3


def test_a_branch_has_one_secretary():
    problem = problem_of(
        member(identity=MAN, party_post="党支部书记"), member("宁支书", identity=WOMAN, party_post="书记")
    )
    assert (problem.row, problem.column, problem.found) == (3, "党内职务", "书记")
    assert problem.code == "orgs.two-secretaries"
    assert f"“{FIRST}”已有书记“冉党员”（「党员」第 2 行）" in problem.message


def test_two_branches_have_two_secretaries():
    rows = [
        member(identity=MAN, party_post="支部书记"),
        member("宁支书", identity=WOMAN, party_post="支部书记", branch_name=SECOND),
    ]
    assert judged(members(*rows)).problems == []


@pytest.mark.parametrize("post", ["总支书记", "党委书记"])
def test_superior_organisations_have_one_secretary_too(post):
    rows = [
        member(identity=MAN, party_post=post),
        member("宁支书", identity=WOMAN, party_post=post, branch_name=SECOND),
    ]
    assert problem_of(*rows).row == 3


def test_a_secretary_and_a_deputy_do_not_clash():
    rows = [
        member(party_post="书记"),
        member("宁支书", party_post="副书记（主持工作）"),
        member("边同志", party_post="纪委书记"),
    ]
    assert judged(members(*rows)).problems == []


def test_all_faults_are_told_at_once():
    rows = [
        member("", identity="1"),
        member(sex="x", joined="x", standing="x"),
        member("宁支书", branch_name="无此支部"),
    ]
    roster = judged(members(*rows))
    assert [(problem.row, problem.column) for problem in roster.problems] == [
        (2, "姓名"), (2, "公民身份号码"), (3, "人员类别"), (3, "性别"), (3, "入党日期"), (4, "所在党支部"),
    ]  # fmt: skip
    assert len(roster.members) == 3


def test_members_alone_are_judged_against_the_system():
    known = Known({FIRST: ("X11", "党支部"), TOP: ("X0", "基层党委")})
    roster = judge(
        [members(member(branch_name="文学院 第一党支部"), member("宁支书", branch_name=TOP))], known=known
    )
    assert the_problem(roster).row == 3
    assert roster.members[0].branch_name == FIRST


def test_without_any_organisation_one_problem_says_so():
    problem = the_problem(judge([members(member(), member("宁支书"))]))
    assert (problem.row, problem.column) == (1, "所在党支部")
    assert problem.code == "orgs.roster-without-organisations"


def test_phone_numbers_are_never_kept():
    sheet = members([*member(), "19900000000"], headings=[*MEMBER_HEADINGS, "手机号"])
    roster = judged(sheet)
    assert roster.problems == []
    assert "19900000000" not in str(roster)
    assert any("手机号" in note and "不保存" in note for note in roster.notes)


def test_identity_numbers_are_masked_in_problems():
    wrong = MAN[:17] + ("1" if MAN[17] != "1" else "2")
    problem = problem_of(member(identity=wrong))
    assert wrong not in str(problem) + problem.found
    assert str(problem).startswith("「党员」第 2 行「公民身份号码」：写的是“990000********")
