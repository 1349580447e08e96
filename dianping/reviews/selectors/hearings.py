"""听取汇报: what a programme orders to be heard, which units, and what is owed of their secretaries there."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from dianping.common import trees
from dianping.duties.models import Duty, Kind, Window
from dianping.duties.models.duty import SECRETARY_TARGETS, Target
from dianping.duties.selectors.duties import standing_duties
from dianping.orgs.models import Organisation
from dianping.programmes.rules import Hearing
from dianping.programmes.selectors import programme_for
from dianping.reviews.models import Attendance, Occasion

MOST = 300  # units heard at one meeting


def hearing_ordered(duty: Duty) -> Hearing | None:
    """What the programme says of the hearing that is to be held; None for another duty, or one no paper orders any more."""
    if duty.kind != Kind.HEARING or duty.window is None:
        return None
    in_force = programme_for(duty.organisation, duty.due)
    hearings = in_force.programme.hearings if in_force else ()
    return next((hearing for hearing in hearings if hearing.code == duty.window.rule), None)


def prepared_for(duty: Duty) -> QuerySet[Duty]:
    """What the units prepare for a hearing: one duty a unit heard, in the order of the tree."""
    assert duty.window is not None
    same = {"window__root": duty.window.root_id, "window__rule": duty.window.rule}
    return standing_duties().filter(kind=Kind.PREPARE, **same).order_by("path")


def hearing_planned(duty: Duty) -> Occasion | None:
    """The event a hearing was planned as."""
    return Occasion.objects.select_related("organisation").filter(window=duty.window_id).first()


def hearing_with(window: int) -> Duty | None:
    """The duty to hold the hearing that one of its windows (a key: to hold it, to prepare, the reviews there) belongs to."""
    asked = Window.objects.filter(pk=window)
    held = standing_duties().filter(
        kind=Kind.HEARING, window__root__in=asked.values("root"), window__rule__in=asked.values("rule")
    )
    return held.first()


def hearings_to_plan(path: str) -> list[Duty]:
    """The hearings still without a day that concern a place: it or what lies below hears, or is heard. One query."""
    concerned = Duty.objects.filter(
        kind=Kind.PREPARE,
        window__root=OuterRef("window__root"),
        window__rule=OuterRef("window__rule"),
        path__gte=path,
        path__lt=trees.after(path),
        lapsed_on=None,
        done_on=None,
    )
    planned = Occasion.objects.filter(window=OuterRef("window"))
    held = standing_duties().filter(Exists(concerned), ~Exists(planned), kind=Kind.HEARING, done_on=None)
    return list(held.order_by("due", "pk"))


def days_of(duty: Duty) -> tuple[date, date]:
    """The first and the last day on which a hearing may be held, as its window says them."""
    assert duty.window is not None
    opens = duty.window.cited[0].get("opens") if duty.window.cited else None
    return (date.fromisoformat(opens) if opens else duty.opens), duty.due


def reviews_at(occasion: Occasion, *, day: date) -> list[Duty]:
    """What is owed of the secretaries heard, whoever owes it: of each the review at the hearing, else the open one of another
    window; in the order they speak. One query beside the list."""
    rows = list(
        occasion.attendance.exclude(organisation=None).exclude(person=None).order_by("place", "pk")[:MOST]
    )
    owed = standing_duties().filter(
        kind=Kind.REVIEW,
        target__in=SECRETARY_TARGETS,
        organisation__in=[row.organisation_id for row in rows],
        person__in=[row.person_id for row in rows],
        opens__lte=max(day, occasion.held_on),
    )
    chosen: dict[tuple[int, int | None], Duty] = {}
    for duty in owed.order_by(F("done_on").asc(nulls_first=True), "due", "pk"):
        key = (duty.organisation_id, duty.person_id)
        if key not in chosen or (duty.target == Target.HEARD and chosen[key].target != Target.HEARD):
            chosen[key] = duty
    return [
        chosen[row.organisation_id, row.person_id]
        for row in rows
        if row.organisation_id and (row.organisation_id, row.person_id) in chosen
    ]


def met_at(
    occasion: Occasion | None, *, organisation: Organisation, person: int | None, on: date
) -> Iterable[Duty]:
    """The open reviews of a secretary that whatever is said of him at a hearing of his unit meets, whoever owes them."""
    if occasion is None or occasion.window_id is None or person is None:
        return ()
    if not occasion.attendance.filter(organisation=organisation, person=person).exists():
        return ()
    return (
        Duty.objects.filter(
            kind=Kind.REVIEW,
            target__in=SECRETARY_TARGETS,
            organisation=organisation,
            person=person,
            done_on=None,
            lapsed_on=None,
            opens__lte=on,
        )
        .select_related("window", "owed_by__organisation")
        .order_by("-opens")
    )


def row_of(occasion: Occasion, *, organisation: Organisation, person: int) -> Attendance | None:
    """The row of a unit heard."""
    return occasion.attendance.filter(organisation=organisation, person=person).first()
