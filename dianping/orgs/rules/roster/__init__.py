"""Roster workbooks: find what each sheet is, read it, and say everything that is wrong with it."""

from dianping.orgs.rules.roster.judging import judge
from dianping.orgs.rules.roster.rows import Known, LeaderRow, MemberRow, OrganisationRow, Roster

__all__ = ["Known", "LeaderRow", "MemberRow", "OrganisationRow", "Roster", "judge"]
