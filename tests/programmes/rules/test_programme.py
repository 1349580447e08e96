"""What the shipped papers order, and files that cannot be used.

Basis: 豫创组办发〔2010〕26号 一, 四.4; 平学院创组文〔2010〕1号 1–4; decisions 0001, 0004, 0013; slips B3, B9, B11.
"""

from datetime import date

import pytest

from dianping.base.windows import Window
from dianping.programmes.rules import Unreadable, read_programme
from tests.programmes.rules.papers import PROVINCE, PROVINCE_TEXT, SCHOOL, lines


def test_the_misprinted_date_is_read_as_the_fifteenth_of_december():
    assert PROVINCE.issued == date(2010, 12, 15)


def test_the_round_runs_from_the_paper_to_the_day_before_spring_festival():
    for line in lines(PROVINCE, date(2010, 12, 20)):
        assert (line.rule, line.window) == ("round", Window(date(2010, 12, 15), date(2011, 2, 2)))
    assert len(lines(PROVINCE, date(2010, 12, 20))) == 10


def test_no_quarter_is_owed_before_the_first_whole_one():
    assert lines(PROVINCE, date(2010, 12, 31), rule="quarter") == []
    assert lines(PROVINCE, date(2010, 12, 31), rule="half_year") == []
    assert {line.window for line in lines(PROVINCE, date(2011, 1, 1), rule="quarter")} == {
        Window(date(2011, 1, 1), date(2011, 3, 31))
    }
    assert {line.window for line in lines(PROVINCE, date(2011, 1, 1), rule="half_year")} == {
        Window(date(2011, 1, 1), date(2011, 6, 30))
    }


def test_after_spring_festival_the_round_is_over_and_the_cadences_go_on():
    assert lines(PROVINCE, date(2011, 2, 3), rule="round") == []
    assert lines(PROVINCE, date(2011, 2, 3), rule="quarter") != []


def test_before_the_paper_nothing_is_ordered():
    assert lines(PROVINCE, date(2010, 12, 14)) == []


def test_a_general_branch_follows_the_quarter_and_a_committee_the_half_year():
    quarter = lines(PROVINCE, date(2011, 1, 5), rule="quarter")
    assert {kind for line in quarter if line.responsibility.code == "unit" for kind in line.kinds} == {
        "党总支"
    }
    half_year = lines(PROVINCE, date(2011, 1, 5), rule="half_year")
    units = {kind for line in half_year if line.responsibility.code == "unit" for kind in line.kinds}
    assert units == {"基层党委", "二级党委"}


def test_members_are_owed_once_in_the_round_and_have_no_cadence():
    assert {
        line.rule for line in SCHOOL.lines(date(2011, 1, 5)) if line.responsibility.about == "member"
    } == {"round"}


def test_the_parts_of_a_review_are_those_of_the_paper():
    parts = {t.about: [(p.name, p.required) for p in t.parts] for t in PROVINCE.templates}
    body = [("评价", True), ("取得的成绩", True), ("存在的问题", True), ("努力方向", True)]
    assert parts["organisation"] == parts["secretary"] == body
    assert parts["member"] == [("评价", True), ("成绩", False), ("存在不足", True), ("努力方向", True)]


def test_what_to_look_at_differs_by_kind_of_unit():
    template = PROVINCE.template("organisation")
    named_kinds = ("机关", "企业", "事业", "乡村", "社区", "民族地区", "非公", "社会组织")
    hints = [template.look_at_for(kind) for kind in named_kinds]
    assert len(set(hints)) == len(named_kinds)
    assert all(len(hint) == len(template.look_at) + 1 for hint in hints)
    assert template.look_at_for("") == template.look_at


def test_four_modes_and_five_forms_each_as_the_paper_names_them():
    assert [mode.name for mode in PROVINCE.modes] == ["集中点评", "个别点评", "现场点评", "随机点评"]
    assert [name for _, name in PROVINCE.forms] == [
        "党内外群众征求意见表",
        "群众民主评议表",
        "领导干部点评登记表",
        "领导点评重点问题跟踪整改落实记录表",
        "领导点评工作情况统计表",
    ]


def test_everything_that_binds_carries_its_clause():
    cited = [r.cited for r in SCHOOL.responsibilities] + [c for rule in SCHOOL.rules for c in rule.cited]
    cited += [d.cited for d in SCHOOL.deliverables] + [t.cited for t in SCHOOL.templates]
    assert all(c.paper and c.clause for c in cited)
    assert {c.paper for c in cited} == {"豫创组办发〔2010〕26号", "平学院创组文〔2010〕1号"}


# ---- files that cannot be used


BROKEN = {
    "unknown target": ('target = "member"', 'target = "nobody"', "programmes.target-unknown"),
    "unknown about": ('about = "member"\nkinds', 'about = "everybody"\nkinds', "programmes.about-unknown"),
    "unknown relation": (
        'reviewers = ["own_secretary"]',
        'reviewers = ["whoever"]',
        "programmes.reviewers-unknown",
    ),
    "no clause": ('clause = "一"', 'clause = ""', "programmes.text-missing"),
    "months that tile no year": ("months = 3", "months = 5", "periods.cadence-uneven"),
    "months in words": ("months = 3", 'months = "三"', "programmes.not-a-number"),
    "a round that ends before it begins": ("due = 2011-02-02", "due = 2010-02-02", "periods.out-of-order"),
    "a round without an end": ("due = 2011-02-02", "", "programmes.day-missing"),
    "both a round and a cadence": (
        "months = 3",
        "months = 3\nopens = 2011-01-01\ndue = 2011-01-31",
        "programmes.rule-without-dates",
    ),
    "a date in words": ("issued = 2010-12-15", 'issued = "2010年12月15日"', "programmes.day-missing"),
    "no date": ("issued = 2010-12-15", "", "programmes.day-missing"),
    "a rule without a code": ('code = "round"\n', "", "programmes.text-missing"),
    "a rule without a name": ('name = "春节前普遍点评一轮"\n', "", "programmes.text-missing"),
    "a responsibility without a code": ('code = "member"\n', "", "programmes.text-missing"),
    "a responsibility without a target": ('target = "member"\n', "", "programmes.text-missing"),
    "a rule about nobody": (
        'about = ["unit", "unit_secretary", "committee", "committee_secretary"]',
        'about = ["unit", "no_such"]',
        "programmes.rule-names-unknown",
    ),
    "entry limits in words": ("on_time_days = 7", 'on_time_days = "七"', "programmes.not-a-number"),
    "entry limits below zero": ("on_time_days = 7", "on_time_days = -1", "programmes.not-a-number"),
    "no TOML at all": ("[entry]", "[entry", "toml.malformed"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_file_that_cannot_be_used_is_unreadable_and_says_why(fault):
    old, new, code = BROKEN[fault]
    assert old in PROVINCE_TEXT
    with pytest.raises(Unreadable) as no:
        read_programme(PROVINCE_TEXT.replace(old, new, 1))
    assert no.value.faults[0].code == code


def test_every_fault_of_a_file_is_told_at_once():
    broken = PROVINCE_TEXT.replace('target = "member"', 'target = "x1"').replace(
        'target = "unit"', 'target = "x2"'
    )
    with pytest.raises(Unreadable) as no:
        read_programme(broken)
    assert [fault.code for fault in no.value.faults] == ["programmes.target-unknown"] * 2
    assert "x1" in str(no.value)
    assert "x2" in str(no.value)
