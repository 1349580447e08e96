"""Meetings and reviews of the invented winter: who was called, who came, what was said of whom."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dianping.acts.dossier import aim_of
from dianping.acts.filing import file_and_follow
from dianping.common.audit import Actor
from dianping.demo import story
from dianping.demo.sample_hands import Hands, at
from dianping.duties.models import Duty
from dianping.orgs.models import Organisation, Person
from dianping.orgs.selectors.posts import head_person, holder_on
from dianping.reviews.models import Attendance, Occasion, Review
from dianping.reviews.selectors.grounds import LOOKING
from dianping.reviews.services import (
    EventInput,
    OccasionPlan,
    ProblemInput,
    ReviewInput,
    note_attendance,
    plan_occasion,
)

AWAY = 2  # of those a meeting does not get to, so many were not there


@dataclass(frozen=True)
class Telling:
    """How a review of the sample came about: its day and mode, the event, who writes it down and when."""

    on: date
    mode: str
    kind: str
    hands: Hands
    occasion: Occasion | None = None
    entered: date | None = None
    late: str = ""
    due: date | None = None  # of its problem; drawn where it is not given


def branch_meeting(
    branch: Organisation, on: date, chance: random.Random, *, share: float, hands: Hands
) -> None:
    """支部党员大会: everybody still to be reviewed is called; a share is reviewed, the last of the others were not there."""
    duties = list(
        Duty.objects.filter(organisation=branch, target="member", done_on=None)
        .select_related("person")
        .order_by("pk")
    )
    spoken = duties[: round(len(duties) * share)]
    called = [duty.person for duty in duties if duty.person is not None]
    away = called[-AWAY:] if len(duties) - len(spoken) >= AWAY else []
    occasion = meet("支部党员大会", branch, on, called, away=away, minutes=story.MINUTES, hands=hands)
    for duty in spoken:
        tell(duty, chance, Telling(on, "collective", occasion.kind, hands, occasion))


def meet(
    kind: str,
    place: Organisation,
    on: date,
    called: Iterable[Person],
    *,
    away: Iterable[Person] = (),
    minutes: str,
    hands: Hands,
) -> Occasion:
    """A meeting that was planned, and held with everybody there but those away."""
    occasion = plan_meeting(kind, place, on, called, hands=hands)
    gone = {person.pk for person in away}
    rows = Attendance.objects.filter(occasion=occasion).values_list("pk", "person")
    return note_attendance(
        occasion=occasion,
        present={pk: person not in gone for pk, person in rows},
        minutes=minutes.format(count=len(rows) - len(gone)),
        version=occasion.version,
        actor=hands["wen"],
    )


def plan_meeting(
    kind: str, place: Organisation, on: date, called: Iterable[Person], *, hands: Hands
) -> Occasion:
    """A meeting on the calendar, with whoever heads the place presiding."""
    plan = OccasionPlan(kind, on, story.ROOMS[place.pk % len(story.ROOMS)])
    presiding = head_person(place, day=on)
    return plan_occasion(
        plan=plan, organisation=place, reviewed=called, presiding=presiding, actor=hands["wen"]
    )


def tell(duty: Duty, chance: random.Random, telling: Telling) -> Review | None:
    """The review a duty asks for, by whoever holds the seat that owes it; None where it is done or nobody holds that."""
    duty.refresh_from_db(fields=["done_on"])
    reviewer = holder_on(duty.owed_by, day=telling.on) if duty.owed_by is not None else None
    if duty.done_on is not None or reviewer is None:
        return None
    target = aim_of(duty).target
    return file_and_follow(
        target=target,
        reviewer=reviewer,
        said=said_of(target.about, chance, telling),
        version=0,
        moment=at(telling.entered or telling.on, 16),
        actor=_writer(reviewer, duty.pk, telling.hands),
    )


def _writer(reviewer: Person, number: int, hands: Hands) -> Actor:
    """Who writes it down: a reviewer with an account every other one himself, the office the others."""
    himself = next((hand for hand in hands.values() if hand.is_person(reviewer.pk)), None)
    return himself if himself is not None and number % 2 else hands["wen"]


def said_of(about: str, chance: random.Random, telling: Telling) -> ReviewInput:
    """What is said in one review, with one problem and by when it is to be put right."""
    achievements = ""
    if about == "member":
        evaluation, problem, direction = chance.choice(story.MEMBER)
    else:
        evaluation, achievements, problem, direction = chance.choice(
            story.ORGANISATION if about == "organisation" else story.SECRETARY
        )
    evidence = chance.choice(story.EVIDENCE)
    days = timedelta(days=chance.choice((12, 30, 55, 85)))
    kind = telling.occasion.kind if telling.occasion else telling.kind
    owner = "本人" if about != "organisation" else ""
    return ReviewInput(
        mode=telling.mode,
        regular=telling.mode not in ("individual", "random"),
        happened_on=telling.on,
        occasion=telling.occasion,
        event=EventInput(telling.kind) if telling.occasion is None and telling.kind else None,
        evaluation=evaluation,
        achievements=achievements,
        direction=direction,
        evidence=evidence,
        ground_absence="" if about == "member" or kind in LOOKING else story.NOT_YET_ASKED,
        late_reason=telling.late,
        problems=(ProblemInput(problem, owner, telling.due or telling.on + days),),
    )
