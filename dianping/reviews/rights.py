"""Who may write, answer, confirm, correct and take back reviews, hold events and draw lots."""

from collections.abc import Sequence

from dianping.common import trees
from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.duties.models import Duty
from dianping.duties.rights import is_owed_by
from dianping.duties.selectors import duties_owed_by
from dianping.orgs.models import Organisation, Person, Post
from dianping.reviews.models import Attendance, Draw, Occasion, Review

# ---- reviews


@right("这个职务的任职人，或管这里账册的党务干事")
def may_write(actor: Actor, post: Post, organisation: Organisation) -> bool:
    """From a seat about an organisation or somebody in it: whoever answers for the seat and reads there, owes it or hears it
    report, and the office of the place for a seat it keeps too, or one that owes it."""
    if actor.holds(post.pk):
        return actor.reads(organisation.path) or _owes(post, organisation) or _hears(post, organisation)
    if not actor.keeps(organisation.path):
        return False
    return actor.keeps(post.organisation.path) or _owes(post, organisation)


def _hears(post: Post, organisation: Organisation) -> bool:
    """Whether a seat belongs to those who hear the organisation at a hearing a programme orders."""
    heard = Attendance.objects.filter(organisation=organisation, occasion__organisation=post.organisation_id)
    return heard.exists()


def _owes(post: Post, organisation: Organisation) -> bool:
    return duties_owed_by([post.pk]).filter(organisation=organisation).exists()


@right("这个职务的任职人本人")
def may_note(actor: Actor, post: Post, organisation: Organisation, writer: Person) -> bool:
    """A note is one's own, from one's own seat."""
    own = actor.is_person(writer.pk) and actor.holds(post.pk)
    return own and (actor.reads(organisation.path) or _owes(post, organisation))


def is_reviewed(actor: Actor, review: Review) -> bool:
    """Whether a review is about this very person, or about the organisation he heads."""
    if actor.person is None:
        return False
    return actor.is_person(review.person_id) or (review.about == "organisation" and actor.heads(review.path))


@right("被点评的同志本人")
def may_answer(actor: Actor, review: Review) -> bool:
    """The reviewed one reads and answers himself."""
    return is_reviewed(actor, review)


@right("被点评单位的党务干事")
def may_note_answer(actor: Actor, review: Review) -> bool:
    """The office writes down what he answered."""
    return actor.keeps(review.path)


@right("点评人本人")
def may_confirm(actor: Actor, review: Review) -> bool:
    """Only whose words they are."""
    return actor.is_person(review.reviewer_id)


@right("点评的职务，或管这里账册的党务干事")
def may_correct(actor: Actor, review: Review) -> bool:
    """The seat that gave it, and the office that keeps it."""
    return actor.holds(review.post_id) or actor.keeps(review.path)


@right("管这里账册的党务干事")
def may_reopen(actor: Actor, review: Review) -> bool:
    """A filed review is taken back by the office only."""
    return actor.keeps(review.path)


@right("应办的职务，或管这里账册的党务干事")
def may_write_of(actor: Actor, duties: Sequence[Duty]) -> bool:
    """To be handed a list of whom to review: every line of it one's own, or of one's office; nobody has an empty one."""
    if not duties:
        return actor.has_seat or actor.is_clerk
    return all(is_owed_by(actor, duty) or actor.keeps(duty.path) for duty in duties)


@right("有职务应办点评的领导，或党务干事")
def may_bring_reviews(actor: Actor) -> bool:
    """To send in a filled workbook at all; each of its rows is asked about as a review."""
    return actor.has_seat or actor.is_clerk


@right("党务干事、上级办公室和查阅人")
def may_look_for_signs(actor: Actor, organisation: Organisation) -> bool:
    """What honest work seldom shows is for the offices, and whoever audits."""
    return actor.judges(organisation.path) or actor.audits(organisation.path)


# ---- events


@right("管这里账册的党务干事、本组织的书记，或在这里点评的领导")
def may_hold(actor: Actor, path: str) -> bool:
    """Whoever keeps the books of a place, heads it, or reviews there from a seat of his own."""
    return actor.keeps(path) or actor.heads(path) or (actor.has_seat and actor.reads(path))


@right("管这里账册的党务干事、本组织的书记，或在这里点评的领导")
def may_run(actor: Actor, occasion: Occasion) -> bool:
    """An event is run by whoever may hold one there."""
    return may_hold(actor, occasion.path)


# ---- draws


@right("上级的党务干事")
def may_call(actor: Actor, superior: Organisation, organisation: Organisation) -> bool:
    """A draw is called by the superior's office, among what lies below it."""
    return actor.keeps(superior.path) and trees.is_within(organisation.path, superior.path)


@right("轮到的那一方：上级的党务干事，或单位的书记、党务干事")
def may_take_side(actor: Actor, draw: Draw, side: str) -> bool:
    """Sealing and revealing for a side. That the two are of two offices is looked at by the service (decision 0041)."""
    if side == "superior":
        return actor.keeps(draw.superior.path)
    return actor.heads(draw.path) or actor.keeps(draw.path)


@right("上级的党务干事")
def may_end(actor: Actor, draw: Draw) -> bool:
    """Void and withheld draws are closed by the superior's office."""
    return actor.keeps(draw.superior.path)
