"""《领导点评工作情况统计表》."""

from dataclasses import replace

import pytest

from dianping.ledgers.rules import LevelFigures, Measure, MeasureFigure, StatisticsFacts, statistics_return
from dianping.ledgers.rules.statistics import disagreements
from dianping.ledgers.rules.statistics_lines import SECTIONS
from tests.ledgers.rules.examples import HEADING, STATISTICS, level

SHEET = statistics_return(STATISTICS)
TOTAL = len(STATISTICS.levels) + 2


def row(sheet, title):
    return next(cells for cells in sheet.rows if cells[0].text.strip("　") == title)


def test_distinct_targets_and_events_are_kept_apart():
    assert row(SHEET, "已点评对象")[TOTAL].number == 3942
    assert row(SHEET, "点评人次")[TOTAL].number == 3995


def test_levels_stand_under_their_groups():
    assert [(c.group, c.title) for c in SHEET.columns[2:-2]] == [
        ("党组织", "党委"),
        ("党组织", "党总支"),
        ("党组织", "党支部"),
        ("书记", "党总支"),
        ("书记", "党支部"),
        ("", "党员"),
    ]


def test_a_nil_return_is_a_zero_and_opens_its_list():
    cell = row(SHEET, "点评人次")[2]
    assert (cell.number, cell.shown, cell.missing) == (0, "0", "")
    assert cell.record == "list:党组织:党委:events"


def test_a_figure_nobody_recorded_says_which_act_is_missing_and_so_does_its_total():
    cells = row(SHEET, "提出")
    assert [cell.missing for cell in cells if cell.missing] == ["尚未登记问题", "尚未登记问题"]
    assert cells[6].missing == cells[TOTAL].missing == "尚未登记问题"
    assert cells[TOTAL].number is None


def test_coverage_is_a_share_level_by_level_beside_the_counts():
    shares = row(SHEET, "占应点评")
    assert [cell.text for cell in shares[2 : TOTAL + 1]] == [
        "0.0%",
        "100.0%",
        "95.9%",
        "100.0%",
        "92.8%",
        "86.7%",
        "87.4%",
    ]


def test_parts_say_what_they_are_a_share_of():
    assert row(SHEET, "按时")[-1].text == "占应办 86.5%"
    assert row(SHEET, "其中：集中点评")[-1].text == "占人次 91.8%"
    assert row(SHEET, "已全部办结的人")[-1].text == "占应作 88.6%"


def test_whole_figures_do_not_apply_to_levels():
    cells = row(SHEET, "应交专门书面报告")
    assert {cell.shown for cell in cells[2:TOTAL]} == {"—"}
    assert cells[TOTAL].number == 7
    assert row(SHEET, "已交")[TOTAL].shown == "0"


def test_reviewers_counted_at_some_levels_are_summed():
    reviewers = {Measure.REVIEWERS_DUE: MeasureFigure(3)}
    facts = StatisticsFacts(
        HEADING, (LevelFigures("党支部", "书记", "人", reviewers), LevelFigures("党员", "", "人", {}))
    )
    assert [cell.shown for cell in row(statistics_return(facts), "应作点评的人")[2:5]] == ["3", "—", "3"]


def test_opinions_and_appraisals_say_they_have_not_begun():
    assert row(SHEET, "征求到的意见")[TOTAL].missing == "意见征集尚未开展"
    assert row(SHEET, "群众评议的有效票")[TOTAL].missing == "尚未组织评议"


def test_without_any_figure_no_number_is_printed():
    sheet = statistics_return(StatisticsFacts(HEADING, (LevelFigures("党支部", "党组织", "个", {}),)))
    assert not any(cell.number is not None for cells in sheet.rows for cell in cells)


def test_an_overall_figure_is_taken_before_a_sum():
    facts = replace(STATISTICS, overall={Measure.TARGETS_DUE: MeasureFigure(4100, "list:all")})
    total = row(statistics_return(facts), "应点评对象")[TOTAL]
    assert (total.number, total.record) == (4100, "list:all")


def test_figures_that_contradict_one_another_are_told_and_not_corrected():
    wrong = level("党支部", "党组织", "个", 10, 9, 12, 4, 4, 2, 1, 11, 1, 10, 9, 0, 0, 0)
    facts = StatisticsFacts(HEADING, (wrong,))
    assert disagreements(facts) == (
        "核对不符：党组织（党支部）的点评人次是 12，四种方式之和是 11，两者应当相等，请查对登记。",
        "核对不符：党组织（党支部）的应办是 10，按时、补录、未到期、逾期之和是 9，两者应当相等，请查对登记。",
    )
    assert set(disagreements(facts)) <= set(statistics_return(facts).notes)
    assert row(statistics_return(facts), "点评人次")[2].number == 12


def test_the_example_agrees_with_itself():
    assert disagreements(STATISTICS) == ()


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_is_printed_once(measure):
    lines = [line for section in SECTIONS for line in section.lines]
    assert [line.measure for line in lines].count(measure) == 1


def test_many_levels_or_long_figures_turn_the_page():
    assert not SHEET.landscape
    many = tuple(level(f"第{n}级", "党组织", "个", 1) for n in range(7))
    assert statistics_return(StatisticsFacts(HEADING, many)).landscape
    assert statistics_return(StatisticsFacts(HEADING, (level("党员", "", "人", 5_000_000),))).landscape


def test_problems_carried_into_the_period_are_told_where_the_two_ledgers_differ() -> None:
    level = LevelFigures("党员", "", "人", {Measure.PROBLEMS_RAISED: MeasureFigure(11)})
    sheet = statistics_return(StatisticsFacts(HEADING, (level,), carried=1))
    assert any("整改落实记录表列 12 个问题：本期提出的 11 个" in note for note in sheet.notes)
    assert not any("带进本期" in note for note in statistics_return(StatisticsFacts(HEADING, (level,))).notes)
