"""Planning a hearing a programme orders, and what is done once it was held (平学院创组文〔2010〕1号 4). Decision 0065."""

from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import caused, permit
from dianping.duties.models import Duty, Kind
from dianping.duties.services import discharge_duty
from dianping.orgs.selectors.posts import head_people
from dianping.programmes.rules import EntryRule
from dianping.programmes.selectors import programme_for
from dianping.reviews.models import Attendance, Occasion
from dianping.reviews.rights import may_hold
from dianping.reviews.selectors.hearings import hearing_ordered, hearing_planned, prepared_for
from dianping.reviews.services.occasion import (
    USUAL_AGENDA,
    OccasionPlan,
    occasion_at,
    refuse_bad_days,
)

HEARING = Occasion.Kind.HEARING
NOBODY = "（书记空缺）"


@act
def plan_hearing(*, duty: Duty, plan: OccasionPlan, actor: Actor) -> Occasion:
    """Give a hearing its day and place inside its window, with every unit heard and whoever heads it that day on the list.
    Planned again, it is moved; what was drawn stays.

    Raises Refusal for a day outside the window, a hearing that no paper orders any more, or one that was held already.
    """
    permit(actor, may_hold, duty.path)
    ordered = hearing_ordered(duty)
    if ordered is None:
        raise Refusal(
            "现行的方案里没有这次听取汇报。",
            code="reviews.hearing-not-ordered",
            remedy="请在“登记活动”里登记，或先采用要求它的文件。",
        )
    if plan.held_on not in ordered.window:
        raise Refusal(
            f"方案要求在 {ordered.window.opens} 至 {ordered.window.due} 听取汇报，{plan.held_on} 不在其中。",
            code="reviews.hearing-outside-its-days",
            remedy="请在这几天里选一天；文件改了日期的，先采用新的文件。",
        )
    refuse_bad_days(plan)
    occasion = hearing_planned(duty)
    if occasion is None:
        occasion, _ = occasion_at(HEARING, duty.organisation, plan.held_on, plan.place)
    _refuse_held(occasion)
    occasion.held_on, occasion.place = plan.held_on, plan.place.strip()[:80]
    occasion.agenda = plan.agenda.strip() or occasion.agenda or USUAL_AGENDA[HEARING]
    occasion.put_right_by, occasion.window = plan.put_right_by, duty.window
    occasion.planned_by, occasion.version = actor.signature, occasion.version + 1
    occasion.save()
    units = _call_units(occasion, duty)
    audit.record(
        actor=actor,
        act="安排听取汇报",
        about=f"occasion:{occasion.pk}",
        path=occasion.path,
        on=occasion.held_on,
        units=units,
    )
    return occasion


def _refuse_held(occasion: Occasion) -> None:
    if occasion.attendance.filter(present=True).exists():
        raise Refusal(
            f"这次听取汇报已在 {occasion.held_on} 登记了到会，不能再改日期。",
            code="reviews.hearing-already-held",
            remedy="要改记录，请在这次活动里改。",
        )


def _call_units(occasion: Occasion, duty: Duty) -> int:
    """Every unit heard on the list, with whoever heads it on the day; how many."""
    units = {prepared.organisation_id: prepared.organisation for prepared in prepared_for(duty)}
    heads = head_people(units, day=occasion.held_on)
    standing = {row.organisation_id: row for row in occasion.attendance.exclude(organisation=None)}
    new: list[Attendance] = []
    for pk, unit in units.items():
        person = heads.get(pk)
        row = standing.get(pk) or Attendance(
            occasion=occasion, organisation=unit, standing=Attendance.Standing.REVIEWED
        )
        row.person, row.name = person, person.name if person else NOBODY
        if row.pk is None:
            new.append(row)
        else:
            row.save(update_fields=["person", "name"])
    Attendance.objects.bulk_create(new)
    gone = [row.pk for unit, row in standing.items() if unit not in units]
    occasion.attendance.filter(pk__in=gone).delete()
    return len(units)


@act
def meet_hearing(*, occasion: Occasion, today: date, actor: Actor) -> None:
    """A hearing was held: the duty to hold it is done, and that of each unit that reported. Twice changes nothing."""
    caused(actor)
    if occasion.window is None or occasion.held_on > today:
        return
    reported = [row for row in occasion.attendance.exclude(organisation=None) if row.present or row.spoken_by]
    if not reported:
        return
    in_force = programme_for(occasion.organisation, occasion.held_on)
    rule = in_force.programme.entry if in_force else EntryRule()
    held = Duty.objects.filter(window=occasion.window, kind=Kind.HEARING, done_on=None, lapsed_on=None)
    same = {"window__root": occasion.window.root_id, "window__rule": occasion.window.rule}
    prepared = Duty.objects.filter(
        kind=Kind.PREPARE,
        organisation__in=[row.organisation_id for row in reported],
        done_on=None,
        lapsed_on=None,
        **same,
    )
    for duty in [*held, *prepared]:
        discharge_duty(duty=duty, on=occasion.held_on, entered_on=today, rule=rule, actor=actor)
