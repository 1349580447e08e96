"""The two notices of the winter of 2010, read from the given file: every rule, every slip, nothing else."""

from datetime import date

import pytest

from dianping.notices.rules import read_notice
from tests.given import SEED

# Rule of the given list: which paper, which values, in which clause, words that must be among theirs.
RULES = {
    1: ("S", "cites", "转", "豫创组发〔2010〕26号"),
    3: ("S", "responsibilities", "1", "校领导"),
    4: ("S", "summary", "2", "总结"),
    5: ("S", "deliverables", "2", "每个党员的公开承诺书"),
    6: ("S", "responsibilities", "3", "党支部书记"),
    7: ("S", "combining", "3", "民主生活会"),
    8: ("S", "deliverables", "3", "开展情况"),
    9: ("S", "hearings", "4", "听取"),
    10: ("S", "responsibilities", "4", "集中点评"),
    11: ("P", "relations", "一", "隶属关系"),
    12: ("P", "responsibilities", "一", "每名党员"),
    13: ("P", "responsibilities", "一", "所属党支部及其书记"),
    14: ("P", "responsibilities", "一", "分管单位和联系点"),
    15: ("P", "oversight", "一", "抓好"),
    16: ("P", "settling", "一", "责任"),
    17: ("P", "scope", "一", "流动党员"),
    18: ("P", "criteria", "二", "五个好"),
    19: ("P", "parts", "二", "取得的成绩"),
    20: ("P", "focus", "二", "党群共建"),
    21: ("P", "by kind", "二", "区分情况"),
    22: ("P", "focus", "二", "带头"),
    23: ("P", "parts", "二", "存在不足"),
    24: ("P", "focus", "二", "立足本职"),
    25: ("P", "occasion", "三.1", "支部委员会"),
    26: ("P", "consequences", "三.2", "约谈"),
    27: ("P", "combining", "三.3", "年度考核"),
    28: ("P", "sample", "三.4", "随机抽样"),
    29: ("P", "grounds", "四.1", "征求意见"),
    30: ("P", "quality", "四.1", "成绩"),
    31: ("P", "publishing", "四.1", "通报"),
    32: ("P", "models", "四.1", "先进典型"),
    33: ("P", "deliverables", "四.1", "专门书面报告"),
    34: ("P", "leading", "四.2", "带头"),
    35: ("P", "forms", "四.3", "领导干部点评登记表"),
    36: ("P", "filing", "四.3", "归档"),
    37: ("P", "everyday", "四.4", "定期点评"),
    38: ("P", "cadences", "四.4", "每季度"),
    39: ("P", "round", "四.4", "普遍开展一次"),
    40: ("P", "coverage", "四.4", "全覆盖"),
    41: ("P", "oversight", "四.4", "督促检查"),
}
NOT_FOUND: dict[int, str] = {}  # number: why; rule 2 is the list of addressees, tested by itself


@pytest.fixture(scope="module")
def papers():
    cover = read_notice(SEED.read_text("utf-8"))
    (paper,) = cover.enclosed
    return {"S": cover, "P": paper}


def test_all_rules_are_found_or_named_as_not_found():
    assert sorted({2, *RULES, *NOT_FOUND}) == list(range(1, 42))


@pytest.mark.parametrize("number", RULES)
def test_a_rule_is_found_in_its_clause(papers, number):
    paper, kind, clause, words = RULES[number]
    values = getattr(papers[paper], kind, None)
    if values is None or kind == "forms":
        told = (*papers[paper].demands, *papers[paper].forms)
        values = [one for one in told if one.kind in (kind, "form")]
    assert [
        one for one in values if one.clause == clause and words in f"{one.text}{getattr(one, 'number', '')}"
    ]


def test_heads_and_signatures(papers):
    cover, paper = papers["S"], papers["P"]
    assert (cover.number, cover.kind, cover.dated) == ("平学院创组文〔2010〕1号", "转发", date(2010, 12, 31))
    assert cover.issuer == cover.signature == "平顶山学院创先争优活动领导小组"
    assert cover.addressees == ("各党总支", "直属党支部")
    assert (paper.number, paper.kind, paper.dated) == ("豫创组办发〔2010〕26号", "通知", date(2010, 12, 15))
    assert paper.issuer == "河南省委创先争优活动领导小组办公室"
    assert paper.signature == "中共河南省委创先争优活动领导小组"
    assert paper.aliases == ("豫创组发〔2010〕26号",)
    assert [cite.number for cite in paper.cites] == ["创先发〔2010〕25号", "创先办〔2010〕7号"]
    assert len(paper.addressees) == 6


def test_clauses_of_both(papers):
    assert [clause.id for clause in papers["S"].clauses] == ["转", "1", "2", "3", "4"]
    numbered = ["一", "二", "三.1", "三.2", "三.3", "三.4", "四.1", "四.2", "四.3", "四.4"]
    assert [clause.id for clause in papers["P"].clauses] == ["引", *numbered]


