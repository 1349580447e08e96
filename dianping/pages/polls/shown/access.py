"""Which poll a viewer may see for what. Whom a poll asks about neither types its forms nor reads its sayings."""

from typing import Any

from django.http import Http404

from dianping.accounts.viewer import Viewer
from dianping.common import trees
from dianping.opinions.rights import polls_for
from dianping.opinions.selectors import concerns

TYPING, RESULT, SAYINGS, MERGING = "typing", "result", "sayings", "merging"


def visible_poll(viewer: Viewer, pk: int, need: str) -> Any:
    """The poll, for somebody who may do with it what he needs; 404 for anybody else."""
    poll = (
        polls_for(viewer).prefetch_related("subjects__person", "subjects__organisation").filter(pk=pk).first()
    )
    if poll is None or not may(viewer, poll, need):
        raise Http404
    return poll


def may(viewer: Viewer, poll: Any, need: str) -> bool:
    """Whether a viewer may do one of the four things with a poll he sees."""
    if need == RESULT:
        return poll.state == "opened" and bool(subjects_open_to(viewer, poll))
    if concerns(viewer, poll):
        return False
    if need == TYPING:
        return viewer.keeps(poll.path)
    if poll.state != "opened":
        return False
    if need == MERGING:
        return viewer.keeps(poll.path)
    above = any(trees.is_within(poll.path, top) for top in viewer.superior_paths)
    return viewer.keeps(poll.path) or above


def subjects_open_to(viewer: Viewer, poll: Any) -> list[Any]:
    """Whose result a viewer may read: everybody's where he reads the organisation, otherwise his own, and that of the
    organisations he heads."""
    subjects = list(poll.subjects.all())
    if viewer.may_read(poll.path):
        return subjects
    himself = viewer.person.pk if viewer.person else 0
    headed = viewer.headed_places
    return [
        one
        for one in subjects
        if (one.person_id == himself if one.person_id else one.organisation.path in headed)
    ]
