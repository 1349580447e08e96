"""Writing a planned roster: everything or nothing, and of a second one only what changed."""

from collections import Counter
from datetime import date

from django.db.models import Count

from dianping.base.kinds import secretary_title
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Charge, Membership, Organisation, Person, Post, Role, RosterTaken, Tenure
from dianping.orgs.rights import may_keep_roster
from dianping.orgs.rules.roster import MemberRow, OrganisationRow
from dianping.orgs.rules.short_names import short_name
from dianping.orgs.services.fingerprints import fingerprint
from dianping.orgs.services.organisations import (
    dissolve_organisation,
    give_places,
    place_under,
    revive_organisation,
)
from dianping.orgs.services.posts import appoint, end_charge, put_in_charge, retitle, vacate
from dianping.orgs.services.roster_keeping import Before
from dianping.orgs.services.roster_people import mobile_place
from dianping.orgs.services.roster_plan import PostChange, RosterPlan, Seat, Someone
from dianping.orgs.services.roster_reading import mark_of_the_roster
from dianping.orgs.services.transfer import leave, transfer_member

EARLIEST = date(1921, 7, 1)
BATCH = 2000


@act
def take_roster(*, plan: RosterPlan, as_of: date, actor: Actor, confirmed: int | None = None) -> RosterTaken:
    """Write a plan, all of it and nothing else. On an empty site everything holds since it was founded or joined; later, since
    `as_of`.

    `confirmed` is the number of members and organisations that would go, typed out, where `plan.to_confirm` asks for it.
    Raises Refusal without it, for a plan with problems, and for one made before somebody changed the roster; nothing is
    written then.
    """
    permit(actor, may_keep_roster)
    if plan.problems:
        raise Refusal(
            f"名册有 {len(plan.problems)} 处问题，没有写入。",
            code="orgs.roster-has-problems",
            remedy="请改正后重新导入。",
        )
    if plan.seen != mark_of_the_roster():
        raise Refusal(
            "读这份名册的时候，另有人改动了组织或党员，没有写入。",
            code="orgs.roster-changed-meanwhile",
            remedy="请重新导入，看过变动再写。",
        )
    if plan.to_confirm and confirmed != plan.to_confirm:
        raise Refusal(
            f"照这份名册，{len(plan.left)} 名党员离开，{len(plan.gone)} 个组织撤销，合计 {plan.to_confirm}，没有写入。",
            code="orgs.roster-not-confirmed",
            remedy=f"如果确实如此，请填写合计数 {plan.to_confirm} 再写；如果名册只是一部分单位的，请先选对范围。",
        )
    before = Before(plan)
    organisations = _write_organisations(plan, as_of, actor)
    joined = _write_members(plan, organisations, as_of, actor)
    people = _People(plan, joined)
    seats = _write_posts(plan, organisations, people, as_of, actor)
    _write_charges(plan, organisations, seats, as_of, actor)
    _dissolve_gone(plan, as_of, actor)
    taken = RosterTaken.objects.create(
        taken_on=as_of,
        file_name=plan.file_name[:200],
        digest=plan.digest,
        by=actor.name,
        changes=plan.changes(),
    )
    before.keep(taken)
    audit.record(
        actor=actor, act="导入名册", about=f"roster:{taken.pk}", digest=plan.digest, changes=plan.changes()
    )
    return taken


def _write_organisations(plan: RosterPlan, as_of: date, actor: Actor) -> dict[str, Organisation]:
    """Found what is new from the top down, alter what differs; every organisation by its name."""
    by_name = dict(plan.places)
    for organisation in plan.revived:
        revive_organisation(organisation=organisation, actor=actor)
    level = [row for row in plan.founded if not row.parent_name or row.parent_name in by_name]
    waiting = [row for row in plan.founded if row.parent_name and row.parent_name not in by_name]
    while level:
        made = _new_organisations(level, by_name, as_of)
        Organisation.objects.bulk_create(made, batch_size=BATCH)
        by_name |= {o.name: o for o in made}
        Post.objects.bulk_create(
            [Post(organisation=o, role=Role.SECRETARY, title=secretary_title(o.kind)) for o in made],
            batch_size=BATCH,
        )
        level = [row for row in waiting if row.parent_name in by_name]
        waiting = [row for row in waiting if row.parent_name not in by_name]
    for organisation, row in plan.altered:
        _alter(organisation, row, by_name, as_of, actor)
    return by_name


def _new_organisations(
    level: list[OrganisationRow], by_name: dict[str, Organisation], as_of: date
) -> list[Organisation]:
    """One level of the tree, unsaved, each with a place below its parent."""
    wanted = Counter(row.parent_name for row in level)
    places = {name: iter(give_places(by_name.get(name), count)) for name, count in wanted.items()}
    return [
        Organisation(
            code=row.code,
            name=row.name,
            short_name=short_name(row.name, row.parent_name),
            kind=row.kind,
            unit_kind=row.unit_kind,
            parent=by_name.get(row.parent_name),
            path=next(places[row.parent_name]),
            founded=row.founded or as_of,
        )
        for row in level
    ]


