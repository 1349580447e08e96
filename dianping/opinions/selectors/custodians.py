"""Who may keep a key: an office account of the unit itself, an office account strictly above it; never whom the poll is about,
never two of one office, and never whoever printed its slips (decision 0041)."""

from datetime import date

from django.db.models import Q, QuerySet

from dianping.accounts.models import Grant, User
from dianping.accounts.viewer import Viewer
from dianping.common import trees
from dianping.opinions.models import Key, Poll
from dianping.orgs.models import Organisation


def may_hold(user: User, *, side: str, poll: Poll, day: date) -> bool:
    """Whether an account may keep one side's key of a poll on a day."""
    viewer = Viewer(user, day)
    if not user.is_active or concerns(viewer, poll):
        return False
    return any(_serves(grant, side, poll) for grant in viewer.grants)


def _serves(grant: Grant, side: str, poll: Poll) -> bool:
    """Whether a grant is of the unit's own office, or of one above it. Where nothing stands above an organisation in the
    records, its superior is whoever was granted 上级办公室 over it."""
    place = grant.organisation
    if side == Key.Side.UNIT:
        return grant.role == Grant.Role.CLERK and place is not None and place.pk == poll.organisation_id
    if grant.role not in (Grant.Role.CLERK, Grant.Role.SUPERIOR):
        return False
    if poll.organisation.parent_id is None:
        return grant.role == Grant.Role.SUPERIOR and (place is None or place.pk == poll.organisation_id)
    return place is None or (place.pk != poll.organisation_id and trees.is_within(poll.path, place.path))


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


def same_office(unit: User, superior: User, *, poll: Poll, day: date) -> str:
    """ "" or in what two custodians are one office: they are one person, or hold a grant over one and the same place."""
    if unit.pk == superior.pk or (unit.person_id is not None and unit.person_id == superior.person_id):
        return "同一个人"
    first, second = (_places(Viewer(user, day), poll) for user in (unit, superior))
    return "同一个办公室的人" if first & second else ""


def _places(viewer: Viewer, poll: Poll) -> set[tuple[bool, int]]:
    """The offices over a poll's place whose account somebody is: (above it by role only, organisation or 0 for the site).

    Over a top organisation its own office and the one above hold their grants at the same place and differ by the role.
    """
    top = poll.organisation.parent_id is None
    return {
        (top and grant.role == Grant.Role.SUPERIOR, grant.organisation_id or 0)
        for grant in viewer.grants
        if grant.role in (Grant.Role.CLERK, Grant.Role.SUPERIOR)
        and (grant.organisation is None or trees.is_within(poll.path, grant.organisation.path))
    }


def keeps_a_key(poll: Poll, account: str) -> bool:
    """Whether an account is one of a poll's custodians."""
    return Key.objects.filter(poll=poll, account=account).exists()


def printers_of(poll: Poll) -> set[str]:
    """The accounts that printed slips of a poll."""
    return set(poll.batches.order_by().values_list("issued_account", flat=True)) - {""}


def custodians_for(poll: Poll, *, side: str, day: date) -> list[User]:
    """The accounts that may keep one side's key, by name. Looked at are those of the offices from here up, however many
    there are elsewhere."""
    granted = Grant.objects.filter(role__in=(Grant.Role.CLERK, Grant.Role.SUPERIOR)).filter(
        Q(organisation=None) | Q(organisation__path__in=trees.ancestors(poll.path))
    )
    users: QuerySet[User] = User.objects.filter(pk__in=granted.values("user"), is_active=True)
    return [user for user in users.order_by("name", "pk") if may_hold(user, side=side, poll=poll, day=day)]
