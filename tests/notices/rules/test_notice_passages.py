"""Passages of notices with a clerk's reading (tests/given/passages), and inputs that were once read wrongly (readings)."""

import json
from datetime import date
from pathlib import Path

import pytest

from bench.notice_passages import passages_in, scores
from dianping.common.office.reading import read_text
from dianping.notices.rules import as_json, read_notice

GIVEN = Path(__file__).resolve().parents[2] / "given"
# What the reader has reached on the passages: precision and recall, in hundredths. No score may fall below.
REACHED = {
    "title": (100, 100),
    "issuer": (100, 100),
    "kind": (100, 100),
    "number": (100, 100),
    "date": (100, 100),
    "addressees": (100, 100),
    "dates": (98, 98),
    "cadences": (100, 100),
    "responsibilities": (100, 100),
    "deliverables found": (100, 100),
    "deliverables wholly right": (97, 97),
    "forms": (100, 100),
    "enclosures": (100, 100),
    "furniture": (100, 100),
    "doubts": (100, 100),
}


# The same for the half that was kept aside until it was measured.
REACHED_ASIDE = REACHED | {
    "dates": (100, 100),
    "responsibilities": (100, 98),
    "deliverables wholly right": (97, 95),
    "doubts": (100, 66),
}


# The third set, harder, measured unseen and looked at since. Some of its passages can be read in more than one way.
REACHED_THIRD = REACHED | {
    "issuer": (100, 97),
    "date": (100, 94),
    "dates": (98, 96),
    "cadences": (95, 91),
    "responsibilities": (100, 91),
    "deliverables found": (100, 91),
    "deliverables wholly right": (94, 88),
    "forms": (100, 86),
}


@pytest.mark.parametrize(
    ("half", "held", "least"),
    [
        ("passages", REACHED, 76),
        ("passages_aside", REACHED_ASIDE, 77),
        ("passages_third", REACHED_THIRD, 60),
    ],
)
def test_the_passages_are_read_as_well_as_they_have_been(half, held, least):
    passages = passages_in(GIVEN / half)
    assert len(passages) >= least
    counts = scores(passages)
    assert set(counts) == set(held)
    fallen = {
        name: counts[name].wrong
        for name, (precision, recall) in held.items()
        if counts[name].precision * 100 < precision or counts[name].recall * 100 < recall
    }
    assert fallen == {}


CASES = {passage.name: passage for passage in passages_in(GIVEN / "readings")}


@pytest.mark.parametrize("name", CASES)
def test_what_was_read_wrongly_is_read_rightly(name):
    counts = scores([CASES[name]])
    assert {field: count.wrong for field, count in counts.items() if count.wrong} == {}


def test_automatic_numbers_make_clauses():
    told = CASES["d01-自动编号"]
    reading = read_notice(told.text, issued=told.issued)
    ids = [clause.id for clause in reading.clauses]
    assert [one for one in ids if one != "引"] == ["一（一）", "一（二）", "二.1", "二.2"]


def test_inserted_words_are_read_and_deleted_ones_are_not():
    path = GIVEN / "readings" / "d03-修订痕迹.docx"
    assert "各党支部于1月9日前将点评登记表报党委组织部" in read_text(path, reader=None)


def test_a_whole_notice_copied_from_a_page_orders_four_papers():
    text = (GIVEN / "readings" / "a02-整篇通知A.txt").read_text("utf-8")
    expected = json.loads((GIVEN / "readings" / "a02-整篇通知A.expected.json").read_text("utf-8"))["expected"]
    reading = as_json(read_notice(text, issued=date(2010, 12, 29)))
    read = {(row["what"], row["to"], row["due"]) for row in reading["deliverables"]}
    assert {(what, to, due) for _, what, to, due in expected["deliverables"]} <= read
    assert reading["addressees"] == ["各分党委", "党总支", "直属党支部"]
    assert [(pace["months"], pace["times"]) for pace in reading["cadences"]] == [(6, 1)]
    assert [row["text"] for row in reading["furniture"]][-1] == "【打印本页】 【关闭窗口】"
    assert reading["attachments"] == ["领导点评情况统计表", "领导点评登记表"]


def test_units_are_heard_and_their_secretaries_reviewed_together():
    text = (GIVEN / "seed-notice.txt").read_text("utf-8")
    (hearing,) = read_notice(text).hearings
    assert (hearing.clause, hearing.hearer, hearing.units) == ("4", "党委", "各党总支、直属党支部")
    assert (hearing.opens, hearing.due, hearing.collective) == (date(2011, 1, 11), date(2011, 1, 20), True)
    assert not [paper for paper in read_notice(text).deliverables if paper.clause == "4"]
