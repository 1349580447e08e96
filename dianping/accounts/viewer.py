"""Who is looking, on which day, with which rights. Every page fetches through a Viewer; the rest is a 404."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import FilteredRelation, QuerySet

from dianping.accounts.models import Grant, User
from dianping.accounts.sessions import mark_of
from dianping.common import acts, trees
from dianping.common.audit import Actor
from dianping.orgs.models import Charge, Organisation, Person, Post, Role
from dianping.orgs.selectors import places_and_right_below, seats_held

SWITCH_MOST = 120  # organisations a switch offers


@dataclass
class Viewer:
    """A signed-in user on a day. Rights follow posts and grants as they stand that day."""

    user: User
    day: date
    _grants: list[Grant] | None = field(default=None, repr=False)

    @property
    def person(self) -> Person | None:
        """The person behind the account, None for an office account."""
        return self.user.person

    @property
    def person_id(self) -> int | None:
        """His key, None for an office account."""
        return self.user.person_id

    @cached_property
    def grants(self) -> list[Grant]:
        """The roles granted, as they stand that day."""
        return [
            g for g in self._known_grants() if g.since <= self.day and (g.until is None or g.until > self.day)
        ]

    def _known_grants(self) -> Iterable[Grant]:
        """Every grant of the account; whoever looks at many accounts has asked for all at once."""
        return self.user.grants.select_related("organisation") if self._grants is None else self._grants

    @cached_property
    def _seats(self) -> tuple[list[Post], list[Charge]]:
        return seats_held(self.person, day=self.day)

    @property
    def posts(self) -> list[Post]:
        """The seats this person answers for."""
        return self._seats[0]

    @property
    def post_ids(self) -> list[int]:
        """Their keys."""
        return [post.pk for post in self.posts]

    @property
    def charges(self) -> list[Charge]:
        """What those seats are in charge of."""
        return self._seats[1]

    @cached_property
    def places(self) -> dict[str, Organisation]:
        """The organisations this viewer's grants, seats and charges name, by their place."""
        named = [g.organisation for g in self.grants if g.organisation is not None]
        named += [post.organisation for post in self.posts]
        named += [charge.organisation for charge in self.charges]
        return {organisation.path: organisation for organisation in named}

    def _granted(self, *roles: str) -> list[str]:
        paths: list[str] = []
        for grant in self.grants:
            if grant.role in roles:
                paths.extend([grant.organisation.path] if grant.organisation else tops())
        return paths

    @cached_property
    def office_paths(self) -> list[str]:
        """Subtrees this viewer keeps the books of (党务干事)."""
        return outermost(self._granted(Grant.Role.CLERK))

    @cached_property
    def superior_paths(self) -> list[str]:
        """Subtrees this viewer oversees from above (上级办公室)."""
        return outermost(self._granted(Grant.Role.SUPERIOR))

    @cached_property
    def headed_paths(self) -> list[str]:
        """Subtrees whose secretary's seat this viewer answers for: as secretary, or in charge while it is vacant."""
        return outermost([p.organisation.path for p in self.posts if p.role == Role.SECRETARY])

    @cached_property
    def headed_places(self) -> list[str]:
        """Every place whose secretary's seat this viewer answers for, those inside another of them as well."""
        return sorted({p.organisation.path for p in self.posts if p.role == Role.SECRETARY})

    @cached_property
    def read_paths(self) -> list[str]:
        """Every subtree this viewer may read."""
        granted = self._granted(Grant.Role.CLERK, Grant.Role.SUPERIOR, Grant.Role.AUDITOR)
        charged = [c.organisation.path for c in self.charges]
        return outermost([*granted, *self.headed_paths, *charged])

    @cached_property
    def home_path(self) -> str:
        """Where the pages stand before another place is chosen: the first place this viewer heads, holds a grant over or is in charge
        of; only then one that is no more than his contact point. "" for nobody's."""
        contact = {c.organisation.path for c in self.charges if c.kind == Charge.Kind.CONTACT}
        led = {c.organisation.path for c in self.charges if c.kind != Charge.Kind.CONTACT}
        less = contact - led - set(self.headed_paths)
        return next((path for path in self.read_paths if path not in less), next(iter(self.read_paths), ""))

    @property
    def is_site_clerk(self) -> bool:
        """Whether rosters and programmes of the whole site are this viewer's work."""
        return any(
            g.role == Grant.Role.CLERK and (g.organisation is None or g.organisation.parent_id is None)
            for g in self.grants
        )

    def may_read(self, path: str) -> bool:
        """Whether a place lies in what this viewer may read."""
        return any(trees.is_within(path, top) for top in self.read_paths)

    def heads(self, path: str) -> bool:
        """Whether this viewer answers for the secretary's seat of the organisation at this very place."""
        return any(p.organisation.path == path and p.role == Role.SECRETARY for p in self.posts)

    def judges(self, path: str) -> bool:
        """Whether this viewer's office may say how well a problem there was put right (decision 0009)."""
        return any(trees.is_within(path, top) for top in [*self.office_paths, *self.superior_paths])

    def audits(self, path: str) -> bool:
        """Whether this viewer audits a place (查阅人)."""
        return any(trees.is_within(path, top) for top in self.audited_paths)

    @cached_property
    def audited_paths(self) -> list[str]:
        """Subtrees this viewer audits (查阅人)."""
        return outermost(self._granted(Grant.Role.AUDITOR))

    def keeps(self, path: str) -> bool:
        """Whether this viewer keeps the books of a place."""
        return any(trees.is_within(path, top) for top in self.office_paths)

    @property
    def name(self) -> str:
        """The name in the top bar."""
        return self.user.name

    @cached_property
    def organisations(self) -> list[tuple[str, str]]:
        """What the organisation switch offers: every subtree the viewer may read, and the level right below it."""
        return places_and_right_below(self.read_paths, most=SWITCH_MOST)

    @property
    def mark(self) -> str:
        """Under which his words are kept in a browser."""
        return mark_of(self.user.username)

    @property
    def title(self) -> str:
        """What the viewer is, in a few words, for the top bar and the audit chain."""
        if self.posts:
            return self.posts[0].title
        return self.grants[0].get_role_display() if self.grants else "无授权"

    @property
    def actor(self) -> Actor:
        """As whom acts are written into the audit chain."""
        return SignedIn(self.user.username, self.title, self.user.name, self)


