"""What the pages of accounts show."""

from typing import TYPE_CHECKING

from django.db.models import Q

from dianping.accounts.models import Grant
from dianping.accounts.rights import may_give_role
from dianping.orgs.selectors import standing_below

if TYPE_CHECKING:
    from datetime import date

    from dianping.accounts.models import User
    from dianping.accounts.viewer import Viewer

MOST_PLACES = 600  # in a box to choose from


def roles_to_give(viewer: "Viewer") -> list[tuple[str, str]]:
    """The roles a viewer has himself somewhere; whether over the very place is asked at the act."""
    held = {
        Grant.Role.CLERK: viewer.office_paths,
        Grant.Role.SUPERIOR: viewer.superior_paths,
        Grant.Role.AUDITOR: viewer.audited_paths,
    }
    return [(str(role), str(role.label)) for role, paths in held.items() if paths]


def places_to_keep(viewer: "Viewer") -> list[tuple[str, str]]:
    """(code, name) of the organisations whose books a viewer keeps, in the order of the tree."""
    rows = standing_below(viewer.office_paths)
    tops = min((len(path) for path in viewer.office_paths), default=0)
    return [
        (code, "　" * ((len(path) - tops) // 4) + name)
        for code, name, path in rows.order_by("path").values_list("code", "short_name", "path")[:MOST_PLACES]
    ]


def grants_shown(user: "User", viewer: "Viewer", *, kept: bool) -> list[tuple[str, str, str, "date", bool]]:
    """(role, its name, code of the place, since, whether the viewer may end it) of every role that stands."""
    rows = user.grants.filter(Q(until=None) | Q(until__gt=viewer.day)).select_related("organisation")
    return [
        (
            grant.role,
            f"{grant.organisation.name if grant.organisation else '全站'}　{Grant.Role(grant.role).label}",
            grant.organisation.code if grant.organisation else "",
            grant.since,
            kept and grant.until is None and may_give_role(viewer.actor, grant.role, grant.organisation),
        )
        for grant in rows.order_by("since", "pk")
    ]
