"""Who may call in the head of a unit, and who knows of it (豫创组办发〔2010〕26号 三.2)."""

from django.db.models import QuerySet

from dianping.accounts.viewer import Viewer, outermost
from dianping.common import trees
from dianping.rectification.models import Admonition
from dianping.rectification.selectors import admonitions_visible


def may_admonish(viewer: Viewer, path: str) -> bool:
    """Whether this viewer stands above a unit: the superior's office or its clerk, a secretary above, the leader in
    charge. The unit's own secretary and its own clerk do not."""
    if viewer.heads(path):
        return False
    above = [top for top in [*viewer.office_paths, *viewer.headed_paths] if top != path]
    return any(trees.is_within(path, top) for top in [*viewer.superior_paths, *above]) or path in _charged(
        viewer
    )


def _charged(viewer: Viewer) -> list[str]:
    return [charge.organisation.path for charge in viewer.charges]


def admonitions_seen(viewer: Viewer) -> QuerySet[Admonition]:
    """Talks this viewer may know of: of his office's, of those he heads, of what he is in charge of, and his own."""
    paths = outermost([*viewer.office_paths, *viewer.superior_paths, *viewer.headed_paths])
    return admonitions_visible(paths=paths, places=_charged(viewer), person=viewer.person)
