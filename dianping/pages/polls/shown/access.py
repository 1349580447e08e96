"""Which poll a viewer may see for what, as a page answers it: the poll, or a 404."""

from typing import TYPE_CHECKING

from django.http import Http404

from dianping.accounts.viewer import Viewer
from dianping.opinions.rights import may, polls_for

if TYPE_CHECKING:
    from dianping.opinions.models import Poll


def visible_poll(viewer: Viewer, pk: int, need: str) -> "Poll":
    """The poll, for somebody who may do with it what he needs; 404 for anybody else."""
    poll = (
        polls_for(viewer).prefetch_related("subjects__person", "subjects__organisation").filter(pk=pk).first()
    )
    if poll is None or not may(viewer, poll, need):
        raise Http404
    return poll
