"""Who may keep a key: an office account of the unit, an office account above it; never whom the poll is about."""

from datetime import date

from django.db.models import QuerySet

from dianping.accounts.models import Grant, User
from dianping.accounts.viewer import Viewer
from dianping.common import trees
from dianping.opinions.models import Key, Poll


def may_hold(user: User, *, side: str, poll: Poll, day: date) -> bool:
    """Whether an account may keep one side's key of a poll on a day."""
    viewer = Viewer(user, day)
    asked_about = poll.subjects.filter(person=user.person_id).exists() if user.person_id else False
    if not user.is_active or asked_about:
        return False
    if side == Key.Side.UNIT:
        return viewer.keeps(poll.path)
    above = any(top != poll.path and trees.is_within(poll.path, top) for top in viewer.office_paths)
    return above or any(trees.is_within(poll.path, top) for top in viewer.superior_paths)


def custodians_for(poll: Poll, *, side: str, day: date) -> list[User]:
    """The accounts that may keep one side's key, by name."""
    roles = (Grant.Role.CLERK, Grant.Role.SUPERIOR)
    users: QuerySet[User] = User.objects.filter(grants__role__in=roles, is_active=True).distinct()
    return [user for user in users.order_by("name", "pk") if may_hold(user, side=side, poll=poll, day=day)]
