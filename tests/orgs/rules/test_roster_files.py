"""Rosters as offices keep them, with what a careful clerk says is right: read as he says, or told."""

import json
from functools import partial

import pytest

from bench.roster_files import DAY, judge_one, known_to
from dianping.common.office.reading import read_sheets
from dianping.orgs.rules.roster import judge
from tests.given import ROSTERS_ASIDE, ROSTERS_FRESH

FILES = sorted(
    path for folder in (ROSTERS_FRESH, ROSTERS_ASIDE) for path in folder.iterdir() if path.suffix != ".json"
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_a_roster_is_read_as_a_careful_clerk_reads_it(path):
    given = json.loads(path.with_name(f"{path.stem}.expected.json").read_text("utf-8"))
    roster = read_sheets(path, reader=None, then=partial(judge, known=known_to(given), on=DAY))
    assert judge_one(path.stem, given, roster).wrong == []


def test_there_are_files_to_read():
    assert len(FILES) == 36
