"""Which seats and charges a roster changes, worked out as values before anything is written.

A seat of a leading group is only judged by a roster that lists the leading group; whoever the roster names, but no longer in
the seat he holds, has left that seat.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dianping.base.kinds import secretary_title
from dianping.common import trees
from dianping.orgs.models import Charge, Membership, Organisation, Person, Post, Role, Tenure
from dianping.orgs.rules.roster import LeaderRow
from dianping.orgs.rules.roster.posts import organisation_led, read_posts
from dianping.orgs.services.fingerprints import fingerprint
from dianping.orgs.services.roster_plan import VACANT, ChargeChange, PostChange, RosterPlan, Seat, Someone

if TYPE_CHECKING:
    from dianping.orgs.services.roster_reading import Places

LONGEST = 60  # characters of a seat's title


def compare_posts(plan: RosterPlan, places: "Places") -> None:
    """Fill in the plan's posts and charges."""
    held = _Held(plan)
    wanted = _Wanted(plan, places, held)
    plan.posts = [*_named(held, wanted), *_vacated(plan, held, wanted)]
    plan.charges = _charges(plan, held, wanted)


class _Held:
    """The seats of the scope, who holds them and what they are in charge of."""

    def __init__(self, plan: RosterPlan) -> None:
        self.posts: dict[int, Post] = {}
        self.tenures: dict[int, Tenure] = {}
        self.charges: list[Charge] = []
        if plan.first:
            return
        within = plan.scope.rows("organisation__path")
        for post in Post.objects.filter(within, organisation__dissolved=None).select_related("organisation"):
            self.posts[post.pk] = post
        tenures = Tenure.objects.filter(plan.scope.rows("post__organisation__path"), until=None)
        self.tenures = {t.post_id: t for t in tenures.select_related("person") if t.post_id in self.posts}
        charges = Charge.objects.filter(within, until=None)
        self.charges = list(charges.select_related("organisation", "post__organisation"))

    def seat(self, organisation: Organisation | None, name: str, role: str, title: str) -> Seat:
        """The secretary's or acting deputy's seat of an organisation, new where the system has none."""
        if organisation is not None:
            for post in self.of(organisation):
                if post.role == role:
                    return seat_of(post, title if role == Role.ACTING else post.title)
        return Seat(name, role, title[:LONGEST])

    def of(self, organisation: Organisation) -> list[Post]:
        """The seats of one organisation."""
        return list(self._by_organisation().get(organisation.pk, []))

    def _by_organisation(self) -> dict[int, list[Post]]:
        if not hasattr(self, "_seats"):
            self._seats: dict[int, list[Post]] = {}
            for post in self.posts.values():
                self._seats.setdefault(post.organisation_id, []).append(post)
        return self._seats

    def holder(self, seat: Seat) -> str:
        """The name of whoever holds a seat."""
        tenure = self.tenures.get(seat.post) if seat.post else None
        return tenure.person.name if tenure else VACANT


def seat_of(post: Post, title: str = "") -> Seat:
    """A seat of the system as a value."""
    return Seat(post.organisation.name, post.role, (title or post.title)[:LONGEST], post.pk)


