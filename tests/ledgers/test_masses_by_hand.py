"""The two forms of what the masses said, counted by hand from boxes that were opened."""

from dataclasses import replace
from datetime import date

import pytest

from dianping.base.windows import parse_period
from dianping.ledgers.rules import Measure
from dianping.ledgers.selectors import draw, row_counts
from dianping.ledgers.selectors.masses import appraisal_facts, opinion_facts
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.selectors.statistics import statistics_facts
from dianping.opinions.rules import Answers, Blank, presets
from dianping.opinions.selectors import turnout_of
from dianping.opinions.services import GroupPlan, SubjectPlan, merge_sayings, reply_to_point
from dianping.orgs.models import Organisation
from dianping.reviews.services import ProblemInput
from tests import factories
from tests.factories import University
from tests.opinions.polling import AFTER, Polling, answer, choosing, ready
from tests.reviews.telling import duty_about, tell

pytestmark = pytest.mark.django_db

Q1 = parse_period("2011Q1")
LATE = date(2011, 2, 1)


def scope(organisation: Organisation, day: date = LATE) -> LedgerScope:
    return LedgerScope(organisation, Q1, day)


def a_box(place: University, forms: int = 12, **more: object) -> Polling:
    """A box of so many forms out of twelve slips a group, each saying the same; grades by turns the first and second."""
    found = ready(place, **more)
    subjects = found.poll.subjects.count()
    codes = [code for one in found.codes.values() for code in one][:forms]
    for n, code in enumerate(codes):
        answer(found, code, choosing(found.poll.sheet, subjects, grade=n % 2, words="排队久"))
    found.open()
    return found


def merged(found: Polling, question: str, text: str):  # type: ignore[no-untyped-def]
    keys = found.poll.sayings.filter(question=question).values_list("key", flat=True)
    return merge_sayings(
        poll=found.poll, sayings=keys, text=text, subject=0, question=question, actor=factories.ACTOR
    )


BOTH = (GroupPlan("inside", inside=True, size=10), GroupPlan("outside", inside=False, size=12))


def test_a_row_a_point_under_its_topic(opened: University) -> None:
    place = opened
    found = a_box(place, 22, groups=BOTH, about=[SubjectPlan(place.letters_staff)])
    first = merged(found, "good_deeds", "食堂排队久")
    merged(found, "other", "校车少")
    reply_to_point(
        point=first, reply="加两个窗口。", version=1, today=date(2011, 1, 20), actor=factories.ACTOR
    )
    named = (ProblemInput("食堂排队久", "", date(2011, 3, 31), first.pk),)
    tell(duty_about(place.letters_staff, "branch"), on=date(2011, 1, 15), problems=named)

    facts = opinion_facts(scope(place.letters))
    assert (facts.started, facts.sent, facts.returned, facts.raw) == (True, 22, 22, 22 * 6)
    one, two = facts.topics
    assert (one.topic, one.opinions) == ("为群众办实事、做好事、解难事情况", ("食堂排队久",))
    assert (one.inside, one.outside, one.withheld) == (10, 12, "")
    assert one.reply == "加两个窗口。\n已列入整改，期限 3月31日"
    assert (one.replied_on, one.record) == (date(2011, 1, 20), f"poll:{found.poll.pk}")
    assert (two.topic, two.reply, two.replied_on) == ("其他意见和建议", "", None)
    assert facts.unmerged == 22 * 4
    assert row_counts("opinions", scope(place.letters)) == 2
    assert [topic.opinions for topic in opinion_facts(scope(place.letters), at=slice(1, 41)).topics] == [
        ("校车少",)
    ]


def test_what_came_after_the_day_of_drawing_is_not_in(opened: University) -> None:
    found = a_box(opened)
    point = merged(found, "other", "校车少")
    reply_to_point(point=point, reply="加一班。", version=1, today=date(2011, 1, 20), actor=factories.ACTOR)
    (row,) = opinion_facts(scope(opened.letters, date(2011, 1, 19))).topics
    assert (row.reply, row.replied_on) == ("", None)
    assert not opinion_facts(scope(opened.letters, date(2011, 1, 9))).started


def test_sides_too_small_to_tell_apart_are_words(opened: University) -> None:
    groups = (GroupPlan("inside", inside=True, size=6), GroupPlan("outside", inside=False, size=12))
    merged(a_box(opened, 18, groups=groups), "other", "校车少")
    (row,) = opinion_facts(scope(opened.letters)).topics
    assert (row.inside, row.outside, row.withheld) == (None, None, "不足 10 份")


