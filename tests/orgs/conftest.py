"""Taking rosters."""

import copy

import pytest

from dianping.common.audit import SYSTEM
from dianping.orgs.services import plan_roster, take_roster
from tests.factories import ACTOR, write_roster
from tests.orgs.roster_book import BASE, FIRST


@pytest.fixture
def take(tmp_path):
    """Take a roster on a day; the plan that was written."""

    def take(book=BASE, *, on=FIRST):
        plan = plan_roster(actor=SYSTEM, path=write_roster(tmp_path / f"{on}.xlsx", **book))
        assert [str(problem) for problem in plan.problems] == []
        take_roster(plan=plan, as_of=on, actor=ACTOR)
        return plan

    return take


@pytest.fixture
def changed():
    """A copy of the roster one may scribble in; `of(name)` is a member's row."""

    class Book(dict):
        def of(self, name, branch=None):
            return next(r for r in self["members"] if r["姓名"] == name and branch in (None, r["所在党支部"]))

    return Book(copy.deepcopy(BASE))
