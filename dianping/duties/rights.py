"""Who may open duties, hand them over and in. That one is met, or owed again, follows from other acts and is nobody's to say."""

from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.duties.models import Duty
from dianping.orgs.models import Organisation, Post


def is_owed_by(actor: Actor, duty: Duty) -> bool:
    """Whether somebody owes a duty: by a seat he answers for that day, or himself (decision 0052)."""
    if duty.owed_by_person_id is not None:
        return actor.is_person(duty.owed_by_person_id)
    return actor.holds(duty.owed_by_id)


@right("管全站账册的党务干事")
def may_open(actor: Actor) -> bool:
    """The duties of all windows, and their tallies."""
    return actor.is_site_clerk


@right("管这里账册的党务干事")
def may_keep(actor: Actor, organisation: Organisation) -> bool:
    """The books of a place: what its seats owe is seen, written down and handed over for them."""
    return actor.keeps(organisation.path)


@right("应办的职务，或管这里账册的党务干事")
def may_hand_in(actor: Actor, duty: Duty) -> bool:
    """The seat that owes a paper, and the office of its place."""
    return is_owed_by(actor, duty) or actor.keeps(duty.path)


@right("管双方账册的党务干事")
def may_hand_over(actor: Actor, from_post: Post, to_post: Post) -> bool:
    """The office that keeps both seats."""
    return actor.keeps(from_post.organisation.path) and actor.keeps(to_post.organisation.path)
