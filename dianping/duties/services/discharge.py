"""Discharging a duty: the act happened on one day and was written down on another; both are kept."""

from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import caused, permit
from dianping.duties.kinds import kind_of
from dianping.duties.models import Duty, Kind
from dianping.duties.rights import may_hand_in
from dianping.duties.services import locks, tallying
from dianping.programmes.rules import EntryRule
from dianping.programmes.rules.lateness import EntryTiming, judge_entry


@act
def discharge_duty(*, duty: Duty, on: date, entered_on: date, rule: EntryRule, actor: Actor) -> EntryTiming:
    """Mark one duty done, in the transaction that keeps the tallies true.

    `on` is the day it happened, `entered_on` the day it was written down. Returns how it counts; an entry that
    came too late to count leaves the duty open. Raises Refusal when the duty is already done.
    """
    caused(actor)
    entry = judge_entry(opens=duty.opens, due=duty.due, happened=on, entered=entered_on, rule=rule)
    if entry is EntryTiming.NEVER:
        return entry
    locks.meeting(duty.owed_by_id)
    changed = Duty.objects.filter(pk=duty.pk, done_on=None, lapsed_on=None).update(
        done_on=on, entered_on=entered_on, on_time=entry is EntryTiming.ON_TIME
    )
    if not changed:
        current = Duty.objects.get(pk=duty.pk)
        raise Refusal(
            f"这一项已于 {current.done_on} 办结。"
            if current.done_on
            else f"这一项自 {current.lapsed_on} 起不再应办。",
            code="duties.already-done",
            remedy="不会重复计数，无需再办。",
        )
    duty.done_on, duty.entered_on, duty.on_time = on, entered_on, entry is EntryTiming.ON_TIME
    if duty.window_id is not None:
        tallying.add_one(window_id=duty.window_id, path=duty.path, day=entered_on, on_time=bool(duty.on_time))
        if duty.kind == Kind.REVIEW:
            tallying.count_reviewer(duty=duty)
    audit.record(
        actor=actor,
        act="办结应办",
        about=f"duty:{duty.pk}",
        path=duty.path,
        on=on,
        entered=entered_on,
        counts=entry.value,
    )
    return entry


@act
def hand_in_paper(*, duty: Duty, on: date, today: date, rule: EntryRule, actor: Actor) -> EntryTiming:
    """Note that a paper owed upward was handed in on a day."""
    permit(actor, may_hand_in, duty)
    if not kind_of(duty.kind).of.handed_in:
        raise Refusal(
            "这一项不是应交的材料。", code="duties.not-a-paper", remedy="请在应办表里选择材料类的事项。"
        )
    if on > today:
        raise Refusal(
            f"交件日期 {on} 在今天（{today}）之后。",
            code="duties.paper-day-in-future",
            remedy="请填实际交件的日期。",
        )
    entry = discharge_duty(duty=duty, on=on, entered_on=today, rule=rule, actor=actor)
    if entry is EntryTiming.NEVER:
        raise Refusal(
            f"交件日期 {on} 早于可以交的 {duty.opens}，或登记得太晚（超过 {rule.latest_days} 天），没有计入。",
            code="duties.paper-not-in-time",
            remedy="请核对交件日期。",
        )
    return entry


@act
def take_back(*, duty: Duty, actor: Actor) -> None:
    """Owe a discharged duty again, the tallies with it; what discharged it says why. A duty still open stays so."""
    caused(actor)
    done = Duty.objects.select_for_update(of=("self",)).select_related("window", "owed_by__organisation")
    locked = done.get(pk=duty.pk)
    if locked.done_on is None or locked.entered_on is None:
        return
    if locked.window_id is not None and locked.kind == Kind.REVIEW:
        tallying.uncount_reviewer(duty=locked)
    if locked.window_id is not None:
        tallying.take_one(
            window_id=locked.window_id, path=locked.path, day=locked.entered_on, on_time=bool(locked.on_time)
        )
    locked.done_on = locked.entered_on = locked.on_time = None
    locked.save(update_fields=["done_on", "entered_on", "on_time"])
    audit.record(actor=actor, act="撤回办结", about=f"duty:{locked.pk}", path=locked.path)