def test_words_too_few_to_be_kept_say_so_and_owe_no_reply(opened: University) -> None:
    a_box(opened, 7)
    sheet, facts = draw("opinions", scope(opened.letters))
    assert (facts.raw, facts.returned) == (None, 7)
    (row,) = sheet.rows
    assert row[2].text == "收回 7 份，不足 10 份，原话按表上的说明没有保留。"
    assert not any(cell.missing for cell in row)
    assert row_counts("opinions", scope(opened.letters)) == 1
    assert Measure.OPINIONS not in statistics_facts(scope(opened.letters)).overall


def test_words_withheld_for_another_reason_say_which(opened: University) -> None:
    """Fourteen forms, but nobody confirmed the list of any of the groups."""
    groups = (GroupPlan("教师", inside=True, names=("甲", "乙")), GroupPlan("群众", inside=False, size=12))
    a_box(opened, 14, groups=groups, labels=())
    (row,) = opinion_facts(scope(opened.letters)).topics
    assert row.opinions[0].startswith("收回 14 份，")
    assert "没有保留" in row.opinions[0]
    assert "不足 10 份，原话" not in row.opinions[0].replace("有名单的组合起来不足 10 份，原话", "")
    assert opinion_facts(scope(opened.letters)).raw is None


def test_blank_forms_that_count_as_spoilt_are_returned_and_not_valid(opened: University) -> None:
    form = presets()["appraisal_organisation"]
    strict = replace(form, validity=replace(form.validity, blank=Blank.SPOILT))
    found = ready(opened, form=strict)
    for code in found.codes[0][:10]:
        answer(found, code, choosing(strict, 1))
    for code in found.codes[0][10:]:
        answer(found, code, Answers())
    turnout = turnout_of(found.open())
    assert (turnout.returned, turnout.valid, turnout.spoilt) == (12, 10, 2)
    ballots = appraisal_facts(scope(opened.letters)).ballots
    assert ballots is not None
    assert (ballots.sent, ballots.returned, ballots.valid) == (12, 12, 10)


def test_a_trial_and_another_unit_s_poll_count_nowhere(opened: University) -> None:
    place = opened
    a_box(place, trial=True)
    a_box(place)
    assert not opinion_facts(scope(place.sciences)).started
    assert opinion_facts(scope(place.letters)).sent == 12
    assert opinion_facts(scope(place.top)).sent == 12


def test_votes_stand_under_the_headings_of_the_poll_s_own_form(opened: University) -> None:
    place = opened
    found = a_box(
        place, form=presets()["appraisal_organisation"], groups=[GroupPlan("群众", inside=False, size=12)]
    )
    sheet, facts = draw("appraisal", scope(place.letters))
    assert len(facts.headings) == 5
    assert {tally.votes for tally in facts.tallies.values()} == {(6, 6, 0, 0)}
    assert (facts.ballots.sent, facts.ballots.returned, facts.ballots.valid) == (12, 12, 12)
    assert [cell.shown for cell in sheet.rows[0][2:6]] == ["6", "50.0%", "6", "50.0%"]
    assert sheet.rows[0][2].record == f"poll:{found.poll.pk}"
    figures = statistics_facts(scope(place.letters)).overall
    assert figures[Measure.BALLOTS].count == 12
    assert Measure.OPINIONS not in figures


def test_the_newest_is_drawn_and_the_others_are_named(opened: University) -> None:
    place, form = opened, presets()["appraisal_organisation"]
    a_box(place, form=form)
    a_box(place, form=form, about=[SubjectPlan(place.letters), SubjectPlan(place.letters_staff)])
    a_box(
        place,
        form=presets()["appraisal_member"],
        about=[SubjectPlan(place.letters_staff, place.people["冉小禾"])],
    )
    facts = appraisal_facts(scope(place.letters))
    assert len(facts.tallies) == 5
    assert facts.others == (
        f"本期另有 2 次评议没有列入本表：“春季征求意见”（{AFTER} 开箱）；“春季征求意见”（{AFTER} 开箱）。",
    )


def test_too_few_returned_make_it_void_and_blanks_are_told(opened: University) -> None:
    place = opened
    found = ready(place, form=presets()["appraisal_organisation"])
    for code in found.codes[0][:6]:
        answer(found, code, choosing(found.poll.sheet, 0))
    found.open()
    others = appraisal_facts(scope(place.letters)).others
    assert others[0].startswith("应参加 12 人，收回 6 份，没有超过半数")
    assert (
        others[1]
        == "弃权（不计入得票率）：第 1 项 6 票，第 2 项 6 票，第 3 项 6 票，第 4 项 6 票，第 5 项 6 票。"
    )
