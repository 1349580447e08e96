"""What the masses said, for whoever reviews: of many targets at once, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dianping.opinions.rules import presets
from dianping.opinions.selectors import (
    last_asked_of,
    points_in,
    subject_of,
    unanswered_of,
    was_asked_about,
)
from dianping.opinions.services import GroupPlan, SubjectPlan, destroy_box, merge_sayings, reply_to_point
from tests import factories
from tests.factories import University
from tests.opinions.polling import AFTER, Polling, answer, choosing, ready

pytestmark = pytest.mark.django_db


def opened(place: University, forms: int = 12, grade: int = 0, **more: object) -> Polling:
    found = ready(place, **more)
    subjects = found.poll.subjects.count()
    for code in found.codes[0][:forms]:
        answer(found, code, choosing(found.poll.sheet, subjects, grade=grade, words="食堂窗口排队太久"))
    found.open()
    return found


def merged(found: Polling, text: str = "食堂排队久", question: str = "good_deeds", subject: int = 0):  # type: ignore[no-untyped-def]
    keys = found.poll.sayings.filter(question=question, subject=subject).values_list("key", flat=True)
    return merge_sayings(
        poll=found.poll, sayings=keys, text=text, subject=subject, question=question, actor=factories.ACTOR
    )


def test_figures_and_points_of_a_target(university: University) -> None:
    found = opened(university)
    point = merged(found)
    key = (university.letters.pk, 0)

    (asked,) = last_asked_of([key, (university.sciences.pk, 0)]).values()
    assert (asked.due, asked.returned, asked.few, asked.words) == (12, 12, "", True)
    assert unanswered_of([key]) == {key: [point]}
    assert subject_of(point) == (university.letters, None)
    reply_to_point(point=point, reply="开学前加两个窗口", version=1, today=AFTER, actor=factories.ACTOR)
    assert unanswered_of([key]) == {}


def test_an_appraisal_is_told_by_heading_for_each_of_many(university: University) -> None:
    people = (university.people["祁文"], university.people["冉小禾"])
    about = [SubjectPlan(university.letters_staff, person) for person in people]
    opened(university, form=presets()["appraisal_member"], about=about, grade=1)
    keys = [(university.letters_staff.pk, person.pk) for person in people]

    found = last_asked_of(keys)
    assert set(found) == set(keys)
    assert {heading.whole.votes for one in found.values() for heading in one.headings} == {(0, 12, 0, 0)}
    assert [len(one.headings) for one in found.values()] == [5, 5]
    assert was_asked_about(organisation=keys[0][0], person=keys[0][1])
    assert not was_asked_about(organisation=keys[0][0], person=0)


def test_too_few_is_told_otherwise_than_nobody_asked(university: University) -> None:
    found = ready(university)
    for code in found.codes[0][:4]:
        answer(found, code)
    destroy_box(poll=found.fresh(), why="", today=AFTER, actor=factories.ACTOR)
    key = (university.letters.pk, 0)

    assert last_asked_of([key])[key].few == "不足 5 份"
    assert not was_asked_about(organisation=key[0], person=0)


def test_a_trial_and_a_box_not_opened_say_nothing(university: University) -> None:
    ready(university)
    opened(university, trial=True)
    key = (university.letters.pk, 0)
    assert last_asked_of([key]) == {}
    assert unanswered_of([key]) == {}
    assert not was_asked_about(organisation=key[0], person=0)


def test_forty_targets_cost_what_one_costs(university: University) -> None:
    people = [factories.member(f"党员{n}", university.letters_staff) for n in range(40)]
    about = [SubjectPlan(university.letters_staff, person) for person in people]
    opened(university, form=presets()["appraisal_organisation"], about=about)
    keys = [(university.letters_staff.pk, person.pk) for person in people]
    with CaptureQueriesContext(connection) as one:
        last_asked_of(keys[:1])
    with CaptureQueriesContext(connection) as forty:
        assert len(last_asked_of(keys)) == 40
    assert len(one) == len(forty) == 3


def test_points_tell_their_sides_only_where_they_were_released(university: University) -> None:
    found = opened(university)
    merged(found)
    (point,) = points_in([found.poll])
    assert (point.inside, point.outside, point.unsided) == (0, 12, 0)  # type: ignore[attr-defined]

    few = ready(
        university,
        groups=(
            GroupPlan("教师", names=tuple(f"教师{n}" for n in range(12))),
            GroupPlan("工友", inside=False, names=("甲", "乙")),
            GroupPlan("群众", inside=False, size=20),
        ),
        labels=["教师", "工友"],
    )
    for code in (code for codes in few.codes.values() for code in codes):
        answer(few, code)
    few.open()
    merged(few)
    (point,) = points_in([few.poll])
    assert (point.inside, point.outside, point.unsided) == (0, 0, 34)  # type: ignore[attr-defined]
