"""The roster as a whole: how it travels, what it costs to be wrong often, and the invented university."""

import datetime
import pickle
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.common.office.reading import read_sheets
from dianping.orgs.rules.roster import judge
from dianping.orgs.rules.roster.guesses import MOST_GUESSES, Guesses
from dianping.orgs.rules.roster.problems import MOST_KEPT
from dianping.orgs.rules.roster.tree import cycles, depths
from tests import bad_files
from tests.given import ROSTER
from tests.orgs.rules.tables import (
    FIRST,
    MEMBER_HEADINGS,
    Sheet,
    judged,
    leaders,
    member,
    members,
    number,
)  # fmt: skip

cells = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["", "无", "姓名", FIRST, "合计", "2010-12-31", "书记", "#N/A", number("19670513", 235)]),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def test_a_roster_travels_whole():
    roster = judged(
        members(member(identity=number("19670513", 235), joined="1990-1-1"), member("宁支书", joined="x")),
        leaders(["甘书记", "", "示范大学党委", "党委书记", FIRST, ""]),
    )
    again = pickle.loads(pickle.dumps(roster))
    assert again == roster
    for before, after in zip(roster[:4], again[:4], strict=True):
        assert [type(row) for row in before] == [type(row) for row in after]


def test_an_empty_roster_travels_too():
    roster = judge([])
    assert pickle.loads(pickle.dumps(roster)) == roster


@given(st.lists(st.lists(cells, min_size=len(MEMBER_HEADINGS), max_size=len(MEMBER_HEADINGS)), max_size=6))
def test_no_row_with_a_name_is_lost_whatever_else_it_holds(rows):
    rows = [["冉党员", *row[1:]] if at % 2 else row for at, row in enumerate(rows)]
    roster = judged(members(*rows))
    records = [row.row for row in roster.members]
    assert len(set(records)) == len(records)
    assert {at for at, row in enumerate(rows, 2) if row[0] == "冉党员"} <= set(records)
    for problem in roster.problems:
        assert problem.row in records
        assert problem.message.endswith("。")


@given(st.lists(st.lists(cells, max_size=9), max_size=25))
def test_whatever_a_sheet_holds_there_is_a_judgement(rows):
    roster = judge([Sheet("表", 1, rows)])
    assert roster.problems or roster.organisations or roster.members or roster.leaders or any(rows)


def test_problems_beyond_what_anybody_reads_are_counted():
    rows = [
        member("甲" + chr(0x4E00 + at % 20000), sex="x", standing="x", mobile="x")
        for at in range(MOST_KEPT // 3 + 2)
    ]
    roster = judged(members(*rows))
    assert len(roster.problems) == MOST_KEPT
    assert any(f"另有 {3 * len(rows) - MOST_KEPT} 处" in note for note in roster.notes)


def test_problems_stand_in_the_order_of_the_sheet():
    rows = [member(mobile="x"), member("宁支书", sex="x"), member("边同志", joined="x", sex="x")]
    assert [problem.row for problem in judged(members(*rows)).problems] == [2, 3, 4, 4]


def test_a_guess_is_made_for_so_many_names_and_no_more():
    guesses = Guesses(["文学院第一党支部", "外国语学院党总支"])
    assert guesses.nearest("外语学院总支") == "外国语学院党总支"
    assert guesses.nearest("完全无关") == ""
    for at in range(MOST_GUESSES):
        guesses.nearest(f"无关{at}")
    assert guesses.nearest("文学院一支部") == ""
    assert guesses.nearest("外语学院总支") == "外国语学院党总支"


parents = st.dictionaries(st.integers(0, 12).map(str), st.integers(0, 12).map(str), max_size=13)


@given(parents)
def test_every_ring_is_found_once_and_is_one(parent_of):
    rings = cycles(parent_of)
    assert len({frozenset(ring) for ring in rings}) == len(rings)
    for ring in rings:
        for one, superior in zip(ring, [*ring[1:], ring[0]], strict=True):
            assert parent_of[one] == superior
    caught = {name for ring in rings for name in ring}
    for name in parent_of:
        seen = set()
        at = name
        while at in parent_of and at not in seen:
            seen.add(at)
            at = parent_of[at]
        assert at not in parent_of or at in caught


@given(parents)
def test_a_child_stands_one_level_below_its_parent(parent_of):
    level = dict(depths(parent_of))
    for child, depth in level.items():
        assert depth == level.get(parent_of[child], 1) + 1


def test_a_roster_is_judged_in_the_child(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(bad_files.ROSTER_CSV, encoding="gb18030")
    roster = read_sheets(path, reader=None, then=partial(judge, today=datetime.date(2011, 1, 1)))
    assert [row.name for row in roster.members] == ["冉党员", "宁支书"]
    assert roster.problems[0].code == "orgs.roster-without-organisations"


@pytest.mark.parametrize("kind", bad_files.READ)
def test_an_odd_file_that_can_be_read_is_judged(kind, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(bad_files.READ[kind][0]())
    roster = read_sheets(path, reader=None, then=judge)
    assert roster.problems or roster.members


def test_the_invented_university_has_no_fault():
    roster = read_sheets(ROSTER, reader=None, then=judge)
    assert (len(roster.organisations), len(roster.members), len(roster.leaders)) == (214, 4278, 13)
    assert roster.problems == []
    assert sum(row.mobile for row in roster.members) == 76
    assert sum(row.standing == "probationary" for row in roster.members) == 774
