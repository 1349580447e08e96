"""Forty in one sitting: everybody one seat reviews at an event, each with what one should know, fetched in sets."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from dianping.accounts.viewer import Viewer
from dianping.acts.dossier import ABOUT_OF, Aim, Dossier, dossier_by, grounds_by
from dianping.acts.masses import masses_of, target
from dianping.common import trees
from dianping.duties.models import Duty, Kind
from dianping.duties.models.duty import SECRETARY_TARGETS
from dianping.duties.rights import may_keep
from dianping.duties.selectors import duties_owed_by, reports_owed_about, seats_owing
from dianping.orgs.models import Organisation, Person, Post
from dianping.orgs.selectors.people import tenures_of_people
from dianping.orgs.selectors.posts import head_people, head_person, held_seats, seats_of
from dianping.orgs.selectors.unit_kinds import unit_kinds_of
from dianping.programmes.selectors import criteria_entered, programme_for
from dianping.rectification.selectors import open_items_of
from dianping.reviews.models import Draw, Occasion, Review
from dianping.reviews.selectors import (
    attendance_of,
    drafts_of,
    draws_visible,
    last_filed_of,
    notes_of,
    reviews_at,
)

MOST = 200  # targets on one page
OF_SECRETARIES = (
    Occasion.Kind.HEARING,
    Occasion.Kind.SECRETARIES,
)  # meetings at which secretaries are reviewed


@dataclass(slots=True)
class SittingTarget:
    """One to be reviewed: the duty that asks for it, and his situation."""

    duty: Duty
    aim: Aim
    dossier: Dossier
    here: bool | None = None
    turn: int | None = None
    draft: Review | None = None

    @property
    def done(self) -> bool:
        """Whether the review is filed."""
        return self.duty.done_on is not None


def sitting_of(
    occasion: Occasion, seat: Post, *, day: date, own: bool, reviewer: Person | None
) -> list[SittingTarget]:
    """Whom a seat owes a review at the place of an event: those called in first in their turn, then the others by name. At a
    hearing these are the secretaries heard, from whichever seat of those who hear.

    One entry a target, however many windows ask for it; what is filed stays on the list. A fixed number of queries.
    Notes come with it only where the seat is the viewer's `own`.
    """
    aims = _aims(occasion, seat, day)
    people = {aim.person.pk for _, aim in aims if aim.person}
    bodies = {aim.organisation.pk for _, aim in aims}
    drafts = drafts_of(seat.pk, people=people, bodies=bodies)
    last = last_filed_of(people=people, bodies=bodies)
    items = open_items_of(people=people, bodies=bodies)
    posts = tenures_of_people(people)
    notes = notes_of(seat.pk, people=people, bodies=bodies) if own else {}
    reports = reports_owed_about(people=people, bodies=bodies)
    masses = masses_of(target(aim.organisation, aim.person) for _, aim in aims)
    called = {(row.organisation_id, row.person_id): row for row in attendance_of(occasion) if row.person_id}
    in_force = programme_for(occasion.organisation, day)
    entered = list(criteria_entered(occasion.organisation, day))
    on_file = grounds_by((aim for _, aim in aims), in_force, day=max(day, occasion.held_on))
    kinds = unit_kinds_of(aim.organisation for _, aim in aims)
    targets = []
    for duty, aim in aims:
        person = aim.person.pk if aim.person else 0
        body = 0 if person else aim.organisation.pk
        row = called.get((aim.organisation.pk, person)) or called.get((None, person))
        report = reports.get((aim.organisation.pk, person))
        targets.append(
            SittingTarget(
                duty=duty,
                aim=aim,
                dossier=dossier_by(
                    in_force,
                    aim,
                    reviewer=reviewer,
                    masses=masses[target(aim.organisation, aim.person)],
                    entered=entered,
                    unit_kind=kinds[aim.organisation.pk],
                    last=last.get((aim.about, body, person)),
                    open_items=items.get((aim.about, body, person), []),
                    notes=notes.get((aim.about, body, person), [])[:20],
                    posts=posts.get(person, [])[:5],
                    reports=[report] if report else [],
                    meets=[duty],
                    on_file=on_file.get(aim.key, []),
                ),
                here=(True if row.spoken_by else row.present) if row else None,
                turn=row.place if row else None,
                draft=drafts.get((aim.about, aim.organisation.pk, person)),
            )
        )
    return sorted(targets, key=lambda t: (t.turn is None, t.turn or 0, t.aim.organisation.path, t.aim.name))


def _aims(occasion: Occasion, seat: Post, day: date) -> list[tuple[Duty, Aim]]:
    """The newest duty a target: the one still open where there is one."""
    if occasion.window_id is not None:
        return [
            (duty, Aim(seat, "secretary", duty.organisation, duty.person, duty))
            for duty in reviews_at(occasion, day=day)
        ]
    path = occasion.path
    duties = duties_owed_by([seat.pk]).filter(
        kind=Kind.REVIEW, path__gte=path, path__lt=trees.after(path), opens__lte=max(day, occasion.held_on)
    )
    if occasion.kind in OF_SECRETARIES:
        duties = duties.filter(target__in=SECRETARY_TARGETS)
    chosen: dict[tuple[str, int, int], Duty] = {}
    for duty in duties.order_by(F("done_on").asc(nulls_first=True), "-opens", "pk")[: 3 * MOST]:
        key = (duty.target, duty.organisation_id, duty.person_id or 0)
        standing = chosen.get(key)
        if standing is None or (standing.done_on is not None and duty.done_on is None):
            chosen[key] = duty
    return [
        (duty, Aim(seat, ABOUT_OF[duty.target], duty.organisation, duty.person, duty))
        for duty in list(chosen.values())[:MOST]
    ]


def seats_for(viewer: Viewer, occasion: Occasion, *, day: date) -> list[tuple[Post, int]]:
    """The seats a viewer may write from at an event: his own, then those of the offices he keeps; with what is open."""
    if occasion.kind in OF_SECRETARIES:
        owing = _seats_of_place(occasion, day)
    else:
        owing = seats_owing(occasion.path, day=max(day, occasion.held_on))
    mine = [(seat, n) for seat, n in owing if seat.pk in viewer.post_ids]
    kept = [
        (seat, n)
        for seat, n in owing
        if seat.pk not in viewer.post_ids and may_keep(viewer.actor, seat.organisation)
    ]
    return [*mine, *kept]


def presiding_at(organisation: Organisation, *, day: date) -> Person | None:
    """Who presides at an organisation's event: whoever heads it that day."""
    return head_person(organisation, day=day)


