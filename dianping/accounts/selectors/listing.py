"""The list of accounts a clerk keeps: found by name, first letters, place, role and state."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from dianping.accounts.limits import TRIES, digest
from dianping.accounts.models import ActivationSlip, Grant, TryCount, User
from dianping.accounts.rules.usernames import letters_of
from dianping.accounts.selectors.places import Belongs, belongings_of, lasting
from dianping.common import trees
from dianping.orgs.models import Membership, Organisation, Tenure

STATES = {
    "new": "还没有启用",
    "expired": "启用票过期",
    "used": "在用",
    "shut": "暂停登录",
    "closed": "停用",
}
MARKS = {"new": "near", "expired": "bad", "used": "done", "shut": "bad", "closed": "void"}
UNUSABLE = "!"  # how Django marks a password that nobody can type


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account as the list shows it."""

    user: User
    state: str
    belongs: Belongs
    slip: ActivationSlip | None = None
    roles: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def mark(self) -> str:
        """How the state is painted."""
        return MARKS[self.state]


def accounts_seen(paths: Sequence[str], *, day: date, whole: bool) -> QuerySet[User]:
    """Accounts that have to do with one of the subtrees: by a role, a seat, or where a person without either stands.

    `whole`: those of the whole site and of no place as well, for whoever keeps the site's books.
    """
    granted = Grant.objects.filter(lasting(day), _within("organisation", paths)).values("user")
    seated = Tenure.objects.filter(lasting(day), _within("post__organisation", paths)).values("person")
    stands = Membership.objects.filter(lasting(day), _within("organisation", paths)).values("person")
    of_grants = Grant.objects.filter(lasting(day), user=OuterRef("pk"))
    has_seat = Exists(Tenure.objects.filter(lasting(day), person=OuterRef("person")))
    seen = Q(pk__in=granted) | Q(person__in=seated) | Q(~Exists(of_grants), ~has_seat, person__in=stands)
    if whole:
        stands_now = Exists(Membership.objects.filter(lasting(day), person=OuterRef("person")))
        seen |= Q(~Exists(of_grants.exclude(organisation=None)), ~has_seat, ~stands_now)
    return User.objects.filter(seen).select_related("person")


def accounts_found(  # noqa: PLR0913 - one for each box above the list
    seen: QuerySet[User],
    *,
    text: str,
    place: Organisation | None,
    role: str,
    state: str,
    day: date,
    moment: datetime,
) -> QuerySet[User]:
    """Those of them that were asked for: `text` is part of a name, a sign-in name or the first letters of a name."""
    found = seen
    if text:
        found = found.filter(pk__in=_named(seen, text))
    if place is not None:
        found = found & accounts_seen([place.path], day=day, whole=False)
    if role == "seat":
        found = found.filter(person__in=Tenure.objects.filter(lasting(day)).values("person"))
    elif role:
        found = found.filter(pk__in=Grant.objects.filter(lasting(day), role=role).values("user"))
    return _in_state(found, state, day=day, moment=moment) if state else found


def never_activated(seen: QuerySet[User], *, day: date) -> int:
    """How many of these accounts wait for a first password that no slip opens any more: the slip ran out, or is void."""
    return _run_out(seen, day).count()


def lines_of(users: Sequence[User], *, day: date, moment: datetime) -> list[AccountLine]:
    """Some accounts with where they belong and how they stand: five queries, however many there are."""
    belongs = belongings_of(users, day=day)
    slips = {
        slip.user_id: slip
        for slip in ActivationSlip.objects.filter(user__in=users, state=ActivationSlip.State.UNUSED)
    }
    shut = _shut([user.username for user in users], moment)
    return [
        AccountLine(
            user=user,
            state=_state(user, slips.get(user.pk), user.username in shut, day),
            belongs=belongs[user.pk],
            slip=slips.get(user.pk),
            roles=roles_of(belongs[user.pk]),
        )
        for user in users
    ]


def roles_of(belongs: Belongs) -> list[str]:
    """What an account is, in words: seats first, then roles."""
    seats = [f"{place.short_name} {title}" for title, place in belongs.seats]
    granted = [
        f"{place.short_name if place else '全站'} {Grant.Role(role).label}" for role, place in belongs.grants
    ]
    return [*seats, *granted]


def newest_slip(account: str) -> int:
    """The number of the newest slip an account has made; 0 for none. A form that makes slips says which it has seen."""
    newest = ActivationSlip.objects.filter(issued_account=account).order_by("-pk").first()
    return newest.pk if newest else 0


def _within(name: str, paths: Sequence[str]) -> Q:
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(**{f"{name}__path__gte": path, f"{name}__path__lt": trees.after(path)})
    return seen


def _named(seen: QuerySet[User], text: str) -> list[int]:
    """Accounts whose name holds a text, or whose letters do (nzy finds 宁致远)."""
    wanted = text.casefold()
    return [
        pk
        for pk, name, username in seen.values_list("pk", "name", "username")
        if wanted in name.casefold() or wanted in username.casefold() or wanted in letters_of(name)
    ]


def _state(user: User, slip: ActivationSlip | None, is_shut: bool, day: date) -> str:
    if not user.is_active:
        return "closed"
    if not user.has_usable_password():
        return "new" if slip is not None and slip.until >= day else "expired"
    if is_shut:
        return "shut"
    return "new" if user.must_change else "used"


def _good_slip(day: date) -> Exists:
    """Whether an account has a slip that opens it still."""
    unused = ActivationSlip.objects.filter(user=OuterRef("pk"), state=ActivationSlip.State.UNUSED)
    return Exists(unused.filter(until__gte=day))


def _run_out(found: QuerySet[User], day: date) -> QuerySet[User]:
    """Open accounts whose first password no slip opens any more."""
    return found.filter(~_good_slip(day), is_active=True, password__startswith=UNUSABLE)


def _in_state(found: QuerySet[User], state: str, *, day: date, moment: datetime) -> QuerySet[User]:
    if state == "closed":
        return found.filter(is_active=False)
    if state == "expired":
        return _run_out(found, day)
    found = found.filter(is_active=True)
    without = Q(password__startswith=UNUSABLE)
    shut = Q(username__in=_shut(list(found.values_list("username", flat=True)), moment))
    if state == "new":
        return found.filter(Q(without, _good_slip(day)) | Q(~without, ~shut, must_change=True))
    found = found.filter(~without)
    return found.filter(shut) if state == "shut" else found.filter(~shut, must_change=False)


def _shut(names: Sequence[str], moment: datetime) -> set[str]:
    """Which of these names strangers cannot sign in with just now: their tries are used up (accounts.signing_in)."""
    used_up = set(TryCount.objects.filter(count__gte=TRIES, ends__gt=moment).values_list("key", flat=True))
    return {name for name in names if digest("name", name.casefold()) in used_up} if used_up else set()