def _alter(
    organisation: Organisation,
    row: OrganisationRow,
    by_name: dict[str, Organisation],
    as_of: date,
    actor: Actor,
) -> None:
    before = {"name": organisation.name, "kind": organisation.kind, "unit_kind": organisation.unit_kind}
    organisation.name, organisation.kind, organisation.unit_kind = row.name, row.kind, row.unit_kind
    organisation.short_name = short_name(row.name, row.parent_name)
    organisation.save(update_fields=["name", "short_name", "kind", "unit_kind"])
    by_name[row.name] = organisation
    audit.record(
        actor=actor,
        act="更改组织",
        about=f"organisation:{organisation.pk}",
        path=organisation.path,
        before=before,
    )
    parent = by_name.get(row.parent_name)
    if parent is not None and parent.pk != organisation.parent_id:
        place_under(organisation=organisation, parent=parent, on=as_of, actor=actor)


def _dissolve_gone(plan: RosterPlan, as_of: date, actor: Actor) -> None:
    """Dissolve what the list no longer names, the lowest first; where most of its members went is its successor."""
    for organisation in sorted(plan.gone, key=lambda o: o.path, reverse=True):
        went = (
            Membership.objects.filter(until=None, since=as_of, person__memberships__organisation=organisation)
            .values_list("organisation")
            .annotate(n=Count("pk"))
            .order_by("-n")
            .first()
        )
        successor = Organisation.objects.get(pk=went[0]) if went else None
        dissolve_organisation(organisation=organisation, on=as_of, successor=successor, actor=actor)


def _write_members(
    plan: RosterPlan, organisations: dict[str, Organisation], as_of: date, actor: Actor
) -> dict[int, Person]:
    """Who leaves, moves, is amended and joins; those who joined by member row."""
    ending = {change.seat.post for change in plan.posts if change.why == "left"}
    for membership in plan.left:
        leave(person=membership.person, on=as_of, reason="名册中已无此人", actor=actor, seats=ending)
    for changed in plan.moved:
        if changed.membership.since < as_of:
            transfer_member(
                person=changed.membership.person,
                to=organisations[changed.row.branch_name],
                on=as_of,
                actor=actor,
            )
        else:  # a correction on the day he came: he never stood in the other branch
            Membership.objects.filter(pk=changed.membership.pk).update(
                organisation=organisations[changed.row.branch_name]
            )
        _amend(
            Membership.objects.get(person=changed.membership.person, until=None), changed.row, changed.mark
        )
    for changed in plan.amended:
        _amend(changed.membership, changed.row, changed.mark)
    return _join(plan, organisations, as_of)


def _amend(membership: Membership, row: MemberRow, mark: str | None) -> None:
    membership.standing = "正式党员" if row.standing == "full" else "预备党员"
    membership.mobile_to = mobile_place(row)
    membership.save(update_fields=["standing", "mobile_to"])
    person = Person.objects.get(pk=membership.person_id)
    person.name = row.name
    person.sex = row.sex or person.sex
    month_of_day = row.born and person.born and row.born == person.born.replace(day=1)
    person.born = person.born if month_of_day else row.born or person.born
    person.employee_no = row.employee_no or person.employee_no
    person.fingerprint = person.fingerprint or mark
    person.save(update_fields=["name", "sex", "born", "employee_no", "fingerprint"])


def _join(plan: RosterPlan, organisations: dict[str, Organisation], as_of: date) -> dict[int, Person]:
    known = Person.objects.in_bulk([plan.people[at] for at in plan.joined if at in plan.people])
    people: dict[int, Person] = {}
    new: list[Person] = []
    for at in plan.joined:
        row, mark = plan.roster.members[at], plan.fingerprints[at]
        person = known.get(plan.people.get(at, 0))
        if person is None:
            person = Person(
                name=row.name, sex=row.sex, born=row.born, employee_no=row.employee_no, fingerprint=mark
            )
            new.append(person)
        people[at] = person
    Person.objects.bulk_create(new, batch_size=BATCH)
    Membership.objects.bulk_create(
        [
            Membership(
                person=person,
                organisation=organisations[plan.roster.members[at].branch_name],
                since=_since(plan.roster.members[at], plan.first, as_of),
                standing="正式党员" if plan.roster.members[at].standing == "full" else "预备党员",
                mobile_to=mobile_place(plan.roster.members[at]),
            )
            for at, person in people.items()
        ],
        batch_size=BATCH,
    )
    return people


