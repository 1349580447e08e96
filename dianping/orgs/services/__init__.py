"""Writing organisations, people and posts."""

from dianping.orgs.services.members import correct_member, join_member
from dianping.orgs.services.organisations import (
    dissolve_organisation,
    found_organisation,
    merge_organisations,
    place_under,
    revive_organisation,
    split_organisation,
)
from dianping.orgs.services.posts import appoint, end_charge, open_seat, put_in_charge, retitle, vacate
from dianping.orgs.services.roster_plan import RosterPlan
from dianping.orgs.services.roster_reading import plan_roster
from dianping.orgs.services.roster_undoing import WayBack, lead_back, look_back, undo_roster
from dianping.orgs.services.roster_writing import take_roster
from dianping.orgs.services.transfer import leave, transfer_member

__all__ = [
    "RosterPlan",
    "WayBack",
    "appoint",
    "correct_member",
    "dissolve_organisation",
    "end_charge",
    "found_organisation",
    "join_member",
    "lead_back",
    "leave",
    "look_back",
    "merge_organisations",
    "open_seat",
    "place_under",
    "plan_roster",
    "put_in_charge",
    "retitle",
    "revive_organisation",
    "split_organisation",
    "take_roster",
    "transfer_member",
    "undo_roster",
    "vacate",
]
