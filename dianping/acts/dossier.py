"""What lies beside the box: whom one writes about, what was said last time, what is still open, what to look at."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dianping.accounts.viewer import Viewer
from dianping.acts.masses import Masses, masses_of, target
from dianping.duties.models import Duty, Kind
from dianping.duties.rights import may_keep
from dianping.duties.selectors import duties_owed_by, open_duties_about, open_reports_about
from dianping.duties.selectors.lines import ClauseChip
from dianping.orgs.models import Organisation, Person, Post, Tenure
from dianping.orgs.selectors import tenures_of
from dianping.orgs.selectors.posts import held_seats, holder_on
from dianping.orgs.selectors.unit_kinds import unit_kinds_of
from dianping.programmes.models import CriteriaList
from dianping.programmes.rules import ClauseCitation, Criteria, EntryRule, Template
from dianping.programmes.selectors import InForce, criteria_entered, criteria_on, programme_for
from dianping.rectification.models import Item
from dianping.rectification.selectors import open_items_about
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import About, Note, Review
from dianping.reviews.rules.grounds import MONTHS
from dianping.reviews.selectors import OnFile, PartRead, last_filed, notes_about, on_file_about, parts_of
from dianping.reviews.services.file import TARGETS

Whom = tuple[str, int, int]  # about, organisation, person or 0
MOST = 600  # duties read for one list of names
EXTRA = 30  # seats offered for an unplanned review
ABOUT_OF = {target: about for about, targets in TARGETS.items() for target in targets}


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a seat writes about; `duty` is the one that asked for it, None for a review nobody ordered."""

    seat: Post
    about: str
    organisation: Organisation
    person: Person | None
    duty: Duty | None = None

    @property
    def target(self) -> ReviewTarget:
        """The seat, and about whom, as the services of reviews are told."""
        return ReviewTarget(self.seat, self.about, self.organisation, self.person)

    @property
    def key(self) -> Whom:
        """By what the target is found again: about, organisation, person or 0."""
        return self.about, self.organisation.pk, self.person.pk if self.person else 0

    @property
    def name(self) -> str:
        """The target as the page names it."""
        return self.person.name if self.person else self.organisation.name

    @property
    def kind(self) -> str:
        """党组织, 书记 or 党员."""
        return str(About(self.about).label)


def aim_of(duty: Duty) -> Aim:
    """The aim of a review duty owed inside."""
    assert duty.owed_by is not None
    return Aim(duty.owed_by, ABOUT_OF[duty.target], duty.organisation, duty.person, duty)


def aims_owed(posts: Iterable[int], *, day: date) -> dict[str, Aim]:
    """Whom some seats review, by a key a form may send; each once, members by name."""
    owed = duties_owed_by(posts).filter(kind=Kind.REVIEW, opens__lte=day, lapsed_on=None)
    aims: dict[str, Aim] = {}
    for duty in owed.order_by("path", "target", "person", "pk")[:MOST]:
        aim = aim_of(duty)
        key = f"{aim.about}-{duty.organisation_id}-{duty.person_id or ''}"
        aims.setdefault(key, aim)
    return aims


def from_seat_that_owes(aim: Aim, posts: Iterable[int]) -> Aim:
    """The same aim from the one of some seats that owes its review, so that what is noted is found when it is written."""
    same = open_duties_about(
        organisation=aim.organisation, person=aim.person, target_kinds=TARGETS[aim.about]
    )
    duty = same.filter(owed_by__in=list(posts)).first()
    return replace(aim, seat=duty.owed_by) if duty and duty.owed_by else aim


@dataclass(slots=True)
class Dossier:
    """Everything a reviewer needs to know about one target, on the page of one and on that of a sitting.

    `notes` are the seat's own, empty for whoever writes in its stead. `meets` are the duties a review would discharge. `on_file` is
    what a review may rest on.
    """

    reviewer: Person | None
    in_force: InForce | None
    template: Template | None
    look_at: tuple[str, ...]
    clause: ClauseChip | None
    masses: Masses
    criteria: tuple[Criteria, ...] = ()
    last: Review | None = None
    open_items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    posts: list[Tenure] = field(default_factory=list)
    reports: list[Duty] = field(default_factory=list)
    meets: list[Duty] = field(default_factory=list)
    on_file: list[OnFile] = field(default_factory=list)
    grounds: ClauseCitation | None = (
        None  # the clause that demands a ground of a regular review of the target
    )

    @property
    def last_said(self) -> list[PartRead]:
        """What the last review said of the target, part by part."""
        said = parts_of(self.last, self.last.about) if self.last else []
        return [read for read in said if read.part.said]

    @property
    def ground_months(self) -> int:
        """How many months back what is on file counts."""
        demanded = self.in_force.programme.grounds if self.in_force else None
        return demanded.months if demanded else MONTHS

    @property
    def late_after(self) -> int:
        """After how many days an entry is late and wants its reason: as the programme says, else as the paper does."""
        return (self.in_force.programme.entry if self.in_force else EntryRule()).on_time_days


