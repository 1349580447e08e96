"""《领导干部点评登记表》."""

from dataclasses import replace
from datetime import date

from dianping.ledgers.rules import ReviewFacts, review_register
from dianping.ledgers.rules.reviews import NO_REVIEW, OwedReview
from tests.ledgers.rules.examples import (
    BARE_REVIEW,
    BRANCH_REVIEW,
    HEADING,
    MEMBER_REVIEW,
    OPTIONAL_FOR_MEMBERS,
    PARTS,
    REVIEWS,
)

PLACE = {column.title.replace("\n", ""): n for n, column in enumerate(REVIEWS.columns)}


def row(entry):
    return review_register(ReviewFacts(HEADING, (entry,), parts=PARTS)).rows[0]


def cell(entry, title):
    return row(entry)[PLACE[title]]


def test_a_full_review_prints_what_was_recorded_and_misses_nothing():
    cells = row(BRANCH_REVIEW)
    assert [c.missing for c in cells if c.missing] == []
    assert cells[PLACE["点评人及职务"]].text == "甘文渊\n文学院党总支书记"
    assert cells[PLACE["点评时间"]].text == "2011年\n1月7日"
    assert cells[PLACE["方式"]].text == "现场"
    assert cells[PLACE["定期日常"]].text == "定期"
    assert cells[PLACE["不足（问题）"]].text.startswith("1. 教研活动")
    assert "\n2. 承诺书第三条" in cells[PLACE["不足（问题）"]].text
    assert cells[PLACE["按时补录"]].text == "按时"


def test_every_empty_required_cell_names_its_act():
    missing = {title: cell(BARE_REVIEW, title).missing for title in PLACE}
    assert {title: act for title, act in missing.items() if act} == {
        "点评人及职务": "尚未登记点评人",
        "方式": "尚未选定方式",
        "定期日常": "尚未选定",
        "评价": "尚未写评价",
        "成绩": "尚未写成绩",
        "不足（问题）": "尚未指出不足",
        "努力方向": "尚未写努力方向",
        "依据": "尚未注明依据（调研、征求意见等）",
        "本人意见": "尚未反馈本人并登记其意见",
        "按时补录": "尚未写明补录原因",
    }


def test_a_members_achievements_may_stay_empty():
    assert cell(MEMBER_REVIEW, "成绩").missing == ""
    assert cell(replace(MEMBER_REVIEW, required=OPTIONAL_FOR_MEMBERS | {"achievements"}), "成绩").missing


def test_a_linked_activity_is_never_a_missing_act():
    assert cell(BARE_REVIEW, "结合的活动").missing == ""


def test_a_late_entry_says_so_and_why():
    assert cell(MEMBER_REVIEW, "按时补录").text == "补录：出差在外"
    assert cell(BARE_REVIEW, "按时补录").text == "补录"


def test_cells_open_the_review_they_come_from():
    assert {c.record for c in row(BRANCH_REVIEW)} == {"", "review:101"}
    assert cell(BARE_REVIEW, "评价").record == "review:103"


def test_what_is_owed_follows_what_was_done_and_says_until_when():
    rows = review_register(REVIEWS).rows
    assert [r[0].number for r in rows] == [1, 2, 3, 4, 5]
    assert rows[3][-1].missing == "尚未点评：应于2011年3月31日前点评，已逾期 6 日。"
    assert rows[4][-1].missing == "尚未点评：应于2011年6月30日前点评，未到期。"
    assert rows[3][-1].record == "duty:7"


def test_a_duty_is_in_time_on_its_last_day():
    owed = OwedReview("高远", "党员", "宁致远", "党支部书记", HEADING.filled_on)
    assert "未到期" in review_register(ReviewFacts(HEADING, owed=(owed,), parts=PARTS)).rows[0][-1].missing
    late = replace(owed, due=date(2011, 4, 5))
    assert (
        "已逾期 1 日" in review_register(ReviewFacts(HEADING, owed=(late,), parts=PARTS)).rows[0][-1].missing
    )


def test_a_vacant_reviewer_is_a_gap_with_a_name():
    assert review_register(REVIEWS).rows[4][PLACE["点评人及职务"]].missing == "尚无点评人：该职务空缺"


def test_no_review_at_all_is_said_across_the_table():
    sheet = review_register(ReviewFacts(HEADING, parts=PARTS))
    assert [[c.missing for c in r] for r in sheet.rows] == [[NO_REVIEW]]
    assert ("已登记点评", "0 次") in sheet.head


def test_nothing_is_invented_beyond_the_facts():
    told = " ".join(c.text for c in row(BARE_REVIEW))
    assert told.split() == ["冉一清", "书记", "2011年", "3月2日", "2011年", "3月20日", "补录"]
