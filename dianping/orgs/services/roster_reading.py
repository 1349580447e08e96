"""From a workbook to a plan: what is in it, what is wrong with it, and what writing it would change."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from django.db.models import Count, Max

from dianping.base.sheets import Problem
from dianping.common import trees
from dianping.common.audit import Actor
from dianping.common.clock import site_day
from dianping.common.office.reading import UnreadableFile, read_sheets
from dianping.common.rights import permit
from dianping.orgs.models import Charge, Membership, Organisation, Person, Tenure
from dianping.orgs.rights import may_keep_roster
from dianping.orgs.rules.roster import Known, OrganisationRow, Roster, judge
from dianping.orgs.services.fingerprints import fingerprint
from dianping.orgs.services.roster_people import Finder, amends
from dianping.orgs.services.roster_plan import MemberChange, RosterPlan
from dianping.orgs.services.roster_posts import compare_posts
from dianping.orgs.services.roster_scope import Scope, proposed_scope, scope_named

SHOWN = 50  # how many lines of each kind of change a preview lists at once
BATCH = 500


def plan_roster(
    *, path: Path, actor: Actor, file_name: str = "", reader: str | None = None, scope: str = ""
) -> RosterPlan:
    """Read and judge a workbook in a bounded child process and compare it with what the system holds.

    Writes nothing, and is not asked for inside a transaction. An unreadable file becomes a plan with one problem that says
    so. `reader` is the account it is read for, None for a command. `scope` is a unit's code or "all"; "" takes what the file
    proposes. Raises Refusal for a code that is none.
    """
    permit(actor, may_keep_roster)
    chosen = scope_named(scope) if scope else None
    standing = list(Organisation.objects.filter(dissolved=None).select_related("parent"))
    known = _known(standing, chosen)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        roster = read_sheets(path, then=partial(judge, known=known, on=site_day()), reader=reader)
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
        _compare(plan, standing, chosen)
    return plan


def _known(standing: list[Organisation], chosen: Scope | None) -> Known:
    by_name: dict[str, list[Organisation]] = {}
    for one in standing:
        by_name.setdefault(one.name, []).append(one)
    return Known(
        {name: (found[0].code, found[0].kind) for name, found in by_name.items() if len(found) == 1},
        {
            name: tuple((one.code, one.kind) for one in found)
            for name, found in by_name.items()
            if len(found) > 1
        },
        {one.code: one.path for one in standing},
        chosen.units[0].path if chosen and chosen.units else "",
    )


def _unreadable(name: str, sentence: str, code: str) -> Roster:
    return Roster([], [], [], [Problem(name, 0, "", "", sentence, code=code)], [])


def mark_of_the_roster() -> tuple[int | None, ...]:
    """What changes when anybody founds, dissolves, joins, leaves, moves or takes a seat: a plan is made before it is written."""
    found: list[int | None] = []
    rows = (
        Organisation.objects.filter(dissolved=None),
        *(model.objects.filter(until=None) for model in (Membership, Tenure, Charge)),
    )
    for those in rows:
        counted = those.aggregate(n=Count("pk"), last=Max("pk"))
        found += [counted["n"], counted["last"]]
    return tuple(found)


class Places:
    """What names of a file mean: its own rows first, then the system's organisation of that name, the one nearby of several."""

    def __init__(self, roster: Roster, standing: list[Organisation], chosen: Scope | None) -> None:
        self.rows = {row.name: row for row in roster.organisations}
        codes = [row.code for row in roster.organisations]
        self.by_code = {one.code: one for one in standing}
        missing = [code for code in codes if code not in self.by_code]
        for start in range(0, len(missing), BATCH):
            dissolved = Organisation.objects.filter(code__in=missing[start : start + BATCH])
            self.by_code |= {one.code: one for one in dissolved.select_related("parent")}
        self.by_path = {one.path: one for one in self.by_code.values()}
        self._by_name: dict[str, list[Organisation]] = {}
        for one in standing:
            self._by_name.setdefault(one.name, []).append(one)
        listed = [self.by_code[code].path for code in codes if code in self.by_code]
        self._region = chosen.units[0].path if chosen and chosen.units else _common(listed)

    def find(self, name: str) -> Organisation | None:
        """The organisation of the system, None for one the file founds."""
        row = self.rows.get(name)
        if row is not None:
            return self.by_code.get(row.code)
        several = self._by_name.get(name, [])
        if len(several) > 1:
            several = [one for one in several if one.path.startswith(self._region)]
        return several[0] if several else None

    def path(self, name: str) -> str | None:
        """The place of an organisation, for one the file founds that of the nearest above it; None at a new top."""
        seen = set()
        while name and name not in seen:
            found = self.find(name)
            if found is not None:
                return found.path
            seen.add(name)
            row = self.rows.get(name)
            name = row.parent_name if row else ""
        return None

    def above(self, row: OrganisationRow) -> Organisation | None:
        """The nearest organisation of the system above a row."""
        path = self.path(row.parent_name) if row.parent_name else None
        return self.by_path.get(path) if path else None


