"""Who may do what with a poll. Whom it is about reads what was released once it is opened, whatever else he may do."""

from typing import Any

from django.db.models import Q, QuerySet

from dianping.accounts.viewer import Viewer
from dianping.opinions.selectors import concerns, is_unsaid, lists_of, may_be_opened, polls_seen, unable_of

ENDED = ("opened", "destroyed", "cancelled")


def polls_for(viewer: Viewer, *, within: str = "") -> QuerySet[Any]:
    """The polls a viewer sees: of his places (or of one of them), those whose key he keeps, opened ones about him or
    about an organisation he heads."""
    paths = [within] if within else viewer.read_paths
    found = polls_seen(
        paths=paths, account=viewer.actor.name, person=viewer.person, headed=viewer.headed_places
    )
    if viewer.person is not None:
        found = found.filter(Q(state="opened") | ~Q(subjects__person=viewer.person))
    return found


def is_about(viewer: Viewer, poll: Any) -> bool:
    """Whether a poll asks about this viewer himself."""
    return viewer.person is not None and poll.subjects.filter(person=viewer.person).exists()


def replaceable(viewer: Viewer, poll: Any) -> Any:
    """The other custodian, with why he can no longer act, whom this one may replace; None where there is nothing to replace, or
    this one can no longer act either."""
    unable = unable_of([poll], day=viewer.day).get(poll.pk, [])
    return unable[0] if len(unable) == 1 and unable[0].key.account != viewer.actor.name else None


def poll_rights(viewer: Viewer, poll: Any, *, printed: bool) -> dict[str, bool]:
    """What this viewer may do with a poll now; `printed`: whether slips were made for it already.

    "standing" is reading how far it has come; without it the poll is one about himself, and opened. "turnout" is reading how
    many forms came while they come: whoever it is about could see who just sent one.
    """
    himself, concerned = is_about(viewer, poll), concerns(viewer, poll)
    office = viewer.keeps(poll.path) and not concerned
    keys = [key for key in poll.keys.all() if key.account == viewer.actor.name and not concerned]
    custodian = bool(keys)
    kept_one = any(viewer.actor.name in key.kept_by for key in poll.keys.all())
    ready, open_still = poll.state == "ready", viewer.day <= poll.closes
    return {
        "standing": not himself and (custodian or viewer.may_read(poll.path)),
        "turnout": not concerned or poll.state in ENDED,
        "office": office,
        "freeze": office and poll.state == "planned" and open_still,
        "take_key": custodian and (poll.state == "frozen" or (ready and not printed)),
        "lists": custodian
        and poll.state in ("frozen", "ready")
        and bool(lists_of(poll, keys[0].side))
        and (not keys[0].public or is_unsaid(poll, keys[0].side)),
        "slips": office and ready and open_still and not kept_one,
        "count": (office or custodian) and ready,
        "void": office and ready,
        "open": custodian and may_be_opened(poll, viewer.day),
        "papers": custodian and poll.state == "opened" and poll.papers_gone_on is None,
        "replace": custodian and replaceable(viewer, poll) is not None,
        "destroy": office and poll.state not in ENDED,
        "result": poll.state == "opened",
    }
