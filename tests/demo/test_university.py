"""The invented university keeps its promises: sizes, identity numbers, posts, and where the cast sits."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dianping.demo import university, words
from dianping.demo.people import identity_number
from dianping.demo.university import CAST, UNIVERSITY, main, write_university
from tests.given import ROSTER

Rows = list[dict[str, object]]


def read(path: Path) -> dict[str, Rows]:
    book = CalamineWorkbook.from_path(path)
    tables = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {
        name: [dict(zip(heads, row, strict=True)) for row in rows] for name, (heads, *rows) in tables.items()
    }


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("university") / "university.xlsx"
    write_university(path)
    return path


@pytest.fixture(scope="session")
def sheets(workbook: Path) -> dict[str, Rows]:
    return read(workbook)


@pytest.fixture
def organisations(sheets: dict[str, Rows]) -> Rows:
    return sheets["党组织"]


@pytest.fixture
def members(sheets: dict[str, Rows]) -> Rows:
    return sheets["党员"]


@pytest.fixture
def leaders(sheets: dict[str, Rows]) -> Rows:
    return sheets["班子成员"]


def years_between(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def test_the_script_started_elsewhere_writes_the_same_bytes(workbook: Path, tmp_path: Path) -> None:
    script = Path(university.__file__)
    done = subprocess.run(
        [sys.executable, script, "again.xlsx"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "党员 4278 行" in done.stdout
    assert (tmp_path / "again.xlsx").read_bytes() == workbook.read_bytes()


def test_the_sheets_carry_their_headings(sheets: dict[str, Rows]) -> None:
    assert {name: list(rows[0]) for name, rows in sheets.items()} == {
        "党组织": words.ORGANISATION_HEADINGS,
        "党员": words.MEMBER_HEADINGS,
        "班子成员": words.LEADER_HEADINGS,
    }
    assert "手机号" not in words.MEMBER_HEADINGS


def test_there_are_214_organisations_of_five_kinds(organisations: Rows) -> None:
    kinds = Counter(row["组织类别"] for row in organisations)
    assert kinds == {"基层党委": 1, "二级党委": 10, "党总支": 9, "直属党支部": 3, "党支部": 191}
    assert (
        len({row["组织名称"] for row in organisations})
        == len({row["组织代码"] for row in organisations})
        == 214
    )


def test_every_superior_stands_above_its_subordinates(organisations: Rows) -> None:
    seen = {""}
    for row in organisations:
        assert row["上级党组织"] in seen
        seen.add(row["组织名称"])
        assert row["成立日期"] < date(2009, 1, 1)
    assert [row["组织名称"] for row in organisations if not row["上级党组织"]] == [UNIVERSITY]


def test_4278_members_sit_in_194_branches(organisations: Rows, members: Rows) -> None:
    branches = {row["组织名称"] for row in organisations if row["组织类别"] in ("党支部", "直属党支部")}
    assert len(branches) == 194
    assert len(members) == 4278
    assert {row["所在党支部"] for row in members} == branches


def test_every_branch_has_exactly_one_secretary(organisations: Rows, members: Rows) -> None:
    secretaries = Counter(row["所在党支部"] for row in members if row["党内职务"] == "党支部书记")
    assert len(secretaries) == 194
    assert set(secretaries.values()) == {1}


def test_every_unit_has_one_secretary_seated_in_a_branch_of_its_own(
    organisations: Rows, members: Rows
) -> None:
    above = {row["组织名称"]: row["上级党组织"] for row in organisations}
    kinds = {row["组织名称"]: row["组织类别"] for row in organisations}
    for post, kind, count in (("党委书记", "二级党委", 10), ("党总支书记", "党总支", 9)):
        units = [above[row["所在党支部"]] for row in members if row["党内职务"] == post]
        assert len(units) == len(set(units)) == count
        assert {kinds[unit] for unit in units} == {kind}


def test_identity_numbers_are_distinct_and_of_nobody(members: Rows) -> None:
    numbers = [str(row["公民身份号码"]) for row in members]
    assert len(set(numbers)) == 4278
    assert all(len(number) == 18 and number.startswith("990000") for number in numbers)


def test_identity_numbers_agree_with_birth_sex_and_check_character(members: Rows) -> None:
    for row in members:
        number = str(row["公民身份号码"])
        values = [10 if mark == "X" else int(mark) for mark in number]
        assert sum(value * pow(2, 17 - place, 11) for place, value in enumerate(values)) % 11 == 1
        assert number[6:14] == f"{row['出生日期']:%Y%m%d}"
        assert ("女", "男")[int(number[16]) % 2] == row["性别"]


def test_the_check_character_of_ten_is_written_x() -> None:
    assert identity_number(date(1959, 4, 5), 731) == "99000019590405731X"


def test_dates_are_those_of_the_winter_of_2010(members: Rows) -> None:
    for row in members:
        assert row["入党日期"] <= date(2010, 11, 15)
        assert years_between(row["出生日期"], row["入党日期"]) >= 18
        if row["人员类别"] == "预备党员":
            assert row["转正日期"] == ""
            assert row["入党日期"] > date(2009, 11, 15)
        else:
            assert row["转正日期"] <= date(2010, 11, 15)
            assert years_between(row["入党日期"], row["转正日期"]) == 1 or row["入党日期"].day == 29


def test_about_18_in_a_hundred_are_on_probation_and_none_of_them_holds_a_post(members: Rows) -> None:
    on_probation = [row for row in members if row["人员类别"] == "预备党员"]
    assert 0.17 < len(on_probation) / len(members) < 0.19
    assert not [row for row in on_probation if row["党内职务"]]


def test_76_members_are_away_and_each_has_a_place_he_went_to(members: Rows) -> None:
    away = [row for row in members if row["是否流动党员"] == "是"]
    assert len(away) == 76
    assert away == [row for row in members if row["流动去向"]]


def test_names_are_met_once_within_a_branch(members: Rows) -> None:
    assert len({(row["所在党支部"], row["姓名"]) for row in members}) == 4278


def test_each_unit_and_direct_branch_has_one_leader_in_charge(organisations: Rows, leaders: Rows) -> None:
    units = [row["组织名称"] for row in organisations if row["上级党组织"] == UNIVERSITY]
    in_charge = [unit for row in leaders for unit in str(row["分管单位"]).split("、")]
    assert len(leaders) == 13
    assert len(in_charge) == 22
    assert set(in_charge) == set(units)


def test_each_leader_has_a_contact_point_of_his_own_outside_his_charge(
    organisations: Rows, leaders: Rows
) -> None:
    above = {row["组织名称"]: row["上级党组织"] for row in organisations if row["组织类别"] == "党支部"}
    assert len({row["联系点"] for row in leaders}) == 13
    for row in leaders:
        assert above[row["联系点"]] not in str(row["分管单位"]).split("、")


def test_leaders_are_members_seated_in_one_branch_of_the_offices(members: Rows, leaders: Rows) -> None:
    seated = [row for row in members if row["党内职务"] == "党委委员"]
    assert {row["所在党支部"] for row in seated} == {"机关第一党支部"}
    assert {(row["姓名"], row["公民身份号码"], row["行政职务"]) for row in seated} == {
        (row["姓名"], row["公民身份号码"], row["职务"]) for row in leaders
    }


def test_each_of_the_cast_is_met_once_and_where_expected(members: Rows) -> None:
    found = [row for row in members if row["姓名"] in CAST]
    assert {row["姓名"]: (row["公民身份号码"], row["所在党支部"]) for row in found} == CAST
    assert len(found) == len(CAST)
    assert {row["姓名"]: row["党内职务"] for row in found if row["党内职务"]} == {
        "甘棠": "党委委员",
        "祁文澜": "党委书记",
        "宁致远": "党支部书记",
        "边子昂": "党支部书记",
    }


def test_the_committee_secretary_comes_first_and_answers_for_the_faculty_of_letters(leaders: Rows) -> None:
    first = leaders[0]
    faculty, general = str(first["分管单位"]).split("、")
    assert (first["姓名"], first["公民身份号码"], first["职务"]) == ("甘棠", CAST["甘棠"].number, "党委书记")
    assert faculty == "中共明川大学文学院委员会"
    assert general.endswith("总支部委员会")


def test_a_path_that_cannot_be_written_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "missing" / "out.xlsx")]) == 1
    assert "没有写出任何文件" in capsys.readouterr().err


def test_the_shape_is_that_of_the_other_invented_roster(sheets: dict[str, Rows]) -> None:
    other = read(ROSTER)
    for name, column in (("党组织", "组织类别"), ("党员", "党内职务"), ("党员", "是否流动党员")):
        assert Counter(row[column] for row in sheets[name]) == Counter(row[column] for row in other[name])
    for name, rows in sheets.items():
        assert [head for head in other[name][0] if head != "手机号"] == list(rows[0])
