"""Discharging: once, in time or late or never, and counted on every level (豫创组办发〔2010〕26号 四.4; decision 0014)."""

from datetime import date, timedelta

import pytest
from django.db import connection

from dianping.common.models import AuditEntry
from dianping.common.refusal import Refusal
from dianping.duties.models import Duty, Tally
from dianping.duties.selectors import coverage_of, duties_met_by
from dianping.duties.services import discharge_duty, hand_in_paper, tallying
from dianping.programmes.rules import EntryRule
from dianping.programmes.rules.lateness import EntryTiming
from tests.factories import ACTOR, LONG_AGO, adopt, at_once, member, open_on, secretarys_seat
from tests.factories import university as a_university
from tests.refused import refused

DAY = date(2011, 1, 5)
RULE = EntryRule()


def discharge(duty, on=DAY, lag=0):
    return discharge_duty(duty=duty, on=on, entered_on=on + timedelta(days=lag), rule=RULE, actor=ACTOR)


def member_duty(place, name="冉小禾"):
    return Duty.objects.get(person=place.people[name], target="member")


def members(place, day):
    (found,) = coverage_of([place], day=day)
    f = found.groups["members"]
    return f.due, f.on_time, f.late, f.open, f.overdue


def test_a_duty_is_discharged_once(opened):
    duty = member_duty(opened)
    discharge(duty)
    with refused("duties.already-done", match="已于 2011-01-05 办结"):
        discharge(member_duty(opened), on=date(2011, 1, 6))
    duty.refresh_from_db()
    assert (duty.done_on, duty.entered_on, duty.on_time) == (DAY, DAY, True)
    assert members(opened.top, date(2011, 1, 6))[1] == 1


def test_a_stale_copy_of_a_discharged_duty_is_refused(opened):
    one, other = member_duty(opened), member_duty(opened)
    discharge(one)
    with refused("duties.already-done"):
        discharge(other)
    assert members(opened.top, DAY) == (9, 1, 0, 8, 0)


def test_a_lapsed_duty_is_not_discharged(opened):
    Duty.objects.filter(pk=member_duty(opened).pk).update(lapsed_on=DAY)
    with refused("duties.already-done", match="自 2011-01-05 起不再应办"):
        discharge(member_duty(opened))


def test_an_act_counts_for_its_organisation_and_every_one_above_at_once(opened):
    discharge(member_duty(opened))
    for place in (opened.letters_staff, opened.letters, opened.top):
        assert members(place, DAY)[1] == 1
    for place in (opened.letters_students, opened.sciences):
        assert members(place, DAY)[1] == 0


def test_it_counts_from_the_day_it_was_entered(opened):
    discharge(member_duty(opened), on=DAY, lag=5)
    assert members(opened.top, date(2011, 1, 9))[1:4] == (0, 0, 9)
    assert members(opened.top, date(2011, 1, 10))[1:4] == (1, 0, 8)


@pytest.mark.parametrize(
    ("lag", "entry", "figures"),
    [
        (7, EntryTiming.ON_TIME, (1, 0)),
        (8, EntryTiming.LATE, (0, 1)),
        (30, EntryTiming.LATE, (0, 1)),
        (31, EntryTiming.NEVER, (0, 0)),
    ],
)
def test_seven_days_are_in_time_thirty_are_late_more_counts_never(opened, lag, entry, figures):
    duty = member_duty(opened)
    assert discharge(duty, lag=lag) is entry
    assert members(opened.top, date(2011, 3, 31))[1:3] == figures
    duty.refresh_from_db()
    assert (duty.done_on is None) is (entry is EntryTiming.NEVER)


def test_what_counts_never_leaves_the_duty_open_and_overdue(opened):
    discharge(member_duty(opened), lag=31)
    assert members(opened.top, date(2011, 2, 3)) == (9, 0, 0, 9, 9)


def test_what_happened_after_the_window_is_late(opened):
    assert discharge(member_duty(opened), on=date(2011, 2, 3)) is EntryTiming.LATE
    assert members(opened.top, date(2011, 2, 3)) == (9, 0, 1, 8, 8)


def test_what_happened_before_the_window_or_after_its_entry_never_counts(opened):
    assert discharge(member_duty(opened), on=date(2010, 12, 14)) is EntryTiming.NEVER
    assert discharge(member_duty(opened), on=DAY, lag=-1) is EntryTiming.NEVER


def test_of_two_hundred_backdated_entries_none_is_in_time(adopted):
    for n in range(200):
        member(f"党员{n}", adopted.letters_staff, since=LONG_AGO)
    open_on()
    inspection = date(2011, 2, 1)
    duties = list(
        Duty.objects.filter(target="member", organisation=adopted.letters_staff).order_by("pk")[:200]
    )
    counted = [
        discharge_duty(
            duty=duty,
            on=inspection - timedelta(days=8 + n % 40),
            entered_on=inspection,
            rule=RULE,
            actor=ACTOR,
        )
        for n, duty in enumerate(duties)
    ]
    assert EntryTiming.ON_TIME not in counted
    due, on_time, late, left, _ = members(adopted.letters_staff, inspection)
    assert (due, on_time, late, left) == (
        202,
        0,
        counted.count(EntryTiming.LATE),
        202 - counted.count(EntryTiming.LATE),
    )
    assert counted.count(EntryTiming.NEVER) > 0


def test_one_act_meets_every_open_duty_of_the_pair_whose_window_holds_its_day(opened):
    open_on(date(2011, 1, 1))
    met = duties_met_by(
        owed_by=secretarys_seat(opened.letters),
        organisation=opened.letters_staff,
        person=None,
        target_kinds=("branch", "unit", "committee"),
        on=DAY,
    )
    assert {d.window.rule for d in met} == {"round", "quarter"}
    assert {d.organisation for d in met} == {opened.letters_staff}


