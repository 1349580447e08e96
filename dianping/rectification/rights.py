"""Who may do what with problems, reports and talks: asked by the services, and by pages to know what to offer (decision 0009)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from dianping.accounts.viewer import Viewer, outermost
from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.duties.models import Duty
from dianping.duties.rights import is_owed_by, may_hand_in
from dianping.duties.selectors.lines import is_done_on_its_page
from dianping.rectification.models import Admonition, Enclosure, Extension, Item, WrittenReport
from dianping.rectification.rules import steps as rectify
from dianping.rectification.rules.steps import EXTENDABLE, STEPS
from dianping.rectification.selectors import Record, admonitions_visible, items_visible, owns, seats_answered
from dianping.reviews.models import Occasion, Review
from dianping.reviews.rights import may_correct, may_run

EXTEND, ANSWER = "extend", "answer"


# ---- problems


def items_seen(viewer: Viewer) -> QuerySet[Item]:
    """Every problem this viewer may see."""
    return items_visible(paths=viewer.read_paths, posts=viewer.post_ids, person=viewer.person)


def with_history(items: QuerySet[Item]) -> QuerySet[Item]:
    """The same with everything that happened to each, for the page of one."""
    return items.select_related("point").prefetch_related("progress__files", "extensions", "verdicts")


@dataclass(frozen=True, slots=True)
class Sides:
    """On which sides of one problem somebody stands."""

    owner: bool
    owner_side: bool
    judge: bool

    @property
    def any(self) -> bool:
        """Whether he has anything to do with it but read it."""
        return self.owner or self.owner_side or self.judge


def part_of(actor: Actor, item: Item) -> Sides:
    """The sides somebody stands on; the owner never judges his own."""
    owner = owns(actor.person, item)
    return Sides(
        owner=owner,
        owner_side=_is_of_the_owner(actor, item),
        judge=_is_of_the_judges(actor, item) and not owner,
    )


def seat_that_named(item: Item) -> int | None:
    """The key of the seat in whose name it was named, None where no seat did."""
    return item.source.seat_id if item.source else None


def _is_of_the_owner(actor: Actor, item: Item) -> bool:
    return (
        actor.keeps(item.path)
        or actor.heads(item.path)
        or owns(actor.person, item)
        or actor.is_person(item.person_id)
    )


def _is_of_the_judges(actor: Actor, item: Item) -> bool:
    return actor.judges(item.path) or actor.holds(seat_that_named(item))


@right("看得到这个问题的同志")
def may_see(actor: Actor, item: Item) -> bool:
    """Whoever reads its place, whose seat named it, whom it is about, and who answers for it: as `items_seen` finds them."""
    return (
        actor.reads(item.path)
        or actor.holds(seat_that_named(item))
        or actor.is_person(item.person_id)
        or (item.owner_id is not None and actor.is_person(item.owner_id))
    )


@right("点评、办活动或交件的一方，或管这里账册的党务干事")
def may_enclose(actor: Actor, record: Record) -> bool:
    """Who writes the record: the seat that gave a filed review, whoever runs an event, who hands a paper in; and the office."""
    if isinstance(record, Review):
        return record.filed and may_correct(actor, record)
    if isinstance(record, Occasion):
        return may_run(actor, record)
    return is_done_on_its_page(record) and may_hand_in(actor, record)


@right("看得到这份记录的同志")
def may_see_enclosure(actor: Actor, file: Enclosure) -> bool:
    """Whoever may see the record it was kept with."""
    if actor.reads(file.path):
        return True
    if file.review is not None:
        return actor.holds(file.review.post_id) or actor.is_person(file.review.person_id)
    if file.duty is not None:
        return is_owed_by(actor, file.duty)
    assert file.occasion is not None  # one of the three
    heard = file.occasion.attendance.exclude(organisation=None).select_related("organisation")
    return any(actor.reads(row.organisation.path) for row in heard if row.organisation)


@right("责任人一方（登记进展）或点评人、上级办公室、党务干事（认定）")
def may_step(actor: Actor, item: Item, step: str) -> bool:
    """Plans, progress and asking for closure are the owner's side's, judging is the reviewer's and the offices'. That nobody
    judges what he answers for, or asked for himself, is refused by the service in its own words."""
    by = STEPS[step].by
    if by == "owner_side":
        return _is_of_the_owner(actor, item)
    return by in ("judge", "other") and _is_of_the_judges(actor, item)


@right("与这个问题有关的同志")
def may_show(actor: Actor, item: Item) -> bool:
    """Files that show how it was or is come from whoever has a part in it."""
    return part_of(actor, item).any


@right("责任人一方")
def may_ask_extension(actor: Actor, item: Item) -> bool:
    """More time is asked for by those who put it right."""
    return _is_of_the_owner(actor, item)


@right("点评人、上级办公室或党务干事")
def may_answer_extension(actor: Actor, item: Item) -> bool:
    """And granted or refused by those who judge it."""
    return _is_of_the_judges(actor, item)


def waiting_extension(item: Item) -> Extension | None:
    """The asking for more time that nobody has answered yet."""
    return next((e for e in item.extensions.all() if e.granted is None), None)


def acts_open_to(actor: Actor, item: Item) -> dict[str, str]:
    """What somebody may do with it now: key and name, the steps of rectification.rules.steps and the two of an extension."""
    part = part_of(actor, item)
    may = {
        "owner_side": part.owner_side,
        "judge": part.judge,
        "other": part.judge and actor.name != item.requested_by,
    }
    acts = {
        key: step.name
        for key, step in STEPS.items()
        if rectify.may_step(key, item.state) and may.get(step.by, False)
    }
    waiting = waiting_extension(item)
    if waiting is None:
        if part.owner_side and item.due is not None and item.state in EXTENDABLE:
            acts[EXTEND] = "申请延期"
    elif part.judge and actor.name != waiting.asked_as:
        acts[ANSWER] = "答复延期"
    return acts


# ---- reports


@right("被点评的同志本人、应交报告的职务，或管这里账册的党务干事")
def may_file_report(actor: Actor, duty: Duty) -> bool:
    """A written report is handed in by whom it is about, by the seat that sees to it, or by its office."""
    return actor.is_person(duty.person_id) or is_owed_by(actor, duty) or actor.keeps(duty.path)


@right("报告送交的点评人")
def may_note_reading(actor: Actor, report: WrittenReport) -> bool:
    """That a report was read is said by a seat that named one of its problems."""
    return any(actor.holds(seat) for seat in seats_answered(report))


# ---- talks


@right("上级办公室、上级党组织的书记和党务干事，或分管的领导")
def may_admonish(actor: Actor, path: str) -> bool:
    """Whoever stands above a unit: the superior's office or its clerk, a secretary above, the leader in charge. The unit's own
    secretary and its own clerk do not (豫创组办发〔2010〕26号 三.2)."""
    if actor.heads(path):
        return False
    above = actor.keeps_above(path) or actor.heads_above(path)
    return above or actor.oversees(path) or actor.has_charge_of(path)


@right("上级办公室、上级党组织的书记和党务干事，或分管的领导")
def may_settle_admonition(actor: Actor, path: str) -> bool:
    """What came of a talk is written by those who may hold one."""
    return may_admonish(actor, path)


def admonitions_seen(viewer: Viewer) -> QuerySet[Admonition]:
    """Talks this viewer may know of: of his office's, of those he heads, of what he is in charge of, and his own."""
    paths = outermost([*viewer.office_paths, *viewer.superior_paths, *viewer.headed_paths])
    charged = [charge.organisation.path for charge in viewer.charges]
    return admonitions_visible(paths=paths, places=charged, person=viewer.person)