class _Wanted:
    """The seats the file names: who shall sit there, and for leaders what they shall be in charge of."""

    def __init__(self, plan: RosterPlan, places: "Places", held: _Held) -> None:
        self.plan, self.places, self.held = plan, places, held
        self.seats: dict[tuple[object, ...], tuple[Seat, Someone]] = {}
        self.rows: list[tuple[Seat, LeaderRow]] = []
        self.new = 0
        self._members()
        self._leaders()

    def _take(self, seat: Seat, who: Someone) -> None:
        """A seat named twice is his who is named last: the list of leaders follows the members and knows best."""
        self.seats[seat.key] = (seat, who)

    def _members(self) -> None:
        parent_of, kind_of = self._tree()
        leading = {
            row.identity or row.name
            for row in self.plan.roster.leaders
            if any(post.role == "secretary" for post in read_posts(row.post))
        }
        for at, row in enumerate(self.plan.roster.members):
            if not row.party_post or not self._taken(at):
                continue
            for post in read_posts(row.party_post):
                if post.level != "branch" and (row.identity or row.name) in leading:
                    continue  # his own row among the leaders says what he leads
                led = organisation_led(post, row.branch_name, parent_of=parent_of, kind_of=kind_of)
                path = self.places.path(led) if led else None
                if not led or not (self.plan.first or self._inside(path)):
                    self._tell(row.name, row.party_post, led)
                    continue
                role = Role.ACTING if post.role == "acting" else Role.SECRETARY
                title = post.title if role == Role.ACTING else secretary_title(kind_of.get(led, ""))
                seat = self.held.seat(self.places.find(led), led, role, title)
                self._take(seat, Someone(row.name, self.plan.people.get(at), at))

    def _taken(self, at: int) -> bool:
        if not hasattr(self, "_joined"):
            self._joined = set(self.plan.joined)
        return at in self.plan.people or at in self._joined

    def _tell(self, name: str, post: str, led: str) -> None:
        if led:
            self.plan.untouched.append(f"{name}的职务“{post}”属于{led}，在范围之外，没有改。")

    def _inside(self, path: str | None) -> bool:
        return self.plan.scope.covers(path) if path is not None else self.plan.scope.new_tops

    def _tree(self) -> tuple[dict[str, str], dict[str, str]]:
        """Superior and kind by name: of the scope and what stands above it, then as the file says."""
        parent_of: dict[str, str] = {}
        kind_of: dict[str, str] = {}
        above = {
            place
            for one in (*self.plan.scope.units, *self.plan.scope.alone)
            for place in trees.ancestors(one.path)
        }
        for one in self.places.by_code.values():
            if one.path in above or self.plan.scope.covers(one.path):
                parent_of[one.name] = one.parent.name if one.parent else ""
                kind_of[one.name] = one.kind
        for row in self.plan.roster.organisations:
            parent_of[row.name], kind_of[row.name] = row.parent_name, row.kind
        return parent_of, kind_of

    def _leaders(self) -> None:
        people = _LeaderPeople(self.plan, self.held)
        for at, row in enumerate(self.plan.roster.leaders):
            organisation = self.places.find(row.organisation_name)
            who = people.find(row, at)
            seat = self._leader_seat(row, organisation, who)
            self._take(seat, who)
            self.rows.append((seat, row))

    def _leader_seat(self, row: LeaderRow, organisation: Organisation | None, who: Someone) -> Seat:
        roles = {post.role for post in read_posts(row.post)}
        if "secretary" in roles:
            seat = self.held.seat(organisation, row.organisation_name, Role.SECRETARY, row.post)
            return seat._replace(title=row.post[:LONGEST])
        role = Role.ACTING if "acting" in roles else Role.LEADER
        for post in self.held.of(organisation) if organisation else []:
            tenure = self.held.tenures.get(post.pk)
            his = tenure is not None and who.person is not None and tenure.person_id == who.person
            if post.role != Role.SECRETARY and (his or (role == Role.ACTING and post.role == role)):
                return seat_of(post, row.post)
        self.new += role == Role.LEADER
        return Seat(
            row.organisation_name, role, row.post[:LONGEST], None, self.new if role == Role.LEADER else 0
        )


class _LeaderPeople:
    """The person a leader's row means: by number, else the only one of that name in the file, else in the scope, else new."""

    def __init__(self, plan: RosterPlan, held: _Held) -> None:
        self.plan = plan
        self.marks = {mark: at for at, mark in enumerate(plan.fingerprints) if mark}
        self.names: dict[str, list[int]] = {}
        for at, row in enumerate(plan.roster.members):
            self.names.setdefault(row.name, []).append(at)
        self.near: dict[str, set[int]] = {}
        wanted = {row.name for row in plan.roster.leaders}
        for tenure in held.tenures.values():
            if tenure.person.name in wanted:
                self.near.setdefault(tenure.person.name, set()).add(tenure.person_id)
        if wanted and not plan.first:
            rows = Membership.objects.filter(
                plan.scope.rows("organisation__path"), until=None, person__name__in=wanted
            )
            for name, pk in rows.values_list("person__name", "person"):
                self.near.setdefault(name, set()).add(pk)
        self.made: dict[str, int] = {}

    def find(self, row: LeaderRow, at: int) -> Someone:
        mark = fingerprint(row.identity)
        if mark:
            if mark in self.marks:
                return self._of_member(row, self.marks[mark])
            found = None if self.plan.first else Person.objects.filter(fingerprint=mark).first()
            return Someone(row.name, found.pk if found else None, None, self.made.setdefault(mark, at))
        here = self.names.get(row.name, [])
        if len(here) == 1:
            return self._of_member(row, here[0])
        near = self.near.get(row.name, set())
        if len(near) == 1:
            return Someone(row.name, next(iter(near)))
        return Someone(row.name, None, None, self.made.setdefault(row.name, at))

    def _of_member(self, row: LeaderRow, at: int) -> Someone:
        person = self.plan.people.get(at)
        if person is None and at not in self.plan.joined:  # he stands outside the scope
            mark = self.plan.fingerprints[at]
            person = Person.objects.filter(fingerprint=mark).values_list("pk", flat=True).first()
        return Someone(row.name, person, at)


