"""What every page's frame needs: the day, the viewer, the column of places."""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from dianping.accounts.rights import may_read_chain, may_see_accounts
from dianping.common.room import room_left
from dianping.pages.frame.scope import KEY

if TYPE_CHECKING:
    from dianping.accounts.viewer import Viewer

PLACES = (
    ("workbench", "工作台", "workbench:workbench"),
    ("duties", "应办", "duties:duties"),
    ("reviews", "点评", "reviews:reviews"),
    ("rectification", "整改", "rectification:items"),
    ("polls", "意见", "polls:polls"),
    ("ledgers", "台账", "ledgers:ledgers"),
    ("bulletins", "通报", "bulletins:bulletins"),
    ("notices", "文件", "notices:notices"),
    ("programmes", "方案", "programmes:programmes"),
    ("organisations", "组织", "organisations:organisation"),
    ("coverage", "督查", "coverage:coverage"),
)

# Nouns whose pages lie under another's place in the menu; every other noun is a place of its own.
PLACE_OF = {"occasions": "reviews", "draws": "reviews", "signs": "coverage", "set_up": "organisations"}
KEPT = (("accounts", "账号", "accounts:accounts"),)  # for those who keep accounts
# What will stand in each place once there is a roster.
WILL = {
    "workbench": "导入名册以后，这里列出每个人自己要办的事：要写的点评、要交的材料、等着处理的意见。",
    "duties": "导入名册并采用方案以后，这里按期限列出应办的点评、听取汇报和材料。",
    "reviews": "导入名册以后，在这里登记领导点评，翻看登记过的点评。",
    "rectification": "登记点评以后，点评里指出的问题在这里逐个整改、销号。",
    "polls": "导入名册以后，在这里就某个组织或某位同志征求党员和群众的意见。",
    "ledgers": "导入名册以后，这里打印征求意见表、点评登记表、整改落实记录表和统计表。",
    "bulletins": "导入名册以后，在这里起草和印发点评工作的通报。",
    "notices": "导入名册以后，在这里登记收到和发出的文件，读出其中的要求。",
    "programmes": "导入名册以后，在这里采用点评工作方案，看哪一份方案正在施行。",
    "organisations": "导入名册以后，这里列出各级党组织、书记、党员、分管领导和联系点。",
    "accounts": "导入名册以后，在这里给书记、班子成员和办公室的同志开设账号，发启用票。",
    "coverage": "导入名册并开列应办以后，这里按组织看应点评多少、点评了多少、逾期多少。",
}
AUDITED = (("audit", "审计", "audit:chain"),)  # for those who audit
LEADS = {
    "home_url": "workbench:workbench",
    "search_url": "organisations:search",
    "switch_url": "workbench:switch",
    "sign_out_url": "accounts:sign_out",
    "password_url": "accounts:password",
    "sign_in_url": "accounts:sign_in",
    "here_url": "accounts:here",
}


class MenuEntry(NamedTuple):
    """One entry of the column of places."""

    key: str
    label: str
    url: str
    badge: str = ""


class Addresses(NamedTuple):
    """Where the frame leads: the same for everybody."""

    places: tuple[MenuEntry, ...]
    kept: tuple[MenuEntry, ...]
    audited: tuple[MenuEntry, ...]
    others: dict[str, str]


@cache
def _addresses(prefix: str) -> Addresses:
    """Every address of the frame; on a site that stands below `prefix`, looked up once a process."""
    places, kept, audited = (
        tuple(MenuEntry(key, label, reverse(name)) for key, label, name in some)
        for some in (PLACES, KEPT, AUDITED)
    )
    return Addresses(places, kept, audited, {name: reverse(view) for name, view in LEADS.items()})


def frame(request: HttpRequest) -> dict[str, object]:
    """Context for common/base.html; for visitors only the standing day."""
    context: dict[str, object] = {"standing_day": settings.STANDING_DAY}
    viewer = getattr(request, "viewer", None)
    if viewer is None:
        return context
    match, addresses = request.resolver_match, _addresses(get_script_prefix())
    return context | {
        "viewer": viewer,
        "organisation": _chosen(request, viewer),
        "today": viewer.day,
        "nav": addresses.places
        + (addresses.kept if may_see_accounts(viewer.actor) else ())
        + (addresses.audited if may_read_chain(viewer.actor) else ()),
        "nav_current": PLACE_OF.get(match.namespace, match.namespace) if match else "",
        "low_room": _low_room(viewer),
        **addresses.others,
    }


def _low_room(viewer: "Viewer") -> str:
    """What is left of the disk, told to the site's clerk on every page once it is little; "" otherwise."""
    if not viewer.is_site_clerk:
        return ""
    room = room_left()
    return room.in_words if room.is_low else ""


def _chosen(request: HttpRequest, viewer: "Viewer") -> dict[str, str] | None:
    """The organisation the pages speak of, for those that name none themselves: as chosen before, else the viewer's own."""
    mine, home = viewer.organisations, viewer.places.get(viewer.home_path)
    codes = (request.session.get(KEY, ""), home.code if home else "")
    rows = [row for code in codes for row in mine if code and row[0] == code] or mine[:1]
    return {"code": rows[0][0], "name": rows[0][1]} if rows else None