def test_a_reviewer_counts_as_done_with_his_last_act(opened):
    seat = secretarys_seat(opened.letters)
    owed = list(Duty.objects.filter(owed_by=seat, kind="review").order_by("pk"))
    assert len(owed) == 4

    def reviewers(place, day):
        (found,) = coverage_of([place], day=day)
        f = found.groups["reviewers"]
        return f.due, f.on_time, f.late

    assert reviewers(opened.letters, DAY) == (3, 0, 0)  # 祁文 and two branch secretaries
    for duty in owed[:3]:
        discharge(duty)
    assert reviewers(opened.letters, DAY) == (3, 0, 0)
    discharge(owed[3], on=date(2011, 1, 6))
    assert reviewers(opened.letters, DAY) == (3, 0, 0)
    assert reviewers(opened.letters, date(2011, 1, 6)) == (3, 1, 0)
    assert reviewers(opened.top, date(2011, 1, 6))[1] == 1


def test_a_reviewer_with_one_late_act_is_late(opened):
    owed = list(Duty.objects.filter(owed_by=secretarys_seat(opened.letters_students), kind="review"))
    assert len(owed) == 1
    discharge(owed[0], lag=10)
    (found,) = coverage_of([opened.letters_students], day=date(2011, 1, 15))
    assert (found.groups["reviewers"].on_time, found.groups["reviewers"].late) == (0, 1)


def test_a_recount_always_gives_the_same_figures(opened):
    for n, duty in enumerate(Duty.objects.filter(kind="review", owed_by__isnull=False).order_by("pk")):
        discharge(duty, on=DAY, lag=n // 2)  # written down one day after another

    def sums():
        columns = ("organisation", "window", "day", "owed", "on_time", "late")
        return sorted(row for row in Tally.objects.values_list(*columns) if any(row[3:]))

    before = sums()
    tallying.recount(windows=sorted(set(Duty.objects.values_list("window", flat=True))), day=DAY)
    assert sums() == before


def test_a_discharge_is_one_entry_of_the_chain(opened):
    before = AuditEntry.objects.count()
    discharge(member_duty(opened), lag=9)
    assert AuditEntry.objects.count() == before + 1
    entry = AuditEntry.objects.order_by("-seq").first()
    assert (entry.act, entry.detail["counts"], entry.detail["entered"]) == ("办结应办", "补录", "2011-01-14")


def test_a_discharge_that_fails_in_the_middle_leaves_nothing(opened, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(**_):
        raise Killed

    monkeypatch.setattr(tallying, "count_reviewer", killed)
    before = list(Tally.objects.order_by("pk").values())
    with pytest.raises(Killed):
        discharge(member_duty(opened))
    assert member_duty(opened).done_on is None
    assert list(Tally.objects.order_by("pk").values()) == before


# ---- papers


def test_a_paper_is_handed_in_and_counted_among_papers(opened):
    duty = Duty.objects.get(window__rule="work_report", organisation=opened.letters)
    assert hand_in_paper(duty=duty, on=DAY, today=DAY, rule=RULE, actor=ACTOR) is EntryTiming.ON_TIME
    (found,) = coverage_of([opened.top], day=DAY)
    assert (found.groups["papers"].due, found.groups["papers"].on_time) == (12, 1)
    assert found.total.on_time == 0


def test_a_paper_handed_in_tomorrow_or_instead_of_a_review_is_refused(opened):
    duty = Duty.objects.get(window__rule="work_report", organisation=opened.letters)
    with refused("duties.paper-day-in-future"):
        hand_in_paper(duty=duty, on=DAY + timedelta(days=1), today=DAY, rule=RULE, actor=ACTOR)
    with refused("duties.not-a-paper"):
        hand_in_paper(duty=member_duty(opened), on=DAY, today=DAY, rule=RULE, actor=ACTOR)


def test_a_paper_of_the_last_day_a_sunday_is_in_time(opened):
    duty = Duty.objects.get(window__rule="pledge_summary", organisation=opened.letters)
    sunday = date(2011, 1, 9)
    assert sunday.weekday() == 6
    assert hand_in_paper(duty=duty, on=sunday, today=sunday, rule=RULE, actor=ACTOR) is EntryTiming.ON_TIME


# ---- at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_eight_discharges_at_once_are_one():
    place = a_university()
    adopt(place.top)
    open_on()
    pk = member_duty(place).pk

    def one():
        try:
            return discharge(Duty.objects.get(pk=pk))
        except Refusal as no:
            return no

    answers = at_once([one] * 8)
    assert answers.count(EntryTiming.ON_TIME) == 1
    assert sum(isinstance(answer, Refusal) for answer in answers) == 7
    assert members(place.top, DAY)[1] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_acts_of_one_branch_at_once_are_all_counted():
    place = a_university()
    for n in range(6):
        member(f"党员{n}", place.letters_staff, since=LONG_AGO)
    adopt(place.top)
    open_on()
    duties = list(Duty.objects.filter(target="member", organisation=place.letters_staff))
    assert len(duties) == 8
    answers = at_once([lambda duty=duty: discharge(duty) for duty in duties])
    assert answers == [EntryTiming.ON_TIME] * 8
    assert members(place.top, DAY)[:2] == (15, 8)
    (found,) = coverage_of([place.letters_staff], day=DAY)
    assert (found.groups["reviewers"].due, found.groups["reviewers"].on_time) == (1, 1)
    assert connection.vendor in ("sqlite", "postgresql")