def test_dates_and_no_others(papers):
    assert [(one.clause, one.opens, one.due) for one in papers["S"].dates] == [
        ("1", None, date(2011, 1, 10)),
        ("2", None, date(2011, 1, 9)),
        ("3", None, date(2011, 1, 10)),
        ("4", date(2011, 1, 11), date(2011, 1, 20)),
    ]
    assert [(one.clause, one.opens, one.due) for one in papers["P"].dates] == [
        ("四.4", date(2010, 12, 15), date(2011, 2, 2))
    ]


def test_cadences_and_no_others(papers):
    assert papers["S"].cadences == ()
    assert [(one.about, one.months, one.times) for one in papers["P"].cadences] == [
        ("基层党委", 6, 1),
        ("基层党委书记", 6, 1),
        ("党支部", 3, 1),
        ("党支部书记", 3, 1),
    ]


def test_responsibilities_and_no_others(papers):
    assert [(one.reviewer, one.about) for one in papers["S"].responsibilities] == [
        ("校领导", "主管或联系单位"),
        ("各党总支（直属党支部）书记、党支部书记", ""),
        ("党委", "各党总支、直属党支部书记"),
    ]
    assert [(one.reviewer, one.about) for one in papers["P"].responsibilities] == [
        ("党支部书记", "本支部每名党员"),
        ("基层党委书记", "所属党支部及其书记"),
        ("省、市、县（市、区）党委、部门党组（党委）及其领导班子成员", "分管单位和联系点"),
    ]


def test_deliverables_and_no_others(papers):
    office = "校创先争优活动领导小组办公室"
    assert [(one.what, one.by, one.to, one.due) for one in papers["S"].deliverables] == [
        ("每个党员的公开承诺书", "各单位", office, date(2011, 1, 9)),
        ("各单位践诺的整体情况", "各单位", office, date(2011, 1, 9)),
        ("开展情况", "各单位", office, date(2011, 1, 10)),
    ]
    assert [(one.what, one.by, one.until) for one in papers["P"].deliverables] == [
        ("专门书面报告", "被点评对象", "下次领导点评前")
    ]


def test_forms_modes_and_consequences(papers):
    assert len(papers["P"].forms) == 5
    assert papers["S"].forms == ()
    assert [(one.kind, one.clause) for one in papers["P"].modes] == [
        ("collective", "三.1"),
        ("individual", "三.2"),
        ("on_site", "三.3"),
        ("random", "三.4"),
    ]
    assert [one.clause for one in papers["P"].consequences] == ["三.2", "四.1"]
    assert papers["S"].consequences == ()


def test_other_demands_and_no_others(papers):
    assert [(one.clause, one.kind) for one in papers["S"].demands] == [
        ("转", "forwarding"), ("2", "summary"), ("3", "combining"), ("3", "parts"), ("4", "preparing"),
    ]  # fmt: skip
    assert [(one.clause, one.kind) for one in papers["P"].demands] == [
        ("一", "relations"), ("一", "oversight"), ("一", "settling"), ("一", "scope"), ("二", "criteria"), ("二", "parts"),
        ("二", "focus"), ("二", "by kind"), ("二", "focus"), ("二", "parts"), ("二", "focus"), ("三.1", "occasion"),
        ("三.1", "occasion"), ("三.2", "occasion"), ("三.3", "combining"), ("三.4", "in passing"), ("三.4", "sample"),
        ("四.1", "grounds"), ("四.1", "quality"), ("四.1", "publishing"), ("四.1", "models"), ("四.2", "oversight"),
        ("四.2", "leading"), ("四.3", "forms"), ("四.3", "summary"), ("四.3", "filing"), ("四.3", "feedback"),
        ("四.4", "everyday"), ("四.4", "round"), ("四.4", "coverage"), ("四.4", "oversight"),
    ]  # fmt: skip
    assert papers["S"].reach == papers["P"].reach == ""


def test_every_slip_is_a_doubt_and_nothing_else_is(papers):
    slips = {
        "two numbers": "豫创组办发〔2010〕26号",  # B1
        "left out": "2011-01-10",  # B4
        "vague": "2011-01-11 至 2011-01-20",  # B5
        "two times": "2011-01-10",  # B6
        "order": "补报",  # B7
        "rest day": "2011-01-09",  # B7
        "level": "党总支",  # B11
        "stray word": "听取各党总支",  # B14
        "meeting": "组织生活会",  # B20
    }
    enclosed = {
        "issuer": "办公室",  # B2
        "impossible date": "2010-12-15",  # B3
        "lunar date": "2011-02-02",  # B9
        "from now": "2010-12-15",  # B10
        "no reviewer": "上一级",  # B12
        "brackets": "创先发〔2010〕25号",  # B21
    }
    for told, paper in ((slips, papers["S"]), (enclosed, papers["P"])):
        assert sorted(doubt.kind for doubt in paper.doubts) == sorted(told)
        assert all(told[doubt.kind] in doubt.reading for doubt in paper.doubts)
        assert all(doubt.why and doubt.text for doubt in paper.doubts)