def _seats_of_place(occasion: Occasion, day: date) -> list[tuple[Post, int]]:
    """The seats of the organisation that holds a meeting of secretaries and are held, its secretary's first; at a hearing each
    with all that are still to be reviewed there, else with what the seat itself owes of secretaries."""
    seats = held_seats(occasion.organisation, day=day)
    if occasion.window_id is not None:
        open_ = sum(duty.done_on is None for duty in reviews_at(occasion, day=day))
        return [(seat, open_) for seat in seats]
    path = occasion.path
    owed = duties_owed_by([seat.pk for seat in seats]).filter(
        kind=Kind.REVIEW,
        target__in=SECRETARY_TARGETS,
        path__gte=path,
        path__lt=trees.after(path),
        opens__lte=max(day, occasion.held_on),
        done_on=None,
    )
    counts = Counter(owed.values_list("owed_by", flat=True))
    return [(seat, counts[seat.pk]) for seat in seats]


def drawn_at(asked: str, organisation: Organisation, viewer: Viewer) -> Draw | None:
    """A draw within an organisation that is over, by the key an address carries; None for any other."""
    if not asked.isdecimal() or len(asked) > 11:
        return None
    held = draws_visible(viewer.read_paths).filter(pk=int(asked), organisation=organisation)
    return held.exclude(closed_on=None).first()


def people_drawn(draw: Draw, *, day: date) -> list[Person]:
    """Who was drawn; of organisations, whoever heads them."""
    codes = [code for code in draw.drawn if code in draw.listed]
    if draw.about == "member":
        keys = [int(code[1:]) for code in codes if code[1:].isdecimal()]
        return list(Person.objects.filter(pk__in=keys).order_by("pk"))
    places = list(Organisation.objects.filter(code__in=codes).order_by("path"))
    heads = head_people([place.pk for place in places], day=day)
    return [heads[place.pk] for place in places if place.pk in heads]


def people_to_call(organisation: Organisation, viewer: Viewer, *, day: date, kind: str = "") -> list[Person]:
    """Those to be reviewed at an organisation's event: whom its secretary reviews, or this viewer from a seat of his own. At a
    meeting of secretaries, whoever heads the organisations right below."""
    if kind in OF_SECRETARIES:
        below = list(organisation.children.filter(dissolved=None).order_by("path"))
        heads = head_people([place.pk for place in below], day=day)
        return list({heads[p.pk].pk: heads[p.pk] for p in below if p.pk in heads}.values())[:MOST]
    seats = [*viewer.post_ids, *seats_of(organisation)]
    path = organisation.path
    owed = duties_owed_by(seats).filter(
        kind=Kind.REVIEW, path__gte=path, path__lt=trees.after(path), opens__lte=day, due__gte=day
    )
    people: dict[int, Person] = {}
    for duty in owed.exclude(person=None).order_by("path", "person", "pk")[: 3 * MOST]:
        if duty.person is not None:
            people.setdefault(duty.person.pk, duty.person)
    return list(people.values())[:MOST]
