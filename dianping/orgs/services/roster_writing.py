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
from dianping.orgs.rules.roster import LeaderRow, MemberRow, OrganisationRow
from dianping.orgs.rules.roster.posts import organisation_led, read_post
from dianping.orgs.rules.short_names import short_name
from dianping.orgs.services.organisations import dissolve_organisation, give_places, place_under
from dianping.orgs.services.posts import appoint, end_charge, put_in_charge, vacate
from dianping.orgs.services.roster_reading import RosterPlan, mark_of_the_roster, mobile_place, returning
from dianping.orgs.services.transfer import leave, transfer_member

EARLIEST = date(1921, 7, 1)
BATCH = 2000


@act
def take_roster(*, plan: RosterPlan, as_of: date, actor: Actor) -> RosterTaken:
    """Write a plan. On an empty site everything holds since it was founded or joined; later, since `as_of`.

    Raises Refusal for a plan with problems, and for one made before somebody changed the roster; nothing is written then.
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
    organisations = _write_organisations(plan, as_of, actor)
    _write_members(plan, organisations, as_of, actor)
    _dissolve_gone(plan, as_of, actor)
    people = _people_of_rows(plan)
    named = _write_secretaries(plan, organisations, people, as_of, actor)
    named |= _write_leaders(plan, organisations, as_of, actor)
    if not plan.first:
        _vacate_unnamed(plan, named, as_of, actor)
    taken = RosterTaken.objects.create(
        taken_on=as_of,
        file_name=plan.file_name[:200],
        digest=plan.digest,
        by=actor.name,
        changes=plan.changes(),
    )
    audit.record(
        actor=actor, act="导入名册", about=f"roster:{taken.pk}", digest=plan.digest, changes=plan.changes()
    )
    return taken


def _write_organisations(plan: RosterPlan, as_of: date, actor: Actor) -> dict[str, Organisation]:
    """Found what is new from the top down, alter what differs; every organisation by its name."""
    by_name = {o.name: o for o in Organisation.objects.select_related("parent")} if not plan.first else {}
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
) -> None:
    for membership in plan.left:
        leave(person=membership.person, on=as_of, reason="名册中已无此人", actor=actor)
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
    _join(plan, organisations, as_of)


def _amend(membership: Membership, row: MemberRow, mark: str | None) -> None:
    membership.standing = "正式党员" if row.standing == "full" else "预备党员"
    membership.mobile_to = mobile_place(row)
    membership.save(update_fields=["standing", "mobile_to"])
    Person.objects.filter(pk=membership.person_id).update(name=row.name)
    if mark:
        Person.objects.filter(pk=membership.person_id, fingerprint=None).update(fingerprint=mark)


def _join(plan: RosterPlan, organisations: dict[str, Organisation], as_of: date) -> None:
    known = returning([m for at in plan.joined if (m := plan.fingerprints[at])]) if not plan.first else {}
    people: list[Person] = []
    new: list[Person] = []
    for at in plan.joined:
        row, mark = plan.roster.members[at], plan.fingerprints[at]
        person = known.get(mark) if mark else None
        if person is None:
            person = Person(
                name=row.name, sex=row.sex, born=row.born, employee_no=row.employee_no, fingerprint=mark
            )
            new.append(person)
        people.append(person)
    Person.objects.bulk_create(new, batch_size=BATCH)
    Membership.objects.bulk_create(
        [
            Membership(
                person=person,
                organisation=organisations[row.branch_name],
                since=_since(row, plan.first, as_of),
                standing="正式党员" if row.standing == "full" else "预备党员",
                mobile_to=mobile_place(row),
            )
            for person, row in zip(people, (plan.roster.members[at] for at in plan.joined), strict=True)
        ],
        batch_size=BATCH,
    )


def _since(row: MemberRow, first: bool, as_of: date) -> date:
    """On an empty site since he joined the Party; later since the day of this roster, or his joining if that is newer."""
    if first:
        return row.joined or EARLIEST
    last = RosterTaken.objects.order_by("-pk").values_list("taken_on", flat=True).first() or EARLIEST
    return row.joined if row.joined and last < row.joined <= as_of else as_of


def _people_of_rows(plan: RosterPlan) -> dict[int, Person]:
    """The person of every row that names a post, by row index."""
    posts = [at for at, row in enumerate(plan.roster.members) if row.party_post]
    marks = {m: at for at in posts if (m := plan.fingerprints[at])}
    people: dict[int, Person] = {}
    keys = list(marks)
    for start in range(0, len(keys), BATCH):
        for person in Person.objects.filter(fingerprint__in=keys[start : start + BATCH]):
            people[marks[str(person.fingerprint)]] = person
    for at in posts:
        if at not in people:
            row = plan.roster.members[at]
            standing = (
                Membership.objects.filter(
                    until=None,
                    organisation__name=row.branch_name,
                    person__name=row.name,
                    person__employee_no=row.employee_no,
                )
                .select_related("person")
                .first()
            )
            if standing is not None:
                people[at] = standing.person
    return people


def _write_secretaries(
    plan: RosterPlan,
    organisations: dict[str, Organisation],
    people: dict[int, Person],
    as_of: date,
    actor: Actor,
) -> set[int]:
    """Seat the secretaries and acting deputies the roster names; the seats it named."""
    parent_of = {name: o.parent.name if o.parent else "" for name, o in organisations.items()}
    kind_of = {name: o.kind for name, o in organisations.items()}
    seats = {
        p.organisation_id: p for p in Post.objects.filter(role=Role.SECRETARY).select_related("organisation")
    }
    held = {} if plan.first else {t.post_id: t for t in Tenure.objects.filter(until=None)}
    new: list[Tenure] = []
    named: set[int] = set()
    for at, person in people.items():
        row = plan.roster.members[at]
        post = read_post(row.party_post)
        led = organisation_led(post, row.branch_name, parent_of=parent_of, kind_of=kind_of)
        if not led:
            continue
        organisation = organisations[led]
        seat = seats[organisation.pk]
        if post.role == "acting":
            seat, _ = Post.objects.get_or_create(
                organisation=organisation, role=Role.ACTING, defaults={"title": post.title[:60]}
            )
        named.add(seat.pk)
        if plan.first:
            new.append(
                Tenure(post=seat, person=person, since=max(organisation.founded, row.joined or EARLIEST))
            )
        elif seat.pk not in held or held[seat.pk].person_id != person.pk:
            appoint(person=person, post=seat, since=as_of, actor=actor)
    Tenure.objects.bulk_create(new, batch_size=BATCH)
    return named


def _vacate_unnamed(plan: RosterPlan, named: set[int], as_of: date, actor: Actor) -> None:
    """Whoever the roster names, but no longer in the seat he holds, has left that seat.

    A seat of a leading group is only judged by a roster that lists the leading group.
    """
    led = {row.organisation_name for row in plan.roster.leaders}
    groups = set(Post.objects.filter(role=Role.LEADER).values_list("organisation__name", flat=True))
    held = Tenure.objects.filter(until=None, person__in=plan.stayed).exclude(post__in=named)
    for tenure in held.select_related("post__organisation"):
        if tenure.post.organisation.name in led or (
            tenure.post.role != Role.LEADER and tenure.post.organisation.name not in groups
        ):
            vacate(post=tenure.post, on=as_of, actor=actor)
            for charge in Charge.objects.filter(post=tenure.post, until=None).select_related("organisation"):
                end_charge(charge=charge, on=as_of, actor=actor)


def _write_leaders(
    plan: RosterPlan, organisations: dict[str, Organisation], as_of: date, actor: Actor
) -> set[int]:
    """Seat the leading group and what each is in charge of. The secretary among them takes the secretary's seat."""
    named: set[int] = set()
    for row in plan.roster.leaders:
        organisation = organisations[row.organisation_name]
        since = organisation.founded if plan.first else as_of
        person = _leader(row, since)
        post = _leader_post(row, organisation, person)
        appoint(person=person, post=post, since=since, actor=actor)
        named.add(post.pk)
        wanted = [(name, Charge.Kind.IN_CHARGE) for name in row.in_charge]
        wanted += [(name, Charge.Kind.CONTACT) for name in row.contacts]
        keep = set()
        for name, kind in wanted:
            charge = put_in_charge(
                post=post,
                organisation=organisations[name],
                kind=kind,
                actor=actor,
                since=max(since, organisations[name].founded) if plan.first else as_of,
            )
            keep.add(charge.pk)
        Charge.objects.filter(post=post, until=None).exclude(pk__in=keep).update(until=as_of)
    return named


def _leader(row: LeaderRow, since: date) -> Person:
    """The person a leader's row means: by number, else the only one of that name, else somebody new to the system."""
    from dianping.orgs.services.fingerprints import fingerprint

    mark = fingerprint(row.identity)
    if mark:
        person = Person.objects.filter(fingerprint=mark).first()
        return person or Person.objects.create(name=row.name, fingerprint=mark)
    same = list(Person.objects.filter(name=row.name)[:2])
    return same[0] if len(same) == 1 else Person.objects.create(name=row.name)


def _leader_post(row: LeaderRow, organisation: Organisation, person: Person) -> Post:
    post = read_post(row.post)
    if post.role == "secretary":
        seat = Post.objects.get(organisation=organisation, role=Role.SECRETARY)
        if seat.title != row.post[:60]:
            seat.title = row.post[:60]
            seat.save(update_fields=["title"])
        return seat
    held = (
        Post.objects.filter(organisation=organisation, tenures__person=person, tenures__until=None)
        .exclude(role=Role.SECRETARY)
        .first()
    )
    if held is not None:
        return held
    role = Role.ACTING if post.role == "acting" else Role.LEADER
    return Post.objects.create(organisation=organisation, role=role, title=row.post[:60])