def _common(paths: list[str]) -> str:
    if not paths:
        return ""
    first, last = min(paths), max(paths)
    same = [place for place in trees.ancestors(first) if last.startswith(place)]
    return same[-1] if same else ""


def _compare(plan: RosterPlan, standing: list[Organisation], chosen: Scope | None) -> None:
    plan.seen = mark_of_the_roster()
    plan.first = not standing and not Organisation.objects.exists()
    plan.fingerprints = [fingerprint(row.identity) for row in plan.roster.members]
    places = Places(plan.roster, standing, chosen)
    plan.proposed = (
        Scope(whole=True, new_tops=True) if plan.first else _proposed(plan.roster, places, standing)
    )
    plan.scope = chosen or plan.proposed
    _keep_to_scope(plan, places)
    _compare_organisations(plan, places, standing)
    if plan.first:
        plan.joined = list(range(len(plan.roster.members)))
    else:
        _compare_members(plan, places)
    compare_posts(plan, places)
    names = {row.name for row in plan.roster.organisations} | {row.branch_name for row in plan.roster.members}
    names |= {row.parent_name for row in plan.roster.organisations}
    names |= {
        name for row in plan.roster.leaders for name in (row.organisation_name, *row.in_charge, *row.contacts)
    }
    names |= {change.seat.organisation for change in plan.posts} | {c.organisation for c in plan.charges}
    plan.places |= {name: found for name in names if name and (found := places.find(name))}


def _proposed(roster: Roster, places: Places, standing: list[Organisation]) -> Scope:
    listed, touched = [], []
    for row in roster.organisations:
        found = places.by_code.get(row.code)
        if found is not None:
            listed.append(found)
        elif (above := places.above(row)) is not None:
            touched.append(above)
    names = dict.fromkeys(row.branch_name for row in roster.members)
    for leader in roster.leaders:
        names |= dict.fromkeys((leader.organisation_name, *leader.in_charge, *leader.contacts))
    touched += [found for name in names if (found := places.find(name))]
    return proposed_scope(listed=listed, touched=touched, standing={one.path: one for one in standing})


def _keep_to_scope(plan: RosterPlan, places: Places) -> None:
    """Rows outside the scope are put aside and told; nothing further looks at them."""
    roster, scope = plan.roster, plan.scope

    def inside(name: str) -> bool:
        path = places.path(name)
        return scope.covers(path) if path is not None else scope.new_tops

    kept = [row for row in roster.organisations if inside(row.name)]
    members = [at for at, row in enumerate(roster.members) if inside(row.branch_name)]
    leaders = [row for row in roster.leaders if inside(row.organisation_name)]
    for word, before, after in (
        ("党组织", roster.organisations, kept),
        ("党员", roster.members, members),
        ("班子成员", roster.leaders, leaders),
    ):
        if len(after) < len(before):
            plan.untouched.append(
                f"名册里有 {len(before) - len(after)} 行{word}在范围之外（范围：{scope.in_words()}），没有看，也不会改。"
            )
    beyond: dict[str, None] = {}
    for at, row in enumerate(leaders):
        charged = [tuple(name for name in names if inside(name)) for names in (row.in_charge, row.contacts)]
        beyond |= dict.fromkeys(name for name in (*row.in_charge, *row.contacts) if not inside(name))
        leaders[at] = row._replace(in_charge=charged[0], contacts=charged[1])
    if beyond:
        plan.untouched.append(f"班子成员分管和联系的 {'、'.join(list(beyond)[:10])} 在范围之外，没有改。")
    plan.fingerprints = [plan.fingerprints[at] for at in members]
    plan.roster = roster._replace(
        organisations=kept, members=[roster.members[at] for at in members], leaders=leaders
    )


