"""《党内外群众征求意见表》."""

from dataclasses import replace

from dianping.ledgers.rules import OpinionFacts, OpinionTopic, opinion_form
from dianping.ledgers.rules.opinions import ALL_ASIDE, COLUMNS, NOBODY_WROTE, NOT_MERGED, NOT_STARTED
from tests.ledgers.rules.examples import HEADING, OPINIONS

PLACE = {column.title: n for n, column in enumerate(COLUMNS)}


def test_with_no_collection_one_row_says_so_and_what_would_fill_it():
    (row,) = opinion_form(OpinionFacts(HEADING)).rows
    assert row[0].missing == NOT_STARTED
    assert row[0].span == len(COLUMNS)
    assert row[0].missing.startswith("本期尚无征求意见的记录：没有一次征求意见在本期内开箱。")
    assert "梳理后" in row[0].missing


def test_a_collection_not_yet_merged_is_told_apart_from_none():
    assert opinion_form(OpinionFacts(HEADING, started=True)).rows[0][0].missing == NOT_MERGED


def test_nothing_written_and_nothing_left_of_it_are_told_apart_from_not_merged():
    def told(**counts):
        (row,) = opinion_form(OpinionFacts(HEADING, started=True, **counts)).rows
        return row[0].text or row[0].missing

    assert told(raw=0, unmerged=0) == NOBODY_WROTE
    assert told(raw=4, unmerged=0) == ALL_ASIDE
    assert told(raw=4, unmerged=1) == NOT_MERGED


def test_what_is_left_to_merge_is_told_below_the_topics():
    sheet = opinion_form(replace(OPINIONS, unmerged=7))
    assert "还有 7 条原始意见尚未梳理，没有列入本表。" in sheet.notes
    assert not any("尚未梳理，没有列入" in note for note in opinion_form(OPINIONS).notes)


def test_counts_that_were_not_taken_are_not_printed():
    assert opinion_form(OpinionFacts(HEADING)).head == HEADING.lines()
    assert opinion_form(OPINIONS).head[3:] == (("发出", "110 份"), ("收回", "63 份"), ("原始意见", "252 条"))


def test_a_topic_prints_its_opinions_numbered_and_its_counts_as_numbers():
    row = opinion_form(OPINIONS).rows[0]
    assert row[PLACE["意见和建议"]].text == "1. 自习室晚间开放时间偏短\n2. 希望校车增加傍晚一班"
    assert (row[PLACE["党内"]].number, row[PLACE["党外"]].number) == (21, 34)


def test_figures_too_small_to_show_are_words_and_no_missing_act():
    row = opinion_form(OPINIONS).rows[1]
    assert [row[PLACE[t]].text for t in ("党内", "党外")] == ["不足 5 份", "不足 5 份"]
    assert [row[PLACE[t]].number for t in ("党内", "党外")] == [None, None]
    assert row[PLACE["党内"]].missing == ""


def test_every_empty_cell_of_a_topic_names_its_act():
    facts = replace(OPINIONS, topics=(OpinionTopic("", ()),))
    assert [cell.missing for cell in opinion_form(facts).rows[0]] == [
        "",
        "尚未写明主要内容",
        "尚未梳理意见和建议",
        "尚未登记征求方式",
        "尚未统计份数",
        "尚未统计份数",
        "尚未答复",
        "尚未答复",
    ]
