"""A poll from plan to opening: what each act lets happen, and what stays behind."""

from datetime import date

import pytest

from dianping.common import audit
from dianping.opinions.models import Box, Figure, Poll, Saying, Slip, Slot, Stub
from dianping.opinions.rules import Answers, Form, presets
from dianping.opinions.services import Closed, UsedSlip, WrongSlip, admit, destroy_box
from dianping.opinions.services.accounting import faults_of
from tests import factories
from tests.factories import University
from tests.opinions.polling import AFTER, OPENS, GroupPlan, answer, choosing, new_stub, poll_about, ready
from tests.refused import refused

pytestmark = pytest.mark.django_db


def test_a_box_is_opened_once_and_nothing_of_a_form_stays(university: University) -> None:
    found = ready(university)
    stubs = sorted(answer(found, code) for code in found.codes[0])
    assert faults_of(found.fresh()) == []

    poll = found.open()

    assert (poll.state, poll.turnout["opened"], poll.faults) == (Poll.State.OPENED, 12, [])
    assert list(Stub.objects.values_list("number", flat=True)) == stubs
    assert Saying.objects.count() == 12 * 6
    assert not Slip.objects.exists()
    assert not Slot.objects.exists()
    assert not Box.objects.exists()
    with refused("opinions.box-in-other-state"):
        found.open()
    assert audit.verify() == []


def test_a_form_is_taken_once_however_often_it_is_sent(university: University) -> None:
    found = ready(university)
    code, stub = found.codes[0][0], new_stub()

    assert answer(found, code, stub=stub) == answer(found, code, stub=stub) == stub
    with refused("opinions.slip-used", kind=UsedSlip):
        answer(found, code)
    assert Box.objects.get().used == 1


def test_a_wrong_code_and_a_used_one_get_two_sentences(university: University) -> None:
    found = ready(university)
    answer(found, found.codes[0][0])

    with refused("opinions.no-such-slip", kind=WrongSlip):
        admit(code="AAAA-BBBB-CCCC", today=OPENS)
    with refused("opinions.slip-used", kind=UsedSlip):
        admit(code=found.codes[0][0], today=OPENS)


def test_looking_at_a_form_uses_nothing(university: University) -> None:
    found = ready(university)
    for _ in range(100):
        admit(code=found.codes[0][0], today=OPENS)
    assert not Slip.objects.exclude(state=Slip.State.UNUSED).exists()


@pytest.mark.parametrize(
    ("today", "code"), [(date(2011, 1, 4), "opinions.not-begun-yet"), (AFTER, "opinions.closed")]
)
def test_no_form_is_taken_outside_its_days(university: University, today: date, code: str) -> None:
    found = ready(university)
    with refused(code, kind=Closed):
        answer(found, found.codes[0][0], today=today)


def test_no_group_gets_more_slips_than_it_has_people(university: University) -> None:
    found = ready(university)
    with refused("opinions.more-slips-than-people", match="还可以制 0 张"):
        found.issue()


def test_a_box_with_too_few_forms_is_destroyed_and_never_opened(university: University) -> None:
    found = ready(university)
    for code in found.codes[0][:4]:
        answer(found, code)

    with refused("opinions.too-few-forms", match="不足 5 份，不能开箱"):
        found.open()
    poll = destroy_box(poll=found.fresh(), why="", today=AFTER, actor=factories.ACTOR)

    assert (poll.state, poll.turnout["used"]) == (Poll.State.DESTROYED, 4)
    assert not any(model.objects.exists() for model in (Slip, Slot, Box, Figure, Saying, Stub))


def test_neither_custodian_opens_alone(university: University) -> None:
    found = ready(university)
    for code in found.codes[0]:
        answer(found, code)
    unit, superior = found.keys["wen"], found.keys["shangguan"]
    for given in (
        {"unit_key": superior, "superior_key": superior},
        {"unit_key": unit, "superior_key": unit},
        {"unit_key": unit[:-1] + ("A" if unit[-1] != "A" else "B")},
        {"superior_key": ""},
    ):
        with refused("opinions.key-mistyped", "opinions.key-of-another-box", "opinions.keys-swapped"):
            found.open(**given)
    assert found.fresh().state == Poll.State.READY


def test_nobody_opens_before_the_last_day_is_over(university: University) -> None:
    found = ready(university)
    with refused("opinions.not-closed-yet"):
        found.open(today=OPENS)


def test_the_same_person_does_not_keep_both_keys(university: University) -> None:
    found = poll_about(university)
    found.superior = found.unit
    with refused("opinions.keys-in-one-office"):
        found.freeze()


def test_an_appraisal_is_counted_by_heading(university: University) -> None:
    form = presets()["appraisal_organisation"]
    found = ready(university, form=form, groups=(GroupPlan("群众", inside=False, size=12),))
    for place, code in enumerate(found.codes[0]):
        answer(found, code, choosing(form, 1, grade=place % 2))
    found.open()
    whole = Figure.objects.filter(scope="全体").exclude(question="")
    assert {tuple(row.votes) for row in whole} == {(6, 6, 0, 0, 0)}


def test_a_blank_form_is_an_abstention_or_spoilt_as_its_form_says(university: University) -> None:
    given = presets()["verdict"].dump()
    form = Form.load(given | {"validity": given["validity"] | {"blank": "spoilt"}})
    found = ready(university, form=form, groups=(GroupPlan("群众", inside=False, size=12),))
    for place, code in enumerate(found.codes[0]):
        answer(found, code, Answers() if place < 2 else choosing(form, 1))
    poll = found.open()
    assert (poll.turnout["used"], poll.turnout["opened"], poll.turnout["blank"]) == (12, 10, 2)
    assert Stub.objects.count() == 12, "whoever handed in a blank form finds that it came in"
