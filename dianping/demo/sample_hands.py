"""Through whose hands the sample goes: one actor an account, and the moments of past days."""

from datetime import date, datetime, time

from django.utils import timezone

from dianping.accounts.models import User
from dianping.common.audit import Operator

Hands = dict[str, Operator]  # by sign-in name


def hands_of_all() -> Hands:
    """Whoever has an account, as an actor; where a person stands behind it, as that person."""
    users = User.objects.select_related("person")
    return {user.username: Operator(user.username, "示例", user.name, himself=user.person) for user in users}


def at(day: date, hour: int) -> datetime:
    """A moment of a past day, Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(day, time(hour)))
