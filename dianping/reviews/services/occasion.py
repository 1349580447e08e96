"""Planning an event, who was there, in which order they speak, and what was noted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import caused, permit
from dianping.orgs.models import Organisation, Person
from dianping.reviews.inputs import EventInput
from dianping.reviews.models import Attendance, Mode, Occasion
from dianping.reviews.rights import may_hold, may_run
from dianping.reviews.selectors.grounds import VISITS
from dianping.reviews.services.draft import PLACE

Standing = Attendance.Standing


# A hearing has its own running order (平学院创组文〔2010〕1号 4): who speaks when is drawn by lot.
USUAL_AGENDA: dict[str, str] = {
    Occasion.Kind.HEARING: "一、按抽签次序汇报\n二、评议发言\n三、民主测评\n四、领导集中点评",
    Occasion.Kind.BRANCH_LIFE: "一、通报上次点评问题的整改\n二、逐人自评、互评\n三、领导点评",
}
TALKS = (Occasion.Kind.HEART_TALK, Occasion.Kind.ADMONITION)


def mode_at(kind: str) -> str:
    """The mode that goes with a kind of event (三.1–三.3)."""
    if kind in TALKS:
        return Mode.INDIVIDUAL.value
    return Mode.ON_SITE.value if kind in VISITS else Mode.COLLECTIVE.value


@dataclass(frozen=True, slots=True)
class OccasionPlan:
    """What is set down about an event beforehand and afterwards."""

    kind: str
    held_on: date
    place: str = ""
    agenda: str = ""
    minutes: str = ""
    put_right_by: date | None = None


@act
def hold_occasion(*, event: EventInput, organisation: Organisation, held_on: date, actor: Actor) -> Occasion:
    """The occasion of this kind, day and place; made when it is not there yet, which is an entry of its own."""
    caused(actor)
    occasion, made = occasion_at(event.kind, organisation, held_on, event.place)
    if made:
        audit.record(
            actor=actor,
            act="记下活动",
            about=f"occasion:{occasion.pk}",
            path=occasion.path,
            kind=occasion.kind,
            on=occasion.held_on,
        )
    return occasion


def occasion_at(kind: str, organisation: Organisation, held_on: date, place: str) -> tuple[Occasion, bool]:
    """The occasion of this kind, day and place, and whether it is new."""
    return Occasion.objects.get_or_create(
        kind=kind,
        organisation=organisation,
        held_on=held_on,
        place=place.strip()[:PLACE],
        defaults={"path": organisation.path},
    )


@act
def plan_occasion(
    *,
    plan: OccasionPlan,
    organisation: Organisation,
    reviewed: Iterable[Person],
    presiding: Person | None = None,
    actor: Actor,
) -> Occasion:
    """Set an event down, with those to be reviewed there and who presides. One a review has already named is taken up, not doubled.

    Raises Refusal for a day to put things right by that lies before the event.
    """
    permit(actor, may_hold, organisation.path)
    refuse_bad_days(plan)
    occasion, _ = occasion_at(plan.kind, organisation, plan.held_on, plan.place)
    occasion.agenda = plan.agenda.strip() or USUAL_AGENDA.get(plan.kind, "")
    occasion.put_right_by = plan.put_right_by
    occasion.planned_by, occasion.version = actor.signature, occasion.version + 1
    occasion.save()
    _call_in(occasion=occasion, people=reviewed, standing=Standing.REVIEWED)
    if presiding is not None:
        _call_in(occasion=occasion, people=[presiding], standing=Standing.HOST)
    audit.record(
        actor=actor,
        act="登记活动",
        about=f"occasion:{occasion.pk}",
        path=occasion.path,
        kind=occasion.kind,
        on=occasion.held_on,
    )
    return occasion


def refuse_bad_days(plan: OccasionPlan) -> None:
    """Refuse a day to put things right by that lies before the event."""
    if plan.put_right_by is not None and plan.put_right_by < plan.held_on:
        raise Refusal(
            f"整改期限 {plan.put_right_by} 早于活动的 {plan.held_on}。",
            code="reviews.put-right-before-event",
            remedy="请填活动之后的日期。",
        )


def _call_in(*, occasion: Occasion, people: Iterable[Person], standing: str) -> int:
    """Put people on the list of an event; how many were not on it yet."""
    there = set(occasion.attendance.values_list("person", flat=True))
    new = [
        Attendance(occasion=occasion, person=person, name=person.name, standing=standing)
        for person in people
        if person.pk not in there
    ]
    Attendance.objects.bulk_create(new)
    return len(new)


@act
def note_attendance(
    *,
    occasion: Occasion,
    present: Mapping[int, bool],
    guests: Iterable[tuple[str, str]] = (),
    minutes: str | None = None,
    spoken: Mapping[int, str] | None = None,
    version: int,
    actor: Actor,
) -> Occasion:
    """Note who was there, by row of the list; people without a record (群众代表, 列席) by name and standing. `spoken`: who reported
    in a secretary's stead, by row.

    Raises Conflict when somebody wrote to the event meanwhile, Refusal for a standing that is none.
    """
    permit(actor, may_run, occasion)
    locked = Occasion.objects.select_for_update().get(pk=occasion.pk)
    if locked.version != version:
        raise Conflict(
            "这次活动的记录刚刚有人改过，您的没有存入。请看过后再填。",
            code="reviews.record-changed-meanwhile",
            differences=(("记录", locked.minutes, minutes or ""),) if minutes is not None else (),
        )
    for there in (True, False):
        rows = [pk for pk, was in present.items() if was is there]
        locked.attendance.filter(pk__in=rows).update(present=there)
    for pk, name in (spoken or {}).items():
        locked.attendance.filter(pk=pk).exclude(organisation=None).update(spoken_by=name.strip()[:60])
    known = set(locked.attendance.filter(person=None).values_list("name", flat=True))
    for name, standing in guests:
        if standing not in Standing.values:
            raise Refusal(
                f"“{standing}”不是到会的身份。",
                code="reviews.standing-unknown",
                remedy="请选普通党员、群众代表或列席。",
            )
        if name.strip() and name.strip() not in known:
            Attendance.objects.create(
                occasion=locked, name=name.strip()[:60], standing=standing, present=True
            )
    if minutes is not None:
        locked.minutes = minutes
    locked.version += 1
    locked.save()
    audit.record(
        actor=actor,
        act="登记到会",
        about=f"occasion:{locked.pk}",
        path=locked.path,
        present=locked.attendance.filter(present=True).count(),
    )
    return locked


@act
def note_came(*, occasion: Occasion, person: Person, actor: Actor) -> Attendance:
    """Put the list right: somebody noted as not there was there. Nobody's minutes are touched."""
    permit(actor, may_run, occasion)
    row = occasion.attendance.select_for_update().get(person=person)
    row.present = True
    row.save(update_fields=["present"])
    audit.record(
        actor=actor,
        act="更正到会",
        about=f"occasion:{occasion.pk}",
        path=occasion.path,
        present=occasion.attendance.filter(present=True).count(),
    )
    return row
