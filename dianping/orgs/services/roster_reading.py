"""From a workbook to a plan: what is in it, what is wrong with it, and what writing it would change."""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.db.models import Count, Max

from dianping.base.sheets import Problem
from dianping.common.audit import Actor
from dianping.common.office.reading import UnreadableFile, read_sheets
from dianping.common.rights import permit
from dianping.orgs.models import Membership, Organisation, Person
from dianping.orgs.rights import may_keep_roster
from dianping.orgs.rules.roster import Known, MemberRow, OrganisationRow, Roster, judge
from dianping.orgs.services.fingerprints import fingerprint

SHOWN = 50  # how many names of each kind of change a preview lists


@dataclass(frozen=True, slots=True)
class MemberChange:
    """One member whose record differs from the roster: where he stands now, and the row that says otherwise."""

    membership: Membership
    row: MemberRow
    mark: str | None = None


@dataclass(slots=True)
class RosterPlan:
    """A judged workbook and what it would change. Only a plan without problems can be written."""

    file_name: str
    digest: str
    roster: Roster
    fingerprints: list[str | None] = field(default_factory=list)  # one a member row
    founded: list[OrganisationRow] = field(default_factory=list)
    gone: list[Organisation] = field(default_factory=list)  # no longer in the list of organisations
    altered: list[tuple[Organisation, OrganisationRow]] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)  # indexes into roster.members
    left: list[Membership] = field(default_factory=list)
    stayed: set[int] = field(default_factory=set)  # people of the system the roster names
    moved: list[MemberChange] = field(default_factory=list)
    amended: list[MemberChange] = field(default_factory=list)
    first: bool = True
    seen: tuple[int | None, ...] = ()  # `mark_of_the_roster` when it was compared

    @property
    def problems(self) -> list[Problem]:
        """Every fault found."""
        return self.roster.problems

    def counts(self) -> dict[str, int]:
        """The numbers of the report."""
        return {
            "organisations": len(self.roster.organisations),
            "people": len(self.roster.members),
            "leaders": len(self.roster.leaders),
        }

    def changes(self) -> dict[str, int]:
        """How many of each kind of change."""
        return {
            "founded": len(self.founded),
            "gone": len(self.gone),
            "altered": len(self.altered),
            "joined": len(self.joined),
            "left": len(self.left),
            "moved": len(self.moved),
            "amended": len(self.amended),
        }


def plan_roster(*, path: Path, actor: Actor, file_name: str = "", reader: str | None = None) -> RosterPlan:
    """Read and judge a workbook in a bounded child process and compare it with what the system holds.

    Writes nothing, and is not asked for inside a transaction. An unreadable file becomes a plan with one problem that says
    so. `reader` is the account it is read for, None for a command.
    """
    permit(actor, may_keep_roster)
    known = Known({o.name: (o.code, o.kind) for o in Organisation.objects.filter(dissolved=None)})
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        roster = read_sheets(path, then=partial(judge, known=known), reader=reader)
    except OSError:
        digest, roster = (
            "",
            _unreadable(
                file_name or path.name,
                f"打不开文件“{file_name or path.name}”。请核对路径与权限后再试。",
                code="orgs.roster-cannot-be-opened",
            ),
        )
    except UnreadableFile as no:
        digest, roster = "", _unreadable(file_name or path.name, no.sentence, code=no.code)
    plan = RosterPlan(file_name or path.name, digest, roster)
    if not roster.problems:
        _compare(plan)
    return plan


def _unreadable(name: str, sentence: str, code: str) -> Roster:
    return Roster([], [], [], [Problem(name, 0, "", "", sentence, code=code)], [])


def mark_of_the_roster() -> tuple[int | None, ...]:
    """What changes when anybody founds, dissolves, joins, leaves or moves: a plan is made before it is written."""
    places = Organisation.objects.filter(dissolved=None).aggregate(n=Count("pk"), last=Max("pk"))
    members = Membership.objects.filter(until=None).aggregate(n=Count("pk"), last=Max("pk"))
    return places["n"], places["last"], members["n"], members["last"]


