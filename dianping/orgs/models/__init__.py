"""Organisations, people, posts: who is where, since when. Dates are half-open: `until` is the first day after."""

from dianping.base.kinds import BRANCH_KINDS
from dianping.orgs.models.organisation import Organisation, UnitKind
from dianping.orgs.models.person import Membership, Person, Standing
from dianping.orgs.models.post import Charge, Post, Role, Tenure
from dianping.orgs.models.roster import RosterStep, RosterTaken

__all__ = [
    "BRANCH_KINDS",
    "Charge",
    "Membership",
    "Organisation",
    "Person",
    "Post",
    "Role",
    "RosterStep",
    "RosterTaken",
    "Standing",
    "Tenure",
    "UnitKind",
]