def _since(row: MemberRow, first: bool, as_of: date) -> date:
    """On an empty site since he joined the Party; later since the day of this roster, or his joining if that is newer."""
    if first:
        return row.joined or EARLIEST
    last = RosterTaken.objects.order_by("-pk").values_list("taken_on", flat=True).first() or EARLIEST
    return row.joined if row.joined and last < row.joined <= as_of else as_of


class _People:
    """The person behind each `Someone` of a plan; leaders nobody knew are made when they are first met."""

    def __init__(self, plan: RosterPlan, joined: dict[int, Person]) -> None:
        self.plan, self.joined = plan, joined
        keys = {c.who.person for c in plan.posts if c.who and c.who.person}
        self.known = Person.objects.in_bulk(list(keys))
        self.made: dict[int, Person] = {}

    def get(self, who: Someone) -> Person:
        """The person, by key, by the member row that made him, or by the leader's row."""
        if who.person is not None:
            return self.known[who.person]
        if who.member is not None:
            return self.joined[who.member]
        at = who.leader or 0
        if at not in self.made:
            row = self.plan.roster.leaders[at]
            self.made[at] = Person.objects.create(name=row.name, fingerprint=fingerprint(row.identity))
        return self.made[at]


def _write_posts(
    plan: RosterPlan, organisations: dict[str, Organisation], people: _People, as_of: date, actor: Actor
) -> dict[tuple[object, ...], Post]:
    """Seat and unseat as planned; every seat of the plan by its key."""
    seats = _seats(plan, organisations)
    new: list[Tenure] = []
    for change in plan.posts:
        post = seats[change.seat.key]
        if change.who is None:
            if change.why != "gone":  # dissolving ends those
                vacate(post=post, on=as_of, actor=actor)
            continue
        if post.title != change.seat.title:
            retitle(post=post, title=change.seat.title, actor=actor)
        if change.why == "titled":
            continue
        person = people.get(change.who)
        if plan.first:
            new.append(Tenure(post=post, person=person, since=_seated_since(plan, change, post)))
        else:
            appoint(person=person, post=post, since=as_of, actor=actor)
    Tenure.objects.bulk_create(new, batch_size=BATCH)
    return seats


def _seated_since(plan: RosterPlan, change: PostChange, post: Post) -> date:
    """On an empty site: since the organisation was founded, for a member not before he joined."""
    at = change.who.member if change.who else None
    leading = {row.organisation_name for row in plan.roster.leaders}
    if at is None or change.seat.organisation in leading:
        return post.organisation.founded
    return max(post.organisation.founded, plan.roster.members[at].joined or EARLIEST)


def _seats(plan: RosterPlan, organisations: dict[str, Organisation]) -> dict[tuple[object, ...], Post]:
    wanted: dict[tuple[object, ...], Seat] = {change.seat.key: change.seat for change in plan.posts}
    wanted |= {change.seat.key: change.seat for change in plan.charges if change.seat}
    keys = [seat.post for seat in wanted.values() if seat.post]
    known = Post.objects.select_related("organisation").in_bulk(keys)
    founded = [organisations[seat.organisation].pk for seat in wanted.values() if not seat.post]
    secretaries: dict[int, Post] = {}
    for start in range(0, len(founded), BATCH):
        rows = Post.objects.filter(organisation__in=founded[start : start + BATCH], role=Role.SECRETARY)
        secretaries |= {post.organisation_id: post for post in rows.select_related("organisation")}
    found = {}
    for key, seat in wanted.items():
        organisation = None if seat.post else organisations[seat.organisation]
        if organisation is None:
            found[key] = known[seat.post]
        elif seat.role == Role.SECRETARY:
            found[key] = secretaries[organisation.pk]
        elif seat.role == Role.ACTING:
            found[key], _ = Post.objects.get_or_create(
                organisation=organisation, role=Role.ACTING, defaults={"title": seat.title}
            )
        else:
            found[key] = Post.objects.create(organisation=organisation, role=seat.role, title=seat.title)
    return found


def _write_charges(
    plan: RosterPlan,
    organisations: dict[str, Organisation],
    seats: dict[tuple[object, ...], Post],
    as_of: date,
    actor: Actor,
) -> None:
    ended = [change.ended for change in plan.charges if change.ended]
    gone = {one.pk for one in plan.gone}
    for charge in Charge.objects.filter(pk__in=ended).select_related("organisation"):
        if charge.organisation_id not in gone:
            end_charge(charge=charge, on=as_of, actor=actor)
    for change in plan.charges:
        if change.seat is not None:
            organisation, post = organisations[change.organisation], seats[change.seat.key]
            since = max(post.organisation.founded, organisation.founded) if plan.first else as_of
            put_in_charge(post=post, organisation=organisation, kind=change.kind, since=since, actor=actor)
