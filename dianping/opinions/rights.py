"""Who may do what with a poll. Whom it is about reads what was released once it is opened, whatever else he may do.

A villager who sends a form has no account: he is let in by his slip (`sending`), which asks nobody who he is.
"""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from dianping.accounts.viewer import SignedIn, Viewer
from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.opinions.models import Poll
from dianping.opinions.selectors import concerns, is_unsaid, lists_of, may_be_opened, polls_seen, unable_of
from dianping.opinions.selectors.custodians import holds
from dianping.orgs.models import Organisation

if TYPE_CHECKING:
    from dianping.opinions.models import Subject
    from dianping.opinions.selectors.unable import UnableCustodian

ENDED = ("opened", "destroyed", "cancelled")
TYPING, RESULT, SAYINGS, MERGING = "typing", "result", "sayings", "merging"

# ---- what the services ask


def _concerned(actor: Actor, poll: Poll) -> bool:
    return isinstance(actor, SignedIn) and concerns(actor.looking, poll)


@right("本单位的党务干事")
def may_plan(actor: Actor, organisation: Organisation) -> bool:
    """The office of the place puts a poll down; that it asks about the planner himself is refused in words of its own."""
    return actor.keeps(organisation.path)


@right("本单位的党务干事，评议对象本人不在内")
def may_manage(actor: Actor, poll: Poll) -> bool:
    """Freezing, slips, typing paper forms, merging, ending: the office of the place, never whom the poll is about."""
    return actor.keeps(poll.path) and not _concerned(actor, poll)


@right("这一箱的保管人")
def may_keep_key(actor: Actor, poll: Poll) -> bool:
    """One of the two custodians, as long as he might be named one today: a grant that ended takes the key's acts with it."""
    if not isinstance(actor, SignedIn):
        return False
    own = [key for key in poll.keys.all() if key.account == actor.name]
    return any(holds(actor.looking, side=key.side, poll=poll) for key in own)


@right("本单位的党务干事或这一箱的保管人，评议对象本人不在内")
def may_count(actor: Actor, poll: Poll) -> bool:
    """Counting printed slips out; that it is another office than printed them is looked at by the service."""
    return may_manage(actor, poll) or may_keep_key(actor, poll)


@right("这台机器自己")
def may_watch(actor: Actor) -> bool:
    """Counting closed boxes once an hour is the machine's."""
    return False


# ---- what pages ask besides


def polls_for(viewer: Viewer, *, within: str = "") -> QuerySet[Poll]:
    """The polls a viewer sees: of his places (or of one of them), those whose key he keeps, opened ones about him or
    about an organisation he heads."""
    paths = [within] if within else viewer.read_paths
    polls = polls_seen(
        paths=paths, account=viewer.actor.name, person=viewer.person, headed=viewer.headed_places
    )
    if viewer.person is not None:
        polls = polls.filter(Q(state="opened") | ~Q(subjects__person=viewer.person))
    return polls


def is_about(viewer: Viewer, poll: Poll) -> bool:
    """Whether a poll asks about this viewer himself."""
    return viewer.person is not None and poll.subjects.filter(person=viewer.person).exists()


def replaceable(viewer: Viewer, poll: Poll) -> "UnableCustodian | None":
    """The other custodian, with why he can no longer act, whom this one may replace; None where there is nothing to replace, or
    this one can no longer act either."""
    unable = unable_of([poll], day=viewer.day).get(poll.pk, [])
    return unable[0] if len(unable) == 1 and unable[0].key.account != viewer.actor.name else None


def poll_rights(viewer: Viewer, poll: Poll, *, printed: bool) -> dict[str, bool]:
    """What this viewer may do with a poll now; `printed`: whether slips were made for it already.

    "standing" is reading how far it has come; without it the poll is one about himself, and opened. "turnout" is reading how
    many forms came while they come: whoever it is about could see who just sent one.
    """
    actor = viewer.actor
    himself, concerned, office = is_about(viewer, poll), concerns(viewer, poll), may_manage(actor, poll)
    keys = [key for key in poll.keys.all() if key.account == actor.name]
    custodian = may_keep_key(actor, poll)
    kept_one = any(actor.name in key.kept_by for key in poll.keys.all())
    ready, open_still = poll.state == "ready", viewer.day <= poll.closes
    return {
        "standing": not himself and ((bool(keys) and not concerned) or viewer.may_read(poll.path)),
        "turnout": not concerned or poll.state in ENDED,
        "office": office,
        "freeze": office and poll.state == "planned" and open_still,
        "take_key": custodian and (poll.state == "frozen" or (ready and not printed)),
        "lists": custodian
        and poll.state in ("frozen", "ready")
        and bool(lists_of(poll, keys[0].side))
        and (not keys[0].public or is_unsaid(poll, keys[0].side)),
        "slips": office and ready and open_still and not kept_one,
        "count": may_count(actor, poll) and ready,
        "void": office and ready,
        "open": custodian and may_be_opened(poll, viewer.day),
        "papers": custodian and poll.state == "opened" and poll.papers_gone_on is None,
        "replace": custodian and replaceable(viewer, poll) is not None,
        "destroy": office and poll.state not in ENDED,
        "result": poll.state == "opened",
    }


def may(viewer: Viewer, poll: Poll, need: str) -> bool:
    """Whether a viewer may do one of the four things with a poll he sees. Whom it asks about neither types its forms nor reads
    its sayings."""
    if need == RESULT:
        return poll.state == "opened" and bool(subjects_open_to(viewer, poll))
    office = may_manage(viewer.actor, poll)
    if need == TYPING:
        return office
    if poll.state != "opened":
        return False
    if need == MERGING:
        return office
    return office or (viewer.actor.oversees(poll.path) and not concerns(viewer, poll))


def subjects_open_to(viewer: Viewer, poll: Poll) -> list["Subject"]:
    """Whose result a viewer may read: everybody's where he reads the organisation, otherwise his own, and that of the
    organisations he heads."""
    subjects = list(poll.subjects.all())
    if viewer.may_read(poll.path):
        return subjects
    himself = viewer.person.pk if viewer.person else 0
    headed = viewer.headed_places
    return [
        subject
        for subject in subjects
        if (subject.person_id == himself if subject.person_id else subject.organisation.path in headed)
    ]
