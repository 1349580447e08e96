"""Who may keep a key: an office account of the unit itself, an office account strictly above it; never whom the poll is about,
never two of one office, never whoever printed its slips, and the superior's never somebody of the office that planned the
poll (decision 0041)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dianping.accounts.models import Grant, User
from dianping.accounts.viewer import Viewer
from dianping.common import trees
from dianping.common.models import AuditEntry
from dianping.opinions.models import Batch, Key, Poll
from dianping.orgs.models import Organisation

OFFICES = (Grant.Role.CLERK, Grant.Role.SUPERIOR)
NOT_FORGOTTEN = timedelta(365)  # whoever left an office less than a year ago is still taken for one of it
NOW = timedelta(0)


def may_hold(user: User, *, side: str, poll: Poll, day: date) -> bool:
    """Whether an account may keep one side's key of a poll on a day."""
    return holds(Viewer(user, day), side=side, poll=poll)


def holds(viewer: Viewer, *, side: str, poll: Poll) -> bool:
    """The same of an account as it is looked at on its day."""
    if not viewer.user.is_active or concerns(viewer, poll):
        return False
    return any(_serves(grant, side, poll.organisation) for grant in viewer.grants)


def _serves(grant: Grant, side: str, unit: Organisation) -> bool:
    """Whether a grant is of the unit's own office, or of one above it. Where nothing stands above an organisation in the
    records, its superior is whoever was granted 上级办公室 over it."""
    place = grant.organisation
    if side == Key.Side.UNIT:
        return grant.role == Grant.Role.CLERK and place is not None and place.pk == unit.pk
    if grant.role not in OFFICES:
        return False
    if unit.parent_id is None:
        return grant.role == Grant.Role.SUPERIOR and (place is None or place.pk == unit.pk)
    return place is None or (place.pk != unit.pk and trees.is_within(unit.path, place.path))


def concerns(viewer: Viewer, poll: Poll) -> bool:
    """Whether a poll asks about this viewer: himself, or an organisation he heads. For an office account without a person
    its name has to do."""
    return any(
        is_himself(viewer, subject.organisation, subject.person_id, subject.name)
        for subject in poll.subjects.all()
    )


def is_himself(viewer: Viewer, organisation: Organisation, person: int | None, name: str) -> bool:
    """Whether what is asked about, an organisation or one person of it, is this viewer."""
    if person is None:
        return viewer.heads(organisation.path)
    return person == viewer.person.pk if viewer.person else name == viewer.name


def offices_of(user: User | None, *, day: date, left: timedelta = NOT_FORGOTTEN) -> set[tuple[str, int]]:
    """The offices whose account somebody is, or was less than `left` ago: ("of", organisation) its own, ("above",
    organisation) the one above it where the records have nothing above.

    党务干事 is of the place's own office. 上级办公室 over a top organisation is of the office above it; over any other place
    the name leaves open whether its own or its superior's office is meant, so it counts as both. A grant over the whole site
    counts as one over every top organisation.
    """
    offices = set()
    for grant in user.grants.select_related("organisation") if user is not None else ():
        if grant.role not in OFFICES or grant.since > day or (grant.until and grant.until <= day - left):
            continue
        for place, above in _granted_over(grant):
            if grant.role == Grant.Role.CLERK:
                offices.add(("of", place))
            elif above is None:
                offices.add(("above", place))
            else:
                offices |= {("of", place), ("of", above)}
    return offices


def _granted_over(grant: Grant) -> list[tuple[int, int | None]]:
    """(organisation, the one above it) of a grant."""
    if grant.organisation is not None:
        return [(grant.organisation.pk, grant.organisation.parent_id)]
    return [(pk, None) for pk in Organisation.objects.filter(parent=None).values_list("pk", flat=True)]


def one_office(first: User | None, second: User | None, *, day: date, left: timedelta = NOT_FORGOTTEN) -> str:
    """ "" or in what two accounts are one office: they are one person, or hold (held, less than `left` ago) a grant of one
    and the same office; or one of them made the slip by which the other chose his password, and could have kept it (decision
    0059). An account that is not there (an act of the command line) is of none."""
    if first is None or second is None:
        return ""
    if first.pk == second.pk or (first.person_id is not None and first.person_id == second.person_id):
        return "同一个人"
    shared = offices_of(first, day=day, left=left) & offices_of(second, day=day, left=left)
    if shared:
        return "同一个办公室的人"
    handed = first.slip_by == second.username or second.slip_by == first.username
    return "其中一位给另一位发过启用票的两个人" if handed else ""