def _compare(plan: RosterPlan) -> None:
    plan.seen = mark_of_the_roster()
    plan.first = not Organisation.objects.exists()
    plan.fingerprints = [fingerprint(row.identity) for row in plan.roster.members]
    by_code = {o.code: o for o in Organisation.objects.select_related("parent")} if not plan.first else {}
    for row in plan.roster.organisations:
        organisation = by_code.get(row.code)
        if organisation is None:
            plan.founded.append(row)
        elif _differs(organisation, row):
            plan.altered.append((organisation, row))
    listed = {row.code for row in plan.roster.organisations}
    if listed:
        above = tuple(o.path for o in by_code.values() if o.code in listed)
        plan.gone = [
            o
            for o in by_code.values()
            if o.code not in listed and o.dissolved is None and o.path.startswith(above)
        ]
    if plan.first:
        plan.joined = list(range(len(plan.roster.members)))
    else:
        _compare_members(plan)


def _differs(organisation: Organisation, row: OrganisationRow) -> bool:
    parent = organisation.parent.name if organisation.parent else ""
    return (organisation.name, organisation.kind, organisation.unit_kind, parent) != (
        row.name,
        row.kind,
        row.unit_kind,
        row.parent_name,
    )


def _compare_members(plan: RosterPlan) -> None:
    """Match rows to people by fingerprint, then employee number, then name and birth date, then name in a branch."""
    standing = {
        m.person_id: m for m in Membership.objects.filter(until=None).select_related("person", "organisation")
    }
    index = _index(standing)
    seen: set[int] = set()
    for at, row in enumerate(plan.roster.members):
        person = _match(index, row, plan.fingerprints[at], seen)
        membership = standing.get(person) if person else None
        if membership is None:
            plan.joined.append(at)
            continue
        seen.add(membership.person_id)
        if membership.organisation.name != row.branch_name:
            plan.moved.append(MemberChange(membership, row, plan.fingerprints[at]))
        elif _amends(membership, row, plan.fingerprints[at]):
            plan.amended.append(MemberChange(membership, row, plan.fingerprints[at]))
    covered = {row.branch_name for row in plan.roster.members}
    covered |= {row.name for row in plan.roster.organisations} if plan.roster.members else set()
    covered |= {o.name for o in plan.gone} if plan.roster.members else set()
    plan.stayed = seen
    plan.left = [m for m in standing.values() if m.person_id not in seen and m.organisation.name in covered]


def _index(standing: dict[int, Membership]) -> dict[tuple[str, ...], list[int]]:
    index: dict[tuple[str, ...], list[int]] = {}
    for membership in standing.values():
        person = membership.person
        bare = "" if person.fingerprint else "bare "  # a number that comes later may still be told to be his
        keys: list[tuple[str, ...]] = [("branch", membership.organisation.name, person.name)]
        if bare:
            keys.append(("bare branch", membership.organisation.name, person.name))
        if person.fingerprint:
            keys.append(("fingerprint", person.fingerprint))
        if person.employee_no:
            keys.append(("employee", person.employee_no))
        if person.born:
            keys.append(("born", person.name, person.born.isoformat()))
            if bare:
                keys.append(("bare born", person.name, person.born.isoformat()))
        for key in keys:
            index.setdefault(key, []).append(person.pk)
    return index


def _match(
    index: dict[tuple[str, ...], list[int]], row: MemberRow, mark: str | None, seen: set[int]
) -> int | None:
    keys: list[tuple[str, ...]] = []
    if mark:
        keys.append(("fingerprint", mark))
    if row.employee_no:
        keys.append(("employee", row.employee_no))
    bare = "bare " if mark else ""
    if row.born:
        keys.append((f"{bare}born", row.name, row.born.isoformat()))
    if not row.employee_no:
        keys.append((f"{bare}branch", row.branch_name, row.name))
    for key in keys:
        free = [pk for pk in index.get(key, ()) if pk not in seen]
        if len(free) == 1:
            return free[0]
    return None


def _amends(membership: Membership, row: MemberRow, mark: str | None) -> bool:
    standing = "正式党员" if row.standing == "full" else "预备党员"
    if mark and not membership.person.fingerprint:
        return True
    return (membership.person.name, membership.standing, membership.mobile_to) != (
        row.name,
        standing,
        mobile_place(row),
    )


def mobile_place(row: MemberRow) -> str:
    """Where a mobile member went; "" for one who did not."""
    return (row.mobile_to or "未注明") if row.mobile else ""


def returning(marks: list[str]) -> dict[str, Person]:
    """People known by these fingerprints who stand nowhere now."""
    return {str(p.fingerprint): p for p in Person.objects.filter(fingerprint__in=marks)}
