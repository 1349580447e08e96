"""在案的依据: what is on file about targets that a review may rest on: opened polls, visits, assessments, hearings. In sets."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from dianping.common import trees
from dianping.opinions.selectors import Target, polls_opened_about
from dianping.orgs.models import Organisation, Person
from dianping.programmes.rules import Grounds
from dianping.programmes.selectors import programme_for
from dianping.reviews.inputs import GroundInput
from dianping.reviews.models import Attendance, Ground, Occasion, Review
from dianping.reviews.rules.grounds import MONTHS, OCCASION, POLL, earliest

if TYPE_CHECKING:
    from dianping.opinions.models import Poll

VISITS = (Occasion.Kind.FIELD_STUDY, Occasion.Kind.VISIT, Occasion.Kind.ASSESSMENT)
LOOKING = (*VISITS, Occasion.Kind.HEARING)  # events that by themselves are a ground for what is said at them
MOST = 2000  # visits looked at for one page; 20 shown of one target
SHOWN = 20

Whom = tuple[str, Organisation, Person | None]  # about, organisation, person


@dataclass(frozen=True, slots=True)
class OnFile:
    """One thing on file about a target: a poll or an event by its key, its day, and what it is called."""

    kind: str
    key: int
    day: date
    told: str

    @property
    def name(self) -> str:
        """The name a form sends it under."""
        return f"{self.kind}-{self.key}"

    @property
    def said(self) -> GroundInput:
        """The same as services are told."""
        return GroundInput(self.kind, self.key)


def key_of(whom: Whom) -> tuple[str, int, int]:
    """By what a target is found again: about, organisation, person or 0."""
    about, organisation, person = whom
    return about, organisation.pk, person.pk if person else 0


def on_file_about(
    targets: Iterable[Whom],
    *,
    on: date | None,
    months: int = MONTHS,
    named: Collection[GroundInput] | None = None,
) -> dict[tuple[str, int, int], list[OnFile]]:
    """What is on file about each of some targets by a day and not older than so many months, newest first; with no day, whatever
    is on file. `named`: of these only, and then all of them; else the newest twenty. Three queries.

    Of a body and its secretary alike: polls about the body, visits to it or to what lies below it, hearings at which it reported;
    of a secretary and a member those about himself.
    """
    wanted = list(targets)
    if not wanted:
        return {}
    days = (earliest(on, months), on) if on else (date.min, date.max)
    polls = polls_opened_about(
        {key for whom in wanted for key in _asked_of(whom)}, opens=days[0], due=days[1]
    )
    paths = {whom[1].path for whom in wanted}
    visits, heard = _visits(paths, days, named), _heard(wanted, days)
    found = {}
    for whom in wanted:
        about, organisation, person = whom
        rows = {_asked(poll) for key in _asked_of(whom) for poll in polls.get(key, ())}
        if about != "member":
            rows |= {_event(visit) for visit in visits if trees.is_within(visit.path, organisation.path)}
            rows |= {_event(event) for event in heard[organisation.pk, 0]}
        if person is not None:
            rows |= {_event(event) for event in heard[0, person.pk]}
        if named is not None:
            rows = {row for row in rows if row.said in named}
        newest = sorted(rows, key=lambda row: (row.day, row.kind, row.key), reverse=True)
        found[key_of(whom)] = newest if named is not None else newest[:SHOWN]
    return found


def _asked_of(whom: Whom) -> list[Target]:
    about, organisation, person = whom
    asked = [] if about == "member" else [(organisation.pk, 0)]
    return [*asked, (organisation.pk, person.pk)] if person else asked


def _asked(poll: "Poll") -> OnFile:
    return OnFile(POLL, poll.pk, poll.opened_on or date.min, f"{poll.title}（{poll.opened_on}开箱）")


def _event(occasion: Occasion) -> OnFile:
    return OnFile(OCCASION, occasion.pk, occasion.held_on, str(occasion))


def _visits(
    paths: Collection[str], days: tuple[date, date], named: Collection[GroundInput] | None
) -> list[Occasion]:
    """Visits and assessments at some places or below, newest first; of those named only, where some are."""
    places = Q(path__gte=min(paths), path__lt=trees.after(max(paths)))
    held = Occasion.objects.filter(places, kind__in=VISITS, held_on__range=days)
    if named is not None:
        held = held.filter(pk__in=[ground.key for ground in named if ground.kind == OCCASION])
    return list(held.order_by("-held_on", "-pk")[:MOST])


def _heard(targets: list[Whom], days: tuple[date, date]) -> dict[tuple[int, int], set[Occasion]]:
    """The hearings at which some bodies (organisation, 0) or people (0, person) reported; whoever did not come did not."""
    people = {person.pk for _, _, person in targets if person}
    named = Q(organisation__in={body.pk for _, body, _ in targets}) | Q(person__in=people)
    rows = Attendance.objects.filter(
        named, occasion__kind=Occasion.Kind.HEARING, occasion__held_on__range=days
    ).exclude(present=False, spoken_by="")
    found: dict[tuple[int, int], set[Occasion]] = defaultdict(set)
    for row in rows.select_related("occasion"):
        found[row.organisation_id or 0, 0].add(row.occasion)
        if row.organisation_id is None:
            found[0, row.person_id or 0].add(row.occasion)
    return found


def with_grounds() -> "Prefetch[str]":
    """What to prefetch of reviews before `grounds_of` is asked of many."""
    rows = Ground.objects.select_related("poll", "occasion").defer("poll__electorate", "poll__form")
    return Prefetch("grounds", queryset=rows)


def grounds_of(review: Review) -> list[OnFile]:
    """What a review says it rests on, in the order ticked; one query, none after `with_grounds`."""
    rows = []
    for ground in review.grounds.all():
        if ground.poll is not None:
            rows.append(_asked(ground.poll))
        elif ground.occasion is not None:
            rows.append(_event(ground.occasion))
    return rows


def listed(grounds: Iterable[OnFile]) -> str:
    """Some of what is on file, a line each, in one order."""
    return "\n".join(sorted(ground.told for ground in grounds))


def ticked(review: Review, grounds: Collection[GroundInput], event: Occasion | None = None) -> list[OnFile]:
    """The same for what a form ticked, whether or not it was taken. Only what is on file about the same target is told, and the
    review's own event: a form may name any key, and learns nothing of what is another's."""
    whom = (review.about, review.organisation, review.person)
    rows = on_file_about([whom], on=None, named=grounds)[key_of(whom)] if grounds else []
    own = [_event(event)] if event and GroundInput(OCCASION, event.pk) in grounds else []
    return list(dict.fromkeys([*rows, *own]))


def _demanded(review: Review) -> Grounds | None:
    assert review.happened_on is not None
    in_force = programme_for(review.organisation, review.happened_on)
    return in_force.programme.grounds if in_force else None


def is_ground_demanded(review: Review) -> bool:
    """Whether the programme of its day wants a ground of a filed review."""
    demanded = _demanded(review)
    return review.regular and demanded is not None and review.about in demanded.about


def on_file_of(review: Review) -> list[OnFile]:
    """What a filed review may rest on, as of its own day."""
    demanded = _demanded(review)
    whom = (review.about, review.organisation, review.person)
    months = demanded.months if demanded else MONTHS
    return on_file_about([whom], on=review.happened_on, months=months)[key_of(whom)]
