"""Who may keep a key: an office account of the unit, an office account above it; never whom the poll is about."""

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
    if side == Key.Side.UNIT:
        return viewer.keeps(poll.path)
    above = any(top != poll.path and trees.is_within(poll.path, top) for top in viewer.office_paths)
    return above or any(trees.is_within(poll.path, top) for top in viewer.superior_paths)


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


def same_office(unit: User, superior: User, *, poll: Poll, day: date) -> bool:
    """Whether both custodians act by clerks' grants over one and the same organisation."""
    first, second = (
        {path for path in Viewer(user, day).office_paths if trees.is_within(poll.path, path)}
        for user in (unit, superior)
    )
    above = any(trees.is_within(poll.path, path) for path in Viewer(superior, day).superior_paths)
    return not above and bool(first & second)


def custodians_for(poll: Poll, *, side: str, day: date) -> list[User]:
    """The accounts that may keep one side's key, by name. Looked at are those of the offices from here up, however many
    there are elsewhere."""
    granted = Grant.objects.filter(role__in=(Grant.Role.CLERK, Grant.Role.SUPERIOR)).filter(
        Q(organisation=None) | Q(organisation__path__in=trees.ancestors(poll.path))
    )
    users: QuerySet[User] = User.objects.filter(pk__in=granted.values("user"), is_active=True)
    return [user for user in users.order_by("name", "pk") if may_hold(user, side=side, poll=poll, day=day)]