def _named(held: _Held, wanted: _Wanted) -> Iterable[PostChange]:
    for seat, who in wanted.seats.values():
        tenure = held.tenures.get(seat.post) if seat.post else None
        if tenure is not None and who.person is not None and tenure.person_id == who.person:
            title = held.posts[tenure.post_id].title
            if title != seat.title:
                yield PostChange(seat, who.name, who.name, who, "titled", title)
            continue
        yield PostChange(seat, held.holder(seat), who.name, who, "named")


def _vacated(plan: RosterPlan, held: _Held, wanted: _Wanted) -> Iterable[PostChange]:
    """Seats that fall vacant: their organisation is gone, their holder left, or the roster names him without it."""
    gone = {one.pk for one in plan.gone}
    left = {m.person_id for m in plan.left}
    stayed = set(plan.people.values()) | {who.person for _, who in wanted.seats.values() if who.person}
    led = {found.pk for row in plan.roster.leaders if (found := wanted.places.find(row.organisation_name))}
    groups = {post.organisation_id for post in held.posts.values() if post.role == Role.LEADER}
    for pk, tenure in held.tenures.items():
        post = held.posts[pk]
        if ("post", pk) in wanted.seats and post.organisation_id not in gone:
            continue
        judged = post.organisation_id in led or (
            post.role != Role.LEADER and post.organisation_id not in groups
        )
        if post.organisation_id in gone:
            why = "gone"
        elif tenure.person_id in left:
            why = "left"
        elif tenure.person_id in stayed and judged:
            why = "unnamed"
        else:
            continue
        yield PostChange(seat_of(post), tenure.person.name, VACANT, None, why)


def _charges(plan: RosterPlan, held: _Held, wanted: _Wanted) -> list[ChargeChange]:
    gone = {one.pk for one in plan.gone}
    emptied = {change.seat.post for change in plan.posts if change.why == "unnamed"}
    over = {
        (charge.kind, charge.organisation.name): charge
        for charge in held.charges
        if charge.kind == Charge.Kind.IN_CHARGE
    }
    own = {(charge.post_id, charge.kind, charge.organisation.name): charge for charge in held.charges}
    kept: set[int] = set()
    found: list[ChargeChange] = []
    judged: set[int | None] = set()
    for seat, row in wanted.rows:
        judged.add(seat.post)
        pairs = [(Charge.Kind.IN_CHARGE, name) for name in row.in_charge]
        pairs += [(Charge.Kind.CONTACT, name) for name in row.contacts]
        for kind, name in dict.fromkeys(pairs):
            charge = own.get((seat.post, kind, name)) if seat.post else None
            if charge is not None:
                kept.add(charge.pk)
                continue
            before = over.get((kind, name))
            if before is not None:
                kept.add(before.pk)
            who = _charged_by(held, before) if before else VACANT
            if kind == Charge.Kind.CONTACT:
                who = "无"
            found.append(ChargeChange(kind, name, who, row.name, seat, before.pk if before else None))
    for charge in held.charges:
        ends = charge.organisation_id in gone or charge.post_id in judged or charge.post_id in emptied
        if ends and charge.pk not in kept:
            after = VACANT if charge.kind == Charge.Kind.IN_CHARGE else "无"
            found.append(
                ChargeChange(
                    charge.kind, charge.organisation.name, _charged_by(held, charge), after, None, charge.pk
                )
            )
    return found


def _charged_by(held: _Held, charge: Charge) -> str:
    tenure = held.tenures.get(charge.post_id)
    if tenure is None:  # a seat outside the scope
        tenure = Tenure.objects.filter(post=charge.post_id, until=None).select_related("person").first()
    return tenure.person.name if tenure else charge.post.title
