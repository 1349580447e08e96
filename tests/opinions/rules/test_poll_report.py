"""《民主评议（测评）情况报告表》."""

from dataclasses import replace

import pytest

from dianping.opinions.rules.report import (
    BASE_NOTE,
    FEW_NOTE,
    OWN_OPINION,
    SUPERIOR_OPINION,
    PollFacts,
    QuestionCount,
    QuestionPoints,
    ReportPart,
    poll_report,
)
from tests.ledgers.rules.examples import HEADING

LEVEL = ("好", "较好", "一般", "差")
OVERALL = ("优秀", "称职", "基本称职", "不称职")
FACTS = PollFacts(
    heading=HEADING,
    title="民主评议领导干部",
    subject="高远",
    post="文学院党总支书记",
    days="2011年1月5日至2011年1月9日",
    turnout=(("应参加", "141 人"), ("收回", "140 份")),
    validity=("按本表的规则，这次结果有效。",),
    counted=(
        QuestionCount("政治思想：理论学习", LEVEL, (128, 9, 3, 1), 2),
        QuestionCount("综合评价", OVERALL, (100, 30, 8, 3), 2),
    ),
    parts=(
        ReportPart("党外", 30, QuestionCount("综合评价", OVERALL, (20, 8, 2, 0), 0)),
        ReportPart("工友", None, QuestionCount("综合评价", OVERALL, withheld="不足 5 份")),
    ),
    said=(QuestionPoints("优点", ("常下课堂听课",)), QuestionPoints("不足之处", ())),
)


def lines(facts: PollFacts) -> list[list[str]]:
    return [[cell.shown for cell in row] for row in poll_report(facts).rows]


def test_votes_stand_beside_shares_that_need_not_add_up() -> None:
    row = ["政治思想：理论学习", "128", "90.8%", "9", "6.4%", "3", "2.1%", "1", "0.7%", "2"]
    assert row in lines(FACTS)
    assert BASE_NOTE in poll_report(FACTS).notes


def test_other_grades_in_the_same_place_are_named_there_too() -> None:
    groups = [column.group for column in poll_report(FACTS).columns if column.title == "票数"]
    assert groups == ["好／优秀", "较好／称职", "一般／基本称职", "差／不称职"]


def test_fewer_grades_leave_the_last_places_empty() -> None:
    facts = replace(
        FACTS, counted=(*FACTS.counted, QuestionCount("是否了解", ("了解", "不了解"), (120, 20), 1)), parts=()
    )
    assert ["是否了解", "120", "85.7%", "20", "14.3%", "—", "—", "—", "—", "1"] in lines(facts)


def test_too_few_forms_are_told_in_words_and_explained() -> None:
    sheet = poll_report(FACTS)
    assert ["工友", "不足 5 份"] in lines(FACTS)
    assert FEW_NOTE in sheet.notes
    assert FEW_NOTE not in poll_report(replace(FACTS, parts=())).notes


def test_a_part_carries_its_base() -> None:
    assert "党外（30 份）" in {row[0] for row in lines(FACTS)}


def test_what_was_said_is_numbered_and_nothing_said_is_told() -> None:
    told = [row[0] for row in lines(FACTS)]
    assert told[told.index("优点") + 1] == "1. 常下课堂听课"
    assert told[told.index("不足之处") + 1] == "没有收到意见"


def test_what_came_and_is_no_point_yet_is_not_told_as_nothing() -> None:
    """Unmerged, partly merged, set aside, not kept, and nothing at all are five different sentences."""
    said = (
        QuestionPoints("甲", (), received=3, unmerged=3),
        QuestionPoints("乙", ("加一班校车",), received=5, unmerged=2),
        QuestionPoints("丙", (), received=2, aside=2),
        QuestionPoints("丁", (), withheld="不足 10 份"),
        QuestionPoints("戊", ()),
    )
    told = [row[0] for row in lines(replace(FACTS, said=said))]
    assert told[told.index("甲") + 1] == "收到 3 条，尚未归并。"
    assert told[told.index("乙") + 1 : told.index("丙")] == [
        "1. 加一班校车",
        "收到 5 条，其中 2 条尚未归并。",
    ]
    assert told[told.index("丙") + 1] == "收到 2 条，都没有列为意见。"
    assert told[told.index("丁") + 1] == "写的话按表上的说明没有保留：不足 10 份。"
    assert told[told.index("戊") + 1] == "没有收到意见"


def test_two_opinions_leave_room_for_a_hand_and_a_seal() -> None:
    rows = poll_report(FACTS).rows[-2:]
    assert [row[0].shown for row in rows] == [OWN_OPINION, SUPERIOR_OPINION]
    assert all("盖章" in row[1].shown for row in rows)


def test_the_head_has_the_post_only_where_there_is_one() -> None:
    assert ("职务", "文学院党总支书记") in poll_report(FACTS).head
    assert "职务" not in dict(poll_report(replace(FACTS, post="")).head)


def test_means_get_a_column_where_the_grades_have_scores() -> None:
    facts = replace(FACTS, counted=(QuestionCount("述职", LEVEL, (8, 2, 0, 0), 0, mean="9.40"),), parts=())
    sheet = poll_report(facts)
    assert sheet.columns[-1].title == "平均分"
    assert lines(facts)[3][-1] == "9.40"


def test_a_form_of_words_alone_has_its_own_title_and_two_columns() -> None:
    sheet = poll_report(replace(FACTS, counted=(), parts=()))
    assert sheet.title == "党内外群众征求意见情况报告表"
    assert len(sheet.columns) == 2
    assert BASE_NOTE not in sheet.notes


def test_a_rehearsal_says_so() -> None:
    assert poll_report(replace(FACTS, trial=True)).title.endswith("（模拟）")


def test_votes_must_match_their_grades() -> None:
    with pytest.raises(ValueError, match="有 3 个票数，等次有 4 个"):
        poll_report(replace(FACTS, counted=(QuestionCount("述职", LEVEL, (1, 2, 3)),)))
