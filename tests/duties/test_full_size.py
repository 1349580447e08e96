"""A whole university: 214 organisations, 4,278 members, 13 leaders (豫创组办发〔2010〕26号 四.4)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dianping.common.audit import SYSTEM
from dianping.demo.university import write_university
from dianping.duties.models import Duty, Tally, Window
from dianping.duties.selectors import coverage_of
from dianping.orgs.models import Membership, Organisation, Person
from dianping.orgs.selectors import top_organisation
from dianping.orgs.services import plan_roster, take_roster
from dianping.programmes.models import Adoption
from tests import kept
from tests.duties.oracle_of_the_book import Book, key_of, owed_on, standing, told
from tests.factories import ACTOR, OVERLAY_DAY, adopt, open_on, university
from tests.given import ROSTER

pytestmark = pytest.mark.django_db

ROSTERS = [
    pytest.param("sample", id="the sample"),
    pytest.param("other", id="the other"),
]


@pytest.fixture
def taken(request, tmp_path):
    """One of the two rosters, taken, with both programmes adopted; the top organisation."""
    return kept.standing(f"taken {request.param}", lambda: _taken(request.param, tmp_path))


def _taken(which, tmp_path):
    path = ROSTER
    if which == "sample":
        path = tmp_path / "university.xlsx"
        write_university(path)
    plan = plan_roster(actor=SYSTEM, path=path)
    assert plan.problems == []
    take_roster(plan=plan, as_of=OVERLAY_DAY, actor=ACTOR)
    top = top_organisation()
    adopt(top)
    return top


full_size = pytest.mark.parametrize("taken", ROSTERS, indirect=True)


@full_size
def test_the_round_is_4510_and_every_figure_has_its_reason(taken):
    found = open_on()
    assert (Organisation.objects.count(), Person.objects.count(), Membership.objects.count()) == (
        214,
        4278,
        4278,
    )
    assert found.opened == 4510
    assert found.by_target == {
        "member": 4084,  # 4,278 without the 194 secretaries of their own branches
        "branch": 194,
        "branch_secretary": 194,
        "unit": 19,
        "unit_secretary": 19,
        "contact": 13,  # each leader's one, counted beside the 4,510
    }
    assert (found.outside, found.papers, found.gaps) == (2, 3 * 22, [])
    (coverage,) = coverage_of([taken], day=OVERLAY_DAY)
    assert [coverage.groups[group].due for group in ("organisations", "secretaries", "members")] == [
        213,
        213,
        4084,
    ]
    assert coverage.groups["contact"].due == 13


@full_size
def test_the_new_year_owes_426_more(taken):
    open_on()
    found = open_on(date(2011, 1, 5))
    # each quarter 194 branches and 9 general branches, each half-year 10 committees: the body and its secretary
    assert found.opened == 2 * (194 + 9 + 10) == 426
    assert found.already == 4510


@full_size
def test_twice_changes_nothing(taken):
    open_on()
    duties, tallies = Duty.objects.count(), Tally.objects.count()
    found = open_on()
    assert (found.opened, found.moved, found.papers) == (0, 0, 0)
    assert (Duty.objects.count(), Tally.objects.count()) == (duties, tallies)


@full_size
def test_every_duty_stands_with_the_reviewer_the_rules_name_and_every_board_adds_up(taken):
    open_on()
    wanted = owed_on(OVERLAY_DAY, taken)
    assert {key_of(duty): duty.owed_by_id for duty in standing(OVERLAY_DAY, taken)} == wanted
    book = Book()
    for found in coverage_of(list(Organisation.objects.filter(parent=taken)) + [taken], day=OVERLAY_DAY):
        assert told(found) == book.recounted(found.organisation, OVERLAY_DAY)


def statements_of_opening():
    with CaptureQueriesContext(connection) as found:
        open_on()
    return len(found)


@pytest.mark.parametrize("taken", ROSTERS[:1], indirect=True)
def test_a_whole_university_is_opened_by_as_many_statements_as_nine_organisations(taken):
    full = statements_of_opening()
    for model in (Tally, Duty, Window):
        model.objects.all().delete()
    Adoption.objects.all().delete()
    small = university()
    adopt(small.top)
    assert full == statements_of_opening()
