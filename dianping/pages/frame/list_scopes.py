"""Of what a list is, in the words a workbook states as its 范围: a paper that leaves the site must not claim another's rows."""

from dianping.accounts.viewer import Viewer
from dianping.orgs.models import Organisation
from dianping.orgs.selectors import organisations_at

TOLD = 5  # places named; of more their number is told


def below(organisation: Organisation) -> str:
    """An organisation with all that lies below it; a branch is itself alone."""
    return organisation.name if organisation.is_branch else f"{organisation.name}及其下级"


def read_by(viewer: Viewer) -> str:
    """Every place somebody reads: a list may go beyond the organisation its page stands at. "" for nobody's."""
    places = list(organisations_at(viewer.read_paths))
    told = "、".join(below(place) for place in places[:TOLD])
    return told if len(places) <= TOLD else f"{told}等 {len(places)} 处"


def joined(*parts: str) -> str:
    """Several scopes of one list, those that are empty left out."""
    return "，和".join(filter(None, parts))