def _compare_organisations(plan: RosterPlan, places: Places, standing: list[Organisation]) -> None:
    for row in plan.roster.organisations:
        organisation = places.by_code.get(row.code)
        if organisation is None:
            plan.founded.append(row)
            continue
        if organisation.dissolved is not None:
            plan.revived.append(organisation)
        if _differs(organisation, row):
            plan.altered.append((organisation, row))
    listed = {row.code for row in plan.roster.organisations}
    if listed:
        above = tuple(one.path for code, one in places.by_code.items() if code in listed)
        plan.gone = [
            one
            for one in standing
            if one.code not in listed and one.path.startswith(above) and plan.scope.covers(one.path)
        ]


def _differs(organisation: Organisation, row: OrganisationRow) -> bool:
    parent = organisation.parent.name if organisation.parent else ""
    return (organisation.name, organisation.kind, organisation.unit_kind, parent) != (
        row.name,
        row.kind,
        row.unit_kind,
        row.parent_name,
    )


def _compare_members(plan: RosterPlan, places: Places) -> None:
    """Match rows to people who stand in the scope; who stands outside it is told and left where he is."""
    rows = Membership.objects.filter(plan.scope.rows("organisation__path"), until=None)
    standing = {m.person_id: m for m in rows.select_related("person", "organisation")}
    plan.in_scope = len(standing)
    finder = Finder(standing.values(), plan.roster.members)
    elsewhere = _elsewhere(plan, standing)
    kept: list[int] = []
    branches = {row.branch_name: places.find(row.branch_name) for row in plan.roster.members}
    for at, row in enumerate(plan.roster.members):
        mark, branch = plan.fingerprints[at], branches[row.branch_name]
        membership = finder.find(row, mark, branch.pk if branch else None)
        if membership is None:
            if mark in elsewhere:
                continue
            kept.append(at)
            continue
        plan.people[at] = membership.person_id
        found = amends(membership, row, mark)
        if branch is None or membership.organisation_id != branch.pk:
            plan.moved.append(MemberChange(membership, row, mark, found))
        elif found:
            plan.amended.append(MemberChange(membership, row, mark, found))
    plan.joined = kept
    _tell_elsewhere(plan, elsewhere)
    plan.people |= _returning(plan)
    plan.left = _left(plan, standing.values(), branches.values(), places)


def _left(
    plan: RosterPlan,
    standing: Iterable[Membership],
    branches: Iterable[Organisation | None],
    places: Places,
) -> list[Membership]:
    """Who stands in a branch the file speaks of and is not in it; in a chosen unit every branch is spoken of."""
    if not plan.roster.members:
        return []
    seen = set(plan.people.values())
    named = {one.pk for one in branches if one is not None}
    named |= {found.pk for row in plan.roster.organisations if (found := places.by_code.get(row.code))}
    named |= {one.pk for one in plan.gone}
    every = plan.scope != plan.proposed
    return [m for m in standing if m.person_id not in seen and (every or m.organisation_id in named)]


def _elsewhere(plan: RosterPlan, standing: dict[int, Membership]) -> dict[str | None, Membership]:
    """By fingerprint: people of the file who stand outside the scope. They cannot stand in two branches."""
    if plan.scope.whole:
        return {}
    marks = {mark for mark in plan.fingerprints if mark} - {m.person.fingerprint for m in standing.values()}
    found: dict[str | None, Membership] = {}
    for some in _batches(sorted(marks)):
        rows = Membership.objects.filter(person__fingerprint__in=some, until=None)
        found |= {m.person.fingerprint: m for m in rows.select_related("person", "organisation")}
    return found


def _tell_elsewhere(plan: RosterPlan, elsewhere: dict[str | None, Membership]) -> None:
    if elsewhere:
        some = "、".join(f"{m.person.name}（{m.organisation.name}）" for m in list(elsewhere.values())[:20])
        plan.untouched.append(
            f"名册里有 {len(elsewhere)} 人现在范围之外的支部：{some}，这一次没有转移。"
            "要转移的，请在他本人的页面上转，或把范围扩大到包含那个支部。"
        )


def _returning(plan: RosterPlan) -> dict[int, int]:
    """By member row: people known by their fingerprint who stand nowhere now."""
    marks = {mark: at for at in plan.joined if (mark := plan.fingerprints[at])}
    found: dict[int, int] = {}
    for some in _batches(sorted(marks)):
        for pk, mark in Person.objects.filter(fingerprint__in=some).values_list("pk", "fingerprint"):
            found[marks[str(mark)]] = pk
    return found


def _batches(values: list[str]) -> Iterator[list[str]]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))
