"""《领导点评重点问题跟踪整改落实记录表》."""

from dataclasses import replace
from datetime import date

import pytest

from dianping.ledgers.rules import (
    ItemState,
    OwedReport,
    RectificationFacts,
    RectificationItem,
    rectification_log,
)
from dianping.ledgers.rules.rectification import COLUMNS, NO_PROBLEM
from tests.ledgers.rules.examples import HEADING, ITEMS

PLACE = {column.title.replace("\n", ""): n for n, column in enumerate(COLUMNS)}
REPORT = "未解决的去向（书面报告）"
BARE = RectificationItem(source="", problem="", state=ItemState.OPEN)


def cell(item, title):
    return rectification_log(RectificationFacts(HEADING, (item,))).rows[0][PLACE[title]]


def test_a_closed_problem_prints_its_whole_way_and_misses_nothing():
    cells = rectification_log(ITEMS).rows[0]
    assert [c.missing for c in cells if c.missing] == []
    assert cells[PLACE["整改措施"]].text == "1. 学期初两份计划一并排定\n2. 每季度至少合办两次"
    assert cells[PLACE["进展"]].text.split("\n")[1] == "2011年3月15日：合办第二次专题活动，31 人到会。"
    assert cells[PLACE["验收人"]].text == "甘文渊"
    assert cells[PLACE["销号日期"]].text == "2011年\n3月28日"
    assert cells[PLACE[REPORT]].text == "—"


def test_every_empty_cell_names_its_act_and_the_cause_may_stay_empty():
    missing = {title: cell(BARE, title).missing for title in PLACE}
    assert {title: act for title, act in missing.items() if act} == {
        "来源": "尚未注明来源",
        "问题": "尚未写明问题",
        "整改措施": "尚未登记整改措施",
        "责任人": "尚未明确责任人",
        "责任单位": "尚未明确责任单位",
        "完成时限": "尚未确定完成时限",
        "进展": "尚未登记进展",
        "验收人": "尚未申请销号",
        "销号日期": "尚未销号",
    }


@pytest.mark.parametrize(
    ("state", "verified", "closed"),
    [
        (ItemState.IN_PROGRESS, "尚未申请销号", "尚未销号"),
        (ItemState.CLOSE_REQUESTED, "尚未验收", "尚未验收销号"),
        (ItemState.CLOSED, "尚未登记验收人", "尚未登记销号日期"),
        (ItemState.UNRESOLVED, "尚未登记认定人", "未解决，尚未销号"),
    ],
)
def test_the_next_act_depends_on_how_far_the_problem_has_come(state, verified, closed):
    item = replace(BARE, state=state)
    assert (cell(item, "验收人").missing, cell(item, "销号日期").missing) == (verified, closed)


def test_an_overdue_problem_says_by_how_many_days_and_a_closed_one_does_not():
    item = replace(BARE, state=ItemState.IN_PROGRESS, due=date(2011, 3, 20))
    assert cell(item, "状态").text == "整改中\n逾期 17 日"
    assert cell(replace(item, state=ItemState.CLOSED), "状态").text == "已销号"
    assert cell(replace(item, due=HEADING.filled_on), "状态").text == "整改中"


def test_an_unresolved_problem_without_a_demand_says_the_demand_is_missing():
    assert cell(replace(BARE, state=ItemState.UNRESOLVED), REPORT).missing == "尚未要求写出专门书面报告"


def test_a_report_owed_says_until_when_and_a_filed_one_when():
    owed = OwedReport(date(2011, 3, 31), record="duty:9")
    unresolved = replace(BARE, state=ItemState.UNRESOLVED, report=owed)
    asked = cell(unresolved, REPORT)
    assert asked.missing == "尚未交专门书面报告，应于2011年3月31日前交，已逾期 6 日"
    assert asked.record == "duty:9"
    filed = cell(replace(unresolved, report=replace(owed, filed_on=date(2011, 3, 31))), REPORT)
    assert (filed.text, filed.missing) == ("专门书面报告2011年3月31日已交", "")
    late = cell(replace(unresolved, report=replace(owed, filed_on=date(2011, 4, 1))), REPORT)
    assert late.text.endswith("已交（逾期）")


def test_a_recorded_reason_stands_beside_the_missing_report():
    report = OwedReport(date(2011, 5, 31), reason="书记空缺")
    found = cell(replace(BARE, state=ItemState.UNRESOLVED, report=report), REPORT)
    assert found.text == "未交的原因：书记空缺"
    assert found.missing == "尚未交专门书面报告，应于2011年5月31日前交"


def test_no_problem_at_all_is_said_across_the_table():
    assert rectification_log(RectificationFacts(HEADING)).rows[0][0].missing == NO_PROBLEM


def test_the_head_counts_problems_and_closed_ones():
    assert rectification_log(ITEMS).head[3:] == (("问题", "4 个"), ("已销号", "1 个"))