@dataclass(frozen=True, slots=True)
class SignedIn(Actor):
    """Whoever is signed in: what he may is asked of a viewer. An act asks one read afresh (`now`)."""

    viewer: Viewer | None = field(default=None, compare=False, repr=False)

    @property
    def looking(self) -> Viewer:
        """The viewer behind the actor."""
        assert self.viewer is not None
        return self.viewer

    def now(self) -> Actor:
        """The same with a viewer read at this moment, once an act; one who may nothing once the account is closed or gone."""
        return acts.once_an_act(("actor", self.looking.user.pk, self.looking.day), self._afresh)

    def _afresh(self) -> Actor:
        user = User.objects.select_related("person").filter(pk=self.looking.user.pk, is_active=True).first()
        return Actor(self.name) if user is None else Viewer(user, self.looking.day).actor

    @property
    def person(self) -> Person | None:
        return self.looking.person

    @property
    def is_site_clerk(self) -> bool:
        return self.looking.is_site_clerk

    @property
    def is_auditor(self) -> bool:
        return any(grant.role == Grant.Role.AUDITOR for grant in self.looking.grants)

    @property
    def is_clerk(self) -> bool:
        return bool(self.looking.office_paths)

    @property
    def has_seat(self) -> bool:
        return bool(self.looking.posts)

    def keeps(self, path: str) -> bool:
        return self.looking.keeps(path)

    def oversees(self, path: str) -> bool:
        return within(path, self.looking.superior_paths)

    def audits(self, path: str) -> bool:
        return self.looking.audits(path)

    def reads(self, path: str) -> bool:
        return self.looking.may_read(path)

    def heads(self, path: str) -> bool:
        return self.looking.heads(path)

    def heads_above(self, path: str) -> bool:
        return any(place != path and trees.is_within(path, place) for place in self.looking.headed_places)

    def keeps_above(self, path: str) -> bool:
        return within(path, [top for top in self.looking.office_paths if top != path])

    def has_charge_of(self, path: str) -> bool:
        return any(charge.organisation.path == path for charge in self.looking.charges)

    def holds(self, post: int | None) -> bool:
        return post is not None and post in self.looking.post_ids

    def is_account(self, name: str) -> bool:
        return self.name == name


def within(path: str, tops: list[str]) -> bool:
    """Whether a place lies in one of some subtrees."""
    return any(trees.is_within(path, top) for top in tops)


def viewers_named(names: Iterable[str], *, day: date) -> dict[str, Viewer]:
    """The viewers behind some sign-in names on a day; names without an account are left out. One query for all, none for none."""
    wanted = set(names)
    if not wanted:
        return {}
    accounts = accounts_with_grants(User.objects.filter(username__in=wanted))
    return {user.username: Viewer(user, day, grants) for user, grants in accounts}


def accounts_with_grants(users: QuerySet[User]) -> list[tuple[User, list[Grant]]]:
    """Some accounts, each with its person and every role granted to it (its organisation too), in one query: a row a grant."""
    joined = users.annotate(granted=FilteredRelation("grants"))
    related: tuple[str, ...] = ("person", "granted__organisation")  # the second is the annotation's
    accounts: dict[int, tuple[User, list[Grant]]] = {}
    for row in joined.select_related(*related).order_by("pk", "granted__pk"):
        _, grants = accounts.setdefault(row.pk, (row, []))
        granted = getattr(row, "granted", None)  # an account without any has no such attribute
        if granted is not None:
            grants.append(granted)
    return list(accounts.values())


def tops() -> list[str]:
    """The paths of every top organisation."""
    return list(Organisation.objects.filter(parent=None).values_list("path", flat=True))


def outermost(paths: list[str]) -> list[str]:
    """The paths that lie in no other of them, in order."""
    tops: list[str] = []
    for path in sorted(set(paths)):
        if not any(trees.is_within(path, top) for top in tops):
            tops.append(path)
    return tops