def shared_with_former(key: Key, user: User, *, day: date) -> str:
    """ "" or a sentence: an account is, or is of one office with, somebody who kept this key before: of an office he was of when
    he handed it over, or is of now. Whoever kept a key may have kept a copy of it."""
    for predecessor in key.instead_of:
        former, until = account_of(predecessor["account"]), date.fromisoformat(predecessor["until"])
        if (
            predecessor["account"] == user.username
            or one_office(former, user, day=day, left=NOW) == "同一个人"
        ):
            return f"{user.name}以前保管过{key.get_side_display()}的钥匙。"
        his = offices_of(former, day=until) | offices_of(former, day=day, left=NOW)
        if his & offices_of(user, day=day):
            return f"{user.name}和以前保管{key.get_side_display()}钥匙的{predecessor['name']}是同一个办公室的人。"
    return ""


def account_of(username: str) -> User | None:
    """The account of a sign-in name."""
    return User.objects.filter(username=username).first() if username else None


def planner_of(poll: Poll) -> User | None:
    """The account that planned a poll and so typed its lists; of one planned before this was kept, as the chain has it."""
    name = poll.planned_account
    if not name and poll.pk:
        entry = AuditEntry.objects.filter(about=f"poll:{poll.pk}", act="拟定征求意见").order_by("seq").first()
        name = entry.actor if entry else ""
    return account_of(name)


def custody_fault(poll: Poll, *, day: date, left: timedelta = NOT_FORGOTTEN) -> str:
    """ "" or a sentence: the two custodians are one office now, or the superior's is of the planner's."""
    kept = {key.side: account_of(key.account) for key in poll.keys.all()}
    unit, superior = kept.get(Key.Side.UNIT), kept.get(Key.Side.SUPERIOR)
    if unit is None or superior is None:
        return ""
    shared = one_office(unit, superior, day=day, left=left)
    if shared:
        return f"两位保管人（{unit.name}、{superior.name}）现在是{shared}。"
    shared = one_office(planner_of(poll), superior, day=day, left=left)
    return f"上级的保管人{superior.name}和拟定人{poll.planned_name}现在是{shared}。" if shared else ""


def countable_by(user: User, batches: Iterable[Batch], *, day: date) -> set[int]:
    """The numbers of those printings that lie uncounted and that an account may count out: another office printed them."""
    lying = [batch for batch in batches if batch.counted_on is None and batch.voided < batch.issued]
    names = {batch.issued_account for batch in lying}
    own = {name for name in names if one_office(account_of(name), user, day=day)}
    return {batch.number for batch in lying if batch.issued_account not in own}


def lies_printed_here(poll: Poll) -> bool:
    """Whether slips that lie uncounted were printed by the unit's own office; a list of polls has asked for all at once."""
    known = getattr(poll, "printed_here", None)
    if known is not None:
        return bool(known)
    return Poll.objects.filter(printed_here(), pk=poll.pk).exists()


def printed_here() -> Exists:
    """Whether slips of a poll that lie uncounted were printed by the unit's own office: then the superior's counts them."""
    own = Grant.objects.filter(role=Grant.Role.CLERK, organisation=OuterRef(OuterRef("organisation")))
    lying = Batch.objects.filter(poll=OuterRef("pk"), counted_on=None, voided__lt=F("issued"))
    return Exists(lying.filter(issued_account__in=own.order_by().values("user__username")))


def keeps_a_key(poll: Poll, account: str) -> bool:
    """Whether an account is one of a poll's custodians, or was one until he was replaced: he has seen a key."""
    return any(account in key.kept_by for key in poll.keys.all())


def printers_of(poll: Poll) -> set[str]:
    """The accounts that printed slips of a poll."""
    return set(poll.batches.order_by().values_list("issued_account", flat=True)) - {""}


def custodians_for(poll: Poll, *, side: str, day: date, planner: bool = True) -> list[User]:
    """The accounts that may keep one side's key, by name; for the superior's none of the planner's office (`planner` False:
    those as well, to tell why nobody is left)."""
    candidates = [
        user for user in _granted(poll.organisation) if may_hold(user, side=side, poll=poll, day=day)
    ]
    if side == Key.Side.UNIT or not planner:
        return candidates
    return _of_another_office(candidates, planner_of(poll), day=day)


def superiors_left(unit: Organisation, *, planner: User, day: date) -> bool:
    """Whether anybody could keep the superior's key of a poll that this account plans for an organisation."""
    candidates = [
        user
        for user in _granted(unit)
        if any(_serves(grant, Key.Side.SUPERIOR, unit) for grant in Viewer(user, day).grants)
    ]
    return bool(_of_another_office(candidates, planner, day=day))


def _granted(unit: Organisation) -> QuerySet[User]:
    """The accounts of the offices from here up, however many there are elsewhere."""
    granted = Grant.objects.filter(role__in=OFFICES).filter(
        Q(organisation=None) | Q(organisation__path__in=trees.ancestors(unit.path))
    )
    users: QuerySet[User] = User.objects.filter(pk__in=granted.values("user"), is_active=True)
    return users.order_by("name", "pk")


def _of_another_office(users: list[User], planner: User | None, *, day: date) -> list[User]:
    return [user for user in users if not one_office(planner, user, day=day)]