def dossier_by(
    in_force: InForce | None,
    aim: Aim,
    *,
    reviewer: Person | None,
    masses: Masses,
    entered: Iterable[CriteriaList],
    unit_kind: str,
    **on_file: Any,
) -> Dossier:
    """A dossier by the programme in force; `entered` are the lists of criteria the office entered, `unit_kind` the kind of unit the
    target belongs to; `on_file` is what is on file about the target (the other fields of Dossier)."""
    template = in_force.programme.template(aim.about) if in_force else None
    demanded = in_force.programme.grounds if in_force else None
    return Dossier(
        reviewer=reviewer,
        in_force=in_force,
        template=template,
        look_at=template.look_at_for(unit_kind) if template else (),
        clause=ClauseChip(template.cited.paper, template.cited.clause, template.cited.says)
        if template
        else None,
        masses=masses,
        criteria=tuple(
            named
            for named in criteria_on(in_force.programme if in_force else None, entered)
            if named.about == aim.about
        ),
        grounds=demanded.cited if demanded and aim.about in demanded.about else None,
        **on_file,
    )


def grounds_by(aims: Iterable[Aim], in_force: InForce | None, *, day: date) -> dict[Whom, list[OnFile]]:
    """What is on file about each of some targets that a review of a day may rest on; of a member only where the programme asks
    for it."""
    demanded = in_force.programme.grounds if in_force else None
    asked = (
        (aim.about, aim.organisation, aim.person)
        for aim in aims
        if aim.about != "member" or (demanded and aim.about in demanded.about)
    )
    return on_file_about(asked, on=day, months=demanded.months if demanded else MONTHS)


def dossier_of(aim: Aim, *, day: date, own: bool) -> Dossier:
    """The dossier for a target, as of a day; notes come with it only where the seat is the viewer's `own`."""
    organisation, person = aim.organisation, aim.person
    same = open_duties_about(organisation=organisation, person=person, target_kinds=TARGETS[aim.about])
    in_force = programme_for(organisation, day)
    return dossier_by(
        in_force,
        aim,
        reviewer=holder_on(aim.seat, day=day),
        masses=masses_of([target(organisation, person)])[target(organisation, person)],
        entered=list(criteria_entered(organisation, day)),
        unit_kind=unit_kinds_of([organisation])[organisation.pk],
        last=last_filed(about=aim.about, organisation=organisation, person=person),
        open_items=list(open_items_about(about=aim.about, organisation=organisation, person=person)),
        notes=notes_about(aim.target) if own else [],
        posts=list(tenures_of(person)[:5]) if person else [],
        reports=list(open_reports_about(organisation=organisation, person=person)),
        meets=[d for d in same if d.owed_by_id == aim.seat.pk and d.opens <= day],
        on_file=grounds_by([aim], in_force, day=day).get(aim.key, []),
    )


def extra_seats(viewer: Viewer, about: str, organisation: Organisation) -> list[Post]:
    """The seats an office may write an unplanned review from: held, of the places it keeps, the one that reviews there as a rule
    first (a member's own branch, else the superior), then those of the level above."""
    above = organisation if about == "member" else organisation.parent
    seats: list[Post] = []
    while above is not None and len(seats) < EXTRA:
        if may_keep(viewer.actor, above) and may_keep(viewer.actor, organisation):
            seats += held_seats(above, day=viewer.day)
        above = above.parent
    return seats[:EXTRA]


def own_duty(aim: Aim, *, day: date) -> Duty | None:
    """The open duty this seat has about the same target today, if any: then the review is no extra one."""
    same = open_duties_about(
        organisation=aim.organisation, person=aim.person, target_kinds=TARGETS[aim.about]
    )
    return same.filter(owed_by=aim.seat, opens__lte=day).first()
